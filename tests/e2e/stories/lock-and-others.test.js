// Who passes by sees nothing, and who works on the same file at the same time loses nothing.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Key } from 'selenium-webdriver';
import { tillproof, workspaceWith } from '../program.js';
import { story } from '../story.js';

const PASSPHRASE = 'a lock that holds for a while 9';
const ROW = 'gdpr:5.2';
const OTHER = 'gdpr:5.1.b';

const WORDS = {
  en: { mine: 'Katrin keeps the folder.', draft: 'Ask who has a key', theirs: 'Ben keeps the folder.', title: 'Key of the cellar' },
  de: { mine: 'Käthe führt den Ordner.', draft: 'Fragen, wer einen Schlüssel hat', theirs: 'Ben führt den Ordner.', title: 'Schlüssel zum Keller' },
};

for (const locale of ['en', 'de']) {
  const words = WORDS[locale];

  story('the lock, and the others', locale, async (told) => {
    const { home } = told;
    const file = await workspaceWith(home, [['gdpr']], { passphrase: PASSPHRASE });
    const other = (...change) => tillproof(home, change, { passphrase: PASSPHRASE });
    const noteOf = async (requirement) => (await other('show', file, requirement)).note;

    const open = async (page, requirement) => {
      await page.click(`requirement-row-${requirement}`);
      await page.seen(`[data-testid="requirement-row-${requirement}"][aria-current]`);
      await page.find('note');
    };
    const seesNothing = async (page, texts) => {
      const seen = await page.driver.executeScript('return document.body.innerText');
      for (const text of texts) assert.ok(!seen.includes(text), `the locked window shows “${text}”`);
      for (const id of ['requirement', 'nav-overview', 'note', 'task-title']) {
        for (const element of await page.all(`[data-testid="${id}"]`)) {
          assert.ok(!(await element.isDisplayed()), `the locked window shows ${id}`);
        }
      }
    };

    await told.open();
    await told.step('a key locks the window, with a dialog open and a note half written', async (page) => {
      await page.begin(file, PASSPHRASE);
      await page.click('nav-checklist');
      await open(page, ROW);
      await page.type('note', words.mine);
      await page.click('task-new');
      await page.type('task-title', words.draft);
      await page.chord(Key.CONTROL, Key.SHIFT, 'l');
      await page.find('lock-screen');
      await seesNothing(page, [words.mine, words.draft, 'GDPR', 'DSGVO']);
      assert.equal(await noteOf(ROW), words.mine, 'the note was saved before');
      await page.look('locked');
    });

    await told.step('a wrong passphrase is refused', async (page) => {
      await page.type('lock-passphrase', 'not this one');
      await page.click('lock-open');
      await page.find('error');
      assert.equal(await page.value('lock-passphrase'), '', 'what was typed is gone');
      await seesNothing(page, [words.mine, words.draft]);
      await page.press(Key.ESCAPE);
      await page.find('lock-screen');
      await page.look('locked-refused');
    });

    await told.step('the right one brings everything back as it was', async (page) => {
      await page.type('lock-passphrase', PASSPHRASE);
      await page.press(Key.ENTER);
      await page.goneFrom('lock-screen');
      assert.equal(await page.value('task-title'), words.draft, 'the draft is still there');
      assert.equal(await page.value('note'), words.mine);
      await page.click('task-save');
      await page.goneFrom('task-dialog');
      await page.reads(words.draft);
    });

    await told.step('it locks by itself when nobody is there', async (page) => {
      await page.click('nav-settings');
      await page.choose('lock-after', '5');
      await page.until('the choice is kept', async () =>
        JSON.parse(await readFile(home.at('settings', 'settings.json'), 'utf8').catch(() => '{}')).lock_after === 5,
      );
      await page.click('nav-checklist');
      await open(page, ROW);
      await page.type('note', `${words.mine} ${words.title}`);
      await minutesPass(page, 4);
      assert.ok(!(await page.isThere('lock-screen')), 'four minutes are too few');
      await minutesPass(page, 6);
      await page.find('lock-screen');
      await seesNothing(page, [words.title]);
      await page.type('lock-passphrase', PASSPHRASE);
      await page.click('lock-open');
      await page.goneFrom('lock-screen');
      assert.equal(await page.value('note'), `${words.mine} ${words.title}`);
      assert.equal(await noteOf(ROW), `${words.mine} ${words.title}`, 'what was typed last was saved before');
      await minutesPass(page, 0);
    });

    await told.step('what two write at once is shown side by side, and mine is kept', async (page) => {
      await open(page, OTHER);
      await other('answer', file, OTHER, '--note', words.theirs);
      await page.type('note', words.mine);
      await page.find('conflict');
      assert.equal(await page.text('conflict-mine'), words.mine);
      assert.equal(await page.text('conflict-theirs'), words.theirs);
      assert.equal(await noteOf(OTHER), words.theirs, 'nothing is written before the person has chosen');
      await page.look('conflict');
      await page.click('conflict-keep-mine');
      await page.goneFrom('conflict');
      await page.seen('[data-testid="note-state"][data-state="saved"]');
      assert.equal(await noteOf(OTHER), words.mine);
    });

    await told.step('or theirs is taken', async (page) => {
      await other('answer', file, OTHER, '--note', words.theirs);
      await page.type('note', words.title);
      await page.click('conflict-take-theirs');
      await page.goneFrom('conflict');
      assert.equal(await page.value('note'), words.theirs);
      assert.equal(await noteOf(OTHER), words.theirs);
    });

    await told.step('an answer meets one of somebody else in the same way', async (page) => {
      await other('answer', file, OTHER, '--verdict', 'partly');
      await page.click('verdict-in-place');
      await page.find('conflict');
      await page.look('conflict-of-answers');
      await page.click('conflict-take-theirs');
      await page.seen('[data-testid="verdict-partly"][aria-pressed="true"]');
      assert.equal((await other('show', file, OTHER)).row.verdict, 'partly');
    });

    await told.step('what touches something else stands beside it', async (page) => {
      await other('answer', file, OTHER, '--progress', 'in-review');
      await page.write('note', words.title);
      assert.ok(!(await page.isThere('conflict')), 'they changed something else');
      const { note, row } = await other('show', file, OTHER);
      assert.deepEqual([note, row.progress], [words.title, 'in-review']);
    });

    await told.step('a task shows the fields that differ', async (page) => {
      const [task] = (await other('task', file, 'list')).tasks;
      await page.click('nav-tasks');
      await page.click(`task-${task.id}`);
      await other('task', file, 'set', task.id, '--title', words.title);
      await page.type('task-title', words.mine);
      await page.click('task-save');
      await page.find('conflict');
      await page.look('conflict-of-tasks');
      await page.click('conflict-keep-mine');
      await page.goneFrom('task-dialog');
      assert.equal((await other('task', file, 'list')).tasks[0].title, words.mine);
    });

    await told.step('what others changed is shown when the window is looked at again', async (page) => {
      await other('task', file, 'add', words.theirs);
      await page.driver.executeScript('dispatchEvent(new Event("focus"))');
      await page.reads(words.theirs);
    });
  });
}

/** Sets the clock of the page ahead of the real one, as if nobody had touched anything so long. */
async function minutesPass(page, minutes) {
  await page.driver.executeScript(
    `window.__now ??= Date.now;
     const real = window.__now;
     Date.now = () => real.call(Date) + arguments[0] * 60_000;
     document.dispatchEvent(new Event('visibilitychange'));`.replace('arguments[0]', String(minutes)),
  );
}
