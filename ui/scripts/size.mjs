// All script of the bundle together, packed, stays below 120 kB. What is in `dist/` is measured; without it, it is built.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const LIMIT = 120_000;
const dist = new URL('../dist/', import.meta.url).pathname;
if (!existsSync(join(dist, 'assets')) || !existsSync(join(dist, 'texts'))) await build({ logLevel: 'error' });
const packed = (folder, ending) =>
  readdirSync(join(dist, folder)).filter((file) => file.endsWith(ending)).map((file) => gzipSync(readFileSync(join(dist, folder, file)), { level: 9 }).length);
const script = packed('assets', '.js').reduce((sum, size) => sum + size, 0);
console.log(`script ${script} bytes packed (at most ${LIMIT}), words ${packed('texts', '.json').join(' and ')}, styles ${packed('assets', '.css').join(' and ')}`);
if (script > LIMIT) {
  console.error('There is too much script: see what came in, and whether it is needed.');
  process.exit(1);
}
