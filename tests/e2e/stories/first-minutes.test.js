// How long it takes somebody new to answer the first requirement, and how often they have to click or choose.

import assert from 'node:assert/strict';
import { story } from '../story.js';

const PASSPHRASE = 'nine lives of a good cat 4';
/** So many clicks and choices are the most. */
const CHOICES = 10;
/** So many seconds are the most. A program that types needs none to think; it has to wait for everything all the same. */
const SECONDS = 120;

for (const locale of ['en', 'de']) {
  story('the first minutes', locale, async (told) => {
    const { home } = told;
    const start = performance.now();
    const page = await told.open();
    await told.step('an encrypted file is made; the hands stay on the keys in the form', async () => {
      await page.click('start-create');
      await page.find('create-name');
      await page.tabTo('create-name');
      await page.press('Neuer Laden');
      for (const field of ['create-passphrase', 'create-passphrase-repeat']) {
        await page.tabTo(field);
        await page.press(PASSPHRASE);
      }
      await home.answerDialog(home.at('Documents', 'shop.tillproof'));
      await page.click('create-submit');
      await page.find('profile-save');
      page.choices += 1; // The dialog that asks for the place is one more.
      await page.look('profile');
      await page.click('profile-save');
    });

    await told.step('the finder can wait, and the other lists are begun', async () => {
      await page.look('finder');
      await page.click('finder-later');
      await page.find('start-gdpr');
      await page.look('lists');
      await page.click('start-assessments');
    });

    await told.step('the first requirement is answered', async () => {
      await page.click('next-step-go');
      await page.find('requirement');
      await page.click('verdict-in-place');
      await page.seen('[data-testid="verdict-in-place"][aria-pressed="true"]');
      const seconds = (performance.now() - start) / 1000;
      console.log(`first minutes (${locale}): ${page.choices} clicks and choices, ${seconds.toFixed(1)} s from the start of the program to the first answer`);
      assert.ok(page.choices <= CHOICES, `${page.choices} clicks and choices are more than ${CHOICES}`);
      assert.ok(seconds < SECONDS, `${seconds} s are more than ${SECONDS}`);
      await page.look('answered');
    });

    await told.step('it is saved', async () => {
      await page.click('nav-history');
      await page.seen('[data-testid^="history-"]');
      await page.reads('Neuer Laden');
    });
  });
}
