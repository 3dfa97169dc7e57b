// A story: steps in order, in one home. When a step fails the story ends there, leaves traces, and is told as failed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Page } from './page.js';
import { Home, closeWindow, ended, killWindow, openWindow } from './window.js';

/**
 * @param {string} name
 * @param {'en' | 'de'} locale
 * @param {(told: Told) => Promise<void>} tell
 */
export function story(name, locale, tell) {
  test(`${name} (${locale})`, { timeout: 300_000 }, async (t) => {
    const home = await Home.make(locale);
    const told = new Told(t, home, `${name}-${locale}`.replaceAll(/[^a-z0-9]+/g, '-'));
    try {
      await tell(told);
      await told.close();
      await told.step('axe finds nothing on any screen', () => assert.deepEqual(told.violations, []));
      await home.remove();
    } catch (error) {
      await told.page?.leaveTraces();
      if (told.violations.length > 0) console.error('axe found on the way:', told.violations);
      console.error(`the home of the story is left in ${home.folder}`);
      await told.close().catch((problem) => console.error(problem));
      throw error;
    }
  });
}

class Told {
  constructor(t, home, name) {
    this.t = t;
    this.home = home;
    this.name = name;
    this.pictures = 0;
    this.violations = [];
  }

  /** Opens the window, which shows the start screen. */
  async open(how) {
    this.window = await openWindow(this.home, how);
    this.page = new Page(this.window, this.name);
    this.page.pictures = this.pictures;
    this.page.violations = this.violations;
    return this.page;
  }

  async close() {
    await this.end(closeWindow);
  }

  async kill() {
    await this.end(killWindow);
  }

  /** The window goes by itself. */
  async ended() {
    await this.end(ended);
  }

  async end(how) {
    if (!this.window) return;
    const window = this.window;
    this.pictures = this.page.pictures;
    this.window = undefined;
    this.page = undefined;
    await how(window);
  }

  /** One step, counted and timed by the runner. The story does not go on after one that failed. */
  async step(name, act) {
    let failure;
    await this.t.test(name, async () => {
      try {
        await act(this.page);
      } catch (error) {
        failure = error;
        throw error;
      }
    });
    if (failure) throw failure;
  }
}
