// How soon a click shows its effect: first what shows that something happens (the new screen, the pressed button), then
// all that belongs to it. Each is told twice: when it stands in the page and is laid out, which is the work of the program,
// and two frames later, when it is certainly drawn, which takes long where no graphics card helps. The aim is 100 ms for
// the effect.
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
    void document.body.offsetHeight;
    const ready = performance.now() - start;
    requestAnimationFrame(() => requestAnimationFrame(() => (times[what] = [ready, performance.now() - start])));
  };
  button.click();
  const look = () => {
    if (times.shown === undefined && is.shown()) marked('shown');
    if (times.shown !== undefined && times.whole === undefined && is.whole()) marked('whole');
    if (times.shown && times.whole) return done([...times.shown, ...times.whole]);
    if (performance.now() - start > 10000) return done('nothing came of ' + click);
    setTimeout(look);
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
  { name: 'a row of the checklist', click: '[data-testid^="requirement-row-"]:not([aria-current])', shown: `${there('[data-testid^="requirement-row-"][aria-current]')}?.dataset.testid !== window.__before.row`, whole: `(${there(id('requirement') + ' #question')}?.textContent ?? window.__before.title) !== window.__before.title` },
  { name: 'the next requirement', click: id('next'), shown: `${there('[data-testid^="requirement-row-"][aria-current]')}?.dataset.testid !== window.__before.row`, whole: `(${there(id('requirement') + ' #question')}?.textContent ?? window.__before.title) !== window.__before.title` },
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
  const [shown, shownDrawn, whole, wholeDrawn] = [0, 1, 2, 3].map((part) => median(times.map((one) => one[part])).toFixed(0).padStart(4));
  console.log(`  ${name.padEnd(22)} effect ${shown} ms, drawn ${shownDrawn}; all there ${whole} ms, drawn ${wholeDrawn}`);
  if (Number(shownDrawn) > AIM) late.push(name);
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
  console.log(`  two frames in which nothing changes: ${median(frames).toFixed(0)} ms on this display`);
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
  console.log(late.length > 0 ? `  effect drawn after more than ${AIM} ms: ${late.join(', ')}` : `  every effect is drawn within ${AIM} ms`);
} finally {
  await closeWindow(window);
  await home.remove();
}
