// What a person does on the page: find, click, type, look. Everything waits for what it needs; nothing sleeps.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { By, Key } from 'selenium-webdriver';

const run = promisify(execFile);
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const OUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../out/e2e');
const PATIENCE = 15_000;
/** What goes by itself on a page that is being drawn: something is not there yet, is no longer there, or lies below something else. */
const PASSING = ['StaleElementReferenceError', 'NoSuchElementError', 'ElementNotInteractableError', 'ElementClickInterceptedError'];

/** A payload that leaves a trace if it ever runs. Each place that shows text gets it. */
export const PAYLOAD = `<script>window.__pwned=1</script><img src=x onerror="window.__pwned=1">`;

export class Page {
  constructor(window, story) {
    this.driver = window.driver;
    this.window = window;
    this.story = story;
    this.pictures = 0;
    /** What axe found on each screen. The story is told to its end, and fails there if there is anything. */
    this.violations = [];
    /** How often somebody has clicked or chosen. */
    this.choices = 0;
  }

  /** The visible element with this test id. */
  async find(id) {
    return this.seen(`[data-testid="${id}"]`);
  }

  /** The first visible element that the selector finds. */
  async seen(selector) {
    return this.until(`${selector} is visible`, async () => {
      for (const element of await this.driver.findElements(By.css(selector))) {
        if (await element.isDisplayed()) return element;
      }
      return undefined;
    });
  }

  async all(selector) {
    return this.driver.findElements(By.css(selector));
  }

  async isThere(id) {
    return (await this.all(`[data-testid="${id}"]`)).length > 0;
  }

  async goneFrom(id) {
    await this.until(`${id} is gone`, async () => !(await this.isThere(id)));
  }

  /** Waits until the condition gives something true, and gives it back. A page that changes meanwhile is asked again. */
  async until(what, condition) {
    return this.driver.wait(
      async () => {
        try {
          return await condition();
        } catch (error) {
          if (PASSING.includes(error.name)) return undefined;
          throw error;
        }
      },
      PATIENCE,
      `waited in vain until ${what}`,
    );
  }

  async click(id) {
    // An element that is replaced between being found and being clicked is found again; nothing else is tried twice.
    await this.until(`${id} is clicked`, async () => {
      const element = await this.find(id);
      if (!(await element.isEnabled())) return false;
      await this.inSight(element, () => element.click());
      this.choices += 1;
      return true;
    });
  }

  /** What lies half below a heading that stays in sight is scrolled to, as a person does, before it is tried again. */
  async inSight(element, act) {
    try {
      await act();
    } catch (error) {
      await this.driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', element);
      throw error;
    }
  }

  /** Chooses a radio button or ticks a box. The box itself may be drawn by its label. */
  async tick(id) {
    await this.until(`${id} is ticked`, async () => {
      const [box] = await this.all(`[data-testid="${id}"]`);
      if (!box) return false;
      if (!(await box.isSelected())) {
        const label = await this.driver.executeScript(
          'const e = arguments[0].closest("label") ?? arguments[0].labels[0]; (e ?? arguments[0]).scrollIntoView({ block: "nearest" }); return e',
          box,
        );
        await (label ?? box).click();
        this.choices += 1;
      }
      return box.isSelected();
    });
  }

  /** Chooses one of a list that folds out. */
  async choose(id, value) {
    await this.until(`${id} is set to ${value}`, async () => {
      const select = await this.find(id);
      await select.findElement(By.css(`option[value="${value}"]`)).click();
      this.choices += 1;
      return (await select.getAttribute('value')) === value;
    });
  }

  async type(id, text) {
    await this.until(`${id} is filled in`, async () => {
      const element = await this.find(id);
      await this.inSight(element, async () => {
        await element.clear();
        await element.sendKeys(text);
      });
      return true;
    });
  }

  /** Types into a field that saves itself, and waits until it has. */
  async write(id, text) {
    await this.type(id, text);
    await this.seen(`[data-testid="${id}-state"][data-state="saved"]`);
  }

  async text(id) {
    return (await this.find(id)).getText();
  }

  async value(id) {
    return (await this.find(id)).getAttribute('value');
  }

  /** Waits until the text stands somewhere on the page. */
  async reads(text) {
    await this.until(`the page reads “${text}”`, async () =>
      (await this.driver.executeScript('return document.body.innerText')).includes(text),
    );
  }

  /** Asks the window's own side, as a page would that went wrong. Gives {ok} or {error}. */
  async invoke(command, request = {}) {
    return this.driver.executeAsyncScript(
      `const done = arguments[arguments.length - 1];
       window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then((ok) => done({ ok }), (error) => done({ error }));`,
      command,
      request,
    );
  }

  /** Goes on with Tab, or back with Shift and Tab, until the element has the focus, as somebody without a mouse does. */
  async tabTo(id, { back = false, atMost = 80 } = {}) {
    await this.find(id);
    for (let presses = 0; presses <= atMost; presses += 1) {
      const here = await this.driver.executeScript(
        'const e = document.activeElement; return e?.dataset.testid ?? e?.closest("label")?.dataset.testid ?? null',
      );
      if (here === id) {
        const outlined = await this.driver.executeScript('return document.activeElement.matches(":focus-visible")');
        assert.ok(outlined, `the focus on ${id} is not visible`);
        return;
      }
      await (back ? this.chord(Key.SHIFT, Key.TAB) : this.press(Key.TAB));
    }
    assert.fail(`${id} is not reached with ${atMost} presses of Tab`);
  }

  async press(...keys) {
    await this.driver.actions({ async: true }).sendKeys(...keys).perform();
  }

  /** Presses the last key while those before it are held down. */
  async chord(...keys) {
    const key = keys.pop();
    const actions = this.driver.actions({ async: true });
    for (const held of keys) actions.keyDown(held);
    actions.sendKeys(key);
    for (const held of keys.toReversed()) actions.keyUp(held);
    await actions.perform();
  }

  /**
   * Presses a key where the desktop hears of it first, and with it the menu bar of the window: `ctrl+o`. What the driver
   * types goes to the page alone.
   */
  async pressKey(key) {
    await run('xdotool', ['search', '--onlyvisible', '--name', '^Tillproof$', 'windowfocus', 'key', '--clearmodifiers', key]);
  }

  /** Opens a workspace from the start screen. */
  async begin(file, passphrase) {
    await this.window.home.answerDialog(file);
    await this.click('start-open');
    if (passphrase) {
      await this.type('open-passphrase', passphrase);
      await this.click('open-submit');
    }
    await this.find('nav-overview');
  }

  /** Looks at a screen: takes a picture, lets axe judge it, and sees that no payload has run. */
  async look(screen) {
    await this.still();
    await this.picture(screen);
    assert.equal(await this.driver.executeScript('return typeof window.__pwned'), 'undefined', `a payload ran on ${screen}`);
    if (!(await this.driver.executeScript('return typeof window.axe === "object"'))) {
      await this.driver.executeScript(AXE);
    }
    const violations = await this.driver.executeAsyncScript(
      `const done = arguments[arguments.length - 1];
       window.axe.run(document, { resultTypes: ['violations'] }).then(
         ({ violations }) => done(violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((n) => n.html + ' — ' + n.failureSummary) }))),
         (error) => done([{ id: 'axe-failed', help: String(error), where: [] }]));`,
    );
    this.violations.push(...violations.map((violation) => ({ screen, ...violation })));
  }

  /** Waits until the page is drawn: its letters are there, nothing moves that has an end, and a frame has been shown. */
  async still() {
    await this.until('nothing moves', () =>
      this.driver.executeScript(
        `return document.fonts.status === 'loaded' && document.getAnimations().every((animation) => {
           const { endTime } = animation.effect?.getComputedTiming() ?? {};
           return animation.playState !== 'running' || !Number.isFinite(endTime) || animation.currentTime >= endTime;
         })`,
      ),
    );
    await this.driver.executeAsyncScript(
      'const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))',
    );
  }

  async picture(screen) {
    this.pictures += 1;
    const name = `${this.story}-${String(this.pictures).padStart(2, '0')}-${screen}`;
    await mkdir(OUT, { recursive: true });
    await writeFile(path.join(OUT, `${name}.png`), Buffer.from(await this.driver.takeScreenshot(), 'base64'));
    return name;
  }

  /** Leaves what can be seen of a failure: a picture, the page, what the window said. */
  async leaveTraces() {
    const name = await this.picture('failed').catch(() => `${this.story}-failed`);
    const source = await this.driver.getPageSource().catch((error) => String(error));
    await writeFile(path.join(OUT, `${name}.html`), source);
    await writeFile(path.join(OUT, `${name}.log`), this.window.said.join(''));
    console.error(`traces of the failure: out/e2e/${name}.{png,html,log}`);
  }
}
