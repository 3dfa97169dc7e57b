import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { CERTIFICATE_FILE, CERTIFICATE_PASSWORD } from '../src/backend/mock-signing';
import { isOff, open, soon, type Window } from './window';

const text = async (view: Window, id: string) => (await view.find(id)).textContent ?? '';

async function atReport(options: Parameters<typeof open>[0] = {}) {
  const view = await open({ open: 'example', encrypted: true, ...options });
  await view.visit('report');
  return view;
}

async function write(view: Window) {
  await view.user.click(await view.find('report-export'));
  await view.find('report-done');
}

describe('signing the report', () => {
  test('nothing is signed unless it is chosen', async () => {
    const view = await atReport();
    await write(view);
    expect(view.asked('export_report')[0]).not.toHaveProperty('sign');
    expect(view.has('signed-by')).toBe(false);
    expect(view.asked('signing_key'), 'nobody asked').toEqual([]);
  });

  test('the file makes a key, signs with it, hands out its certificate and removes it', async () => {
    const view = await atReport();
    await view.user.click(await view.find('report-sign-workspace'));
    const name = (await view.find('key-name')) as HTMLInputElement;
    expect(name.value).toBe('Imkerei Sommer');
    expect(isOff(await view.find('report-export')), 'without a key there is nothing to sign with').toBe(true);
    await view.user.click(await view.find('key-make'));
    expect(await text(view, 'signing-key')).toContain('self-made certificate');
    expect(view.asked('make_signing_key')).toEqual([{ name: 'Imkerei Sommer' }]);
    await write(view);
    expect(view.asked('export_report')[0]).toMatchObject({ sign: { with: 'workspace' } });
    expect(await text(view, 'signed-by')).toContain('Imkerei Sommer');
    await view.user.click(await view.find('certificate-save'));
    expect(await text(view, 'certificate-saved')).toContain('Imkerei Sommer.pem');
    await view.user.click(await view.find('key-remove'));
    expect(isOff(await view.find('key-remove-submit')), 'not without a reason').toBe(true);
    await view.user.type(await view.find('key-remove-reason'), 'The laptop was stolen');
    await view.user.click(await view.find('key-remove-submit'));
    await view.find('key-make');
    expect(view.asked('remove_signing_key')).toEqual([{ reason: 'The laptop was stolen', rev: 1 }]);
  });

  test('an unencrypted file says why it keeps no key', async () => {
    const view = await atReport({ encrypted: false });
    await view.user.click(await view.find('report-sign-workspace'));
    expect(await text(view, 'key-needs-passphrase')).toContain('not encrypted');
    expect(isOff(await view.find('report-export'))).toBe(true);
    await view.user.click(await view.find('report-sign-no'));
    await soon(() => expect(isOff(screen.getByTestId('report-export'))).toBe(false));
  });

  test('a certificate file signs with its password, and a wrong one is said', async () => {
    const view = await atReport();
    await view.user.click(await view.find('report-sign-file'));
    expect(isOff(await view.find('report-export')), 'no file yet').toBe(true);
    await view.user.click(await view.find('certificate-choose'));
    expect(await text(view, 'certificate-path')).toBe(CERTIFICATE_FILE);
    const field = (await view.find('certificate-password')) as HTMLInputElement;
    expect(field.type).toBe('password');
    await view.user.type(field, 'wachs');
    await view.user.click(await view.find('report-export'));
    expect(await text(view, 'error')).toContain('does not open');
    await view.user.clear(field);
    await view.user.type(field, CERTIFICATE_PASSWORD);
    await write(view);
    expect(view.asked('export_report')[1]).toMatchObject({ sign: { pkcs12_path: CERTIFICATE_FILE, password: CERTIFICATE_PASSWORD } });
    expect(await text(view, 'signed-by')).toContain('issued by D-Trust');
    await view.user.click(await view.find('report-sign-no'));
    await view.user.click(await view.find('report-sign-file'));
    expect(((await view.find('certificate-password')) as HTMLInputElement).value, 'the password is forgotten').toBe('');
  });

  test('without dialogs the certificate file is asked for in the window', async () => {
    const view = await atReport({ dialogs: false });
    await view.user.click(await view.find('report-sign-file'));
    await view.user.click(await view.find('certificate-choose'));
    await view.user.type(await view.find('path'), '/tmp/own.p12');
    await view.user.click(await view.find('path-submit'));
    expect(await text(view, 'certificate-path')).toBe('/tmp/own.p12');
  });
});

describe('checking a signed PDF', () => {
  test('a sound one is told from a changed one', async () => {
    const view = await atReport();
    await view.user.click(await view.find('check-signed'));
    expect(await text(view, 'check-signed-outcome')).toContain('just as it was signed');
    expect(await text(view, 'check-signed-done')).toContain('Compare its fingerprint');
    view.backend.chooseFile = async () => '/home/anna/Dokumente/anders.pdf';
    await view.user.click(await view.find('check-signed'));
    await soon(() => expect(screen.getByTestId('check-signed-outcome').textContent).toContain('Something was added'));
  });

  test('what is no PDF is said where it happened', async () => {
    const view = await atReport();
    view.backend.failNext('verify_report', { code: 'pdf-unreadable', message: 'It cannot be read as a PDF.', hint: 'Choose another.' });
    await view.user.click(await view.find('check-signed'));
    expect(await text(view, 'error')).toContain('cannot be read');
  });
});
