// What comes back every year or every quarter, as tasks: planned, moved, done with proof, and taken into a calendar.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { tillproof, workspaceWith } from '../program.js';
import { story } from '../story.js';

const WORDS = { proof: 'Protokoll der jährlichen Durchsicht', text: 'Am 3. November durchgesehen, nichts zu beheben.', owner: 'Käthe' };

story('duties', 'de', async (told) => {
  const { home } = told;
  const file = await workspaceWith(home, [['pci-dss-4.0.1', 'A']]);
  const tasks = async () => (await tillproof(home, ['task', file, 'list'])).tasks;
  let task;

  await told.open();
  await told.step('duties become tasks', async (page) => {
    await page.begin(file);
    await page.click('nav-tasks');
    await page.click('tasks-plan');
    await page.find('duties');
    await page.look('duties');
    assert.deepEqual(await tasks(), [], 'a look at them makes none');
    await page.click('duties-submit');
    await page.goneFrom('duties-dialog');
    await page.find('tasks-sums');
    const made = await tasks();
    assert.ok(made.length > 5 && made.every(({ recurrence }) => recurrence), 'each comes back');
    task = made.find(({ requirements }) => requirements.length > 0);
    await page.look('planned');
    await page.click('tasks-plan');
    await page.find('duties-dialog');
    await page.goneFrom('duties');
    await page.click('dialog-close');
  });

  await told.step('the board shows them by status, and one moves', async (page) => {
    await page.tick('tasks-look-board');
    await page.seen(`[data-testid="column-open"] [data-testid="task-${task.id}"]`);
    await page.look('board');
    await page.click(`task-${task.id}`);
    await page.type('task-owner', WORDS.owner);
    await page.choose('task-status', 'in-progress');
    await page.click('task-save');
    await page.goneFrom('task-dialog');
    await page.seen(`[data-testid="column-in-progress"] [data-testid="task-${task.id}"]`);
  });

  await told.step('one is done with its proof, and the next one stands there', async (page) => {
    const [{ id }] = task.requirements;
    const { evidence: [proof] } = await tillproof(home, ['evidence', file, 'note', id, '--title', WORDS.proof, '--text', WORDS.text]);
    await page.click(`task-${task.id}`);
    await page.choose('task-status', 'done');
    await page.find('task-next');
    await page.tick(`task-proof-${proof.id}`);
    await page.look('task-done');
    await page.click('task-save');
    await page.goneFrom('task-dialog');
    await page.seen(`[data-testid="column-done"] [data-testid="task-${task.id}"]`);
    const after = await tasks();
    const done = after.find((one) => one.id === task.id);
    assert.deepEqual([done.status, done.proof.map((one) => one.id)], ['done', [proof.id]]);
    const next = after.find((one) => one.id !== task.id && one.title === task.title && one.status === 'open');
    assert.ok(next && next.due > task.due, 'the next one is later');
    await page.click('tasks-more-rows');
    await page.seen(`[data-testid="column-open"] [data-testid="task-${next.id}"]`);
    await page.look('board-done');
  });

  await told.step('those of one person go into a table, all into a calendar', async (page) => {
    await page.choose('tasks-owner', WORDS.owner);
    await page.click('tasks-export');
    await home.answerDialog(null);
    await page.click('export-submit');
    await page.seen('[data-testid="export-submit"]:not([aria-busy])');
    assert.ok(!(await page.isThere('export-done')) && !(await page.isThere('error')), 'a dialog that is dismissed does nothing');
    const table = home.at('Documents', 'tasks');
    await home.answerDialog(table);
    await page.click('export-submit');
    await page.find('export-done');
    await page.look('exported');
    const rows = (await readFile(`${table}.csv`, 'utf8')).trim().split('\r\n');
    assert.ok(rows.slice(1).length >= 1 && rows.slice(1).every((row) => row.includes(WORDS.owner)), rows.join('\n'));
    await page.click('dialog-close');
    await page.goneFrom('export-dialog');
    await page.choose('tasks-owner', '');
    await page.click('tasks-export');
    await page.tick('export-todo');
    const calendar = home.at('Documents', 'tasks.ics');
    await home.answerDialog(calendar);
    await page.click('export-submit');
    await page.find('export-done');
    const text = await readFile(calendar, 'utf8');
    const open = (await tasks()).filter(({ closed_at }) => closed_at === null);
    assert.equal(text.match(/^BEGIN:VTODO\r$/gm)?.length, open.length, 'every open task is a to-do');
  });
});
