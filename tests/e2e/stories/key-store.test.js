// The passphrase in the key store of the system: only where there is one, only by choice, and no way to be locked out.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { beside } from '../beside.js';
import { tillproof, workspaceWith } from '../program.js';
import { story } from '../story.js';

const run = promisify(execFile);
const PASSPHRASE = 'kept where keys are kept 7';
const NEWER = 'another one, set in the window 8';
const ELSEWHERE = 'and one set on another machine 9';

for (const locale of ['en', 'de']) {
  story('the key store', locale, async (told) => {
    const { home } = told;
    const file = await workspaceWith(home, [['gdpr']], { passphrase: PASSPHRASE });
    const choose = async (page) => {
      await home.answerDialog(file);
      await page.click('start-open');
    };
    const again = async () => {
      await told.close();
      await told.open();
      await choose(told.page);
    };

    await told.open();
    await told.step('where there is none, nothing is offered', async (page) => {
      await page.begin(file, PASSPHRASE);
      await page.click('nav-settings');
      await page.find('lock-after');
      await page.still();
      assert.ok(!(await page.isThere('keep-passphrase')));
      await told.close();
    });

    const keyStore = await startKeyStore(home);
    try {
      await told.open();
      await told.step('where there is one, the person chooses', async (page) => {
        await choose(page);
        await page.find('keep-passphrase');
        assert.deepEqual(await entries(), [], 'nothing is kept before');
        await page.tick('keep-passphrase');
        await page.look('to-be-kept');
        await page.type('open-passphrase', PASSPHRASE);
        await page.click('open-submit');
        await page.find('nav-overview');
        assert.equal((await entries()).length, 1, 'it is in the key store');
      });

      await told.step('the next day it opens without the passphrase', async () => {
        await again();
        await told.page.find('nav-overview');
      });

      await told.step('a new passphrase takes its place there', async (page) => {
        await page.click('nav-settings');
        await page.seen('[data-testid="keep-passphrase"]:checked');
        await page.look('settings-kept');
        await (await page.seen('[data-testid="passphrase-fold"] summary')).click();
        await page.type('passphrase-current', PASSPHRASE);
        await page.type('change-passphrase', NEWER);
        await page.type('change-passphrase-repeat', NEWER);
        await page.click('passphrase-submit');
        await page.until('the new passphrase opens the file', async () =>
          tillproof(home, ['info', file], { passphrase: NEWER }).then(() => true, () => false),
        );
        await again();
        await told.page.find('nav-overview');
        assert.equal((await entries()).length, 1, 'and nothing is left of the old one');
      });

      await told.step('one that was changed elsewhere is asked for, with the reason', async () => {
        await told.close();
        await tillproof(home, ['rekey', file], { passphrase: NEWER, environment: { TILLPROOF_NEW_PASSPHRASE: ELSEWHERE } });
        await told.open();
        const { page } = told;
        await choose(page);
        await page.find('error');
        await page.look('of-before');
        await page.type('open-passphrase', ELSEWHERE);
        await page.click('open-submit');
        await page.find('nav-overview');
        await again();
        await told.page.find('nav-overview');
      });

      await told.step('the lock asks for it all the same', async (page) => {
        await page.click('nav-settings');
        await page.click('lock-now');
        await page.type('lock-passphrase', ELSEWHERE);
        await page.click('lock-open');
        await page.goneFrom('lock-screen');
      });

      await told.step('what is kept can be forgotten', async (page) => {
        await page.click('keep-passphrase');
        await page.until('it has gone', async () => (await entries()).length === 0);
        await again();
        await told.page.find('open-passphrase');
        assert.ok(!(await told.page.isThere('error')), 'that it is asked for is no error');
      });
    } finally {
      await keyStore.end();
    }
  });
}

/** The key store of GNOME, unlocked, with all it keeps in the home of the story. */
async function startKeyStore(home) {
  const environment = home.environment();
  await mkdir(environment.XDG_DATA_HOME, { recursive: true });
  await mkdir(environment.XDG_CACHE_HOME, { recursive: true });
  return await beside('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    environment,
    input: 'login',
    ready: () => entries().then(() => true, () => false),
  });
}

/** The entries of Tillproof, as the key store tells anybody who asks. */
async function entries() {
  const { stdout } = await run('dbus-send', [
    ...['--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets'],
    ...['org.freedesktop.Secret.Service.SearchItems', 'dict:string:string:service,org.tillproof.desktop'],
  ]);
  return stdout.match(/object path "[^"]+"/g) ?? [];
}
