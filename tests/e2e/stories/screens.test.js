// Every screen on the example shop, in both languages and both themes, beside the pictures that are kept in docs/screens.
// With UPDATE_SCREENS set, the pictures are taken anew instead.
//
// What would be another each time is written the same: the clock stands still, the home of the story has one name, and
// the account has one name, and checksums are noughts. The gallery of the kit is not in the window that is built.

import assert from 'node:assert/strict';
import { difference, keep } from '../picture.js';
import { tillproof } from '../program.js';
import { story } from '../story.js';

const NOW = '2026-11-22T10:00:00+01:00';
/** Around the middle of the display, where the pointer is. */
const SIZE = { x: 200, y: 150, width: 1200, height: 800 };

/** What is photographed with a file open: a name, an address, and what must be there. */
const SCREENS = [
  ['overview', '#/overview', 'next-step'],
  ['setup-profile', '#/setup/profile', 'profile-save'],
  ['setup-finder', '#/setup/finder', 'finder-next'],
  ['setup-result', '#/setup/result', 'finder-another'],
  ['checklist', '#/checklist/pci-dss-4.0.1:8.3.6?framework=pci-dss-4.0.1', 'requirement'],
  ['checklist-themes', '#/checklist/shop-security:TLS-1?by=theme&theme=tls', 'requirement'],
  ['worksheets', '#/worksheets', 'worksheets-show-all'],
  ['evidence', '#/evidence', 'evidence-list'],
  ['tasks', '#/tasks', 'tasks-sums'],
  ['tasks-board', '#/tasks?look=board', 'tasks-sums'],
  ['tasks-calendar', '#/tasks?look=calendar', 'calendar'],
  ['assessments', '#/assessments', 'list-'],
  ['providers', '#/providers', 'provider-add'],
  ['registers-processing', '#/registers/processing', 'register-'],
  ['registers-requests', '#/registers/person-requests', 'register-'],
  ['registers-breaches', '#/registers/breaches', 'register-'],
  ['report', '#/report', 'report-export'],
  ['history', '#/history', 'history-'],
  ['quality', '#/quality', 'points-'],
  ['settings', '#/settings', 'workspace-path'],
  ['glossary', '#/glossary', 'glossary-count'],
  ['help', '#/help/checklist', 'help-fold-'],
];

for (const locale of ['en', 'de']) {
  for (const theme of ['light', 'dark']) {
    story(`screens ${theme}`, locale, async (told) => {
      const { home } = told;
      home.now = NOW;
      const file = (await tillproof(home, ['--now', NOW, 'demo', home.at('Documents')])).workspace;
      const differ = [];
      const photograph = async (page, name) => {
        await steady(page, home);
        const taken = Buffer.from(await page.driver.takeScreenshot(), 'base64');
        await page.driver.executeScript('posed(false)');
        const whole = `${name}-${locale}-${theme}`;
        if (process.env['UPDATE_SCREENS']) await keep(whole, taken);
        else differ.push(await difference(whole, taken));
      };

      await told.open();
      await told.step('before a file is open', async (page) => {
        const size = () => page.driver.executeScript('return [innerWidth, innerHeight]');
        await page.driver.manage().window().setRect(SIZE);
        await page.until('the window is as wide as it should be', async () => (await size())[0] === SIZE.width && (await size())[1] <= SIZE.height);
        // The menu bar takes its height off the page.
        await page.driver.manage().window().setRect({ ...SIZE, height: 2 * SIZE.height - (await size())[1] });
        await page.until('the page has its size', async () => (await size())[1] === SIZE.height);
        await page.driver.executeScript(STANDS_STILL, Date.parse(NOW));
        await page.tick(`theme-${theme}`);
        await photograph(page, 'start');
        await page.click('start-create');
        await page.find('create-name');
        await photograph(page, 'start-create');
        await page.click('back');
      });
      await told.step('every screen of the example shop', async (page) => {
        await page.begin(file);
        // The dated copy is made by itself, and then the rail says so.
        await page.find('last-backup');
        for (const [name, address, there] of SCREENS) {
          await page.driver.executeScript('location.hash = arguments[0]', address);
          await page.until(`${name} is there`, async () =>
            (await page.all(`[data-screen="${address.split(/[/?]/)[1]}"] [data-testid^="${there}"]`)).length > 0,
          );
          await photograph(page, name);
        }
      });
      await told.step('they look as they did', () => assert.deepEqual(differ.filter(Boolean), []));
    });
  }
}

/** The page's own clock: its days are those of the file. Nothing turns, and no caret blinks. */
const STANDS_STILL = `
  const now = arguments[0];
  const Passing = Date;
  globalThis.Date = class extends Passing {
    constructor(...given) {
      if (given.length === 0) super(now);
      else super(...given);
    }
    static now() {
      return now;
    }
  };
  // Bars for scrolling fade in and out as they like. While a picture is taken, nothing lies below the pointer.
  const bars = new CSSStyleSheet();
  bars.replaceSync('::-webkit-scrollbar { display: none }');
  document.adoptedStyleSheets = [bars];
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { pointer-events: none !important; caret-color: transparent !important; transition: none !important }');
  globalThis.posed = (on) => (document.adoptedStyleSheets = on ? [bars, sheet] : [bars]);`;

/** Waits until the screen is loaded and drawn, and writes what is another each time in one way. */
async function steady(page, home) {
  await page.until('it is loaded', () =>
    page.driver.executeScript(
      'return document.querySelector(\'main [role="status"].soft:not(.small)\') === null && document.querySelector("[aria-busy]") === null',
    ),
  );
  await page.driver.executeScript(
    `const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
     const account = document.querySelector('[data-testid="people-me"]')?.getAttribute('aria-describedby');
     while (texts.nextNode()) {
       const text = texts.currentNode;
       let same = text.data.replaceAll(arguments[0], '/home/ada').replace(/\\b(?=[0-9a-f]*\\d)[0-9a-f]{12,64}\\b/g, (sum) => '0'.repeat(sum.length));
       if (text.parentElement.id === account) same = same.replace(/: [^:]+\\.$/, ': Ada Muster.');
       if (same !== text.data) text.data = same;
     }
     document.activeElement?.blur();`,
    home.folder,
  );
  // The pointer really moves, or what lay below it when it was last clicked stays marked.
  await page.driver.executeScript('posed(true)');
  await page.driver.actions({ async: true }).move({ x: 9, y: 9, origin: 'viewport', duration: 0 }).move({ x: 1, y: 1, origin: 'viewport', duration: 0 }).perform();
  await page.until('nothing is marked', () => page.driver.executeScript("return document.querySelector('button:hover, a:hover, label:hover, input:hover') === null"));
  await page.still();
}
