// Both languages are complete: the same keys with the same values, nothing empty, nothing unused, nothing unknown. And
// nothing is said that is no message: the markup of a component holds no words of its own.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';

const root = new URL('..', import.meta.url).pathname;
const [en, de] = ['en', 'de'].map((locale) => JSON.parse(readFileSync(join(root, `messages/${locale}.json`), 'utf8')));
const problems = [];

const sentences = (message) => (typeof message === 'string' ? [message] : message.flatMap((one) => Object.values(one.match)));
const values = (message) => [...new Set(sentences(message).join(' ').match(/\{\w+\}/g) ?? [])].sort().join();

const keys = (messages) => Object.keys(messages).filter((key) => key !== '$schema');
for (const key of new Set([...keys(en), ...keys(de)])) {
  if (!(key in en)) problems.push(`${key} is missing in English`);
  else if (!(key in de)) problems.push(`${key} is missing in German`);
  else {
    if (values(en[key]) !== values(de[key])) problems.push(`${key} names other values in German`);
    if ([...sentences(en[key]), ...sentences(de[key])].some((text) => text.trim() === '')) problems.push(`${key} is empty`);
  }
}

/** Attributes that people read or hear. */
const SPOKEN = ['aria-label', 'alt', 'hint', 'label', 'lead', 'placeholder', 'text', 'title'];
/** Words that are the same in every language, and the way a thing is written. */
const NAMES = ['Tillproof', 'SHA-256', 'https://', 'DE', 'www.example.com', '09:30'];

function saysNothing(file, node) {
  const words = (text) => NAMES.reduce((rest, name) => rest.replaceAll(name, ''), text).match(/\p{L}{2,}/u) !== null;
  if (node.type === 'Text' && words(node.data)) problems.push(`${file}: “${node.data.trim()}” is no message`);
  for (const attribute of node.attributes ?? []) {
    if (!SPOKEN.includes(attribute.name) || attribute.value === true) continue;
    for (const part of [attribute.value].flat()) if (part.type === 'Text' && words(part.data)) problems.push(`${file}: ${attribute.name}="${part.data}" is no message`);
  }
  for (const [name, inner] of Object.entries(node)) {
    if (['attributes', 'expression', 'metadata', 'parent'].includes(name) || typeof inner !== 'object' || inner === null) continue;
    for (const one of [inner].flat()) if (typeof one?.type === 'string') saysNothing(file, one);
  }
}

const used = new Set();
function look(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'paraglide') look(path);
    } else if (/\.(svelte|ts)$/.test(entry.name)) {
      const source = readFileSync(path, 'utf8');
      for (const [, key] of source.matchAll(/\bm\.([a-z_]+)\b/g)) used.add(key);
      if (entry.name.endsWith('.svelte') && entry.name !== 'Gallery.svelte') saysNothing(entry.name, parse(source, { modern: true }).fragment);
    }
  }
}
look(join(root, 'src'));
for (const key of used) if (!(key in en)) problems.push(`${key} is used, but no message`);
for (const key of keys(en)) if (!used.has(key)) problems.push(`${key} is a message that nobody uses`);

for (const problem of problems) console.error(problem);
console.log(`${keys(en).length} messages in two languages, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
