// The way from nothing to the first answer without a mouse.

import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { story } from '../story.js';

const PASSPHRASE = 'keys and nothing but keys 5';

for (const locale of ['en', 'de']) {
  story('only the keyboard', locale, async (told) => {
    await told.open();
    await told.step('a workspace is made', async (page) => {
      await page.tabTo('start-create');
      await page.press(Key.ENTER);
      await page.tabTo('create-name');
      await page.press('Tastenladen');
      await page.tabTo('create-passphrase');
      await page.press(PASSPHRASE);
      await page.tabTo('create-passphrase-repeat');
      await page.press(PASSPHRASE);
      await told.home.answerDialog(told.home.at('Documents', 'keys.tillproof'));
      await page.tabTo('choose-path');
      await page.press(Key.SPACE);
      await page.until('the place is shown', async () => (await page.value('create-path')).endsWith('keys.tillproof'));
      await page.tabTo('create-submit');
      await page.press(Key.ENTER);
      await page.tabTo('profile-save');
      await page.press(Key.ENTER);
    });

    await told.step('the finder is answered', async (page) => {
      for (const answer of ['no', 'no', 'yes', 'no', 'yes', 'yes', 'yes', 'redirect']) {
        const question = await page.seen('[data-testid^="finder-question-"]');
        const asked = await question.getAttribute('data-testid');
        await chooseByKey(page, `finder-answer-${answer}`);
        await page.tabTo('finder-next');
        await page.press(Key.ENTER);
        await page.goneFrom(asked);
      }
      await page.tabTo('start-assessments');
      await page.press(Key.ENTER);
      await page.find('next-step');
    });

    await told.step('the first requirement is answered', async (page) => {
      await page.tabTo('nav-checklist');
      await page.press(Key.ENTER);
      const row = await page.seen('[data-testid^="requirement-row-"]');
      const id = await row.getAttribute('data-testid');
      await page.tabTo(id);
      await page.press(Key.ENTER);
      await page.tabTo('verdict-in-place');
      await page.press(Key.SPACE);
      await page.seen('[data-testid="verdict-in-place"][aria-pressed="true"]');
      await page.tabTo('note');
      await page.press('Nur mit Tasten geschrieben.');
      await page.seen('[data-testid="note-state"][data-state="saved"]');
      await page.look('answered');
    });
  });
}

/** Radio buttons are one stop of Tab; the arrows go through them. */
async function chooseByKey(page, id) {
  const focused = () => page.driver.executeScript('return document.activeElement?.dataset.testid ?? ""');
  for (let presses = 0; !(await focused()).startsWith('finder-answer-'); presses += 1) {
    assert.ok(presses < 60, 'the answers are not reached with Tab');
    await page.press(Key.TAB);
  }
  await page.press(Key.SPACE);
  for (let presses = 0; (await focused()) !== id; presses += 1) {
    assert.ok(presses < 8, `${id} is not reached with the arrows`);
    await page.press(Key.ARROW_DOWN);
  }
}
