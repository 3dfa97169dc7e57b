import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { language } from '../src/state/language.svelte';
import { open, soon, type Window } from './window';

async function atFirst(): Promise<Window & { rows: () => HTMLElement[] }> {
  const view = await open({ open: 'example' });
  await view.visit('checklist', null, { framework: 'gdpr' });
  await view.find('requirement');
  return { ...view, rows: () => screen.getAllByTestId(/^requirement-row-/) };
}

const pressed = (verdict: string) => screen.getByTestId(`verdict-${verdict}`).getAttribute('aria-pressed');
const shownId = (rows: HTMLElement[]) => rows.find((row) => row.getAttribute('aria-current') === 'true')?.dataset['testid']?.replace('requirement-row-', '');

describe('checklist', () => {
  test('a click answers, and the list shows it', async () => {
    const { user, find, asked } = await atFirst();
    await user.click(await find('verdict-partly'));
    await soon(() => expect(pressed('partly')).toBe('true'));
    expect(asked('answer_requirement')[0]).toMatchObject({ verdict: 'partly' });
    expect(screen.getByTestId('announcer').textContent).toContain('Answered: Partly in place');
    await find('task-from-gap');
  });

  test('an answer that needs a reason is sent only with it, in one go', async () => {
    const { user, find, asked } = await atFirst();
    await user.click(await find('verdict-not-applicable'));
    const reason = await find('justification');
    expect(asked('answer_requirement'), 'nothing is sent before there is a reason').toHaveLength(0);
    expect(await find('justification-submit')).toHaveProperty('disabled', true);
    await user.type(reason, 'No newsletter.');
    await user.click(await find('justification-submit'));
    await soon(() => expect(pressed('not-applicable')).toBe('true'));
    expect(asked('answer_requirement')).toEqual([expect.objectContaining({ verdict: 'not-applicable', justification: 'No newsletter.' })]);
  });

  test('the keys answer in the order on offer, but not while typing', async () => {
    const { user, find, asked } = await atFirst();
    await user.keyboard('3');
    await soon(() => expect(pressed('not-in-place')).toBe('true'));
    await user.click(await find('note'));
    await user.keyboard('1');
    await soon(() => expect(asked('answer_requirement').some((one) => 'note' in one)).toBe(true));
    expect(pressed('not-in-place')).toBe('true');
  });

  test('j and k go through the list', async () => {
    const { user, rows } = await atFirst();
    const ids = rows().map((row) => row.dataset['testid']?.replace('requirement-row-', ''));
    await user.keyboard('j');
    await soon(() => expect(shownId(rows())).toBe(ids[1]));
    await user.keyboard('j');
    await soon(() => expect(shownId(rows())).toBe(ids[2]));
    await user.keyboard('k');
    await soon(() => expect(shownId(rows())).toBe(ids[1]));
  });

  test('a note saves itself', async () => {
    const { user, find, backend } = await atFirst();
    const note = (await find('note')) as HTMLTextAreaElement;
    await user.clear(note);
    await user.type(note, 'Checked today');
    expect((await find('note-state')).dataset['state']).toBe('waiting');
    await soon(() => expect(screen.getByTestId('note-state').dataset['state']).toBe('saved'));
    expect([...(backend.open?.answers.values() ?? [])].some((answer) => answer.note === 'Checked today')).toBe(true);
  });

  test('a note that is still being typed is saved under its own requirement when the next one is opened', async () => {
    const { user, find, rows, asked } = await atFirst();
    const first = shownId(rows());
    const note = await find('note');
    await user.clear(note);
    await user.type(note, 'Half a sentence');
    await user.click(rows()[3] as HTMLElement);
    await soon(() => expect(asked('answer_requirement')).toContainEqual(expect.objectContaining({ requirement: first, note: 'Half a sentence' })));
    expect(asked('answer_requirement').every((one) => one['requirement'] === first)).toBe(true);
  });

  test('a note that is still being typed is saved before the window closes', async () => {
    const { user, find, backend, asked } = await atFirst();
    const note = await find('note');
    await user.clear(note);
    await user.type(note, 'Last words');
    await backend.close();
    expect(asked('answer_requirement')).toContainEqual(expect.objectContaining({ note: 'Last words' }));
  });

  test('a note survives a change of language', async () => {
    const { user, find } = await atFirst();
    const note = await find('note');
    await user.clear(note);
    await user.type(note, 'Kept');
    language.set('de');
    await screen.findByText('Was es bedeutet');
    expect(await find('note')).toHaveProperty('value', 'Kept');
  });

  test('a save that fails says so and keeps the text', async () => {
    const { user, find, backend } = await atFirst();
    backend.failNext('answer_requirement', { code: 'disk-full', message: 'The disk is full.', hint: 'Make room.' });
    const note = await find('note');
    await user.clear(note);
    await user.type(note, 'Important');
    const error = await screen.findByText('The disk is full.', {}, { timeout: 3000 });
    expect(error.closest('[role=alert]')?.textContent).toContain('Make room.');
    expect(await find('note')).toHaveProperty('value', 'Important');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await soon(() => expect(screen.getByTestId('note-state').dataset['state']).toBe('saved'));
  });

  test('dropped files become proof of the requirement that is shown', async () => {
    const { backend, rows, asked } = await atFirst();
    const shown = shownId(rows());
    backend.drop(['/home/anna/<img src=x onerror=alert(1)>.png']);
    const name = await screen.findByText('<img src=x onerror=alert(1)>.png');
    expect(name.children, 'a name is text').toHaveLength(0);
    expect(document.querySelector('img[src="x"]')).toBeNull();
    expect(asked('attach_evidence')[0]).toMatchObject({ requirements: [shown] });
  });

  test('a pasted picture becomes proof', async () => {
    const { asked } = await atFirst();
    const event = new Event('paste', { bubbles: true }) as Event & { clipboardData: unknown };
    event.clipboardData = { files: [new File([new Uint8Array([137, 80, 78, 71])], 'x.png', { type: 'image/png' })] };
    await fireEvent(window, event);
    await soon(() => expect(asked('paste_evidence')).toHaveLength(1));
    expect(asked('paste_evidence')[0]?.['base64']).toBe('iVBORw==');
  });

  test('a whole section is marked not applicable with one reason, and what is answered stays', async () => {
    const { user, find, visit, asked } = await open({ open: 'example' });
    await visit('checklist', null, { framework: 'gdpr', section: '04-controller-and-processor' });
    await user.click(await find('section-not-applicable'));
    await user.type(await find('section-reason'), 'Not our case.');
    await user.click(await find('section-submit'));
    await soon(() => expect(asked('answer_many')).toHaveLength(1));
    const sent = asked('answer_many')[0] as { requirements: string[]; verdict: string };
    expect(sent.verdict).toBe('not-applicable');
    expect(sent.requirements.length).toBeGreaterThan(0);
    expect(sent.requirements.length).toBeLessThan(screen.getAllByTestId(/^requirement-row-/).length);
  });

  test('a gap becomes a task in two clicks', async () => {
    const { user, find, backend } = await atFirst();
    const before = backend.open?.tasks.length ?? 0;
    await user.click(await find('verdict-not-in-place'));
    await user.click(await find('task-from-gap'));
    await user.click(await find('task-save'));
    await soon(() => expect(backend.open?.tasks).toHaveLength(before + 1));
    expect(backend.open?.tasks.at(-1)?.requirements).toHaveLength(1);
  });
});
