// The real window, started through tauri-driver in a home of its own, and ended in the ways that windows end.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile, appendFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Builder, Capabilities } from 'selenium-webdriver';
import { beside, within } from './beside.js';

const APPLICATION = required('TILLPROOF_WINDOW');
const TAURI_DRIVER = required('TAURI_DRIVER');
const NATIVE_DRIVER = process.env['WEBKIT_DRIVER'] ?? '/usr/bin/WebKitWebDriver';

/** What draws the window is kept from one home to the next: made anew, it costs each story some seconds. */
const SHADERS = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../out/shaders');

/** Root writes whatever it likes; here it is held to the modes of files, as everybody else is. */
const HELD_TO_MODES = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Run the stories with: make e2e`);
  return value;
}

/** A home that belongs to one story: nothing of the user's own is read or written. */
export class Home {
  /** @param {'en' | 'de'} locale */
  static async make(locale) {
    const folder = await mkdtemp(path.join(tmpdir(), 'tillproof-e2e-'));
    await mkdir(path.join(folder, 'Documents'));
    await mkdir(SHADERS, { recursive: true });
    await writeFile(path.join(folder, 'dialogs.jsonl'), '');
    return new Home(folder, locale);
  }

  constructor(folder, locale) {
    this.folder = folder;
    this.locale = locale;
    /** The instant that counts as now in the window, if its clock is to stand still. */
    this.now = undefined;
  }

  at(...names) {
    return path.join(this.folder, ...names);
  }

  /** What the next dialog answers: a path, a list of paths, or null for a dialog that is dismissed. */
  async answerDialog(answer) {
    await appendFile(this.at('dialogs.jsonl'), `${JSON.stringify(answer)}\n`);
  }

  async remove() {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  environment() {
    const language = this.locale === 'de' ? 'de_DE.UTF-8' : 'en_GB.UTF-8';
    return {
      ...process.env,
      HOME: this.folder,
      XDG_CONFIG_HOME: this.at('.config'),
      XDG_DATA_HOME: this.at('.local', 'share'),
      XDG_CACHE_HOME: this.at('.cache'),
      MESA_SHADER_CACHE_DIR: SHADERS,
      LANG: language,
      LC_ALL: language,
      LANGUAGE: this.locale,
      USER: 'Ada Muster',
      TILLPROOF_TEST_DIALOGS: this.at('dialogs.jsonl'),
      TILLPROOF_TEST_CONFIG_DIR: this.at('settings'),
      ...(this.now ? { TILLPROOF_TEST_NOW: this.now, TZ: 'Europe/Berlin' } : {}),
    };
  }
}

/**
 * Opens the window: with words on its command line, in another environment, or another window altogether.
 * The answers to dialogs start at the top of the list for each window.
 */
export async function openWindow(home, { words: args = [], environment = {}, application = APPLICATION } = {}) {
  await writeFile(home.at('dialogs.jsonl'), '');
  const [port, nativePort] = [await freePort(), await freePort()];
  const [program, ...words] = [
    ...HELD_TO_MODES,
    TAURI_DRIVER,
    ...['--port', String(port), '--native-port', String(nativePort), '--native-driver', NATIVE_DRIVER],
  ];
  const driverProcess = await beside(program, words, {
    environment: { ...home.environment(), ...environment },
    ready: () => answers(`http://127.0.0.1:${port}/status`),
  });
  const capabilities = new Capabilities();
  capabilities.set('tauri:options', { application, args });
  capabilities.setBrowserName('wry');
  const started = performance.now();
  const driver = await new Builder().usingServer(`http://127.0.0.1:${port}/`).withCapabilities(capabilities).build();
  await driver.manage().setTimeouts({ script: 30_000, implicit: 0 });
  return { driver, home, said: driverProcess.said, driverProcess, application, started };
}

/** Ends the window as logging out does it: it is asked to close. */
export async function closeWindow(window) {
  await end(window, 'SIGTERM');
}

/** Ends the window as a power cut does it: at once. */
export async function killWindow(window) {
  await end(window, 'SIGKILL');
}

async function end(window, signal) {
  const application = await applicationOf(window);
  try {
    if (!application) throw new Error('the window is not running');
    process.kill(application, signal);
    await gone(application);
  } finally {
    await stopDriver(window);
  }
}

async function stopDriver({ driverProcess }) {
  // The native driver is the child of tauri-driver and does not end with it.
  const children = await childrenOf(driverProcess.pid);
  await driverProcess.end();
  for (const child of children) {
    try {
      process.kill(child, 'SIGTERM');
    } catch {
      // It was gone before.
    }
  }
}

/** Starts the program once more, as a double click does it, and answers how that start ended. */
export async function startAgain(home, ...words) {
  const again = spawn(APPLICATION, words, { env: home.environment(), stdio: 'ignore' });
  const [code] = await once(again, 'exit', { signal: AbortSignal.timeout(15_000) });
  return code;
}

/** Waits until the window has ended by itself. */
export async function ended(window) {
  const application = await applicationOf(window);
  if (application) await gone(application);
  await stopDriver(window);
}

async function applicationOf({ driverProcess, application }) {
  const waiting = [driverProcess.pid];
  while (waiting.length > 0) {
    for (const child of await childrenOf(waiting.shift())) {
      const name = await readFile(`/proc/${child}/comm`, 'utf8').catch(() => '');
      if (path.basename(application).startsWith(name.trim()) && name.trim()) return child;
      waiting.push(child);
    }
  }
  return undefined;
}

async function childrenOf(parent) {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    processes.map(async (id) => {
      const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
      // The name stands in brackets and may hold spaces; the parent is the second word after it.
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === String(parent) ? Number(id) : undefined;
    }),
  );
  return found.filter((id) => id !== undefined);
}

async function gone(id) {
  const ended = await within(async () => {
    const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => undefined);
    // A zombie has ended; its parent has only not looked yet.
    return stat === undefined || stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  });
  if (!ended) throw new Error('the window did not end within 15 seconds');
}

const answers = (url) => fetch(url).then(({ ok }) => ok, () => false);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
