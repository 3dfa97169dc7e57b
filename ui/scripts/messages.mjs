// Both languages are complete: the same keys with the same values, nothing empty, nothing unused, nothing unknown.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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

const used = new Set();
function look(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'paraglide') look(path);
    } else if (/\.(svelte|ts)$/.test(entry.name)) {
      for (const [, key] of readFileSync(path, 'utf8').matchAll(/\bm\.([a-z_]+)\b/g)) used.add(key);
    }
  }
}
look(join(root, 'src'));
for (const key of used) if (!(key in en)) problems.push(`${key} is used, but no message`);
for (const key of keys(en)) if (!used.has(key)) problems.push(`${key} is a message that nobody uses`);

for (const problem of problems) console.error(problem);
console.log(`${keys(en).length} messages in two languages, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
