// Puts the window together: connects to the backend, takes up language and theme, and shows the first screen.

import { mount } from 'svelte';
import App from './App.svelte';
import { begin } from './state/begin';
import './styles/tokens.css';
import './styles/base.css';

const target = document.getElementById('app');
if (target) {
  await begin();
  mount(App, { target });
}
