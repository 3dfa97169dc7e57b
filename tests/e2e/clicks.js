// How soon a click shows its effect: from the click to the second frame after what it leads to stands there. First what
// shows that something happens (the new screen, the pressed button), then all that belongs to it. The aim is 100 ms.
//
// `make bench-window` runs it on a list of its own. A workspace after many years is named in TILLPROOF_BENCH_FILE, as
// for `make bench-large`; clicks change it, so name a copy. Figures are for people; nothing here fails for being slow.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Page } from './page.js';
import { Home, closeWindow, openWindow } from './window.js';

const run = promisify(execFile);
const TURNS = Number(process.env['TILLPROOF_BENCH_TURNS'] ?? 7);
const AIM = 100;
/** The key of the large workspace (`tests/src/shop.rs`). */
const KEY = `x'${'c0ffee00'.repeat(8)}'`;

/** The conditions stand in the script itself: the page may not make functions of texts. */
const measuring = (shown, whole) => `
  const [click, done] = arguments;
  const is = { shown: () => ${shown}, whole: () => ${whole} };
  const button = document.querySelector(click);
  if (!button) return done('there is nothing to click: ' + click);
  const start = performance.now();
  const times = {};
  const marked = (what) => {
    times[what] = null;
    requestAnimationFrame(() => requestAnimationFrame(() => (times[what] = performance.now() - start)));
  };
  button.click();
  const look = () => {
    if (times.shown === undefined && is.shown()) marked('shown');
    if (times.shown !== undefined && times.whole === undefined && is.whole()) marked('whole');
    if (times.shown && times.whole) return done([times.shown, times.whole]);
    if (performance.now() - start > 10000) return done('nothing came of ' + click);
    requestAnimationFrame(look);
  };
  look();
`;

/** What is left of a figure where nothing has to be done. */
const TWO_FRAMES = `
  const [done] = arguments;
  const start = performance.now();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
`;

const screen = (name) => `document.querySelector('[data-screen="${name}"] h1')`;
const loaded = `!document.querySelector('main [role="status"].soft:not([data-testid])') && !document.querySelector('main [aria-busy]')`;
const id = (name) => `[data-testid="${name}"]`;

/** To a screen and from another one. */
const toScreen = (name, whole = loaded) => ({ name, from: name === 'overview' ? 'settings' : 'overview', click: id(`nav-${name}`), shown: screen(name), whole: `${loaded} && ${whole}` });
const there = (selector) => `document.querySelector('${selector}')`;

const CLICKS = [
  toScreen('overview', there(id('next-step'))),
  toScreen('checklist', there('[data-testid^="requirement-row-"]')),
  toScreen('evidence', `(${there(id('evidence-list') + ' li')} || ${there('main p')})`),
  toScreen('tasks'),
  toScreen('history', there('[data-testid^="history-"]')),
  ...['worksheets', 'assessments', 'providers', 'registers', 'report', 'settings'].map((name) => toScreen(name)),
];

/** In the checklist, one after another. */
const PRESSED = `document.querySelector('[data-testid^="verdict-"][aria-pressed="true"]')?.dataset.testid`;
const IN_LIST = [
  { name: 'a row of the checklist', click: '[data-testid^="requirement-row-"]:not([aria-current])', shown: `${there('[data-testid^="requirement-row-"][aria-current]')}?.dataset.testid !== window.__before.row`, whole: `${there(id('requirement') + ' #question')}?.textContent !== window.__before.title` },
  { name: 'the next requirement', click: id('next'), shown: `${there('[data-testid^="requirement-row-"][aria-current]')}?.dataset.testid !== window.__before.row`, whole: `${there(id('requirement') + ' #question')}?.textContent !== window.__before.title` },
  { name: 'an answer', click: '[data-testid^="verdict-"][aria-pressed="false"]:is([data-testid$="-in-place"], [data-testid$="-not-in-place"])', shown: `${PRESSED} !== window.__before.verdict || document.querySelector('[data-testid^="verdict-"][aria-busy]')`, whole: `${PRESSED} !== window.__before.verdict && !document.querySelector('[data-testid^="verdict-"][aria-busy]')` },
];
const BEFORE = `window.__before = {
  row: document.querySelector('[data-testid^="requirement-row-"][aria-current]')?.dataset.testid,
  title: document.querySelector('[data-testid="requirement"] #question')?.textContent,
  verdict: ${PRESSED},
}`;

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
const late = [];

function told(name, times) {
  const [shown, whole] = [0, 1].map((part) => times.map((one) => one[part]));
  const slowest = Math.max(...whole);
  console.log(`  ${name.padEnd(26)} shown ${median(shown).toFixed(0).padStart(5)} ms, all there ${median(whole).toFixed(0).padStart(5)} ms, slowest ${slowest.toFixed(0).padStart(5)} ms`);
  if (median(whole) > AIM) late.push(name);
}

const home = await Home.make('en');
const large = process.env['TILLPROOF_BENCH_FILE'];
const file = large ?? home.at('Documents', 'bench.tillproof');
if (!large) {
  const program = process.env['TILLPROOF_PROGRAM'];
  await run(program, ['new', file, '--name', 'Bench', '--locale', 'en', '--unencrypted']);
  await run(program, ['assess', file, 'pci-dss-4.0.1', '--saq', 'D-ServiceProvider']);
}
const window = await openWindow(home, { words: [file] });
try {
  const page = new Page(window, 'clicks');
  if (large) {
    await page.type('open-passphrase', KEY);
    const start = performance.now();
    await page.click('open-submit');
    while (!(await page.isThere('nav-overview'))) await page.driver.sleep(20);
    console.log(`  opening, with the key      ${(performance.now() - start).toFixed(0)} ms`);
  }
  await page.find('nav-overview');
  // The dated copy and what is fetched ahead are over.
  await page.driver.sleep(large ? 20_000 : 4_000);
  const measure = async ({ click, shown, whole }) => {
    await page.driver.executeScript(BEFORE);
    const times = await page.driver.executeAsyncScript(measuring(shown, whole), click);
    if (typeof times === 'string') throw new Error(times);
    return times;
  };
  const frames = [];
  for (let turn = 0; turn < TURNS; turn += 1) frames.push(await page.driver.executeAsyncScript(TWO_FRAMES));
  console.log(`  two frames of this display ${median(frames).toFixed(0)} ms, in each figure below (16 to 33 ms where a graphics card draws)`);
  console.log(`from a click to its effect (${large ? 'a workspace after many years' : 'a list of its own'}, ${TURNS} turns, medians):`);
  for (const one of CLICKS) {
    const times = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      await page.click(`nav-${one.from}`);
      await page.until('it is loaded', () => page.driver.executeScript(`return Boolean(${screen(one.from)}) && ${loaded}`));
      await page.driver.sleep(400); // A person looks before the next click.
      times.push(await measure(one));
    }
    told(one.name, times);
  }
  await page.click('nav-checklist');
  await page.find('requirement');
  for (const one of IN_LIST) {
    const times = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      await page.driver.sleep(400);
      times.push(await measure(one));
    }
    told(one.name, times);
  }
  console.log(late.length > 0 ? `  over ${AIM} ms: ${late.join(', ')}` : `  nothing takes more than ${AIM} ms`);
} finally {
  await closeWindow(window);
  await home.remove();
}
