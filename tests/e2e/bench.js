// How quickly the window shows its longest list: from the click to the second frame after it, ten times.
// `make bench` runs it. Figures are for people; nothing here fails for being slow.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Page } from './page.js';
import { Home, closeWindow, openWindow } from './window.js';

const run = promisify(execFile);
const TURNS = 10;

/**
 * Clicks; answers the milliseconds until the rows that fit on the screen are painted (there, and two frames later),
 * and until all of them are.
 */
const MEASURE = `
  const [click, ready, count, done] = arguments;
  const start = performance.now();
  document.querySelector(click).click();
  let seen;
  const look = () => {
    const found = document.querySelectorAll(ready);
    const last = found[found.length - 1];
    const filled = last && (found.length >= count || last.getBoundingClientRect().bottom > innerHeight);
    if (filled && seen === undefined) {
      seen = null;
      requestAnimationFrame(() => requestAnimationFrame(() => (seen = performance.now() - start)));
    }
    if (found.length >= count && seen) return done([seen, performance.now() - start]);
    requestAnimationFrame(look);
  };
  look();
`;

/** Types a text into a field and waits until the number of rows changes. */
const TYPE = `
  const [field, text, ready, done] = arguments;
  const input = document.querySelector(field);
  const before = document.querySelectorAll(ready).length;
  const start = performance.now();
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  const look = () => {
    if (document.querySelectorAll(ready).length === before) return requestAnimationFrame(look);
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  };
  look();
`;

function told(name, times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(0);
  console.log(`${name}: median ${at(0.5)} ms, slowest ${at(1)} ms, fastest ${at(0)} ms (${times.length} turns)`);
}

const home = await Home.make('en');
const program = process.env['TILLPROOF_PROGRAM'];
const file = home.at('Documents', 'bench.tillproof');
await run(program, ['new', file, '--name', 'Bench', '--locale', 'en', '--unencrypted']);
await run(program, ['assess', file, 'pci-dss-4.0.1', '--saq', 'D-ServiceProvider']);
const listed = JSON.parse((await run(program, ['requirements', file, '--json'], { maxBuffer: 1 << 26 })).stdout);
const count = listed.requirements.length;

const window = await openWindow(home);
try {
  const page = new Page(window, 'bench');
  await home.answerDialog(file);
  await page.click('start-open');
  await page.find('nav-overview');
  const row = '[data-testid^="requirement-row-"]';
  const nav = (name) => `[data-testid="nav-${name}"]`;
  const opened = [];
  const completed = [];
  const searched = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    await page.click('nav-overview');
    await page.find('assessment-pci-dss-4.0.1');
    await page.driver.sleep(600); // A person looks before the next click.
    const [first, whole] = await page.driver.executeAsyncScript(MEASURE, nav('checklist'), row, count);
    opened.push(first);
    completed.push(whole);
    searched.push(await page.driver.executeAsyncScript(TYPE, '[data-testid="search"]', 'password', row));
  }
  console.log(`a list of ${count} requirements in the window:`);
  told('  from the click to the screen painted', opened);
  told('  from the click to the last row in place', completed);
  told('  from the letter to the narrowed list painted', searched);
} finally {
  await closeWindow(window);
  await home.remove();
}
