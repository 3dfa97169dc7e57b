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

describe('evidence of every kind', () => {
  test('a note is written down with what is known about it', async () => {
    const { user, find, visit, asked } = await open({ open: 'example' });
    await visit('evidence');
    await user.click(await find('note-new'));
    await user.type(await find('note-title'), 'Call with the host');
    await user.type(await find('note-text'), 'They said yes.');
    expect(await find('note-submit')).toHaveProperty('disabled', true);
    await user.type(await find('picker-search'), '8.3.6');
    await user.click(await find('pick-pci-dss-4.0.1:8.3.6'));
    await user.click(screen.getByText('More about it'));
    await user.type(await find('evidence-source'), 'Ms Keller');
    await user.selectOptions(await find('evidence-confidentiality'), 'confidential');
    await user.click(await find('note-submit'));
    await screen.findByText('Call with the host');
    expect(asked('add_note')[0]).toEqual({
      requirements: ['pci-dss-4.0.1:8.3.6'], title: 'Call with the host', text: 'They said yes.', source: 'Ms Keller', confidentiality: 'confidential',
    });
  });

  test('a link is an address on the web, and its refusal stands where it happened', async () => {
    const { user, find, visit, asked } = await open({ open: 'example' });
    await visit('evidence');
    await user.click(await find('link-new'));
    await user.type(await find('link-url'), 'https://');
    await user.type(await find('picker-search'), '8.3.6');
    await user.click(await find('pick-pci-dss-4.0.1:8.3.6'));
    await user.click(await find('link-submit'));
    expect((await find('error')).textContent).toContain('is not an address');
    await user.type(await find('link-url'), 'help.example/security');
    await user.click(await find('link-submit'));
    await screen.findByText('help.example.uri');
    expect(asked('add_link').at(-1)).toMatchObject({ url: 'https://help.example/security' });
  });

  test('a file that is there already is linked instead, in two clicks', async () => {
    const { user, find, visit, asked, backend } = await open({ open: 'example' });
    backend.chooseEvidence = async () => ['/home/ada/twice-1.pdf'];
    await visit('evidence');
    const attach = async () => {
      await user.click(await find('attach'));
      await user.type(await find('picker-search'), '8.3.6');
      await user.click(await find('pick-pci-dss-4.0.1:8.3.6'));
    };
    await attach();
    await user.click(await find('attach-submit'));
    await screen.findByText('twice-1.pdf');
    backend.chooseEvidence = async () => ['/home/ada/twice-2.pdf'];
    await attach();
    expect((await find('known-file')).textContent).toContain('twice-2.pdf is there already, as “twice-1.pdf”.');
    await user.click(await find('link-instead'));
    expect((await find('attach-submit')).textContent).toContain('Link proof');
    await user.click(await find('attach-submit'));
    await soon(() => expect(asked('link_evidence')).toHaveLength(1));
    expect(asked('attach_evidence')).toHaveLength(1);
  });

  test('a folder says how many files it has and what is left out', async () => {
    const { user, find, visit, backend } = await open({ open: 'example' });
    backend.chooseEvidence = async () => ['/home/ada/scans/'];
    await visit('evidence');
    await user.click(await find('attach'));
    await screen.findByText('Attach 3 files');
    expect((await find('left-out')).textContent).toContain('.DS_Store was left out');
  });

  test('what a proof also counts for is linked with one click', async () => {
    const { user, find, visit, asked } = await open({ open: 'example' });
    await visit('evidence');
    await user.click(await screen.findByText('TLS-Test honig-sommer.de.txt'));
    const also = await find('also-counts-for');
    const [first] = also.querySelectorAll<HTMLElement>('li button');
    const id = first?.dataset['testid']?.replace('also-link-', '') ?? '';
    await user.click(first as HTMLElement);
    await soon(() => expect(asked('link_evidence')[0]).toMatchObject({ requirements: [id] }));
    await soon(() => expect(screen.queryByTestId(`also-link-${id}`)).toBeNull());
  });

  test('the backend searches and narrows, a page at a time', async () => {
    const { user, find, visit, asked } = await open({ open: 'example' });
    await visit('evidence');
    expect((await find('evidence-count')).textContent).toBe('7 of 7');
    await user.selectOptions(await find('filter-kind'), 'note');
    await soon(async () => expect((await find('evidence-count')).textContent).toBe('1 of 1'));
    await user.selectOptions(await find('filter-state'), 'expired');
    await screen.findByText('Nothing matches.');
    expect(asked('list_evidence').at(-1)).toEqual({ limit: 50, state: 'expired', kind: 'note' });
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
