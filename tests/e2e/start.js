// How soon the window can be used after the program was started, beside an empty window of the same toolkit
// (`src-tauri/examples/empty.rs`): both in turn, after one start of each that does not count.
// `make bench-window` runs it. Figures are for people; nothing here fails for being slow.

import path from 'node:path';
import { Page } from './page.js';
import { Home, closeWindow, openWindow } from './window.js';

const ROUNDS = 9;
const APPLICATION = process.env['TILLPROOF_WINDOW'];
const EMPTY = process.env['TILLPROOF_EMPTY'] ?? path.join(path.dirname(APPLICATION), 'examples', 'empty');

/** Two frames after the page was there: what is drawn has been shown. */
const SHOWN = 'const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))';

async function startOf(application, home, usable) {
  const window = await openWindow(home, { application });
  try {
    const page = new Page(window, 'start');
    await usable(page);
    await window.driver.executeAsyncScript(SHOWN);
    return performance.now() - window.started;
  } finally {
    await closeWindow(window);
  }
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
const told = (name, times) =>
  console.log(`  ${name}: median ${median(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms, fastest ${Math.min(...times).toFixed(0)} ms (${times.length} starts)`);

const [own, other] = [await Home.make('en'), await Home.make('en')];
const windows = [
  { application: APPLICATION, home: own, times: [], usable: (page) => page.find('start-create') },
  { application: EMPTY, home: other, times: [], usable: (page) => page.until('it is there', () => page.driver.executeScript('return document.readyState === "complete"')) },
];
try {
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { application, home, times, usable } of windows) {
      const time = await startOf(application, home, usable);
      if (round > 0) times.push(time);
    }
  }
  console.log('from the start of the program to a window that can be used:');
  const [{ times: tillproof }, { times: empty }] = windows;
  told('Tillproof, its start screen painted', tillproof);
  told('an empty window of the toolkit', empty);
  console.log(`  the difference of the medians: ${(median(tillproof) - median(empty)).toFixed(0)} ms (the aim: at most 1000 ms)`);
} finally {
  await own.remove();
  await other.remove();
}
