// Before each test file: what happy-dom does not do by itself.

import { cleanup, configure } from '@testing-library/svelte';
import { afterEach } from 'vitest';

// A busy computer is no fault of the window.
configure({ asyncUtilTimeout: 6000 });

afterEach(() => {
  cleanup();
  localStorage.clear();
});

Element.prototype.scrollIntoView = () => {};
Element.prototype.scrollTo = () => {};
globalThis.print = () => {};
document.execCommand = () => true;
