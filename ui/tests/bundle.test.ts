import { screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { isOff, open, soon } from './window';

async function atReport(options: Parameters<typeof open>[0] = {}) {
  const view = await open({ open: 'example', ...options });
  await view.visit('report');
  return view;
}

describe('for the auditor', () => {
  test('a bundle is made of the chosen lists, and says what it is', async () => {
    const { user, find, asked } = await atReport();
    await user.click(await find('report-assessment-gdpr'));
    await user.click(await find('bundle-all-versions'));
    await user.click(await find('bundle-make'));
    expect(within(await find('bundle-done')).getByTestId('sha256').textContent).toMatch(/^[0-9a-f]{64}$/);
    expect(asked('export_bundle')[0]).toMatchObject({ overwrite: true, all_versions: true, keep_going: false });
    expect(asked('export_bundle')[0]?.['path']).toMatch(/\.zip$/);
    expect(asked('export_bundle')[0]?.['assessments']).toHaveLength(2);
  });

  test('what is damaged is named, and a bundle without it is a choice', async () => {
    const { user, find, backend, asked, has } = await atReport();
    backend.failNext('export_bundle', { code: 'bundle-damaged', message: 'Damaged: E-2 Scan.pdf.', hint: 'Restore it.' });
    expect(has('bundle-keep-going')).toBe(false);
    await user.click(await find('bundle-make'));
    expect((await find('error')).textContent).toContain('E-2 Scan.pdf');
    await user.click(await find('bundle-keep-going'));
    expect((await find('bundle-damaged')).textContent).toContain('E-2 Scan.pdf');
    expect(asked('export_bundle').at(-1)).toMatchObject({ keep_going: true });
  });

  test('the results are written as a spreadsheet', async () => {
    const { user, find, asked } = await atReport();
    await user.click(await find('spreadsheet-make'));
    await find('spreadsheet-done');
    expect(asked('export_spreadsheet')[0]?.['path']).toMatch(/\.xlsx$/);
  });
});

describe('the reply of the auditor', () => {
  test('it becomes tasks, is listed, and comes in once', async () => {
    const { user, find, has } = await atReport();
    await user.click(await find('reply-import'));
    expect((await find('reply-done')).textContent).toContain('Questions: 1. Findings: 1');
    const link = await screen.findByRole('link', { name: '6.3.3', hidden: true });
    expect(link.getAttribute('href')).toBe('#/checklist/pci-dss-4.0.1%3A6.3.3');
    await user.click(await find('reply-import'));
    expect((await find('error')).textContent).toContain('already');
    expect(has('reply-done')).toBe(false);
  });

  test('from its tasks one goes to all tasks', async () => {
    const { user, find } = await atReport();
    await user.click(await find('reply-import'));
    await user.click(await find('reply-tasks'));
    await soon(() => expect(screen.getAllByText(/Finding of the auditor/).length).toBeGreaterThan(0));
  });

  test('a card number in it asks for a reason', async () => {
    const { user, find, backend, asked } = await atReport();
    backend.failNext('import_reply', { code: 'card-data-found', message: 'In this text there is card data.', hint: '' });
    await user.click(await find('reply-import'));
    await user.type(await find('keep-reason'), 'a test number');
    await user.click(await find('keep-submit'));
    await find('reply-done');
    expect(asked('import_reply').at(-1)).toMatchObject({ allow_card_data: 'a test number' });
  });

  test('nothing comes in while the file can only be read', async () => {
    const { find } = await atReport({ place: 'disc' });
    await soon(async () => expect(isOff(await find('reply-import'))).toBe(true));
    expect(isOff(await find('bundle-make')), 'a bundle only reads').toBe(false);
  });
});
