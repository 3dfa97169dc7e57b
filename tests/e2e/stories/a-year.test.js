// What a team comes back to over the year: providers and registers, a list that is signed off and followed, worksheets, what does not
// fit together, an earlier day, and taking back.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { PAYLOAD } from '../page.js';
import { story } from '../story.js';

const SIGNED = 'Katrin Lindner';

for (const locale of ['en', 'de']) {
  story('a year', locale, async (told) => {
    const { home } = told;
    /** Clicks the first element whose test id begins so, and gives back what comes after. */
    const first = async (page, beginning) => {
      const element = await page.seen(`[data-testid^="${beginning}"]`);
      const id = await element.getAttribute('data-testid');
      await page.click(id);
      return id.slice(beginning.length);
    };

    await told.open();
    await told.step('the example shop is at hand', async (page) => {
      await home.answerDialog(home.at('Documents'));
      await page.click('start-demo');
      await page.find('nav-overview');
    });

    await told.step('a provider is written down, and what it owes is named', async (page) => {
      await page.click('nav-providers');
      await page.click('provider-add');
      await page.type('provider-name', `Zahlwerk ${PAYLOAD}`);
      await page.tick('handles-card-data');
      await page.tick('handles-personal-data');
      await page.click('provider-save');
      // The papers can come later.
      await page.find('paper-aoc-on');
      await page.click('dialog-close');
      await page.goneFrom('provider-dialog');
      await page.seen('[data-testid="owed-aoc"][data-state="missing"]');
      await page.look('providers');
    });

    await told.step('a breach has its 72 hours', async (page) => {
      await page.click('nav-registers');
      await page.click('processing-start');
      await page.click('processing-start-submit');
      await page.seen('[data-testid^="processing-row-"]');
      await page.look('processing');
      await page.tick('register-breaches');
      await page.click('breach-add');
      await page.type('breach-title', `Laptop ${PAYLOAD}`);
      await page.click('breach-save');
      await page.seen('[data-testid="breach-state-clock-running"]');
      await page.look('breaches');
      const file = home.at('Documents', 'breaches.csv');
      await home.answerDialog(file);
      await page.click('register-export');
      await page.find('register-exported');
      assert.ok((await readFile(file, 'utf8')).includes('Laptop'), 'the table holds the breach');
    });

    await told.step('a list is signed off, and the next one begins with its answers', async (page) => {
      await page.click('nav-assessments');
      await page.look('lists');
      const id = await first(page, 'sign-off-');
      await page.find('sign-off-dialog');
      await page.type('sign-off-name', SIGNED);
      await page.type('sign-off-role', 'owner');
      await page.look('sign-off');
      await page.click('sign-off-submit');
      await page.goneFrom('sign-off-dialog');
      await page.reads(SIGNED);
      await page.click(`next-list-${id}`);
      await page.click('next-list-submit');
      await page.goneFrom('next-list-dialog');
      await first(page, 'carried-');
      await first(page, 'requirement-row-');
      await page.click('carried-confirm');
      await page.goneFrom('carried-confirm');
      await page.look('confirmed');
    });

    await told.step('the last change is taken back, and an earlier state looked at', async (page) => {
      await page.click('nav-history');
      await page.look('history');
      await first(page, 'undo-');
      await page.find('taken-back');
      // The list is drawn anew after the change; an element of the old one is looked for again.
      await page.until('an earlier state is chosen', async () => {
        const entries = await page.all('[data-testid^="look-after-"]');
        await entries[3].click();
        return true;
      });
      await page.find('looking-back');
      await page.click('nav-overview');
      await page.find('looking-back');
      await page.look('looking-back');
      await page.click('look-now');
      await page.goneFrom('looking-back');
    });

    await told.step('what does not fit together is listed', async (page) => {
      await page.click('nav-overview');
      await first(page, 'quality-provider');
      await page.find('points-provider');
      await page.look('quality');
    });

    await told.step('worksheets and tasks for the calendar', async (page) => {
      await page.click('nav-worksheets');
      await page.look('worksheets');
      await page.click('nav-tasks');
      await page.click('tasks-export');
      await page.tick('export-event');
      const file = home.at('Documents', 'tasks.ics');
      await home.answerDialog(file);
      await page.click('export-submit');
      await page.find('export-done');
      const calendar = await readFile(file, 'utf8');
      assert.ok(calendar.startsWith('BEGIN:VCALENDAR') && calendar.includes('BEGIN:VEVENT'), calendar.slice(0, 200));
    });
  });
}
