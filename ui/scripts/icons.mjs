// Icons of Lucide as plain drawings. The library builds each of them from data when it is shown; here the drawing is a
// template that is copied, which is less script and less work for a list of hundreds. An icon takes a size and nothing
// else: it goes with words, or its button has a name, so it is never read out.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ICON = '\0icon';

/** @param {string} root the folder of package.json */
export function icons(root) {
  return {
    name: 'icons',
    enforce: /** @type {const} */ ('pre'),
    resolveId(source) {
      const name = /^@lucide\/svelte\/icons\/([\w-]+)$/.exec(source)?.[1];
      return name ? `${ICON}:${name}` : source === ICON ? ICON : undefined;
    },
    load(id) {
      if (id === ICON) {
        return `import { append, from_svg } from 'svelte/internal/client';
const FRAME = '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">';
export const icon = (drawing) => {
  const copy = from_svg(FRAME + drawing + '</svg>');
  return (anchor, { size = 24 }) => {
    const svg = copy();
    svg.setAttribute('width', size);
    svg.setAttribute('height', size);
    append(anchor, svg);
  };
};`;
      }
      if (!id.startsWith(`${ICON}:`)) return undefined;
      // An older name leads to the drawing of the newer one.
      const folder = join(root, 'node_modules/@lucide/svelte/dist/icons');
      const drawing = /export \{ default \} from ["']\.\/([\w-]+\.svelte)["']/.exec(readFileSync(join(folder, `${id.slice(ICON.length + 1)}.js`), 'utf8'))?.[1];
      const file = join(folder, drawing ?? '');
      const data = /const iconData = (\{.*\});/.exec(readFileSync(file, 'utf8'))?.[1];
      if (!data) throw new Error(`${file}: the icon is written in a way that is not known here`);
      const { node } = JSON.parse(data);
      const drawn = node.map(([tag, attributes]) => `<${tag} ${Object.entries(attributes).map(([name, value]) => `${name}="${value}"`).join(' ')}/>`).join('');
      return `import { icon } from '${ICON}';\nexport default /* @__PURE__ */ icon(${JSON.stringify(drawn)});`;
    },
  };
}
