import { screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import type { ErrorView } from '../src/bindings/api';
import { workspace } from '../src/state/workspace.svelte';
import { isOff, open, soon } from './window';

const conflict: ErrorView = { code: 'conflict', message: 'Somebody else has changed this.', hint: 'Look at both.' };

describe('right after a change', () => {
  test('it can be taken back from the bar below, and the answer is as before', async () => {
    const { user, visit, find, has, asked } = await open({ open: 'example' });
    await visit('checklist', null, { framework: 'shop-security' });
    await find('requirement');
    const before = document.querySelector('[aria-pressed=true]')?.getAttribute('data-testid');
    const other = before === 'verdict-not-in-place' ? 'verdict-in-place' : 'verdict-not-in-place';
    await user.click(await find(other));
    await soon(() => expect(document.querySelector(`[data-testid=${other}]`)?.getAttribute('aria-pressed')).toBe('true'));
    await user.click(within(await find('undo-offer')).getByTestId('undo-now'));
    await soon(() => expect(asked('undo')).toHaveLength(1));
    await soon(() => expect(document.querySelector('[aria-pressed=true]')?.getAttribute('data-testid')).toBe(before));
    expect(has('undo-offer'), 'what was taken back is said instead').toBe(false);
    await find('taken-back');
  });

  test('the offer goes by itself, but not while somebody is at it', async () => {
    const { user, visit, find, has } = await open({ open: 'example' });
    await visit('tasks', 'task-1');
    await user.type(await find('task-title'), '!');
    await user.click(await find('task-save'));
    const offer = await find('undo-offer');
    expect(screen.getByTestId('announcer').textContent).toContain('Ctrl+Z');
    vi.useFakeTimers();
    try {
      offer.querySelector('button')?.focus();
      await vi.advanceTimersByTimeAsync(15_000);
      expect(has('undo-offer')).toBe(true);
      offer.querySelector('button')?.blur();
      await vi.advanceTimersByTimeAsync(10_500);
      expect(has('undo-offer')).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('focus mode', () => {
  test('an answer leads on to the next open one, and the keys are in sight', async () => {
    const { user, visit, find, has } = await open({ open: 'example' });
    await visit('checklist', null, { framework: 'shop-security', verdict: 'unanswered' });
    await find('requirement');
    await user.keyboard('f');
    expect((await find('focus-keys')).textContent).toContain('N');
    expect(has('search'), 'the lists are away').toBe(false);
    const left = Number.parseInt((await find('focus-left')).textContent ?? '', 10);
    const question = () => document.querySelector('#question')?.textContent;
    const first = question();
    await user.keyboard('1');
    await soon(() => expect([undefined, first]).not.toContain(question()));
    await soon(() => expect(Number.parseInt(screen.getByTestId('focus-left').textContent ?? '', 10)).toBe(left - 1));
    await user.keyboard('n');
    expect(document.activeElement).toBe(await find('note'));
    await user.keyboard('f');
    expect(has('focus-keys'), 'a letter in a note is a letter').toBe(true);
    await user.keyboard('{Escape}');
    expect(document.activeElement?.id).toBe('question');
    await user.keyboard('f');
    await find('search');
  });

  test('outside of it an answer stays where it is', async () => {
    const { user, visit, find } = await open({ open: 'example' });
    await visit('checklist', null, { framework: 'shop-security', verdict: 'unanswered' });
    await find('requirement');
    const first = document.querySelector('#question')?.textContent;
    await user.keyboard('1');
    await find('undo-offer');
    expect(document.querySelector('#question')?.textContent).toBe(first);
  });
});

describe('since last time', () => {
  test('the overview says what has changed since the file was last open here, once', async () => {
    const first = await open({ open: 'example' });
    await first.visit('overview');
    await first.find('next-step');
    expect(first.has('since'), 'the first time there is nothing to compare with').toBe(false);
    const all = JSON.parse(localStorage.getItem('tillproof.seen') ?? '{}') as Record<string, { seq: number; at: string }>;
    const [[path, seen] = ['', { seq: 0, at: '' }]] = Object.entries(all);
    expect(seen.seq).toBe(workspace.info?.journal.seq);
    workspace.closed();
    localStorage.setItem('tillproof.seen', JSON.stringify({ [path]: { ...seen, seq: seen.seq - 2 } }));
    document.body.innerHTML = '';
    const { user, visit, find, has } = await open({ open: 'example' });
    await visit('overview');
    const since = await find('since');
    expect(since.textContent).toContain('2 changes since');
    expect(since.querySelectorAll('li')).toHaveLength(2);
    await user.click(await find('since-seen'));
    expect(has('since')).toBe(false);
  });
});

describe('calendar and people', () => {
  test('what is due stands in its month, and opens', async () => {
    const { user, visit, find } = await open({ open: 'example' });
    await visit('tasks', null, { look: 'calendar' });
    await find('calendar');
    const due = (await screen.findAllByTestId('calendar')).length;
    expect(due).toBe(1);
    // Tasks of the example lie some weeks around today: they are found by turning the sheets.
    let found = screen.queryByRole('button', { name: /honig|TLS|Passw|Update|Vertrag|Schulung/i });
    for (let turn = 0; !found && turn < 6; turn += 1) {
      await user.click(await find(turn < 3 ? 'month-after' : 'month-before'));
      found = screen.queryAllByTestId('calendar-list')[0]?.querySelector('button') ?? null;
    }
    expect(found).not.toBeNull();
    if (found) await user.click(found);
    await soon(() => expect(document.querySelector('dialog[open]')).not.toBeNull());
  });

  test('my tasks are those of the name in the settings', async () => {
    const { user, visit, find } = await open({ open: 'example' });
    await visit('tasks');
    const names = [...((await find('tasks-owner')) as HTMLSelectElement).options].map((option) => option.textContent);
    const other = names.find((name) => name && !['Everybody', 'My own'].includes(name)) ?? '';
    await visit('settings');
    await user.type(await find('people-me'), other);
    await visit('tasks');
    await user.selectOptions(await find('tasks-owner'), 'My own');
    await soon(() => expect(location.hash).toContain(`owner=${encodeURIComponent(other).replaceAll('%20', '+')}`));
  });

  test('duties are planned for one list, if one is chosen', async () => {
    const { user, visit, find, asked } = await open({ open: 'example' });
    await visit('tasks');
    await user.click(await find('tasks-plan'));
    const all = (await find('duties')).querySelectorAll('li').length;
    await user.selectOptions(await find('duties-list'), 'assessment-gdpr');
    await soon(() => expect(document.querySelectorAll('[data-testid=duties] li').length).toBeLessThan(all));
    await user.click(await find('duties-submit'));
    await soon(() => expect(asked('plan_duties').at(-1)).toMatchObject({ preview: false, assessment: 'assessment-gdpr' }));
  });
});

describe('somebody else was faster', () => {
  test('with a criterion: both are shown, and mine goes out with the newer number', async () => {
    const { backend, user, visit, find, asked } = await open({ open: 'example' });
    await visit('overview');
    const criterion = (await screen.findAllByTestId(/^criterion-/)).find((one) => one.querySelector('[data-testid^=confirm-]'));
    const button = criterion?.querySelector<HTMLElement>('[data-testid^=confirm-]');
    if (!button) throw new Error('no criterion is open');
    backend.failNext('confirm_criterion', conflict);
    await user.click(button);
    expect((await find('conflict-mine')).textContent).not.toBe((await find('conflict-theirs')).textContent);
    expect(asked('confirm_criterion')[0]).toHaveProperty('rev');
    await user.click(await find('conflict-keep-mine'));
    await soon(() => expect(asked('confirm_criterion')).toHaveLength(2));
  });

  test('with the company: what I typed is kept until I choose', async () => {
    const { backend, user, visit, find, has, asked } = await open({ open: 'example' });
    await visit('settings');
    const field = (await find('profile-trading-name')) as HTMLInputElement;
    await user.clear(field);
    await user.type(field, 'Mine');
    backend.failNext('set_profile', conflict);
    await user.click(await find('profile-save'));
    expect((await find('conflict-mine')).textContent).toBe('Mine');
    await user.click(await find('conflict-take-theirs'));
    expect(field.value).not.toBe('Mine');
    expect(has('conflict')).toBe(false);
    expect(asked('set_profile')[0]).toHaveProperty('rev');
  });

  test('with a proof: its details are compared field by field', async () => {
    const { backend, user, visit, find, asked } = await open({ open: 'example' });
    await visit('evidence');
    await user.click((await screen.findAllByTestId(/^evidence-\d/))[0] as HTMLElement);
    await user.click(await find('evidence-edit'));
    await user.type(await find('evidence-source'), ' (mine)');
    backend.failNext('set_evidence', conflict);
    await user.click(await find('evidence-save'));
    expect((await find('conflict-mine')).textContent).toContain('(mine)');
    await user.click(await find('conflict-keep-mine'));
    await soon(() => expect(asked('set_evidence')).toHaveLength(2));
    expect(asked('set_evidence')[1]).toMatchObject({ source: expect.stringContaining('(mine)') as unknown });
  });
});

describe('a file that can only be read', () => {
  // What is written outside of the workspace, or only looks at it.
  const READS = /^(list_|show_|workspace_info|changed_since|history|overview|data_quality|prepare_|compare_|find|processing_starter|probe_|provider_letter|export_|verify_|look_|list|auto_backup|backup_|plan_duties)/;

  test('no button on any screen changes it', async () => {
    const { backend, user, visit } = await open({ open: 'example', place: 'disc' });
    const places: [Parameters<typeof visit>[0], string | null, Record<string, string>?][] = [
      ['overview', null], ['checklist', null, { framework: 'shop-security' }], ['worksheets', null], ['evidence', null], ['tasks', null], ['tasks', null, { look: 'board' }], ['assessments', null],
      ['quality', null], ['providers', null], ['registers', 'processing'], ['registers', 'person-requests'], ['registers', 'breaches'], ['settings', null], ['setup', 'profile'], ['setup', 'result'],
    ];
    for (const [place, subject, query] of places) {
      await visit(place, subject, query);
      await new Promise((done) => setTimeout(done, 60));
      const kinds = new Map([...document.querySelectorAll<HTMLElement>('main [data-testid]')].map((one) => [(one.dataset['testid'] ?? '').replace(/[-:.\d].*$/, ''), one.dataset['testid'] ?? '']));
      for (const id of kinds.values()) {
        await visit(place, subject, query);
        const button = document.querySelector<HTMLElement>(`main [data-testid="${id}"]`);
        if (!(button instanceof HTMLButtonElement) || isOff(button) || /close-workspace|settings-restore|choose|show-in/.test(id)) continue;
        await user.click(button);
        await new Promise((done) => setTimeout(done, 15));
        for (const submit of document.querySelectorAll<HTMLButtonElement>('dialog[open] [type=submit]')) if (!isOff(submit)) await user.click(submit);
        document.querySelector<HTMLElement>('dialog[open] [data-testid=dialog-close]')?.click();
        const written = backend.calls.filter((one) => !READS.test(one.command) || (one.command === 'plan_duties' && !(one.request as { preview?: boolean }).preview));
        expect(written.map((one) => one.command), `${place} ${id}`).toEqual([]);
      }
    }
  });
});
