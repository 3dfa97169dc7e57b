import { screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { open, soon, type Window } from './window';

async function atProviders(options: Parameters<typeof open>[0] = {}): Promise<Window & { card: (name: string) => Promise<HTMLElement> }> {
  const view = await open({ open: 'example', ...options });
  await view.visit('providers');
  return { ...view, card: async (name) => (await screen.findByRole('heading', { level: 2, name })).closest('article') as HTMLElement };
}

describe('providers', () => {
  test('each shows what it handles, its papers and what is missing by which rule', async () => {
    const { card } = await atProviders();
    const host = await card('Hosting Nord GmbH');
    expect(within(host).getByTestId('owed-aoc').dataset['state']).toBe('missing');
    expect(within(host).getByTestId('owed-aoc').textContent).toContain('PCI DSS 12.8.4');
    expect(within(host).getByTestId('owed-status-check').dataset['state']).toBe('expired');
    expect(within(host).getByTestId('lacks').textContent).toBe('3 things missing or due');
    expect(screen.queryByText('Mailversand alt'), 'one of the past is not in the list').toBe(null);
  });

  test('one is added, and its papers are asked for by what it handles', async () => {
    const { user, find, card, asked } = await atProviders();
    await user.click(await find('provider-add'));
    await user.type(await find('provider-name'), 'Agentur Nordlicht');
    await user.click(await find('handles-systems'));
    await user.click(await find('provider-save'));
    await find('paper-aoc');
    expect(screen.queryByTestId('paper-processor-contract'), 'no processor').toBe(null);
    await user.type(await find('paper-agreement-on'), '2026-01-15');
    await user.type(await find('paper-aoc-evidence'), 'AOC');
    await user.click(await screen.findByText('AOC Mollie 2026.pdf', { selector: '[data-testid^="paper-aoc-evidence-"] span' }));
    await user.click(await find('provider-save'));
    expect(within(await card('Agentur Nordlicht')).getByTestId('owed-agreement').dataset['state']).toBe('fresh');
    expect(asked('add_provider')[0]).toMatchObject({ name: 'Agentur Nordlicht', handles: ['systems'] });
    expect(asked('set_provider')[0]).toMatchObject({ rev: 1, agreement_on: '2026-01-15' });
  });

  test('an error stands in the dialog, with what to do', async () => {
    const { user, find } = await atProviders();
    await user.click(await find('provider-add'));
    await user.type(await find('provider-name'), ' ');
    await user.click(await find('provider-save'));
    expect((await find('error')).textContent).toContain('A name is missing');
  });

  test('who meets what is searched and saved one by one', async () => {
    const { user, find, card, asked } = await atProviders();
    await user.click(within(await card('Hosting Nord GmbH')).getByTestId('provider-meets'));
    await user.type(await find('responsibilities-search'), '8.3.6');
    await soon(() => expect(screen.getAllByTestId(/^who-/)).toHaveLength(1));
    await user.selectOptions(await find('who-pci-dss-4.0.1:8.3.6'), 'shared');
    await soon(() => expect(asked('set_provider')[0]).toMatchObject({ responsibilities: { 'pci-dss-4.0.1:8.3.6': 'shared' } }));
    await user.click(await find('responsibilities-done'));
    await soon(async () => expect(within(await card('Hosting Nord GmbH')).getByTestId('owed-responsibilities').dataset['state']).toBe('fresh'));
  });

  test('the letter is written in either language and copied', async () => {
    const { user, find, card } = await atProviders();
    const copied = vi.spyOn(navigator.clipboard, 'writeText');
    await user.click(within(await card('Hosting Nord GmbH')).getByTestId('provider-letter'));
    await soon(() => expect(screen.getByTestId('letter-body').textContent).toContain('Attestation of Compliance'));
    await user.click(await find('letter-language-de'));
    await soon(() => expect(screen.getByTestId('letter-body').textContent).toContain('Konformitätsbescheinigung'));
    await user.click(await find('letter-copy'));
    expect(copied).toHaveBeenCalledWith(screen.getByTestId('letter-body').textContent);
  });

  test('one is ended with a reason, kept, and taken back', async () => {
    const { user, find, card, asked } = await atProviders();
    await user.click(within(await card('Mollie')).getByTestId('provider-end'));
    expect(await find('provider-end-submit')).toHaveProperty('disabled', true);
    await user.type(await find('provider-end-reason'), 'Other bank');
    await user.click(await find('provider-end-submit'));
    await soon(() => expect(screen.queryByRole('heading', { name: 'Mollie' })).toBe(null));
    await user.click(await find('providers-past'));
    const past = await card('Mollie');
    expect(past.textContent).toContain('Other bank');
    await user.click(within(past).getByTestId('provider-back'));
    await soon(async () => expect(within(await card('Mollie')).queryByTestId('provider-edit')).not.toBe(null));
    expect(asked('set_provider')[1]).toMatchObject({ ended: '' });
  });

  test('the list is saved as a table', async () => {
    const { user, find, asked } = await atProviders();
    await user.click(await find('providers-export'));
    await find('providers-exported');
    expect(asked('export_providers')[0]).toMatchObject({ path: '/home/anna/Dokumente/Providers.csv' });
  });

  test('without one, the screen says with whom to begin', async () => {
    const { user } = await atProviders({ open: 'new' });
    await screen.findByText('No provider yet');
    await user.click(screen.getAllByRole('button', { name: 'Add provider' })[1] as HTMLElement);
    await screen.findByTestId('provider-dialog');
  });

  test('a requirement about providers shows them, with what they lack for it', async () => {
    const { visit, find } = await open({ open: 'example' });
    await visit('checklist', 'pci-dss-4.0.1:12.8.4', { framework: 'pci-dss-4.0.1' });
    const here = await find('providers-here');
    expect(here.textContent).toContain('Missing: Attestation of Compliance (AOC)');
    expect(here.textContent, 'no processor').not.toContain('DHL');
  });

  test('checklists that were brought in stay in the settings', async () => {
    const { user, visit, find } = await open({ open: 'example' });
    await visit('settings');
    await user.click(await find('checklist-import'));
    await find('checklist-imported');
    expect((await find('brought-in')).textContent).toContain('newer version of');
    await visit('overview');
    await visit('settings');
    expect((await find('brought-in')).querySelectorAll('li')).toHaveLength(1);
  });
});
