import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    // The mark of a component's styles, by its name and half as long as usual: it stands at every styled element.
    cssHash: ({ hash, filename }) => `s${hash(filename.replace(/^.*\/src\//, '')).slice(-4)}`,
  },
};
