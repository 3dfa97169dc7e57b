import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { icons } from './scripts/icons.mjs';
import { lean } from './scripts/lean.mjs';
import { texts } from './scripts/texts.mjs';

export default defineConfig({
  base: './',
  plugins: [
    texts(import.meta.dirname),
    icons(import.meta.dirname),
    svelte(),
    lean(),
  ],
  server: { port: 5173, strictPort: true, fs: { allow: ['..'] } },
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
  build: {
    target: 'safari16.4',
    // The window's policy allows no data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 500,
  },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/set-up.ts'],
    testTimeout: 30_000,
  },
});
