// Icons of Lucide as plain drawings. The library builds each of them from data when it is shown; here the drawing is in the
// page from the start, which is less script and less work for a list of hundreds. It takes a size and attributes.

import { readFileSync } from 'node:fs';

export function icons() {
  return {
    name: 'icons',
    enforce: /** @type {const} */ ('pre'),
    load(id) {
      if (!/@lucide\/svelte\/dist\/icons\/[\w-]+\.svelte$/.test(id)) return undefined;
      const data = /const iconData = (\{.*\});/.exec(readFileSync(id, 'utf8'))?.[1];
      if (!data) throw new Error(`${id}: the icon is written in a way that is not known here`);
      const { node } = JSON.parse(data);
      const drawn = node.map(([tag, attributes]) => `<${tag} ${Object.entries(attributes).map(([name, value]) => `${name}="${value}"`).join(' ')} />`).join('');
      return `<script>let { size = 24, ...rest } = $props();</script>
<svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {...rest}>${drawn}</svg>`;
    },
  };
}
