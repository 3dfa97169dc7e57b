import { fireEvent, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { ENCRYPTED_PASSPHRASE, type Workspace } from '../src/backend/mock';
import { backups } from '../src/state/backups.svelte';
import { lock } from '../src/state/lock.svelte';
import { machine } from '../src/state/machine.svelte';
import { others } from '../src/state/others.svelte';
import { route } from '../src/state/route.svelte';
import { isOff, open, soon, type Window } from './window';

beforeEach(() => lock.leave());

const text = async (view: Window, id: string) => (await view.find(id)).textContent ?? '';

/** The first requirement of the GDPR list, and a way for another window to change its answer. */
async function atFirst() {
  const view = await open({ open: 'example' });
  await view.visit('checklist', null, { framework: 'gdpr' });
  await view.find('requirement');
  await others.look();
  const id = screen.getAllByTestId(/^requirement-row-/)[0]?.dataset['testid']?.replace('requirement-row-', '') ?? '';
  const elsewhere = (change: (answer: { note: string; verdict: string; rev: number }) => void) =>
    view.backend.elsewhere((workspace: Workspace, record) => {
      const key = [...workspace.answers.keys()].find((known) => known.endsWith(`|${id}`)) ?? '';
      const assessment = workspace.assessments.find((one) => one.framework === 'gdpr')?.id ?? '';
      const answer = workspace.answers.get(key) ?? {
        verdict: 'unanswered' as const, progress: 'to-do' as const, note: '', justification: '', target_date: null, answered_at: null, answered_by: null, rev: 0,
      };
      change(answer);
      answer.rev += 1;
      workspace.answers.set(key || view.backend.key(assessment, id), answer);
      record({ en: 'Changed elsewhere', de: 'Anderswo geändert' }, [id]);
    });
  return { ...view, id, elsewhere };
}

describe('dated copies', () => {
  test('one is made after opening, and the window says when and where', async () => {
    const view = await open({ open: 'example' });
    await backups.attempt();
    expect(view.asked('auto_backup')).toEqual([{ keep: 7 }]);
    expect(await text(view, 'last-backup')).toContain('/home/anna/Dokumente/Imkerei Sommer backups');
    await view.visit('settings');
    await soon(() => expect(screen.getByTestId('dated-last').textContent).toContain('Last copy'));
    expect(await text(view, 'dated-folder')).toContain('Imkerei Sommer backups');
  });

  test('where, how many and whether are settings of this computer', async () => {
    const view = await open({ open: 'example' });
    await view.visit('settings');
    await view.user.click(await view.find('dated-choose'));
    await soon(() => expect(screen.getByTestId('dated-folder').textContent).toContain('/media/anna/Stick'));
    await view.user.selectOptions(await view.find('dated-keep'), '30');
    await view.user.click(await view.find('dated-now'));
    await soon(() => expect(view.asked('auto_backup')).toEqual([{ keep: 30, folder: '/media/anna/Stick/Sicherungen', force: true }]));
    await view.user.click(await view.find('dated-beside'));
    await view.user.click(await view.find('dated-on'));
    await soon(() => expect(machine.settings).toMatchObject({ auto_backup: false, backup_folder: null, backup_keep: 30 }));
    await backups.attempt();
    expect(view.asked('auto_backup'), 'switched off, none is made').toHaveLength(1);
  });

  test('a failure is said once', async () => {
    const view = await open({ open: 'example' });
    const failure = { code: 'disk-full', message: 'There is no room left to write.', hint: 'Free some space.' };
    view.backend.failNext('auto_backup', failure);
    await backups.attempt();
    expect(await text(view, 'notice-backup')).toContain('no room left');
    await view.user.click(await view.find('notice-backup-seen'));
    view.backend.failNext('auto_backup', failure);
    await backups.attempt();
    expect(view.has('notice-backup')).toBe(false);
  });

  test('closing the window makes one', async () => {
    const view = await open({ open: 'example' });
    await view.backend.close();
    expect(view.asked('auto_backup')).toHaveLength(1);
  });
});

describe('lock', () => {
  const encrypted = () => open({ open: 'example', encrypted: true });

  test('after so many minutes without a sign, and back to the same place', async () => {
    const view = await encrypted();
    await view.visit('checklist', null, { framework: 'gdpr' });
    await fireEvent.input(await view.find('note'), { target: { value: 'half a sen' } });
    const before = route.current;
    lock.look(Date.now() + 14 * 60_000);
    expect(lock.locked).toBeNull();
    lock.look(Date.now() + 16 * 60_000);
    await view.find('lock-screen');
    expect(view.asked('answer_requirement').at(-1), 'what was typed is saved first').toMatchObject({ note: 'half a sen' });
    expect(view.backend.open, 'the workspace is closed').toBeNull();
    await view.user.type(await view.find('lock-passphrase'), 'wrong');
    await view.user.click(await view.find('lock-open'));
    expect(await text(view, 'error')).toContain('does not open');
    await view.user.type(await view.find('lock-passphrase'), ENCRYPTED_PASSPHRASE);
    await view.user.click(await view.find('lock-open'));
    await soon(() => expect(view.has('lock-screen')).toBe(false));
    expect(route.current).toEqual(before);
    expect((await view.find('note') as HTMLTextAreaElement).value).toBe('half a sen');
  });

  test('a key puts it off; never means never', async () => {
    const view = await encrypted();
    await view.visit('overview');
    await fireEvent.keyDown(document.body, { key: 'a' });
    await machine.set({ lock_after: 0 });
    lock.look(Date.now() + 24 * 60 * 60_000);
    await Promise.resolve();
    expect(lock.locked).toBeNull();
  });

  test('at once by key', async () => {
    const view = await encrypted();
    await view.visit('overview');
    await fireEvent.keyDown(document.body, { key: 'L', ctrlKey: true, shiftKey: true });
    await view.find('lock-screen');
  });

  test('what is not encrypted is not locked', async () => {
    const view = await open({ open: 'example' });
    await view.visit('settings');
    expect(view.has('lock-now') || view.has('rail-lock')).toBe(false);
    lock.look(Date.now() + 24 * 60 * 60_000);
    await Promise.resolve();
    expect(lock.locked).toBeNull();
  });
});

describe('the place of the file', () => {
  test('a synced folder is said with advice until it was understood', async () => {
    const view = await open({ open: 'example', place: 'synced' });
    expect(await text(view, 'notice-place')).toContain('let Nextcloud finish first');
    await view.user.click(await view.find('notice-place-seen'));
    expect(view.has('notice-place')).toBe(false);
    await view.visit('settings');
    expect(await text(view, 'place-advice')).toContain('Nextcloud');
  });

  test('what can only be read says why, and nothing that writes is on', async () => {
    const view = await open({ open: 'example', place: 'disc' });
    expect(await text(view, 'notice-read-only')).toContain('The drive can only be read.');
    await view.visit('checklist', null, { framework: 'gdpr' });
    for (const id of ['verdict-in-place', 'note', 'attach', 'task-new']) {
      expect(isOff(await view.find(id)), id).toBe(true);
    }
    await view.user.keyboard('1');
    expect(view.asked('answer_requirement')).toHaveLength(0);
    await backups.attempt();
    expect(view.asked('auto_backup'), 'no copy by itself of what does not change').toHaveLength(0);
  });
});

describe('another window', () => {
  test('a newer state is shown, and what is being typed stays', async () => {
    const view = await atFirst();
    const note = await view.find('note') as HTMLTextAreaElement;
    view.elsewhere((answer) => (answer.verdict = 'partly'));
    await fireEvent.input(note, { target: { value: 'I am typing' } });
    await fireEvent.focus(window);
    await soon(() => expect(screen.getByTestId('verdict-partly').getAttribute('aria-pressed')).toBe('true'));
    expect(note.value).toBe('I am typing');
    await fireEvent.blur(note);
    await soon(() => expect(view.asked('answer_requirement').at(-1)).toMatchObject({ note: 'I am typing' }));
    expect(view.has('conflict'), 'they changed something else: both stand').toBe(false);
  });

  test('the same note is shown side by side, and the person chooses', async () => {
    const view = await atFirst();
    const note = await view.find('note') as HTMLTextAreaElement;
    view.elsewhere((answer) => (answer.note = 'theirs'));
    await fireEvent.input(note, { target: { value: 'mine' } });
    await fireEvent.blur(note);
    expect(await text(view, 'conflict-mine')).toBe('mine');
    expect(await text(view, 'conflict-theirs')).toBe('theirs');
    await view.user.click(await view.find('conflict-keep-mine'));
    await soon(() => expect(view.has('conflict')).toBe(false));
    expect(note.value).toBe('mine');

    view.elsewhere((answer) => (answer.note = 'theirs again'));
    await fireEvent.input(note, { target: { value: 'mine again' } });
    await fireEvent.blur(note);
    await view.user.click(await view.find('conflict-take-theirs'));
    await soon(() => expect(note.value).toBe('theirs again'));
    expect(view.has('conflict')).toBe(false);
  });

  test('leaving the field, or typing on, chooses nothing', async () => {
    const view = await atFirst();
    const note = await view.find('note') as HTMLTextAreaElement;
    const sent = () => view.asked('answer_requirement').length;
    view.elsewhere((answer) => (answer.note = 'theirs'));
    await fireEvent.input(note, { target: { value: 'mine' } });
    await fireEvent.blur(note);
    await view.find('conflict');
    const before = sent();
    await fireEvent.input(note, { target: { value: 'mine, longer' } });
    await fireEvent.blur(note);
    await soon(() => expect(screen.getByTestId('conflict-mine').textContent).toBe('mine, longer'));
    expect(sent(), 'nothing was sent meanwhile').toBe(before);
    await view.user.click(await view.find('conflict-take-theirs'));
    await fireEvent.blur(note);
    expect(note.value).toBe('theirs');
    expect(sent(), 'theirs stands').toBe(before);

    // A newer state that came while something was being typed is no choice either.
    view.elsewhere((answer) => (answer.note = 'theirs again'));
    await fireEvent.input(note, { target: { value: 'mine again' } });
    const asked = view.asked('show_requirement').length;
    await fireEvent.focus(window);
    await soon(() => expect(view.asked('show_requirement').length).toBeGreaterThan(asked));
    await fireEvent.blur(note);
    expect(await text(view, 'conflict-theirs')).toBe('theirs again');
    expect(sent()).toBe(before);

    // Who goes elsewhere without a choice loses nothing: theirs stays in the history.
    await view.visit('tasks');
    await soon(() => expect(view.asked('answer_requirement').at(-1)).toMatchObject({ note: 'mine again' }));
  });

  test('the same answer, too', async () => {
    const view = await atFirst();
    view.elsewhere((answer) => (answer.verdict = 'partly'));
    await view.user.click(await view.find('verdict-not-in-place'));
    expect(await text(view, 'conflict-theirs')).toContain('Partly');
    expect(screen.getByTestId('verdict-partly').getAttribute('aria-pressed')).toBe('true');
    await view.user.click(await view.find('conflict-keep-mine'));
    await soon(() => expect(screen.getByTestId('verdict-not-in-place').getAttribute('aria-pressed')).toBe('true'));
  });

  test('a task shows the fields that differ', async () => {
    const view = await open({ open: 'example' });
    const task = view.backend.open?.tasks.find((one) => !one.closed_at);
    if (!task) throw new Error('the example has a task');
    await view.visit('tasks', task.id);
    const title = await view.find('task-title') as HTMLInputElement;
    view.backend.elsewhere((workspace) => {
      const same = workspace.tasks.find((one) => one.id === task.id);
      if (same) Object.assign(same, { owner: 'Somebody else', rev: same.rev + 1 });
    });
    await fireEvent.input(title, { target: { value: 'A better title' } });
    await view.user.click(await view.find('task-save'));
    await soon(() => expect(screen.getAllByTestId('conflict-theirs').map((one) => one.textContent)).toContain('Somebody else'));
    await view.user.click(await view.find('conflict-take-theirs'));
    expect((await view.find('task-owner') as HTMLInputElement).value).toBe('Somebody else');
  });
});
