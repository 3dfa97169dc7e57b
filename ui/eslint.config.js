import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

// One door to the backend, and three tiers that only look down: kit -> parts -> views.
const tauri = { group: ['@tauri-apps/*'], message: 'Only src/backend talks to the window: import from ../backend.' };
const mock = { group: ['**/backend/mock*', '**/backend/tauri*'], message: 'Import from ../backend.' };
const upper = (names) => ({
  group: names.flatMap((name) => [`**/${name}/*`, `**/${name}`]),
  message: 'The tiers only look down: kit -> parts -> views.',
});
const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default tseslint.config(
  { ignores: ['dist/', 'src/paraglide/', 'src/bindings/', 'project.inlang/', 'node_modules/'] },
  ...tseslint.configs.recommended,
  ...svelte.configs['flat/recommended'],
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-console': 'error',
      'no-eval': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'svelte/no-at-html-tags': 'error',
      // A style attribute is refused by the window's policy; a style: directive goes through the CSSOM and is fine.
      'no-restricted-syntax': ['error', { selector: 'SvelteAttribute[key.name="style"]', message: 'Use a class or a style: directive.' }],
      // Dates, sets and address parameters here are values that are read once, not state.
      'svelte/prefer-svelte-reactivity': 'off',
      // A space at the end of a block is trimmed unless it stands in a string.
      'svelte/no-useless-mustaches': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } },
  },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
  { files: ['src/**'], ignores: ['src/backend/**'], rules: restrict(tauri, mock) },
  { files: ['src/state/**'], rules: restrict(tauri, mock, upper(['kit', 'parts', 'views'])) },
  { files: ['src/kit/**'], rules: restrict(tauri, mock, upper(['backend', 'state', 'parts', 'views'])) },
  { files: ['src/parts/**'], rules: restrict(tauri, mock, upper(['views'])) },
);
