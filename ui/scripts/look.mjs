// Looks at every screen on the mock, in Chromium, under the window's own content policy: in both languages, both themes
// and two sizes; runs axe on each and writes a picture of each. Then once more as people see it who need it otherwise:
// twice as large in the smallest window, in the colours of the system, and with more contrast. Every dialog that the
// source has must have been open on one of the screens.
//
//   node scripts/look.mjs FOLDER [--only WORD] [--as zoom|forced|contrast|light-900...] [--quick]
//
// `--quick` takes German and light at 1280x800 only; `--only` takes the screens whose name contains the word, or one of several with commas;
// `--as` takes one of the other ways to see it, and nothing else.

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const args = process.argv.slice(2);
const folder = resolve(args.find((arg, index) => !arg.startsWith('--') && !['--only', '--as'].includes(args[index - 1])) ?? 'look');
const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : '';
const quick = args.includes('--quick');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** As people see it who need it otherwise; in German, whose words are longer. */
const OTHERWISE = [
  { name: 'zoom', viewport: { width: 450, height: 300 }, deviceScaleFactor: 2 },
  { name: 'forced', viewport: { width: 1280, height: 800 }, forcedColors: 'active' },
  { name: 'contrast', viewport: { width: 1280, height: 800 }, contrast: 'more' },
];
const POLICY = "default-src 'self'; img-src 'self' data: blob:; connect-src 'self' ipc: http://ipc.localhost";

const get = (page, id) => page.getByTestId(id);

/** Goes through the questions of the finder. */
async function answer(page, values) {
  for (const value of values) {
    await get(page, `finder-answer-${value}`).check();
    const before = await page.locator('form').getAttribute('data-testid');
    await get(page, 'finder-next').click();
    await page.waitForFunction((id) => document.querySelector('form')?.getAttribute('data-testid') !== id, before);
  }
}

/** On to a second way of payment, which leads to SAQ B-IP. */
async function another(page) {
  await get(page, 'finder-another').click();
  await answer(page, ['no', 'no', 'no', 'no', 'no', 'yes']);
  await get(page, 'way-2').waitFor();
}

/** Signs a list off, begins the next one, and answers something in it anew. */
async function nextYear(page) {
  await get(page, 'sign-off-assessment-shop-security').click();
  await get(page, 'sign-off-submit').click();
  await get(page, 'next-list-assessment-shop-security').click();
  await get(page, 'next-list-submit').click();
  await page.locator('[data-testid^=carried-]').first().waitFor();
}

/** Answers the first three of a list otherwise, so that there is something to take back and to compare. */
async function otherwise(page) {
  await page.locator('[data-testid^=carried-]').first().click();
  for (const verdict of ['not-in-place', 'not-in-place', 'in-place']) {
    await get(page, `verdict-${verdict}`).click();
    await page.locator(`[data-testid=verdict-${verdict}][aria-pressed=true]`).waitFor();
    await get(page, 'next').click();
  }
}

const imports = (folder) => `example&checklist=${encodeURIComponent(`/home/anna/Dokumente/${folder}`)}`;

const SCREENS = [
  { name: 'start', open: 'none', hash: '' },
  {
    name: 'start-create',
    open: 'none',
    hash: '#/start/create',
    async act(page) {
      await get(page, 'create-name').fill('Töpferei am Markt');
      await get(page, 'create-passphrase').fill('vier bunte Schalen im Regal');
    },
  },
  {
    name: 'start-open',
    open: 'none',
    hash: '',
    async act(page) {
      await get(page, 'recent-Töpferei am Markt').click();
      await get(page, 'open-passphrase').fill('falsch');
      await get(page, 'open-submit').click();
      await get(page, 'error').waitFor();
    },
  },
  { name: 'setup-profile', open: 'new', hash: '#/setup' },
  { name: 'setup-finder', open: 'new', hash: '#/setup/finder' },
  {
    name: 'setup-finder-sketches',
    open: 'example',
    hash: '#/setup/finder',
    act: (page) => answer(page, ['no', 'no', 'yes', 'no', 'yes', 'yes', 'yes']),
  },
  { name: 'setup-result', open: 'example', hash: '#/setup/result' },
  {
    name: 'setup-result-notice',
    open: 'example',
    hash: '#/setup/result',
    act: (page) => get(page, 'finder-another').scrollIntoViewIfNeeded(),
  },
  {
    name: 'setup-finder-another',
    open: 'example',
    hash: '#/setup/result',
    act: (page) => get(page, 'finder-another').click(),
  },
  { name: 'setup-result-together', open: 'example', hash: '#/setup/result', act: another },
  {
    name: 'setup-result-unavailable',
    open: 'new',
    hash: '#/setup/finder',
    async act(page) {
      await answer(page, ['no', 'no', 'no', 'no', 'no', 'yes']);
      await get(page, 'scope-unavailable').waitFor();
    },
  },
  {
    name: 'setup-result-change',
    open: 'example',
    hash: '#/setup/result',
    async act(page) {
      await another(page);
      await get(page, 'start-assessments').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'setup-result-changed',
    open: 'example',
    hash: '#/setup/result',
    async act(page) {
      await another(page);
      await get(page, 'way-1-remove').click();
      await get(page, 'change-scope').click();
      await get(page, 'scope-changed').scrollIntoViewIfNeeded();
    },
  },
  { name: 'setup-result-unfinished', open: 'new', hash: '#/setup/result' },
  { name: 'overview', open: 'example', hash: '#/overview' },
  { name: 'overview-empty', open: 'new', hash: '#/overview' },
  { name: 'checklist', open: 'example', hash: '#/checklist' },
  {
    name: 'checklist-reason',
    open: 'example',
    hash: '#/checklist',
    async act(page) {
      await get(page, 'verdict-not-applicable').click();
      await get(page, 'justification').fill('Wir nehmen keine Kartendaten auf Papier an.');
    },
  },
  {
    name: 'checklist-gap',
    open: 'example',
    hash: '#/checklist?theme=mfa',
    async act(page) {
      await get(page, 'verdict-not-in-place').click();
      await get(page, 'task-from-gap').waitFor();
    },
  },
  {
    name: 'checklist-below',
    open: 'example',
    hash: '#/checklist?framework=shop-security',
    async act(page) {
      await get(page, 'note').scrollIntoViewIfNeeded();
    },
  },
  { name: 'checklist-empty', open: 'new', hash: '#/checklist' },
  { name: 'checklist-path', open: 'example', scope: 'D-Merchant', hash: '#/checklist?by=path' },
  { name: 'checklist-milestone', open: 'example', scope: 'D-Merchant', hash: '#/checklist?by=milestone&milestone=2' },
  { name: 'checklist-germany', open: 'example', hash: '#/checklist/gdpr:DE-UWG-7.3?by=who&who=owner&framework=gdpr' },
  {
    name: 'checklist-parts',
    open: 'example',
    scope: 'A-EP',
    hash: '#/checklist/pci-dss-4.0.1:6.4.3?framework=pci-dss-4.0.1',
    async act(page) {
      await get(page, 'verdict-not-in-place').click();
      await get(page, 'part-scripts-approved-in-place').click();
      await get(page, 'part-scripts-intact-not-in-place').click();
      await page.waitForTimeout(100);
      await get(page, 'verdict-in-place').click();
      await get(page, 'error').waitFor();
    },
  },
  {
    name: 'checklist-scopes',
    open: 'example',
    scope: 'A+B-IP',
    hash: '#/checklist?framework=pci-dss-4.0.1',
    async act(page) {
      await page.locator('[data-testid=scope-notice-B-IP] summary').click();
    },
  },
  {
    name: 'checklist-kept',
    open: 'example',
    scope: 'B-IP',
    hash: '#/checklist/pci-dss-4.0.1:8.3.5?framework=pci-dss-4.0.1&kept=',
    async act(page) {
      await page.waitForTimeout(200);
      await get(page, 'kept').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'overview-scopes',
    open: 'example',
    scope: 'B+B-IP',
    hash: '#/tasks/task-1',
    async act(page) {
      await get(page, 'task-status').selectOption('done');
      await get(page, 'task-save').click();
      await get(page, 'nav-overview').click();
      await get(page, 'next-step').waitFor();
      await page.waitForTimeout(100);
    },
  },
  { name: 'evidence', open: 'example', hash: '#/evidence' },
  {
    name: 'evidence-dialog',
    open: 'example',
    hash: '#/evidence',
    async act(page) {
      await page.getByText('TLS-Test honig-sommer.de.txt').click();
      await get(page, 'preview-text').waitFor();
    },
  },
  { name: 'evidence-empty', open: 'new', hash: '#/evidence' },
  { name: 'tasks', open: 'example', hash: '#/tasks' },
  { name: 'tasks-board', open: 'example', hash: '#/tasks?look=board' },
  { name: 'tasks-duties', open: 'example', hash: '#/tasks', async act(page) { await get(page, 'tasks-plan').click(); await get(page, 'duties').waitFor(); } },
  { name: 'tasks-export', open: 'example', hash: '#/tasks', async act(page) { await get(page, 'tasks-export').click(); await get(page, 'export-event').check(); } },
  { name: 'tasks-empty', open: 'new', hash: '#/tasks' },
  {
    name: 'tasks-done',
    open: 'example',
    hash: '#/tasks/task-2',
    async act(page) {
      await get(page, 'task-status').selectOption('done');
      await get(page, 'task-next').scrollIntoViewIfNeeded();
    },
  },
  { name: 'tasks-dialog', open: 'example', hash: '#/tasks/task-2', act: (page) => get(page, 'task-title').waitFor() },
  { name: 'tasks-empty', open: 'new', hash: '#/tasks' },
  { name: 'worksheets', open: 'example', hash: '#/worksheets' },
  { name: 'worksheets-empty', open: 'new', hash: '#/worksheets' },
  {
    name: 'worksheets-card',
    open: 'example',
    hash: '#/checklist?verdict=in-place-ccw&framework=pci-dss-4.0.1',
    act: (page) => get(page, 'worksheet').scrollIntoViewIfNeeded(),
  },
  {
    name: 'worksheets-law',
    open: 'example',
    hash: '#/checklist?verdict=not-in-place&framework=pci-dss-4.0.1',
    async act(page) {
      await get(page, 'worksheet-offered').locator('summary').click();
      await get(page, 'worksheet-law-effect').scrollIntoViewIfNeeded();
    },
  },
  { name: 'providers', open: 'example', hash: '#/providers' },
  { name: 'providers-empty', open: 'new', hash: '#/providers' },
  { name: 'providers-add', open: 'example', hash: '#/providers', act: (page) => get(page, 'provider-add').click() },
  {
    name: 'providers-papers',
    open: 'example',
    hash: '#/providers',
    async act(page) {
      await get(page, 'provider-edit').nth(1).click();
      await get(page, 'paper-aoc-evidence').fill('a');
      await get(page, 'paper-agreement').scrollIntoViewIfNeeded();
    },
  },
  { name: 'providers-letter', open: 'example', hash: '#/providers', act: (page) => get(page, 'provider-letter').nth(1).click() },
  { name: 'providers-meets', open: 'example', hash: '#/providers', act: (page) => get(page, 'provider-meets').nth(1).click() },
  {
    name: 'providers-card',
    open: 'example',
    hash: '#/checklist/pci-dss-4.0.1%3A12.8.4?framework=pci-dss-4.0.1',
    act: (page) => get(page, 'providers-here').scrollIntoViewIfNeeded(),
  },
  {
    name: 'report',
    open: 'example',
    hash: '#/report',
    async act(page) {
      await get(page, 'report-export').click();
      await get(page, 'report-done').waitFor();
      await get(page, 'verify').click();
      await get(page, 'verify-done').waitFor();
    },
  },
  {
    name: 'report-bundle',
    open: 'example',
    hash: '#/report',
    async act(page) {
      await get(page, 'bundle-make').click();
      await get(page, 'bundle-done').waitFor();
      await get(page, 'reply-import').click();
      await get(page, 'reply-done').waitFor();
      await page.locator('[data-testid^="reply-"] summary').first().click();
      await get(page, 'bundle-make').scrollIntoViewIfNeeded();
    },
  },
  { name: 'registers-processing', open: 'example', hash: '#/registers' },
  {
    name: 'registers-processing-dialog',
    open: 'example',
    hash: '#/registers',
    async act(page) {
      await page.getByText('Newsletter').first().click();
      await get(page, 'processing-dialog').waitFor();
      await page.waitForTimeout(150);
    },
  },
  {
    name: 'registers-start',
    open: 'new',
    hash: '#/registers',
    async act(page) {
      await get(page, 'processing-start').click();
      await get(page, 'template-orders').waitFor();
    },
  },
  { name: 'registers-empty', open: 'new', hash: '#/registers' },
  { name: 'registers-requests', open: 'example', hash: '#/registers/person-requests' },
  {
    name: 'registers-requests-dialog',
    open: 'example',
    hash: '#/registers/person-requests',
    async act(page) {
      await page.getByText('Bestellung 2231').click();
      await get(page, 'request-clock').waitFor();
      await get(page, 'request-outcome').selectOption('refused');
      await get(page, 'request-save').click();
      await get(page, 'error').waitFor();
    },
  },
  { name: 'registers-requests-empty', open: 'new', hash: '#/registers/person-requests' },
  { name: 'registers-breaches', open: 'example', hash: '#/registers/breaches' },
  {
    name: 'registers-breaches-dialog',
    open: 'example',
    hash: '#/registers/breaches',
    async act(page) {
      await page.getByText('Laptop aus dem Auto').click();
      await get(page, 'breach-clock').waitFor();
    },
  },
  {
    name: 'registers-breaches-new',
    open: 'new',
    hash: '#/registers/breaches',
    async act(page) {
      await get(page, 'breach-add').click();
      await get(page, 'breach-title').waitFor();
    },
  },
  { name: 'registers-link', open: 'example', hash: '#/checklist/gdpr:33.1', act: (page) => get(page, 'register-link').scrollIntoViewIfNeeded() },
  {
    name: 'report-sign-make',
    open: 'example&encrypted',
    hash: '#/report',
    async act(page) {
      await get(page, 'report-sign').scrollIntoViewIfNeeded();
      await page.getByTestId('report-sign-workspace').check({ force: true });
      await get(page, 'key-make').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'report-sign-key',
    open: 'example&encrypted',
    hash: '#/report',
    async act(page) {
      await page.getByTestId('report-sign-workspace').check({ force: true });
      await get(page, 'key-make').click();
      await get(page, 'signing-key').waitFor();
      await get(page, 'certificate-save').click();
      await get(page, 'certificate-saved').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'report-sign-file',
    open: 'example',
    hash: '#/report',
    async act(page) {
      await page.getByTestId('report-sign-file').check({ force: true });
      await get(page, 'certificate-choose').click();
      await get(page, 'certificate-password').fill('honig');
      await get(page, 'report-export').click();
      await get(page, 'signed-by').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'report-sign-unencrypted',
    open: 'example',
    hash: '#/report',
    async act(page) {
      await page.getByTestId('report-sign-workspace').check({ force: true });
      await get(page, 'key-needs-passphrase').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'report-check-signed',
    open: 'example',
    hash: '#/report',
    async act(page) {
      await get(page, 'check-signed').click();
      await get(page, 'check-signed-done').scrollIntoViewIfNeeded();
    },
  },
  { name: 'report-empty', open: 'new', hash: '#/report' },
  { name: 'history', open: 'example', hash: '#/history' },
  { name: 'lists', open: 'example', hash: '#/assessments' },
  { name: 'lists-sign-off', open: 'example', hash: '#/assessments', act: (page) => get(page, 'sign-off-assessment-gdpr').click() },
  {
    name: 'lists-next',
    open: 'example',
    hash: '#/assessments',
    async act(page) {
      await get(page, 'sign-off-assessment-shop-security').click();
      await get(page, 'sign-off-submit').click();
      await get(page, 'next-list-assessment-shop-security').click();
      await get(page, 'next-list-dialog').waitFor();
    },
  },
  {
    name: 'lists-signed',
    open: 'example',
    hash: '#/assessments',
    async act(page) {
      await nextYear(page);
      await get(page, 'look-signed-assessment-shop-security').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'lists-compared',
    open: 'example',
    hash: '#/assessments',
    async act(page) {
      await nextYear(page);
      await otherwise(page);
      await get(page, 'nav-assessments').click();
      await page.locator('[data-testid^=compare-]').first().click();
      await get(page, 'changes').waitFor();
    },
  },
  {
    name: 'lists-carried',
    open: 'example',
    hash: '#/assessments',
    async act(page) {
      await nextYear(page);
      await page.locator('[data-testid^=carried-]').first().click();
      await get(page, 'carried').waitFor();
    },
  },
  {
    name: 'lists-taken-back',
    open: 'example',
    hash: '#/assessments',
    async act(page) {
      await nextYear(page);
      await otherwise(page);
      await get(page, 'nav-history').click();
      await page.locator('[data-testid^=undo-]').first().click();
      await get(page, 'taken-back').waitFor();
    },
  },
  {
    name: 'past-overview',
    open: 'example',
    hash: '#/history',
    async act(page) {
      await page.locator('[data-testid^=look-after-]').last().click();
      await get(page, 'looking-back').waitFor();
    },
  },
  {
    name: 'past-checklist',
    open: 'example',
    hash: '#/history',
    async act(page) {
      await page.locator('[data-testid^=look-after-]').last().click();
      await get(page, 'looking-back').waitFor();
      await get(page, 'nav-checklist').click();
      await get(page, 'requirement').waitFor();
    },
  },
  {
    name: 'past-history',
    open: 'example',
    hash: '#/history',
    async act(page) {
      await get(page, 'look-back-day').fill('2019-01-01');
      await get(page, 'look-back').click();
      await get(page, 'error').waitFor();
    },
  },
  { name: 'quality', open: 'example', hash: '#/quality' },
  { name: 'quality-counts', open: 'example', hash: '#/overview', act: (page) => get(page, 'quality-counts').scrollIntoViewIfNeeded() },
  { name: 'quality-none', open: 'new', hash: '#/quality' },
  {
    name: 'settings',
    open: 'example',
    hash: '#/settings',
    async act(page) {
      await get(page, 'backup-now').click();
      await get(page, 'backup-done').waitFor();
    },
  },
  {
    name: 'settings-checklist',
    open: imports('Agentur Nordlicht'),
    hash: '#/settings',
    async act(page) {
      await get(page, 'checklist-import').click();
      await get(page, 'checklist-scope').selectOption('gross');
      await get(page, 'checklist-start').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings-checklist-faulty',
    open: imports('Entwurf'),
    hash: '#/settings',
    async act(page) {
      await get(page, 'checklist-import').click();
      await get(page, 'error').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings-carry-over',
    open: imports('Shop-Sicherheit 2027'),
    hash: '#/settings',
    async act(page) {
      await get(page, 'checklist-import').click();
      await get(page, 'carry-over').click();
      await get(page, 'changes-changed').locator('summary').click();
      await get(page, 'carry-over-do').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings-carried-over',
    open: imports('Shop-Sicherheit 2027'),
    hash: '#/settings',
    async act(page) {
      await get(page, 'checklist-import').click();
      await get(page, 'carry-over').click();
      await get(page, 'carry-over-do').click();
      await get(page, 'checklist-started').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'safe-copies',
    open: 'example&encrypted',
    hash: '#/settings',
    async act(page) {
      await get(page, 'dated-now').click();
      await get(page, 'dated-all').locator('summary').click();
      await get(page, 'dated-copies').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'safe-lock-after',
    open: 'example&encrypted',
    hash: '#/settings',
    async act(page) {
      await get(page, 'dated-now').click();
      await get(page, 'lock-now').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'safe-locked',
    open: 'example&encrypted',
    hash: '#/checklist',
    async act(page) {
      await page.keyboard.press('Control+Shift+L');
      await get(page, 'lock-passphrase').fill('falsch');
      await get(page, 'lock-open').click();
      await get(page, 'lock-screen').getByTestId('error').waitFor();
    },
  },
  { name: 'safe-synced', open: 'example&place=synced', hash: '#/overview' },
  { name: 'safe-read-only', open: 'example&place=disc', hash: '#/checklist' },
  {
    name: 'safe-conflict',
    open: 'example&meet',
    hash: '#/checklist?framework=shop-security',
    async act(page) {
      await get(page, 'note').fill('Mit dem Betreiber gesprochen: kommt nächste Woche.');
      await get(page, 'note').blur();
      await get(page, 'conflict').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings-processing',
    open: 'example',
    hash: '#/settings/processing',
    act: (page) => get(page, 'processing-orders').locator('summary').click(),
  },
  { name: 'gallery', open: 'example', hash: '#/gallery' },
  { name: 'glossary', open: 'example', hash: '#/glossary/dpa' },
  { name: 'help', open: 'example', hash: '#/help/checklist' },
  { name: 'dialog-help', open: 'example', hash: '#/checklist', act: (page) => page.keyboard.press('?') },
  {
    name: 'term',
    open: 'example',
    hash: '#/checklist/pci-dss-4.0.1%3A12.8.4?framework=pci-dss-4.0.1',
    async act(page) {
      await page.locator('[data-testid^=term-]').first().click();
      await get(page, 'term-popover').waitFor();
    },
  },
  { name: 'tour', open: 'example', hash: '#/overview', async act(page) { await get(page, 'tour-start').click(); await get(page, 'tour-next').click(); await page.waitForTimeout(150); } },
  { name: 'tasks-calendar', open: 'example', hash: '#/tasks?look=calendar', act: (page) => get(page, 'calendar-list').or(get(page, 'calendar-empty')).first().waitFor() },
  {
    name: 'overview-since',
    open: 'example',
    hash: '#/overview',
    async act(page) {
      await page.evaluate(() => {
        const files = Object.keys(JSON.parse(localStorage.getItem('tillproof.seen')));
        localStorage.setItem('tillproof.seen', JSON.stringify(Object.fromEntries(files.map((path) => [path, { seq: 3, at: '2026-11-01T09:00:00Z' }]))));
      });
      await page.reload();
      await get(page, 'since').waitFor();
    },
  },
  { name: 'lists-trend', open: 'example', hash: '#/assessments', async act(page) { await nextYear(page); await otherwise(page); await get(page, 'nav-assessments').click(); await get(page, 'trend').scrollIntoViewIfNeeded(); } },
  { name: 'checklist-focus', open: 'example', hash: '#/checklist?framework=shop-security', async act(page) { await page.keyboard.press('f'); await get(page, 'focus-keys').waitFor(); } },
  { name: 'checklist-undo', open: 'example', hash: '#/checklist?framework=shop-security', async act(page) { await page.keyboard.press('3'); await get(page, 'undo-offer').waitFor(); } },
  { name: 'dialog-section', open: 'example', hash: '#/checklist?framework=pci-dss-4.0.1&section=03-stored-account-data', act: (page) => get(page, 'section-not-applicable').click() },
  { name: 'dialog-attach', open: 'example', hash: '#/evidence', async act(page) { await get(page, 'attach').click(); await get(page, 'attach-dialog').waitFor(); } },
  { name: 'dialog-note', open: 'example', hash: '#/evidence', act: (page) => get(page, 'note-new').click() },
  { name: 'dialog-link', open: 'example', hash: '#/evidence', act: (page) => get(page, 'link-new').click() },
  {
    name: 'dialog-evidence-edit',
    open: 'example',
    hash: '#/evidence',
    async act(page) {
      await page.getByText('TLS-Test honig-sommer.de.txt').click();
      await get(page, 'evidence-edit').click();
      await get(page, 'evidence-save').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'dialog-draft',
    open: 'example',
    hash: '#/tasks',
    async act(page) {
      await get(page, 'task-new').click();
      await get(page, 'task-title').fill('Beim Hoster anrufen');
      await get(page, 'dialog-close').click();
      await get(page, 'task-new').click();
      await get(page, 'draft').waitFor();
    },
  },
  { name: 'dialog-request-new', open: 'new', hash: '#/registers/person-requests', act: (page) => get(page, 'request-add').first().click() },
  { name: 'dialog-provider-end', open: 'example', hash: '#/providers', async act(page) { await get(page, 'provider-end').first().click(); await get(page, 'provider-end-reason').waitFor(); } },
  {
    name: 'dialog-key-remove',
    open: 'example&encrypted',
    hash: '#/report',
    async act(page) {
      await page.getByTestId('report-sign-workspace').check({ force: true });
      await get(page, 'key-make').click();
      await get(page, 'key-remove').click();
      await get(page, 'key-remove-dialog').waitFor();
    },
  },
  { name: 'dialog-path', open: 'example&dialogs=no', hash: '#/settings', async act(page) { await get(page, 'backup-now').click(); await get(page, 'path').waitFor(); } },
  {
    name: 'dialog-leave',
    open: 'example',
    hash: '#/tasks',
    async act(page) {
      await get(page, 'task-new').click();
      await get(page, 'task-title').fill('Halb');
      await page.waitForTimeout(60);
      await page.evaluate(() => void globalThis.tillproofMock.close());
      await get(page, 'leave-dialog').waitFor();
    },
  },
];

const served = join(tmpdir(), `tillproof-look-${process.pid}`);
process.env.NODE_ENV = 'production';
await build({ mode: 'mock', logLevel: 'error', build: { outDir: served, emptyOutDir: true } });

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.woff2': 'font/woff2' };
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path === '/favicon.ico') return void response.writeHead(204).end();
  try {
    const body = readFileSync(join(served, path === '/' ? 'index.html' : path));
    response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'text/html', 'Content-Security-Policy': POLICY });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${server.address().port}`;

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

let looked = 0;
const problems = [];
/** The dialogs that were seen open, by test id. */
const dialogs = new Set();

async function look({ locale, name, theme, ...options }) {
  const context = await browser.newContext({ locale: locale === 'de' ? 'de-DE' : 'en-GB', colorScheme: theme, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  let where = '';
  page.on('pageerror', (error) => problems.push(`${where}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${where}: ${message.text()}`);
  });
  for (const screen of SCREENS.filter((one) => only.split(',').some((word) => one.name.includes(word)))) {
    where = `${screen.name}-${locale}-${name}`;
    try {
      await page.goto('about:blank');
      await page.goto(`${origin}/?locale=${locale}&open=${screen.open}${screen.scope ? `&scope=${encodeURIComponent(screen.scope)}` : ''}${screen.hash}`);
      await page.locator('h1').first().waitFor({ state: 'attached' });
      await page.waitForTimeout(180);
      await screen.act?.(page);
      await page.waitForTimeout(120);
      await page.screenshot({ path: join(folder, `${where}.png`) });
      await page.evaluate(axe);
      const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
      for (const violation of found.violations) {
        problems.push(`${where}: ${violation.id}: ${violation.help}: ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
      }
      // What may be wider than its place has a region of its own to be moved in.
      const wide = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('main, .start, dialog, dialog .body')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => {
          const right = one.getBoundingClientRect().right + 1;
          const over = [...one.querySelectorAll('*')].findLast((inner) => inner.getBoundingClientRect().right > right);
          return `${one.tagName} by ${over?.outerHTML.slice(0, 90)}`;
        }),
      );
      if (wide.length > 0) problems.push(`${where}: wider than the window: ${wide.join(', ')}`);
      for (const id of await page.evaluate(() => [...document.querySelectorAll('dialog[open]')].map((one) => one.dataset.testid ?? ''))) dialogs.add(id);
    } catch (error) {
      problems.push(`${where}: ${error.message.split('\n')[0]}`);
    }
    looked += 1;
  }
  await context.close();
}

const chosen = args.includes('--as') ? args[args.indexOf('--as') + 1] : '';
const ways = [];
for (const locale of quick ? ['de'] : ['de', 'en']) {
  for (const theme of quick ? ['light'] : ['light', 'dark']) {
    for (const [width, height] of quick ? [[1280, 800]] : [[1440, 900], [900, 600]]) {
      if (!chosen || chosen === `${theme}-${width}`) ways.push({ locale, name: `${theme}-${width}`, theme, viewport: { width, height } });
    }
  }
}
for (const one of OTHERWISE) {
  if (!quick && (!chosen || chosen === one.name)) ways.push({ locale: 'de', theme: 'light', ...one });
}
// Two at a time: much of it is waiting.
const next = async () => {
  for (let way = ways.shift(); way; way = ways.shift()) await look(way);
};
await Promise.all([next(), next()]);

if (!only && !chosen) {
  for (const id of dialogsOfSource()) if (!dialogs.has(id)) problems.push(`no screen opens the dialog ${id}`);
}

/** The test ids of all dialogs; `{kind}-dialog` is one for each kind. */
function dialogsOfSource() {
  const parts = new URL('../src/parts/', import.meta.url).pathname;
  return readdirSync(parts).flatMap((file) => {
    const ids = [...readFileSync(join(parts, file), 'utf8').matchAll(/<Dialog\b[^\n]*testid="([^"]+)"/g)].map(([, id]) => id);
    return ids.flatMap((id) => (id === '{kind}-dialog' ? ['note-dialog', 'link-dialog'] : [id]));
  });
}

await browser.close();
server.close();
for (const problem of problems) console.error(problem);
console.log(`${looked} looks, ${problems.length} problems, pictures in ${folder}`);
process.exit(problems.length > 0 ? 1 : 0);
