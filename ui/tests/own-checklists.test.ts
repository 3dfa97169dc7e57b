import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { FAULTY_FOLDER, NEWER_FOLDER, OWN_FOLDER } from '../src/backend/mock-checklists';
import { language } from '../src/state/language.svelte';
import { open, soon, type Window } from './window';

async function imported(checklist: string, options: Parameters<typeof open>[0] = {}): Promise<Window> {
  const view = await open({ open: 'example', checklist, ...options });
  await view.visit('settings');
  await view.user.click(await view.find('checklist-import'));
  return view;
}

describe('own checklists', () => {
  test('one is imported, its scope is chosen, and its list is started', async () => {
    const { user, find, has, asked, backend } = await imported(OWN_FOLDER);
    const card = await find('checklist-imported');
    expect(asked('import_checklist')).toEqual([{ path: OWN_FOLDER }]);
    expect(card.textContent).toContain('Imported: Agentur Nordlicht, version 3');
    expect(card.textContent).toContain('12 requirements');
    await user.selectOptions(await find('checklist-scope'), 'gross');
    await find('scope-notice-gross');
    await user.click(await find('checklist-start'));
    await find('checklist-started');
    expect(backend.open?.assessments.at(-1)).toMatchObject({ framework: 'nordlicht', scope: 'gross' });
    await user.click(await find('checklist-open'));
    await soon(() => expect(has('requirement')).toBe(true));
  });

  test('the same one again changes nothing, and says so', async () => {
    const { user, find } = await imported(OWN_FOLDER);
    await find('checklist-start');
    await user.click(await find('checklist-import'));
    await soon(() => expect(screen.getByTestId('checklist-imported').textContent).toContain('Nothing has changed'));
    await find('checklist-start');
  });

  test('a newer version shows what it changes and takes the answers over once that was seen', async () => {
    const { user, find, has, asked, backend } = await imported(NEWER_FOLDER);
    const card = await find('checklist-imported');
    await soon(() => expect(card.textContent).toContain('newer version of Shop security'));
    for (const kind of ['new', 'changed', 'gone']) await find(`changes-${kind}`);
    expect(has('checklist-start'), 'its list is made from the one that is started').toBe(false);
    const before = backend.open?.assessments.length ?? 0;
    await user.click(await find('carry-over'));
    const preview = await find('carry-over-preview');
    await soon(() => expect(preview.textContent).toMatch(/\d+ answers are taken over/));
    expect((await find('changes-new')).textContent).toContain('Passkeys for the admin area');
    expect(backend.open?.assessments, 'so far it was only looked at').toHaveLength(before);
    await user.click(await find('carry-over-do'));
    await find('checklist-started');
    expect(asked('carry_over').map((one) => one['dry_run'])).toEqual([true, false]);
    expect(backend.open?.assessments.at(-1)?.framework).toBe('shop-security-2027');
    expect(backend.open?.assessments, 'the old list stays').toHaveLength(before + 1);
  });

  test('without a list of the older version it is simply started', async () => {
    const { find, has } = await imported(NEWER_FOLDER, { open: 'new' });
    await find('checklist-start');
    expect(has('carry-over')).toBe(false);
  });

  test('faults are shown one a line, as the backend words them', async () => {
    const { find, has } = await imported(FAULTY_FOLDER);
    const error = await find('error');
    expect(error.textContent).toContain('has faults and was not taken over:');
    expect(error.querySelector('.detail')?.textContent?.split('\n')).toHaveLength(3);
    expect(error.textContent).toContain('Your file is unchanged');
    expect(has('checklist-imported')).toBe(false);
  });

  test('without dialogs the window asks for the folder', async () => {
    const { user, find, asked } = await imported(OWN_FOLDER, { dialogs: false });
    expect((await find('path-question')).textContent).toContain('Which folder?');
    await user.type(await find('path'), OWN_FOLDER);
    await user.click(await find('path-submit'));
    await find('checklist-imported');
    expect(asked('import_checklist')).toEqual([{ path: OWN_FOLDER }]);
  });
});

describe('template for the record of processing', () => {
  test('each activity is a fold with its fields, and is copied as plain text', async () => {
    const { user, find, visit } = await open({ open: 'example' });
    await visit('settings');
    await user.click(await find('processing-starter'));
    const orders = await find('processing-orders');
    await user.click(orders.querySelector('summary') as HTMLElement);
    expect(orders.querySelectorAll('dt')).toHaveLength(10);
    await user.click(await find('processing-copy-orders'));
    const one = await navigator.clipboard.readText();
    expect(one).toMatch(/^Processing activity: Orders and sales contract\nWhat for: /);
    expect(one.trim().split('\n')).toHaveLength(10);
    await user.click(await find('processing-copy-all'));
    const all = await navigator.clipboard.readText();
    expect(all).toContain(one.trim());
    expect(all.split('\n\n').length).toBe(screen.getAllByTestId(/^processing-copy-/).length - 1);
    language.set('de');
    await soon(() => expect(screen.getByTestId('processing-orders').textContent).toContain('Bestellungen und Kaufvertrag'));
    await user.click(await find('back'));
    await find('processing-starter');
  });

  test('without any activity it says what to do', async () => {
    const view = await open({ open: 'example' });
    const call = view.backend.call.bind(view.backend);
    view.backend.call = (async (command: never, ...rest: [never, never]) => (command === 'processing_starter' ? { activities: [] } : call(command, ...rest))) as typeof call;
    await view.visit('settings', 'processing');
    await view.find('processing-empty');
    expect(view.has('processing-copy-all')).toBe(false);
  });
});
