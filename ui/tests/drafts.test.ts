import { beforeEach, describe, expect, test } from 'vitest';
import { drafts } from '../src/state/drafts.svelte';
import { open, soon } from './window';

describe('what is typed and not saved', () => {
  beforeEach(() => drafts.forget());

  test('a dialog that is left offers it again, and not once it was saved', async () => {
    const { user, visit, find, has } = await open({ open: 'example' });
    await visit('tasks');
    await user.click(await find('task-new'));
    await user.type(await find('task-title'), 'Call the host');
    await user.type(await find('task-owner'), 'Anna');
    await user.click(await find('dialog-close'));
    await user.click(await find('task-new'));
    expect((await find('task-title') as HTMLInputElement).value, 'nothing is put in unasked').toBe('');
    await user.click(await find('draft-take'));
    expect((await find('task-title') as HTMLInputElement).value).toBe('Call the host');
    expect((await find('task-owner') as HTMLInputElement).value).toBe('Anna');
    await user.click(await find('task-save'));
    await soon(() => expect(has('task-dialog')).toBe(false));
    await user.click(await find('task-new'));
    await find('task-title');
    expect(has('draft')).toBe(false);
  });

  test('a day and a time that were typed stand there again', async () => {
    const { user, visit, find, asked } = await open({ open: 'example' });
    await visit('registers', 'breaches');
    await user.click(await find('breach-add'));
    await user.type(await find('breach-title'), 'Lost stick');
    await user.type(await find('breach-happened-day'), '2026-11-20');
    await user.type(await find('breach-happened-time'), '09:30');
    await user.click(await find('dialog-close'));
    await user.click(await find('breach-add'));
    await user.click(await find('draft-take'));
    expect((await find('breach-happened-day') as HTMLInputElement).value).toBe('2026-11-20');
    expect((await find('breach-happened-time') as HTMLInputElement).value).toBe('09:30');
    await user.click(await find('breach-save'));
    await soon(() => expect(asked('add_breach')[0]).toMatchObject({ happened_at: new Date('2026-11-20T09:30').toISOString() }));
  });

  test('looking and closing again leaves no draft', async () => {
    const { user, visit, find, has } = await open({ open: 'example' });
    for (const [place, subject, button] of [['registers', 'breaches', 'breach-add'], ['providers', null, 'provider-add'], ['evidence', null, 'note-new']] as const) {
      await visit(place, subject);
      for (const _ of [1, 2]) {
        await user.click(await find(button));
        await find('dialog-close');
        await new Promise((done) => setTimeout(done, 30));
        expect(has('draft'), button).toBe(false);
        await user.click(await find('dialog-close'));
      }
    }
  });

  test('what was typed to sign a list, and to begin the next one, is offered again', async () => {
    const { user, visit, find, has } = await open({ open: 'example' });
    await visit('assessments');
    await user.click(await find('sign-off-assessment-shop-security'));
    await user.clear(await find('sign-off-role'));
    await user.type(await find('sign-off-role'), 'Prokuristin');
    await user.click(await find('dialog-close'));
    await user.click(await find('sign-off-assessment-shop-security'));
    await user.click(await find('draft-take'));
    expect((await find('sign-off-role') as HTMLInputElement).value).toBe('Prokuristin');
    await user.click(await find('sign-off-submit'));
    await user.click(await find('next-list-assessment-shop-security'));
    await user.type(await find('next-list-from'), '2027-12-01');
    await user.click(await find('dialog-close'));
    await user.click(await find('next-list-assessment-shop-security'));
    await user.click(await find('draft-take'));
    expect((await find('next-list-from') as HTMLInputElement).value).toBe('2027-12-01');
    await user.click(await find('next-list-submit'));
    await soon(() => expect(has('next-list-dialog')).toBe(false));
  });

  test('a draft belongs to what its dialog is about', async () => {
    const { user, visit, find, has } = await open({ open: 'example' });
    await visit('tasks', 'task-2');
    await user.type(await find('task-description'), ' And more.');
    await user.click(await find('dialog-close'));
    await visit('tasks', 'task-1');
    await find('task-title');
    expect(has('draft')).toBe(false);
    await user.click(await find('dialog-close'));
    await visit('tasks', 'task-2');
    await user.click(await find('draft-drop'));
    await user.click(await find('dialog-close'));
    await visit('tasks', 'task-2');
    await find('task-title');
    expect(has('draft'), 'thrown away').toBe(false);
  });

  test('the window asks before it closes over an open dialog', async () => {
    const { backend, user, visit, find, has } = await open({ open: 'example' });
    await visit('tasks');
    expect(await backend.close(), 'nothing is open').toBe(true);
    await user.click(await find('task-new'));
    await user.type(await find('task-title'), 'Half a thought');
    const staying = backend.close();
    await user.click(await find('leave-stay'));
    expect(await staying).toBe(false);
    expect((await find('task-title') as HTMLInputElement).value).toBe('Half a thought');
    const leaving = backend.close();
    await user.click(await find('leave-anyway'));
    expect(await leaving).toBe(true);
    expect(has('leave-dialog')).toBe(false);
  });

  test('a reason that was begun is there again', async () => {
    const { user, visit, find } = await open({ open: 'example' });
    await visit('checklist', null, { framework: 'shop-security' });
    await user.click(await find('verdict-not-applicable'));
    await user.type(await find('justification'), 'We have no');
    await user.click(await find('next'));
    await user.click(await find('previous'));
    await user.click(await find('verdict-not-applicable'));
    expect((await find('justification') as HTMLTextAreaElement).value).toContain('We have no');
  });
});
