// The command line beside the window: it makes what a story begins with, and is the other person at the same file.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROGRAM = path.join(path.dirname(process.env['TILLPROOF_WINDOW'] ?? ''), 'tillproof');

/** Runs one command and gives its answer. It knows no passphrase but the one it is given. */
export async function tillproof(home, [...words], { passphrase, actor = 'Ben Beispiel', environment: more = {} } = {}) {
  const { TILLPROOF_PASSPHRASE: _, ...environment } = home.environment();
  const env = { ...environment, ...more, ...(passphrase ? { TILLPROOF_PASSPHRASE: passphrase } : {}) };
  const { stdout } = await run(PROGRAM, ['--json', '--actor', actor, ...words], { env, maxBuffer: 1 << 26 });
  return JSON.parse(stdout);
}

/** A workspace with these lists begun, as the command line makes it; gives its path. */
export async function workspaceWith(home, lists, { passphrase } = {}) {
  const file = home.at('Documents', 'shop.tillproof');
  const encryption = passphrase ? [] : ['--unencrypted'];
  await tillproof(home, ['new', file, '--name', 'Lindenhof', '--country', 'DE', ...encryption], { passphrase });
  for (const [framework, ...scopes] of lists) {
    await tillproof(home, ['assess', file, framework, ...scopes.flatMap((scope) => ['--saq', scope])], { passphrase });
  }
  return file;
}
