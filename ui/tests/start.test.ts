import { screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { ENCRYPTED_PASSPHRASE } from '../src/backend/mock';
import { open, soon } from './window';

describe('start', () => {
  test('a new workspace takes a passphrase twice and leads to the set-up', async () => {
    const { user, find, asked } = await open();
    await user.click(await find('start-create'));
    await user.type(await find('create-name'), 'Weinladen Süd');
    expect(await find('create-submit'), 'no file without a passphrase by accident').toHaveProperty('disabled', true);
    await user.type(await find('create-passphrase'), 'vier bunte Schalen im Regal');
    expect((await find('create-strength')).textContent).toBe('Very good');
    await user.type(await find('create-passphrase-repeat'), 'vier bunte Schalen');
    await user.click(await find('create-submit'));
    expect(asked('create_workspace'), 'the two differ').toHaveLength(0);
    await user.clear(await find('create-passphrase-repeat'));
    await user.type(await find('create-passphrase-repeat'), 'vier bunte Schalen im Regal');
    await user.click(await find('create-submit'));
    await find('profile-name');
    expect(asked('create_workspace')[0]).toMatchObject({ name: 'Weinladen Süd', passphrase: 'vier bunte Schalen im Regal', path: '/home/anna/Dokumente/Weinladen Süd.tillproof' });
  });

  test('a file without encryption is an explicit choice', async () => {
    const { user, find, asked } = await open();
    await user.click(await find('start-create'));
    await user.type(await find('create-name'), 'Laden');
    await user.click(await find('create-unencrypted'));
    await user.click(await find('create-submit'));
    await find('profile-name');
    expect(asked('create_workspace')[0]).toMatchObject({ unencrypted: true });
    expect(asked('create_workspace')[0]).not.toHaveProperty('passphrase');
  });

  test('an error stands where it happened, with what to do', async () => {
    const { user, find } = await open();
    await user.click(await find('recent-Töpferei am Markt'));
    await user.type(await find('open-passphrase'), 'falsch');
    await user.click(await find('open-submit'));
    const error = await find('error');
    expect(error.getAttribute('role')).toBe('alert');
    expect(error.textContent).toContain('This passphrase does not open the file.');
    expect(error.textContent).toContain('Check upper and lower case');
    await user.clear(await find('open-passphrase'));
    await user.type(await find('open-passphrase'), ENCRYPTED_PASSPHRASE);
    await user.click(await find('open-submit'));
    await find('profile-name');
  });

  test('where the system has a key store, a file can be opened without its passphrase from then on', async () => {
    const { user, find, has, backend } = await open({ keyStore: true });
    await user.click(await find('recent-Töpferei am Markt'));
    expect(await find('keep-passphrase'), 'nobody is made to').toHaveProperty('checked', false);
    await user.click(await find('keep-passphrase'));
    await user.type(await find('open-passphrase'), ENCRYPTED_PASSPHRASE);
    await user.click(await find('open-submit'));
    await find('profile-name');
    await user.click(await find('nav-settings'));
    await user.click(await find('close-workspace'));
    await user.click(await find('recent-Töpferei am Markt'));
    await find('profile-name');
    expect(has('open-passphrase'), 'it was not asked for').toBe(false);
    await user.click(await find('nav-settings'));
    await soon(() => expect(screen.getByTestId('keep-passphrase')).toHaveProperty('checked', true));
    const forget = backend.keepPassphrase;
    backend.keepPassphrase = () => Promise.reject({ code: 'key-store', message: 'Der Schlüsselspeicher antwortet nicht.', hint: '' });
    await user.click(await find('keep-passphrase'));
    await find('error');
    expect(screen.getByTestId('keep-passphrase'), 'it is kept as before').toHaveProperty('checked', true);
    backend.keepPassphrase = forget;
    await user.click(await find('keep-passphrase'));
    await user.click(await find('close-workspace'));
    await user.click(await find('recent-Töpferei am Markt'));
    await find('open-passphrase');
    expect(has('error'), 'that a passphrase is needed is no error').toBe(false);
    await user.click(await find('back'));
    // Changed on another computer.
    backend.kept.set('/home/anna/Dokumente/Töpferei am Markt.tillproof', 'of before');
    await user.click(await find('recent-Töpferei am Markt'));
    expect((await find('error')).textContent, 'why it did not open').toContain('This passphrase does not open the file.');
    await find('open-passphrase');
  });

  test('without a key store nothing is offered', async () => {
    const { user, find, has } = await open();
    await user.click(await find('recent-Töpferei am Markt'));
    await user.type(await find('open-passphrase'), ENCRYPTED_PASSPHRASE);
    await user.click(await find('open-submit'));
    await user.click(await find('nav-settings'));
    await find('lock-after');
    expect(has('keep-passphrase')).toBe(false);
  });

  test('a file that is not encrypted opens at once', async () => {
    const { user, find } = await open();
    await user.click(await find('recent-Imkerei Sommer'));
    await find('next-step');
  });

  test('where the host has no dialogs, a field asks for the path', async () => {
    const { user, find, asked } = await open({ open: 'example', dialogs: false });
    await user.click(await find('nav-report'));
    await user.click(await find('report-export'));
    const path = await find('path');
    await user.clear(path);
    await user.type(path, '/tmp/report.pdf');
    await user.click(await find('path-submit'));
    await find('report-done');
    expect(asked('export_report')[0]).toMatchObject({ path: '/tmp/report.pdf', overwrite: false });
  });

  test('long work shows how far it is, and can be cancelled', async () => {
    const { user, find, has } = await open({ open: 'example', delay: 50 });
    await user.click(await find('nav-report'));
    await user.click(await find('report-export'));
    await find('progress');
    await user.click(await find('cancel-work'));
    await screen.findByText('Cancelled. No report was written.');
    await soon(() => expect(has('progress')).toBe(false));
    expect(has('report-done')).toBe(false);
  });

  test('what goes into the report is chosen, and damaged files are named', async () => {
    const { user, find, asked, has } = await open({ open: 'example', dialogs: false });
    await user.click(await find('nav-report'));
    await user.click(await find('report-kind-executive'));
    await user.click(within(await find('report-more')).getByText('Narrow it down, leave out names, add a logo'));
    await within(await find('report-theme')).findByRole('option', { name: /TLS/ });
    await user.selectOptions(await find('report-theme'), 'tls');
    await user.click(await find('report-redacted'));
    await user.click(await find('report-logo'));
    await user.type(await find('path'), '/tmp/logo.png');
    await user.click(await find('path-submit'));
    expect((await find('report-logo-chosen')).textContent).toBe('logo.png');
    await user.click(await find('report-export'));
    await user.type(await find('path'), '/tmp/report.pdf');
    await user.click(await find('path-submit'));
    await find('report-done');
    expect(asked('export_report')[0]).toMatchObject({
      choice: { kind: 'executive', theme: 'tls', redacted: true, logo: '/tmp/logo.png' },
    });
    await user.click(await find('report-logo-none'));
    expect(has('report-logo-chosen')).toBe(false);
  });

  test('closing leads back to the start', async () => {
    const { user, find, asked } = await open({ open: 'example' });
    await user.click(await find('nav-settings'));
    await user.click(await find('close-workspace'));
    await find('start-create');
    expect(asked('close_workspace')).toHaveLength(1);
  });
});
