// What counts as another picture: on one of those that are kept, changed by hand. No window is needed.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { PNG } from 'pngjs';
import { KEPT, STRAY, apart, small } from '../picture.js';

const kept = await readFile(path.join(KEPT, 'overview-en-light.png'));

/** How many tiles differ after each point in the rectangle was given another colour. */
function tilesAfter(change, [left, top, width, height]) {
  const [before, after] = [PNG.sync.read(kept), PNG.sync.read(kept)];
  const at = (x, y) => (y * before.width + x) * 4;
  for (let y = top; y < top + height; y += 1) {
    for (let x = left; x < left + width; x += 1) {
      const given = change((dx, dy) => [...before.data.subarray(at(x + dx, y + dy), at(x + dx, y + dy) + 3)]);
      after.data.set(given, at(x, y));
    }
  }
  return apart(before, after).length;
}

/** All but its edges. */
const WHOLE = [1, 1, 1198, 798];
/** The icon of the overview in the rail. */
const ICON = [22, 88, 24, 24];

test('a picture is as it was', () => assert.equal(tilesAfter((point) => point(0, 0), WHOLE), 0));

test('letters that are drawn a little otherwise are the same picture', () => {
  const softer = (point) => point(0, 0).map((value, colour) => value * 0.8 + (point(-1, 0)[colour] + point(1, 0)[colour]) * 0.1);
  assert.ok(tilesAfter(softer, WHOLE) <= STRAY);
  const stronger = (point) => point(0, 0).map((value) => Math.max(0, value - 6));
  assert.ok(tilesAfter(stronger, WHOLE) <= STRAY);
});

test('fewer colours are the same picture', () => {
  const before = PNG.sync.read(kept);
  assert.ok(apart(before, PNG.sync.read(small(before, 32))).length <= STRAY);
});

test('a missing icon is another picture', () => {
  const ground = () => [225, 236, 234];
  assert.ok(tilesAfter(ground, ICON) > STRAY);
});

test('what has moved by half a line is another picture', () => {
  assert.ok(tilesAfter((point) => point(0, -10), [240, 160, 900, 120]) > STRAY);
});

test('another colour of what can be pressed is another picture', () => {
  const bluer = (point) => {
    const [red, green, blue] = point(0, 0);
    return red < 40 && green > 70 && blue > 70 && green < 110 ? [red, green, blue + 60] : [red, green, blue];
  };
  assert.ok(tilesAfter(bluer, WHOLE) > STRAY);
});
