import { describe, expect, test } from 'vitest';
import { ENCRYPTED_PASSPHRASE, ENCRYPTED_PATH } from '../src/backend/mock';
import { open, soon } from './window';

const screenNow = () => document.querySelector<HTMLElement>('[data-screen]')?.dataset['screen'];

describe('the menu of the window', () => {
  test('it leads to screens and presses what has a button', async () => {
    const { backend, find, has } = await open({ open: 'example' });
    backend.choose({ id: 'tasks' });
    await find('task-new');
    expect(screenNow()).toBe('tasks');
    backend.choose({ id: 'focus-mode' });
    await find('focus-left');
    expect(screenNow()).toBe('checklist');
    backend.choose({ id: 'help' });
    await find('help-dialog');
    backend.choose({ id: 'tasks' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screenNow(), 'a dialog is left first').toBe('checklist');
    expect(has('help-dialog')).toBe(true);
  });

  test('it takes back the last change', async () => {
    const { backend, asked } = await open({ open: 'example' });
    backend.choose({ id: 'take-back' });
    await soon(() => expect(asked('undo')).toEqual([{}]));
  });

  test('it closes the file, and begins a new one', async () => {
    const { backend, find, asked } = await open({ open: 'example' });
    await find('next-step');
    backend.choose({ id: 'close' });
    await find('start-create');
    expect(asked('close_workspace')).toHaveLength(1);
    backend.choose({ id: 'new' });
    await find('create-name');
  });

  test('it is told the language', async () => {
    const { backend, user, visit, find } = await open({ open: 'example' });
    expect(backend.spoken()).toBe('en');
    await visit('settings');
    await user.click(await find('language-de'));
    expect(backend.spoken()).toBe('de');
  });
});

describe('files from outside', () => {
  test('the open one is left as if by hand, and an unsaved dialog asks first', async () => {
    const { backend, user, visit, find, asked } = await open({ open: 'example' });
    await visit('tasks');
    await user.click(await find('task-new'));
    await user.type(await find('task-title'), 'Schlüssel');
    backend.choose({ id: 'file', handed: { path: ENCRYPTED_PATH } });
    await user.click(await find('leave-stay'));
    expect(asked('close_workspace')).toHaveLength(0);
    expect(await find('task-title')).toHaveProperty('value', 'Schlüssel');
    backend.choose({ id: 'file', handed: { path: ENCRYPTED_PATH } });
    await user.click(await find('leave-anyway'));
    await user.type(await find('open-passphrase'), ENCRYPTED_PASSPHRASE);
    await user.click(await find('open-submit'));
    await soon(() => expect(asked('open_workspace').at(-1)).toMatchObject({ path: ENCRYPTED_PATH }));
  });

  test('one that cannot be opened says why', async () => {
    const { backend, find } = await open();
    await find('start-create');
    backend.choose({ id: 'file', handed: { error: { code: 'path-not-text', message: 'The name cannot be read.', hint: 'Rename it.' } } });
    expect((await find('error')).textContent).toContain('Rename it.');
  });
});

test('the finder can be left for later, with the other lists to begin', async () => {
  const { user, visit, find, has } = await open({ open: 'new' });
  await visit('setup', 'finder');
  await user.click(await find('finder-later'));
  await find('start-gdpr');
  expect(has('start-pci-dss-4.0.1'), 'its scope is not known yet').toBe(false);
});
