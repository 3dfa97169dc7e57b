import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { open, soon } from './window';

describe('evidence', () => {
  test('a text is shown as text, whatever is in it', async () => {
    const { user, find, visit } = await open({ open: 'example' });
    await visit('evidence');
    await user.click(await screen.findByText('TLS-Test honig-sommer.de.txt'));
    const preview = await find('preview-text');
    expect(preview.textContent).toContain('<b>kein HTML</b>');
    expect(preview.querySelector('b')).toBeNull();
  });

  test('removing asks for a reason', async () => {
    const { user, find, visit, asked } = await open({ open: 'example' });
    await visit('evidence');
    await user.click(await screen.findByText('TLS-Test honig-sommer.de.txt'));
    await user.click(await find('evidence-remove'));
    expect(await find('remove-submit')).toHaveProperty('disabled', true);
    await user.type(await find('remove-reason'), 'Wrong shop');
    await user.click(await find('remove-submit'));
    await soon(() => expect(screen.queryByText('TLS-Test honig-sommer.de.txt')).toBeNull());
    expect(asked('remove_evidence')[0]).toMatchObject({ reason: 'Wrong shop' });
    await user.click(await find('evidence-all'));
    await screen.findByText('TLS-Test honig-sommer.de.txt');
    await soon(() => expect(document.querySelector('main')?.textContent).toContain('Removed'));
  });

  test('a new version takes the place, and the old one stays in sight', async () => {
    const { user, find, visit, asked } = await open({ open: 'example' });
    await visit('evidence');
    await user.click(await screen.findByText('AOC Mollie 2026.pdf'));
    await user.click(await find('evidence-replace'));
    await soon(() => expect(asked('replace_evidence')).toHaveLength(1));
    await screen.findByText('Versions');
  });
});

describe('card data', () => {
  test('a file with a card number is refused by place, and is kept only with a reason', async () => {
    const { user, find, visit, asked, backend } = await open({ open: 'example' });
    backend.chooseEvidence = async () => ['/home/ada/cards.csv', '/home/ada/till.png'];
    await visit('checklist');
    await user.click(await find('requirement-row-pci-dss-4.0.1:8.3.6'));
    await user.click(await find('attach'));
    expect((await find('error')).textContent).toContain('line 2, character 7: card number 492912******9013');
    expect(await find('keep-submit')).toHaveProperty('disabled', true);
    await user.type(await find('keep-reason'), 'made up for the test shop');
    await user.click(await find('keep-submit'));
    await soon(() => expect(asked('attach_evidence').at(-1)).toMatchObject({ allow_card_data: 'made up for the test shop' }));
    // A picture cannot be looked into, and that is said.
    expect((await find('unchecked')).textContent).toContain('till.png was not looked into');
    expect(screen.queryByTestId('keep-anyway')).toBeNull();
  });
});

describe('tasks', () => {
  test('the overdue come first, and a task is changed in its dialog', async () => {
    const { user, find, visit, backend } = await open({ open: 'example' });
    await visit('tasks');
    const rows = await screen.findAllByTestId(/^task-task-/);
    expect(rows[0]?.textContent).toContain('overdue since');
    await user.click(rows[0] as HTMLElement);
    await user.selectOptions(await find('task-status'), 'done');
    await user.type(await find('task-comment'), 'It is on.');
    await user.click(await find('task-save'));
    await soon(() => expect(backend.open?.tasks[0]?.status).toBe('done'));
    expect(backend.open?.tasks[0]?.comments.at(-1)?.text).toBe('It is on.');
  });
});

describe('overview', () => {
  test('each list shows all of its counts, and no lone number', async () => {
    const { find } = await open({ open: 'example' });
    const list = await find('assessment-gdpr');
    const bar = list.querySelector('[role=img]')?.getAttribute('aria-label') ?? '';
    for (const word of ['in place', 'partly in place', 'not in place', 'not applicable', 'unanswered']) expect(bar).toContain(word);
    expect(list.textContent).not.toMatch(/%/);
  });

  test('criteria are confirmed one by one', async () => {
    const { user, backend } = await open({ open: 'example' });
    const confirm = await screen.findAllByTestId(/^confirm-/);
    await user.click(confirm[0] as HTMLElement);
    await soon(() => expect(screen.getAllByTestId(/^confirm-/)).toHaveLength(confirm.length - 1));
    const confirmed = Object.values(backend.open?.assessments[0]?.criteria ?? {}).filter((one) => one === true);
    expect(confirmed.length).toBe(6);
  });
});
