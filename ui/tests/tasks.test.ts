import { screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { open, soon } from './window';

describe('the list of tasks', () => {
  test('the overdue come first, then the next thirty days, with what the open ones take and cost', async () => {
    const { find, visit } = await open({ open: 'example' });
    await visit('tasks');
    await find('tasks-overdue');
    const headings = screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent);
    expect(headings).toEqual(['1 overdue', 'In the next 30 days', 'Later, or without a day']);
    const sums = (await find('tasks-sums')).textContent;
    for (const word of ['5 open tasks', '2.5 hours', '3 tasks without hours', '€120.00']) expect(sums).toContain(word);
    expect((await find('task-task-2')).textContent).toContain('every 3 months');
  });

  test('is narrowed to one person, and to what is mine', async () => {
    const { user, find, has, visit, asked } = await open({ open: 'example' });
    await visit('tasks');
    await user.selectOptions(await find('tasks-owner'), 'Anna Sommer');
    await soon(() => expect(asked('list_tasks').at(-1)).toEqual({ limit: 500, owner: 'Anna Sommer' }));
    await soon(() => expect(has('task-task-2')).toBe(false));
    const own = within(await find('tasks-owner')).getByRole('option', { name: 'My own' });
    expect(own).toHaveProperty('selected', true);
  });
});

describe('a task', () => {
  test('that comes back makes the next one when it is done with proof', async () => {
    const { user, find, visit, backend, asked } = await open({ open: 'example' });
    await visit('tasks', 'task-2');
    expect(await find('task-repeat')).toHaveProperty('value', 'FREQ=MONTHLY;INTERVAL=3');
    await user.selectOptions(await find('task-status'), 'done');
    await find('task-next');
    await find('task-proof');
    await user.click(await find('task-save'));
    await soon(() => expect(backend.open?.tasks.at(-1)).toMatchObject({ follows: 'task-2', status: 'open', rule: 'FREQ=MONTHLY;INTERVAL=3' }));
    // What was not touched is not sent.
    for (const field of ['effort_minutes', 'cost', 'links', 'recurrence']) expect(asked('set_task')[0]).not.toHaveProperty(field);
  });

  test('takes hours as people write them, and says what it does not understand', async () => {
    const { user, find, visit, asked } = await open({ open: 'example' });
    await visit('tasks', 'task-2');
    const effort = await find('task-effort');
    await user.clear(effort);
    await user.type(effort, 'long');
    expect(await find('task-save')).toHaveProperty('disabled', true);
    await user.clear(effort);
    await user.type(effort, '2,25');
    await user.selectOptions(await find('task-repeat'), 'own');
    await user.clear(await find('task-rule'));
    await user.type(await find('task-rule'), 'every monday');
    await user.click(await find('task-save'));
    expect((await find('error')).textContent).toContain('every monday');
    await user.clear(await find('task-rule'));
    await user.type(await find('task-rule'), 'FREQ=WEEKLY;BYDAY=MO');
    await user.click(await find('task-save'));
    await soon(() => expect(asked('set_task').at(-1)).toMatchObject({ effort_minutes: 135, recurrence: 'FREQ=WEEKLY;BYDAY=MO' }));
  });

  test('with a card number is kept only with a reason', async () => {
    const { user, find, visit, asked, has } = await open({ open: 'example' });
    await visit('tasks');
    await user.click(await find('task-new'));
    await user.type(await find('task-title'), 'Purge 4929123456789019');
    await user.click(await find('task-save'));
    expect((await find('error')).textContent).not.toContain('4929123456789019');
    await user.type(await find('keep-reason'), 'a number of the test bench');
    await user.click(await find('keep-submit'));
    await soon(() => expect(has('task-dialog')).toBe(false));
    expect(asked('add_task').at(-1)).toMatchObject({ allow_card_data: 'a number of the test bench' });
  });
});

describe('duties', () => {
  test('are shown before they are made', async () => {
    const { user, find, visit, backend, has } = await open({ open: 'example' });
    await visit('tasks');
    const before = backend.open?.tasks.length ?? 0;
    await user.click(await find('tasks-plan'));
    const shown = (await find('duties')).querySelectorAll('li').length;
    expect(shown).toBeGreaterThan(5);
    expect(backend.open?.tasks.length).toBe(before);
    await user.click(await find('duties-submit'));
    await soon(() => expect(has('duties-dialog')).toBe(false));
    expect(backend.open?.tasks.length).toBe(before + shown);
    await user.click(await find('tasks-plan'));
    await screen.findByText('Everything is planned');
  });
});

describe('export', () => {
  test('writes a spreadsheet or a calendar of the person who is chosen', async () => {
    const { user, find, visit, asked } = await open({ open: 'example' });
    await visit('tasks', null, { owner: 'Anna Sommer' });
    await user.click(await find('tasks-export'));
    await user.click(await find('export-event'));
    await user.click(await find('export-submit'));
    await find('export-done');
    expect(asked('export_tasks')[0]).toMatchObject({ format: 'ics', entries: 'event', owner: 'Anna Sommer', overwrite: true });
  });
});

describe('the note of an answer', () => {
  test('with a card number is kept only with a reason', async () => {
    const { user, find, visit, asked } = await open({ open: 'example' });
    await visit('checklist');
    await user.click(await find('requirement-row-pci-dss-4.0.1:8.3.6'));
    await user.type(await find('note'), ' 4929123456789019');
    await user.tab();
    await user.type(await find('keep-reason'), 'made up');
    await user.click(await find('keep-submit'));
    await soon(() => expect(asked('answer_requirement').at(-1)).toMatchObject({ allow_card_data: 'made up' }));
    expect((await find('note-kept')).textContent).toContain('made up');
  });
});
