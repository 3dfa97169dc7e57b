// A file that can only be read, and copies with a date: nothing is lost, and nothing is written where it must not be.
// Each is told in one language: what words do to a screen is looked at by the other stories.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { Key } from 'selenium-webdriver';
import { tillproof, workspaceWith } from '../program.js';
import { story } from '../story.js';

const PASSPHRASE = 'copies of copies of copies 3';
const ROW = 'gdpr:5.2';

const WORDS = { before: 'So war es am ersten Tag.', after: 'Aus Versehen überschrieben.' };

story('a file that can only be read', 'en', async (told) => {
  const { home } = told;
  const folder = home.at('Documents', 'archive');
  await mkdir(folder);
  const file = (await tillproof(home, ['demo', folder])).workspace;
  const hash = async () => createHash('sha256').update(await readFile(file)).digest('hex');
  const before = await hash();
  await chmod(file, 0o444);
  await chmod(folder, 0o555);

  await told.open();
  await told.step('it says so, and every screen can be looked at', async (page) => {
    await page.begin(file);
    const said = await page.text('notice-read-only');
    assert.ok(said.length > 40, `it says why and what to do: ${said}`);
    await page.look('read-only');
    for (const screen of ['worksheets', 'evidence', 'tasks', 'assessments', 'providers', 'registers', 'report', 'history', 'settings']) {
      await page.click(`nav-${screen}`);
      await page.seen(`[data-testid="nav-${screen}"][aria-current="page"]`);
      await page.find('notice-read-only');
      await page.seen('h1');
      assert.ok(!(await page.isThere('error')), `${screen} opens`);
    }
  });

  await told.step('whatever writes is at rest', async (page) => {
    for (const [screen, ...buttons] of [
      ['evidence', 'attach', 'note-new', 'link-new'],
      ['tasks', 'task-new', 'tasks-plan'],
      ['providers', 'provider-add'],
      ['registers', 'processing-add'],
      ['checklist', 'attach', 'note', 'verdict-in-place', 'task-new', 'progress'],
    ]) {
      await page.click(`nav-${screen}`);
      for (const id of buttons) {
        await page.until(`${id} is at rest`, async () => !(await (await page.find(id)).isEnabled()));
      }
    }
    await page.look('read-only-checklist');
    const verdict = await page.seen('[data-testid^="verdict-"][aria-pressed="false"]');
    const id = await verdict.getAttribute('data-testid');
    await page.press('1', '2', '3', '4', '5', '6');
    await page.chord(Key.CONTROL, 'z');
    await page.find('taken-back');
    await page.look('nothing-taken-back');
    await page.seen(`[data-testid="${id}"][aria-pressed="false"]`);
    const asked = { command: 'answer_requirement', request: { requirement: ROW, note: 'x' }, locale: 'en' };
    assert.equal((await page.invoke('rpc', asked)).error?.code, 'workspace-read-only');
    assert.ok(!(await page.isThere('notice-backup')), 'no copy was tried beside it');
  });

  await told.step('a report goes elsewhere', async (page) => {
    await page.click('nav-report');
    const report = home.at('Documents', 'report.pdf');
    await home.answerDialog(report);
    await page.click('report-export');
    await page.find('report-done');
    assert.equal((await readFile(report)).subarray(0, 5).toString('latin1'), '%PDF-');
  });

  await told.close();
  await told.step('the file is as it was, and nothing lies beside it', async () => {
    assert.equal(await hash(), before);
    assert.deepEqual((await readdir(folder)).filter((name) => !name.endsWith('.pdf')), [file.split('/').at(-1)]);
    await chmod(folder, 0o755);
  });
});

story('copies with a date', 'de', async (told) => {
  const { home } = told;
  const file = await workspaceWith(home, [['gdpr']], { passphrase: PASSPHRASE });
  const copies = home.at('Documents', 'copies');
  await mkdir(copies);
  await mkdir(home.at('settings'));
  await writeFile(home.at('settings', 'settings.json'), JSON.stringify({ auto_backup: false }));
  await tillproof(home, ['answer', file, ROW, '--note', WORDS.before], { passphrase: PASSPHRASE });
  let copy;

  await told.open();
  await told.step('they are switched on, and one is made in the chosen folder', async (page) => {
    await page.begin(file, PASSPHRASE);
    await page.click('nav-settings');
    await page.find('dated-copies');
    await page.tick('dated-on');
    await home.answerDialog(copies);
    await page.click('dated-choose');
    await page.until('the folder is shown', async () => (await page.text('dated-folder')) === copies);
    await page.click('dated-now');
    await page.find('dated-all');
    const made = await readdir(copies);
    assert.equal(made.length, 1, `one copy: ${made}`);
    assert.match(made[0], /^shop\.\d{4}-\d\d-\d\d-\d{6}\.tillproof$/);
    copy = home.at('Documents', 'copies', made[0]);
    await page.find('last-backup');
    await page.driver.executeScript('document.querySelector("[data-testid=dated-all]").open = true');
    await page.reads(made[0]);
    await page.driver.executeScript('arguments[0].scrollIntoView()', await page.find('dated-copies'));
    await page.look('copies');
    const kept = JSON.parse(await readFile(home.at('settings', 'settings.json'), 'utf8'));
    assert.deepEqual([kept.auto_backup, kept.backup_folder], [true, copies]);
  });

  await told.step('what was spoilt since is brought back beside the file', async (page) => {
    await page.click('nav-checklist');
    await page.click(`requirement-row-${ROW}`);
    await page.until('its note is there', async () => (await page.value('note')) === WORDS.before);
    await page.write('note', WORDS.after);
    await page.click('nav-settings');
    await page.click('settings-restore');
    await home.answerDialog(copy);
    await page.click('choose-path');
    await page.type('restore-passphrase', 'not this one');
    await page.look('restore');
    const restored = home.at('Documents', 'restored.tillproof');
    await home.answerDialog(restored);
    await page.click('restore-submit');
    await page.find('error');
    await page.type('restore-passphrase', PASSPHRASE);
    await home.answerDialog(restored);
    await page.click('restore-submit');
    await page.click('nav-checklist');
    await page.click(`requirement-row-${ROW}`);
    await page.until('it is as it was', async () => (await page.value('note')) === WORDS.before);
    await page.click('nav-settings');
    assert.equal(await page.text('workspace-path'), restored);
    const kept = await tillproof(home, ['show', file, ROW], { passphrase: PASSPHRASE });
    assert.equal(kept.note, WORDS.after, 'the other file was left alone');
  });
});
