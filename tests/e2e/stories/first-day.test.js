// A shop owner's first day: from nothing to a report, the window closed and opened again in between.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PAYLOAD } from '../page.js';
import { story } from '../story.js';

const run = promisify(execFile);

const WORDS = {
  en: {
    shop: 'Ada’s Tea & Co <b>Ltd</b>',
    note: 'Our host confirmed it on 3 November.',
    reason: 'We have no wireless network.',
    proof: 'Minutes of the password review.',
    task: 'Ask the agency for the list of accounts',
  },
  de: {
    shop: 'Käthes Tee & Söhne <b>GmbH</b>',
    note: 'Unser Hoster hat es am 3. November bestätigt.',
    reason: 'Wir haben kein Funknetz.',
    proof: 'Protokoll der Passwortprüfung, größtenteils.',
    task: 'Bei der Agentur die Liste der Konten anfordern',
  },
};
const PASSPHRASE = 'correct horse battery staple 17';
const TO_SAQ_A = ['no', 'no', 'yes', 'no', 'yes', 'yes', 'yes', 'redirect'];
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAYAAADED76LAAAAEklEQVR4nGNgYPj/Hx8eGQoAiYk/wS7Kn3gAAAAASUVORK5CYII=',
  'base64',
);
/** A file name that would run, were it ever taken for HTML. */
const PROOF_FILE = `proof <img src=x onerror="window.__pwned=1">.txt`;

for (const locale of ['en', 'de']) {
  const words = WORDS[locale];

  story('first day', locale, async (told) => {
    const { home } = told;
    const workspace = home.at('Documents', 'shop.tillproof');
    const report = home.at('Documents', 'report.pdf');
    await writeFile(home.at('Documents', PROOF_FILE), `${words.proof}\n${PAYLOAD}\n`);
    await writeFile(home.at('Documents', 'screenshot.png'), PICTURE);
    let rows;

    await told.open();
    await told.step('the window opens in the language of the system', async (page) => {
      await page.find('start-create');
      assert.equal(await page.driver.executeScript('return document.documentElement.lang'), locale);
      await page.look('start');
    });

    await told.step('an encrypted workspace is made', async (page) => {
      await page.click('start-create');
      await page.type('create-name', words.shop);
      await page.type('create-passphrase', PASSPHRASE);
      await page.type('create-passphrase-repeat', `${PASSPHRASE}?`);
      await home.answerDialog(workspace);
      await page.click('choose-path');
      await page.until('the place is shown', async () => (await page.value('create-path')) === workspace);
      await page.look('create');
      await page.click('create-submit');
      // The two passphrases differ: nothing is made yet.
      await page.until('the difference is told', async () =>
        (await page.find('create-passphrase-repeat')).getAttribute('aria-invalid'),
      );
      await page.type('create-passphrase-repeat', PASSPHRASE);
      await page.click('create-submit');
      await page.find('profile-save');
      const start = (await readFile(workspace)).subarray(0, 15).toString('latin1');
      assert.notEqual(start, 'SQLite format 3', 'the file is encrypted');
      assert.equal((await stat(workspace)).mode & 0o077, 0, 'the file is nobody else’s');
      await page.look('profile');
      await page.click('profile-save');
    });

    await told.step('the finder leads to SAQ A', async (page) => {
      for (const [number, answer] of TO_SAQ_A.entries()) {
        const question = await page.seen('[data-testid^="finder-question-"]');
        const asked = await question.getAttribute('data-testid');
        if (number === 0 || number === TO_SAQ_A.length - 1) await page.look(`finder-${number + 1}`);
        await page.tick(`finder-answer-${answer}`);
        await page.click('finder-next');
        await page.goneFrom(asked);
      }
      await page.find('start-assessments');
      await page.reads('SAQ A');
      await page.look('result');
      await page.click('start-assessments');
      await page.find('nav-overview');
      await page.find('next-step');
      await page.look('overview-empty');
    });

    await told.step('requirements are answered', async (page) => {
      await page.click('nav-checklist');
      await page.seen('[data-testid^="requirement-row-pci-dss-4.0.1:"]');
      rows = await page.driver.executeScript(
        `return [...document.querySelectorAll('[data-testid^="requirement-row-pci-dss-4.0.1:"]')].slice(0, 3).map((e) => e.dataset.testid)`,
      );
      assert.equal(new Set(rows).size, 3, 'the checklist has requirements');
      await page.look('checklist');

      await openRequirement(page, rows[0]);
      await answer(page, 'in-place');
      await page.write('note', `${words.note} ${PAYLOAD}`);
      await page.look('requirement-in-place');

      await openRequirement(page, rows[1]);
      await page.click('verdict-not-applicable');
      await page.type('justification', `${words.reason} ${PAYLOAD}`);
      await page.click('justification-submit');
      await pressed(page, 'not-applicable');
      await page.look('requirement-not-applicable');

      await openRequirement(page, rows[2]);
      await answer(page, 'not-in-place');
      await page.find('task-from-gap');
      await page.look('requirement-not-in-place');
    });

    await told.step('a gap becomes a task', async (page) => {
      await page.click('task-new');
      await page.type('task-title', words.task);
      await page.type('task-owner', PAYLOAD);
      await page.look('task');
      await page.click('task-save');
      await page.goneFrom('task-dialog');
      await page.reads(words.task);
    });

    await told.step('files are attached and shown as what they are', async (page) => {
      await openRequirement(page, rows[0]);
      await home.answerDialog([home.at('Documents', PROOF_FILE), home.at('Documents', 'screenshot.png')]);
      await page.click('attach');
      await page.find('evidence-list');
      await page.reads(PROOF_FILE);
      await page.look('requirement-with-evidence');
      await openEvidence(page, PROOF_FILE);
      await page.until('the text is shown', async () => (await page.text('preview-text')).includes(words.proof));
      assert.ok((await page.text('preview-text')).includes(PAYLOAD), 'the payload is shown as text');
      await page.look('evidence-text');
      await page.click('dialog-close');
      await page.goneFrom('evidence-dialog');
      await openEvidence(page, 'screenshot.png');
      await page.until('the picture is drawn', async () =>
        page.driver.executeScript('return arguments[0].naturalWidth === 8', await page.find('preview-image')),
      );
      await page.look('evidence-picture');
      await page.click('dialog-close');
      await page.goneFrom('evidence-dialog');
    });

    await told.step('every screen holds', async (page) => {
      for (const screen of ['overview', 'evidence', 'tasks', 'history', 'settings']) {
        await page.click(`nav-${screen}`);
        await page.seen(`[data-testid="nav-${screen}"][aria-current="page"]`);
        await page.seen('h1');
        await page.look(screen);
      }
    });

    await told.step('the dark holds as well', async (page) => {
      await page.tick('theme-dark');
      for (const screen of ['settings', 'overview', 'checklist', 'tasks']) {
        await page.click(`nav-${screen}`);
        await page.seen(`[data-testid="nav-${screen}"][aria-current="page"]`);
        await page.look(`${screen}-dark`);
      }
      await page.click('nav-settings');
      await page.tick('theme-system');
    });

    await told.step('the report is exported and says what was answered', async (page) => {
      await page.click('nav-report');
      await page.find('report-export');
      await page.look('report');
      await home.answerDialog(report);
      await page.click('report-export');
      await page.find('report-done');
      await page.look('report-done');
      assert.equal((await readFile(report)).subarray(0, 5).toString('latin1'), '%PDF-');
      await run('qpdf', ['--check', report]);
      const { stdout } = await run('pdftotext', ['-layout', report, '-'], { maxBuffer: 64 * 1024 * 1024 });
      const words_ = squeeze(stdout);
      for (const expected of [words.note, words.reason, words.task, 'screenshot.png', 'window.__pwned']) {
        assert.ok(words_.includes(squeeze(expected)), `the report says “${expected}”`);
      }
    });

    await told.step('the window closes in the middle of a note', async (page) => {
      await page.click('nav-checklist');
      await openRequirement(page, rows[2]);
      await page.type('note', words.proof);
      await told.close();
      await told.open();
    });

    await told.step('a wrong passphrase is refused, with what to do', async (page) => {
      await page.click(`recent-${words.shop.replaceAll('"', '\\"')}`);
      await page.type('open-passphrase', 'not the passphrase');
      await page.look('open');
      await page.click('open-submit');
      await page.find('error');
      const [title, hint] = await Promise.all((await page.all('[data-testid="error"] p')).map((line) => line.getText()));
      assert.ok(title?.includes('shop.tillproof'), `the error says what does not open: ${title}`);
      assert.ok(hint?.length > 20, `the hint says what to do: ${hint}`);
      await page.look('open-refused');
    });

    await told.step('the right one finds everything again', async (page) => {
      await page.type('open-passphrase', PASSPHRASE);
      await page.click('open-submit');
      await page.click('nav-checklist');
      await openRequirement(page, rows[0]);
      await pressed(page, 'in-place');
      assert.equal(await page.value('note'), `${words.note} ${PAYLOAD}`);
      await page.reads(PROOF_FILE);
      await openRequirement(page, rows[1]);
      await pressed(page, 'not-applicable');
      assert.equal(await page.value('justification'), `${words.reason} ${PAYLOAD}`);
      await openRequirement(page, rows[2]);
      await pressed(page, 'not-in-place');
      assert.equal(await page.value('note'), words.proof, 'what was typed last was saved on closing');
      await page.reads(words.task);
      await page.look('found-again');
    });

    await told.step('what was saved survives the end of the power', async (page) => {
      await page.write('note', words.note);
      await told.kill();
      page = await told.open();
      await home.answerDialog(workspace);
      await page.click('start-open');
      await page.type('open-passphrase', PASSPHRASE);
      await page.click('open-submit');
      await page.click('nav-checklist');
      await openRequirement(page, rows[2]);
      assert.equal(await page.value('note'), words.note);
      await page.click('nav-settings');
      await page.click('close-workspace');
      await page.find('start-create');
    });
  });
}

async function openRequirement(page, row) {
  await page.click(row);
  await page.seen(`[data-testid="${row}"][aria-current]`);
  await page.find('requirement');
}

async function answer(page, verdict) {
  await page.click(`verdict-${verdict}`);
  await pressed(page, verdict);
}

async function pressed(page, verdict) {
  await page.seen(`[data-testid="verdict-${verdict}"][aria-pressed="true"]`);
}

async function openEvidence(page, name) {
  await page.until(`${name} is opened`, async () => {
    for (const row of await page.all('[data-testid="evidence-list"] button[data-testid^="evidence-"]')) {
      if ((await row.getText()).includes(name)) {
        await row.click();
        return true;
      }
    }
    return false;
  });
  await page.find('evidence-dialog');
}

/** A page breaks lines where it likes. */
function squeeze(text) {
  return text.replaceAll(/\s+/g, '');
}
