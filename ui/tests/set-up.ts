// Before each test file: what happy-dom does not do by itself.

import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

Element.prototype.scrollIntoView = () => {};
Element.prototype.scrollTo = () => {};
