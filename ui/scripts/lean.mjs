// Leaves out of the built script what Svelte brings for components of other kinds, and which no component here can reach:
// custom elements with the class components behind them, and the list of slots that only components without runes read.

export function lean() {
  return {
    name: 'lean',
    apply: /** @type {const} */ ('build'),
    transform(code, id) {
      if (id.endsWith('/svelte/src/internal/client/dom/elements/custom-element.js')) return { code: 'export const create_custom_element = undefined;', map: null };
      if (!/\/src\/.*\.svelte$/.test(id) || id.includes('node_modules')) return undefined;
      return { code: code.replaceAll(/,\s*\$\$slots: \{ [\w: ,]*\}/g, ''), map: null };
    },
  };
}
