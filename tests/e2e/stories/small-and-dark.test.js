// Every screen in the smallest window, in the dark, without a mouse: nothing is cut off, and axe has nothing to say.

import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { tillproof } from '../program.js';
import { story } from '../story.js';

/** Around the middle of the screen, where the pointer is: without a window manager, the focus is where the pointer is. */
const SMALL = { x: 350, y: 300, width: 900, height: 600 };

for (const locale of ['en', 'de']) {
  story('small and dark', locale, async (told) => {
    const { home } = told;
    const file = (await tillproof(home, ['demo', home.at('Documents')])).workspace;
    const fits = async (page, screen) => {
      const [wanted, there] = await page.driver.executeScript(
        'const { scrollWidth, clientWidth } = document.scrollingElement; return [scrollWidth, clientWidth]',
      );
      assert.ok(wanted <= there, `${screen} is ${wanted} wide in a window of ${there}`);
      const cut = await page.driver.executeScript(
        `return [...document.querySelectorAll('main, [data-screen]')]
           .filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.scrollWidth + ' in ' + e.clientWidth)`,
      );
      assert.deepEqual(cut, [], `${screen} scrolls sideways`);
    };

    await told.open();
    await told.step('the window is made small, and dark by key', async (page) => {
      await page.driver.manage().window().setRect(SMALL);
      await page.until('the window is small', () =>
        // The menu bar takes what the window has more at least.
        page.driver.executeScript('return innerWidth === arguments[0] && Math.abs(innerHeight - arguments[1]) < 12 && document.hasFocus()', SMALL.width, SMALL.height),
      );
      await page.find('start-open');
      await arrowTo(page, 'theme-dark');
      assert.equal(await page.driver.executeScript('return document.documentElement.dataset.theme'), 'dark');
      await fits(page, 'start');
      await page.look('start');
      await home.answerDialog(file);
      await page.tabTo('start-open');
      await page.press(Key.ENTER);
      await page.find('nav-overview');
    });

    const screens = ['overview', 'checklist', 'worksheets', 'evidence', 'tasks', 'assessments', 'providers', 'registers', 'report', 'history', 'settings'];
    await told.step('every screen of the rail is opened by key', async (page) => {
      const rail = await page.driver.executeScript(
        `return [...document.querySelectorAll('[data-testid^="nav-"]')].map((e) => e.dataset.testid.slice(4))`,
      );
      assert.deepEqual(rail, screens, 'a new screen is looked at here, too');
      for (const screen of screens) {
        // From the heading of a screen, the rail is the other way.
        await page.tabTo(`nav-${screen}`, { back: true });
        await page.press(Key.ENTER);
        await page.seen(`[data-screen="${screen}"] h1`);
        await page.seen(`[data-testid="nav-${screen}"][aria-current="page"]`);
        await page.until('it is loaded', () =>
          page.driver.executeScript('return document.querySelector(\'main [role="status"].soft:not([data-testid])\') === null && document.querySelector("main [aria-busy]") === null'),
        );
        await fits(page, screen);
        await page.look(screen);
      }
    });
  });
}

/** Radio buttons are one stop of Tab; the arrows go through them, and choose. */
async function arrowTo(page, id) {
  const name = await page.driver.executeScript(`return document.querySelector('[data-testid="${id}"]').name`);
  const focused = () => page.driver.executeScript('const e = document.activeElement; return [e?.name ?? "", e?.dataset.testid ?? ""]');
  for (let presses = 0; (await focused())[0] !== name; presses += 1) {
    assert.ok(presses < 40, `the choice of ${id} is not reached with Tab`);
    await page.press(Key.TAB);
  }
  for (let presses = 0; (await focused())[1] !== id; presses += 1) {
    assert.ok(presses < 5, `${id} is not reached with the arrows`);
    await page.press(Key.ARROW_RIGHT);
  }
  const outline = 'return getComputedStyle(document.activeElement.labels[0].querySelector("span")).outlineStyle';
  assert.equal(await page.driver.executeScript(outline), 'solid', `the focus on ${id} is not visible`);
}
