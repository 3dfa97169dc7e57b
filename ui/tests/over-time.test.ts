import { screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { language } from '../src/state/language.svelte';
import { isOff, open, soon, type Window } from './window';

const SHOP = 'assessment-shop-security';
const GDPR = 'assessment-gdpr';

const rows = () => screen.getAllByTestId(/^requirement-row-/);

/** The example with one list signed off and the next one begun, as a person would. */
async function secondYear(): Promise<Window & { next: string }> {
  const view = await open({ open: 'example' });
  await view.visit('assessments');
  await view.user.click(await view.find(`sign-off-${SHOP}`));
  await view.user.click(await view.find('sign-off-submit'));
  await view.user.click(await view.find(`next-list-${SHOP}`));
  await view.user.click(await view.find('next-list-submit'));
  await soon(() => expect(view.backend.open?.assessments.at(-1)?.follows).toBe(SHOP));
  return { ...view, next: view.backend.open?.assessments.at(-1)?.id ?? '' };
}

describe('lists', () => {
  test('a list is signed off with name, role and day, and what is still open is said before', async () => {
    const { user, find, has, visit, asked } = await open({ open: 'example' });
    await visit('assessments');
    await user.click(await find(`sign-off-${SHOP}`));
    const dialog = await find('sign-off-dialog');
    expect(dialog.textContent).toContain('Not ready to attest');
    expect(dialog.textContent).toMatch(/\d+ requirements are unanswered/);
    expect(dialog.textContent).toContain('nothing in this list changes any more');
    expect(await find('sign-off-name'), 'the contact of the profile is proposed').toHaveProperty('value', 'Anna Sommer');
    await user.clear(await find('sign-off-name'));
    expect(await find('sign-off-submit'), 'not without a name').toHaveProperty('disabled', true);
    await user.type(await find('sign-off-name'), 'Jonas Weber');
    await user.click(await find('sign-off-submit'));
    await soon(() => expect(has('sign-off-dialog')).toBe(false));
    expect(asked('sign_off')[0]).toMatchObject({ assessment: SHOP, name: 'Jonas Weber', role: 'Inhaberin', signed_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    await soon(() => expect(screen.getByTestId(`list-${SHOP}`).textContent).toContain('Signed by Jonas Weber, Inhaberin'));
    await find(`next-list-${SHOP}`);
    expect(has(`sign-off-${SHOP}`), 'it is signed once').toBe(false);
  });

  test('a refusal stands in the dialog', async () => {
    const { user, find, visit, backend } = await open({ open: 'example' });
    await visit('assessments');
    await user.click(await find(`sign-off-${GDPR}`));
    backend.failNext('sign_off', { code: 'signer-missing', message: 'A signature needs a name and a role.', hint: 'Write who signs.' });
    await user.click(await find('sign-off-submit'));
    expect((await find('error')).textContent).toContain('Write who signs.');
  });

  test('the next list begins with the answers of the last, for the period that is given', async () => {
    const { user, find, has, visit, asked } = await open({ open: 'example' });
    await visit('assessments');
    await user.click(await find(`sign-off-${SHOP}`));
    await user.click(await find('sign-off-submit'));
    await user.click(await find(`next-list-${SHOP}`));
    await user.type(await find('next-list-from'), '2027-01-01');
    await user.click(await find('next-list-submit'));
    await soon(() => expect(asked('next_assessment')).toEqual([{ assessment: SHOP, period_start: '2027-01-01' }]));
    await soon(() => expect(has(`next-list-${SHOP}`), 'it has its follower').toBe(false));
    await soon(() => expect(screen.getAllByTestId(/^carried-/)).toHaveLength(1));
  });

  test('two lists are compared: better, worse or different, in a word', async () => {
    const { user, find, visit, next, backend } = await secondYear();
    const [gap, met] = ['not-in-place', 'in-place'].map((verdict) =>
      [...(backend.open?.answers ?? [])].find(([key, answer]) => key.startsWith(`${next}|`) && answer.verdict === verdict)?.[0].split('|')[1] ?? '');
    await visit('checklist', gap);
    await user.click(await find('verdict-in-place'));
    await soon(() => expect(screen.getByTestId('verdict-in-place').getAttribute('aria-pressed')).toBe('true'));
    await visit('checklist', met);
    await soon(() => expect(screen.getByTestId('verdict-in-place').getAttribute('aria-pressed')).toBe('true'));
    await user.click(await find('verdict-not-in-place'));
    await soon(() => expect(screen.getByTestId('verdict-not-in-place').getAttribute('aria-pressed')).toBe('true'));
    await visit('assessments');
    await user.click(await find(`compare-${next}`));
    const better = await find(`change-${gap}`);
    expect(better.textContent).toContain('Better');
    expect(better.textContent?.replace(/\s+/g, ' ')).toMatch(/not in place.*in place/);
    expect((await find(`change-${met}`)).textContent).toContain('Worse');
    expect(screen.getByRole('heading', { name: '2 answers have changed' })).toBeTruthy();
    await user.click(await find('compare-only-worse'));
    expect(within(await find('changes')).getAllByTestId(/^change-/).map((one) => one.dataset['direction'])).toEqual(['worse']);
    await user.click(await find('back'));
    await find(`list-${SHOP}`);
  });

  test('without any list it says what to do', async () => {
    const { find, visit } = await open({ open: 'new' });
    await visit('assessments');
    await screen.findByRole('button', { name: 'Find my questionnaire' });
    expect((await find('nav-assessments')).getAttribute('aria-current')).toBe('page');
    expect(screen.queryAllByTestId(/^list-/)).toHaveLength(0);
  });

  test('when all are signed off, the overview leads to the next list', async () => {
    const { user, find, visit, backend } = await open({ open: 'example' });
    for (const one of backend.open?.assessments ?? []) {
      await visit('assessments');
      await user.click(await find(`sign-off-${one.id}`));
      await user.click(await find('sign-off-submit'));
      await find(`next-list-${one.id}`);
    }
    await visit('overview');
    await soon(() => expect(screen.getByTestId('next-step').textContent).toContain('Begin the next list'));
    await user.click(await find('next-step-go'));
    await find(`next-list-${SHOP}`);
  });
});

describe('answers from last time', () => {
  test('are marked in list and card, filtered, and confirmed by click', async () => {
    const { user, find, has, visit, asked } = await secondYear();
    await visit('checklist', null, { framework: 'shop-security', verdict: 'carried' });
    await find('requirement');
    // The list is drawn in steps; what is out of sight comes last.
    await soon(() => expect(rows().length).toBeGreaterThan(24));
    expect(screen.getAllByTestId('from-last-time')).toHaveLength(rows().length);
    expect((await find('filter-verdict')) as HTMLSelectElement).toHaveProperty('value', 'carried');
    expect((await find('carried')).textContent).toContain('From last time');
    const before = rows().length;
    await user.click(await find('carried-confirm'));
    await soon(() => expect(has('carried')).toBe(false));
    expect(asked('answer_requirement')).toEqual([expect.objectContaining({ verdict: expect.any(String) })]);
    expect(screen.getAllByTestId('from-last-time')).toHaveLength(before - 1);
    expect(rows(), 'it stays in its place').toHaveLength(before);
  });

  test('are confirmed by key, also by the key of the same answer', async () => {
    const { user, find, has, visit, asked } = await secondYear();
    await visit('checklist', null, { framework: 'shop-security', verdict: 'carried' });
    await find('carried');
    await user.keyboard('c');
    await soon(() => expect(has('carried')).toBe(false));
    await user.keyboard('j');
    await find('carried');
    const verdict = screen.getAllByTestId(/^verdict-/).find((one) => one.getAttribute('aria-pressed') === 'true');
    await user.keyboard(verdict?.getAttribute('aria-keyshortcuts') ?? '');
    await soon(() => expect(has('carried')).toBe(false));
    expect(asked('answer_requirement')).toHaveLength(2);
  });

  test('say why they need another look', async () => {
    const { find, visit, next, backend } = await secondYear();
    const stale = [...(backend.open?.answers ?? [])].find(([key, answer]) => key.startsWith(`${next}|`) && answer.verdict === 'in-place');
    if (stale) stale[1].answered_at = '2020-01-01T10:00:00Z';
    await visit('checklist', stale?.[0].split('|')[1]);
    expect((await find('carried')).textContent).toMatch(/older than its rule allows|New proof was attached/);
    await soon(() => expect(screen.getAllByText('From last time, look again').length).toBeGreaterThan(0));
  });

  test('the filter is not offered where nothing is from last time', async () => {
    const { find, visit } = await open({ open: 'example' });
    await visit('checklist');
    const filter = (await find('filter-verdict')) as HTMLSelectElement;
    expect([...filter.options].map((option) => option.value)).not.toContain('carried');
  });
});

describe('an earlier day', () => {
  const DAYS_AGO = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

  test('is looked at on every screen, nothing can be changed there, and one comes back', async () => {
    const { user, find, has, visit, asked } = await open({ open: 'example' });
    await visit('history');
    await user.type(await find('look-back-day'), DAYS_AGO(20));
    await user.click(await find('look-back'));
    expect(asked('look_back')).toEqual([{ day: DAYS_AGO(20) }]);
    expect((await find('looking-back')).textContent).toContain('as it was on');
    for (const place of ['tasks', 'evidence', 'checklist'] as const) {
      await visit(place);
      await find('looking-back');
      if (place !== 'checklist') expect(isOff(await find(place === 'tasks' ? 'task-new' : 'attach')), place).toBe(true);
    }
    const verdict = await find('verdict-in-place');
    expect(verdict.closest('fieldset')?.disabled, 'the answers rest').toBe(true);
    await user.keyboard('1');
    await user.click(verdict);
    expect(asked('answer_requirement')).toHaveLength(0);
    await user.click(await find('look-now'));
    await soon(() => expect(has('looking-back')).toBe(false));
    await soon(() => expect(screen.getByTestId('verdict-in-place').closest('fieldset')?.disabled).toBe(false));
  });

  test('the card shows the answer of that day', async () => {
    const { user, find, visit, backend } = await open({ open: 'example' });
    await visit('checklist', null, { framework: 'gdpr' });
    await user.click(await find('verdict-partly'));
    await soon(() => expect(screen.getByTestId('verdict-partly').getAttribute('aria-pressed')).toBe('true'));
    expect(backend.open?.journal.at(-1)?.command).toBe('answer_requirement');
    await visit('history');
    await user.type(await find('look-back-day'), DAYS_AGO(39));
    await user.click(await find('look-back'));
    await find('looking-back');
    await visit('checklist', null, { framework: 'gdpr' });
    await soon(() => expect(screen.getByTestId('verdict-partly').getAttribute('aria-pressed')).toBe('false'));
  });

  test('an entry leads to the file as it was after it', async () => {
    const { user, find, visit, asked } = await open({ open: 'example' });
    await visit('history');
    const button = (await screen.findAllByTestId(/^look-after-/)).at(-1) as HTMLElement;
    await user.click(button);
    await find('looking-back');
    expect(asked('look_back')).toEqual([{ seq: Number(button.dataset['testid']?.replace('look-after-', '')) }]);
    await find('next-step');
  });

  test('a day before the beginning is said where it was asked for', async () => {
    const { user, find, has, visit } = await open({ open: 'example' });
    await visit('history');
    await user.type(await find('look-back-day'), '2019-01-01');
    await user.click(await find('look-back'));
    expect((await find('error')).textContent).toContain('Choose a later day.');
    expect(has('looking-back')).toBe(false);
  });

  test('a refusal because the past is looked at leads back to today', async () => {
    const { user, find, visit, backend, asked } = await open({ open: 'example' });
    await visit('checklist', null, { framework: 'gdpr' });
    backend.failNext('answer_requirement', { code: 'looking-back', message: 'You are looking at 2026-11-01. The past cannot be changed.', hint: 'Go back to today, then make your change.' });
    await user.click(await find('verdict-partly'));
    const error = await find('error');
    await user.click(within(error).getByRole('button', { name: 'Back to today' }));
    await soon(() => expect(asked('look_now')).toHaveLength(1));
  });
});

describe('taking back', () => {
  async function answered(): Promise<Window> {
    const view = await open({ open: 'example' });
    await view.visit('checklist', null, { framework: 'gdpr' });
    await view.user.click(await view.find('verdict-partly'));
    await soon(() => expect(screen.getByTestId('verdict-partly').getAttribute('aria-pressed')).toBe('true'));
    return view;
  }

  test('Ctrl+Z takes back the last change and says what it was', async () => {
    const { user, find, has, asked } = await answered();
    await user.keyboard('{Control>}z{/Control}');
    expect((await find('taken-back')).textContent).toContain('Taken back:');
    expect(asked('undo')).toEqual([{}]);
    await soon(() => expect(screen.getByTestId('verdict-partly').getAttribute('aria-pressed')).toBe('false'));
    expect(screen.getByTestId('announcer').textContent).toContain('Taken back:');
    await user.click(await find('bring-back'));
    await soon(() => expect(screen.getByTestId('verdict-partly').getAttribute('aria-pressed')).toBe('true'));
    await user.click(within(await find('taken-back')).getByRole('button', { name: 'Close' }));
    expect(has('taken-back')).toBe(false);
  });

  test('in a text field the key belongs to the field', async () => {
    const { user, find, asked } = await answered();
    await user.click(await find('note'));
    await user.keyboard('{Control>}z{/Control}');
    expect(asked('undo')).toHaveLength(0);
  });

  test('nothing to take back is said, too', async () => {
    const { user, find } = await open({ open: 'example' });
    await find('next-step');
    await user.keyboard('{Control>}z{/Control}');
    expect((await find('taken-back')).textContent).toContain('none that could be taken back');
  });

  test('the history takes back an entry that can be, and only such', async () => {
    const { user, find, has, visit, asked, backend } = await answered();
    const seq = backend.open?.journal.length ?? 0;
    await visit('history');
    await user.click(await find(`undo-${seq}`));
    await soon(() => expect(screen.getByTestId(`history-${seq + 1}`).textContent).toContain('Taken back'));
    expect(asked('undo')).toEqual([{ seq }]);
    expect(has(`undo-${seq}`)).toBe(false);
    expect(has(`undo-${seq - 1}`)).toBe(false);
  });

  test('why an entry cannot be taken back stands below it', async () => {
    const { user, find, visit, backend } = await answered();
    const seq = backend.open?.journal.length ?? 0;
    await visit('history');
    backend.failNext('undo', { code: 'changed-since', message: 'The answer has changed again.', hint: 'Take the newer change back first.' });
    await user.click(await find(`undo-${seq}`));
    await soon(() => expect(screen.getByTestId(`history-${seq}`).textContent).toContain('Take the newer change back first.'));
  });

  test('the settings name the key', async () => {
    const { find, visit } = await open({ open: 'example' });
    await visit('settings');
    expect((await find('undo-key')).textContent).toContain('Ctrl+Z');
  });
});

describe('history', () => {
  test('is narrowed by person and day in the backend, and loads more of the same', async () => {
    const { user, find, has, visit, asked, backend } = await open({ open: 'example' });
    const of = backend.open?.journal.slice(-95, -5) ?? [];
    for (const entry of of) entry.actor = 'Agentur Nordlicht';
    expect(of.length, 'more than a page').toBe(90);
    await visit('history');
    await find('history-more');
    await user.click(await find('history-more'));
    await soon(() => expect([...(screen.getByTestId('filter-person') as HTMLSelectElement).options].map((one) => one.value)).toContain('Agentur Nordlicht'));
    await user.selectOptions(await find('filter-person'), 'Agentur Nordlicht');
    await soon(() => expect(asked('history').at(-1)).toEqual({ limit: 50, person: 'Agentur Nordlicht' }));
    await soon(() => expect(screen.queryAllByText(/· Anna Sommer/)).toHaveLength(0));
    await user.click(await find('history-more'));
    await soon(() => expect(asked('history').at(-1)).toMatchObject({ before: expect.any(Number), person: 'Agentur Nordlicht' }));
    await soon(() => expect(screen.getAllByTestId(/^history-\d+$/)).toHaveLength(of.length));
    expect(has('history-more')).toBe(false);
    await user.type(await find('filter-from'), '2020-01-01');
    await user.type(await find('filter-to'), '2020-02-01');
    await soon(() => expect(asked('history').at(-1)).toEqual({ limit: 50, person: 'Agentur Nordlicht', from: '2020-01-01', to: '2020-02-01' }));
    await screen.findByText('Nothing matches.');
  });
});

describe('what does not fit together', () => {
  test('is counted in the overview and leads to its points', async () => {
    const { user, find, asked } = await open({ open: 'example' });
    const one = await find('quality-no-proof');
    const count = Number(one.querySelector('strong')?.textContent);
    expect(count).toBeGreaterThan(0);
    await user.click(one);
    const points = await find('points-no-proof');
    expect(within(points).getAllByTestId('point')).toHaveLength(count);
    expect(asked('data_quality')).toHaveLength(1);
    const link = within(points).getAllByTestId('point')[0] as HTMLAnchorElement;
    const wanted = decodeURIComponent(link.getAttribute('href')?.replace('#/checklist/', '') ?? '');
    await user.click(link);
    await find('requirement');
    await soon(() => expect(screen.getByTestId(`requirement-row-${wanted}`).getAttribute('aria-current')).toBe('true'));
  });

  test('a point about a task leads to the task, too, and the kind can be chosen', async () => {
    const { user, find, has, visit, backend } = await open({ open: 'example' });
    const gap = [...(backend.open?.answers ?? [])].find(([, answer]) => answer.verdict === 'not-in-place')?.[0].split('|')[1] ?? '';
    backend.open?.tasks.forEach((task, index) => index === 0 && Object.assign(task, { status: 'done', closed_at: new Date().toISOString(), requirements: [gap] }));
    await visit('quality');
    await user.selectOptions(await find('quality-kind'), 'task-done');
    await soon(() => expect(has('points-no-proof')).toBe(false));
    await user.click((await screen.findAllByTestId('point-task'))[0] as HTMLElement);
    await find('task-dialog');
  });

  test('where everything fits it says so, in both languages', async () => {
    const { find, visit } = await open({ open: 'new' });
    await visit('quality');
    await screen.findByText('Everything fits');
    language.set('de');
    await screen.findByText('Alles passt zusammen');
    await find('nav-overview');
  });
});
