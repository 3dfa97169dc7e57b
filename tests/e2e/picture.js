// Pictures of screens that are kept, and how two of them are told apart. What is compared is the mean colour of small
// tiles: letters that are drawn a little otherwise leave it nearly as it is; a button that is missing, a panel that has
// moved or another colour does not.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
export const KEPT = path.resolve(HERE, '../../docs/screens');
const OUT = path.resolve(HERE, '../../out/e2e');
/** Points of a side of a tile. */
const TILE = 8;
/** How far apart the means of two tiles may be, of 255, in each colour. */
const NEAR = 16;
/** So many tiles may be further apart: a caret, the end of a line. An icon of 20 points covers nine. */
export const STRAY = 4;

/**
 * Says how a picture differs from the one that is kept: nothing, or a sentence. What differs is left in out/e2e, as it is
 * now and with the tiles marked.
 */
export async function difference(name, taken) {
  const now = PNG.sync.read(taken);
  const kept = await readFile(path.join(KEPT, `${name}.png`)).catch(() => undefined);
  await mkdir(OUT, { recursive: true });
  const left = path.join(OUT, `screen-${name}.png`);
  if (!kept) {
    await writeFile(left, taken);
    return `${name} is not kept yet; it is in ${left}`;
  }
  const before = PNG.sync.read(kept);
  if (before.width !== now.width || before.height !== now.height) {
    await writeFile(left, taken);
    return `${name} is ${now.width} x ${now.height} and was ${before.width} x ${before.height}`;
  }
  const tiles = apart(before, now);
  if (tiles.length <= STRAY) return undefined;
  await writeFile(left, taken);
  await writeFile(left.replace('.png', '-differs.png'), PNG.sync.write(marked(now, tiles)));
  const rows = tiles.map(({ y }) => y);
  return `${name} differs in ${tiles.length} tiles between ${Math.min(...rows)} and ${Math.max(...rows) + TILE} points from the top: ${left}`;
}

/** The tiles whose means are too far apart. */
export function apart(one, other) {
  const found = [];
  for (let y = 0; y < one.height; y += TILE) {
    for (let x = 0; x < one.width; x += TILE) {
      const [a, b] = [mean(one, x, y), mean(other, x, y)];
      if (a.some((value, colour) => Math.abs(value - b[colour]) > NEAR)) found.push({ x, y });
    }
  }
  return found;
}

function mean({ data, width, height }, left, top) {
  const sum = [0, 0, 0];
  let points = 0;
  for (let y = top; y < Math.min(top + TILE, height); y += 1) {
    for (let x = left; x < Math.min(left + TILE, width); x += 1) {
      const at = (y * width + x) * 4;
      for (let colour = 0; colour < 3; colour += 1) sum[colour] += data[at + colour];
      points += 1;
    }
  }
  return sum.map((value) => value / points);
}

/** The picture with a red frame around each tile. */
function marked(picture, tiles) {
  const { width, height } = picture;
  const copy = new PNG({ width, height });
  picture.data.copy(copy.data);
  for (const { x, y } of tiles) {
    for (let step = 0; step < TILE; step += 1) {
      for (const [px, py] of [[x + step, y], [x + step, y + TILE - 1], [x, y + step], [x + TILE - 1, y + step]]) {
        if (px < width && py < height) copy.data.set([220, 0, 60, 255], (py * width + px) * 4);
      }
    }
  }
  return copy;
}

/** Keeps a picture, with the 64 colours that are most of it: a third of the size. */
export async function keep(name, taken) {
  await mkdir(KEPT, { recursive: true });
  await writeFile(path.join(KEPT, `${name}.png`), small(PNG.sync.read(taken)));
}

/** A PNG with a palette, which pngjs reads but does not write. */
export function small({ width, height, data }, colours = 64) {
  const count = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    count.set(colour, (count.get(colour) ?? 0) + 1);
  }
  const palette = [];
  // The most frequent first; one that is nearly there already needs no place of its own.
  for (const [colour] of [...count].sort(([, a], [, b]) => b - a)) {
    if (palette.length === colours) break;
    if (palette.length < 12 || nearest(palette, colour).distance > 300) palette.push(colour);
  }
  const places = new Map([...count.keys()].map((colour) => [colour, nearest(palette, colour).place]));
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      rows[y * (width + 1) + 1 + x] = places.get((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const chunks = [
    ['IHDR', head],
    ['PLTE', Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))],
    ['IDAT', deflateSync(rows, { level: 9 })],
    ['IEND', Buffer.alloc(0)],
  ];
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    ...chunks.map(([kind, content]) => {
      const body = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
      const whole = Buffer.alloc(body.length + 8);
      whole.writeUInt32BE(content.length, 0);
      body.copy(whole, 4);
      whole.writeUInt32BE(crc32(body), body.length + 4);
      return whole;
    }),
  ]);
}

/** The checksum of a piece of a PNG; Node has one of its own only in newer versions. */
function crc32(bytes) {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ -1) >>> 0;
}

function nearest(palette, colour) {
  let [place, distance] = [0, Number.POSITIVE_INFINITY];
  for (const [index, one] of palette.entries()) {
    const far = ((one >> 16) - (colour >> 16)) ** 2 + (((one >> 8) & 255) - ((colour >> 8) & 255)) ** 2 + ((one & 255) - (colour & 255)) ** 2;
    if (far < distance) [place, distance] = [index, far];
  }
  return { place, distance };
}
