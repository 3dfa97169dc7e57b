// Proof that is no file, what is refused, and what the official form asks beyond a verdict.

import assert from 'node:assert/strict';
import { Key } from 'selenium-webdriver';
import { PAYLOAD } from '../page.js';
import { tillproof, workspaceWith } from '../program.js';
import { story } from '../story.js';

const TLS = 'shop-security:TLS-1';
const ALSO = 'gdpr:32.1.a';
const CARD = '4929 6294 3109 1368';
const POINTS = ['constraints', 'definition', 'objective', 'risk', 'validation', 'maintenance'];

const WORDS = {
  en: { title: 'Who looks after the certificates', text: 'The host renews them every sixty days.', why: 'A number from the test list of the provider' },
  de: { title: 'Wer sich um die Zertifikate kümmert', text: 'Der Hoster erneuert sie alle sechzig Tage.', why: 'Eine Nummer aus der Testliste des Anbieters' },
};

for (const locale of ['en', 'de']) {
  const words = WORDS[locale];

  story('proof and worksheets', locale, async (told) => {
    const { home } = told;
    const file = await workspaceWith(home, [['shop-security'], ['gdpr'], ['pci-dss-4.0.1', 'A']]);
    const ask = (...question) => tillproof(home, question);
    const evidence = async () => (await ask('evidence', file, 'list')).evidence;

    await told.open();
    await told.step('a note is a proof, and counts elsewhere too', async (page) => {
      await page.begin(file);
      await page.click('nav-evidence');
      await page.click('note-new');
      await page.type('note-title', `${words.title} ${PAYLOAD}`);
      await page.type('note-text', words.text);
      await pick(page, 'TLS-1', TLS);
      await page.find('also-counts-for');
      await page.look('note');
      await page.click(`also-link-${ALSO}`);
      await page.goneFrom(`also-link-${ALSO}`);
      await page.click('note-submit');
      await page.goneFrom('note-dialog');
      await page.reads(words.title);
      const [note] = await evidence();
      assert.deepEqual(note.requirements.map(({ id }) => id).toSorted(), [ALSO, TLS]);
      await page.click(`evidence-${note.id}`);
      await page.until('the note is shown', async () => (await page.text('preview-text')).includes(words.text));
      await page.look('note-shown');
      await page.click('dialog-close');
      await page.goneFrom('evidence-dialog');
    });

    await told.step('so is an address, which is never opened', async (page) => {
      await page.click('link-new');
      await page.type('link-url', 'javascript:alert(1)');
      await pick(page, 'TLS-1', TLS);
      await page.click('link-submit');
      await page.find('error');
      await page.type('link-url', 'https://status.example.org/tls?shop=1');
      await page.look('link');
      await page.click('link-submit');
      await page.goneFrom('link-dialog');
      await page.reads('status.example.org');
      assert.deepEqual((await evidence()).map(({ kind }) => kind).toSorted(), ['link', 'note']);
      const opened = await page.driver.executeScript('return document.querySelectorAll(\'a[href*="example.org"]\').length');
      assert.equal(opened, 0, 'an address that somebody typed is no link of the page');
    });

    await told.step('a card number is refused with its place masked, and kept only with a reason', async (page) => {
      await page.click('note-new');
      await page.type('note-title', words.title);
      await page.type('note-text', `${words.text} ${CARD}`);
      await pick(page, 'TLS-1', TLS);
      await page.click('note-submit');
      const said = await page.text('error');
      assert.ok(/492962/.test(said.replaceAll(' ', '')) && said.includes('1368'), `the place is named: ${said}`);
      assert.ok(!said.replaceAll(/\D/g, '').includes(CARD.replaceAll(' ', '')), `the number is masked: ${said}`);
      await page.look('note-refused');
      assert.equal((await evidence()).length, 2, 'what was refused is not stored');
      await page.type('keep-reason', `${words.why}: ${CARD}`);
      await page.click('keep-submit');
      await page.until('a reason that repeats it is refused as well', async () => (await page.text('error')) !== said);
      assert.equal((await evidence()).length, 2, 'nor with a reason that repeats it');
      await page.type('keep-reason', words.why);
      await page.click('keep-submit');
      await page.goneFrom('note-dialog');
      const kept = (await evidence()).filter(({ kind }) => kind === 'note');
      assert.equal(kept.length, 2, 'with a reason it is');
      await page.click(`evidence-${kept[0].id}`);
      await page.until('the reason stands there', async () => (await page.text('evidence-kept')).includes(words.why));
      await page.click('dialog-close');
      await page.goneFrom('evidence-dialog');
    });

    await told.step('the requirement shows what proves it, and keeps its own note in the same way', async (page) => {
      await page.click('nav-checklist');
      await openFound(page, TLS);
      await page.find('linked');
      await page.reads('status.example.org');
      await page.type('note', CARD);
      await page.type('keep-reason', words.why);
      await page.click('keep-submit');
      await page.until('the reason stands there', async () => (await page.text('note-kept')).includes(words.why));
      await page.look('proved');
      assert.equal((await ask('show', file, TLS)).note, CARD);
    });

    let row;
    await told.step('a compensating control opens its worksheet, which says what is left', async (page) => {
      row = (await ask('requirements', file, '--framework', 'pci-dss-4.0.1')).requirements[0].id;
      await openFound(page, row);
      await page.click('verdict-in-place-ccw');
      await page.type('justification', words.text);
      await page.click('justification-submit');
      await page.seen('[data-testid="worksheet"][data-state="open"]');
      await page.look('worksheet-open');
      for (const point of POINTS) await page.type(`worksheet-${point}`, point === 'risk' ? PAYLOAD : point);
      await page.click('nav-worksheets');
      await page.click(`worksheet-${row}`);
      await page.seen('[data-testid="worksheet"][data-state="filled"]');
      assert.ok((await page.value('worksheet-maintenance')) === 'maintenance', 'what was typed last was saved on leaving');
      await page.click('nav-worksheets');
      await page.find(`worksheet-${row}`);
      await page.tick('worksheets-show-open');
      await page.goneFrom(`worksheet-${row}`);
      await page.look('worksheets');
    });

    await told.step('a section that does not apply gets one reason, and Ctrl+Z takes it back', async (page) => {
      const section = (await ask('requirements', file, '--framework', 'pci-dss-4.0.1')).requirements[0].section;
      const marked = async () => (await ask('requirements', file, '--verdict', 'not-applicable')).requirements.length;
      await page.click('nav-checklist');
      await page.click(`place-section:pci-dss-4.0.1:${section}`);
      await page.click('section-not-applicable');
      await page.type('section-reason', words.why);
      await page.look('section');
      await page.click('section-submit');
      await page.goneFrom('section-dialog');
      assert.ok((await marked()) > 0, 'the section is marked');
      await page.find('section-not-applicable');
      await page.chord(Key.CONTROL, 'z');
      await page.find('taken-back');
      assert.equal(await marked(), 0, 'and taken back as one');
      assert.equal((await ask('show', file, row)).row.verdict, 'in-place-ccw', 'what was answered before stays');
    });
  });
}

async function pick(page, search, id) {
  await page.type('picker-search', search);
  await page.click(`pick-${id}`);
  await page.goneFrom(`pick-${id}`);
}

/** The list is long: what is looked for is searched. */
async function openFound(page, id) {
  await page.type('search', id.split(':')[1]);
  await page.click(`requirement-row-${id}`);
  await page.seen(`[data-testid="requirement-row-${id}"][aria-current]`);
  await page.find('note');
}
