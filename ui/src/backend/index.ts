// The one door to the backend. Everything the window asks for goes through `call` or one of the host's functions;
// what comes back as an error is always an ErrorView in the language of the window.

import type { ErrorView, Locale } from '../bindings/api';
import { tauri } from './tauri';
import { isErrorView, type CommandName, type Host, type Request, type Response, type Settings } from './host';

export type { Chosen, CommandName, FileDrag, Handed, ProgressReport, Recent, Request, Response, SaveKind, Settings, SetUp } from './host';

let current: Host | undefined;
let localeOf: () => Locale = () => 'en';
let unexpected: (detail: string) => ErrorView = (detail) => ({ code: 'unexpected', message: detail, hint: '' });

/** Picks the host: the Rust shell, or the mock where there is none (development and tests, never in the bundle). */
export async function connect(): Promise<void> {
  if (import.meta.env.MODE !== 'production' && !('__TAURI_INTERNALS__' in globalThis)) {
    const { mock } = await import('./mock');
    const played = mock();
    // For pictures and by hand: as if the window closed, and the like.
    Object.assign(globalThis, { tillproofMock: played });
    current = played;
    return;
  }
  current = tauri;
}

/** Puts a host in place by hand: for tests. */
export function connectTo(host: Host): void {
  current = host;
}

/** Says which language is spoken, and how an error without words is worded in it. */
export function speak(locale: () => Locale, wordUnexpected: (detail: string) => ErrorView): void {
  localeOf = locale;
  unexpected = wordUnexpected;
}

export function call<K extends CommandName>(command: K, request: Request<K>): Promise<Response<K>> {
  return guard((host) => host.call(command, request, localeOf()));
}

export const host = {
  setUp: () => guard((host) => host.setUp()),
  speak: (locale: Locale) => guard((host) => host.speak(locale)),
  cancel: (command?: CommandName) => guard((host) => host.cancel(command)),
  settings: () => guard((host) => host.settings()),
  setSettings: (settings: Settings) => guard((host) => host.setSettings(settings)),
  keptPassphrase: (path: string) => guard((host) => host.keptPassphrase(path)),
  keepPassphrase: (keep: boolean) => guard((host) => host.keepPassphrase(keep)),
  chooseBackupFolder: () => guard((host) => host.chooseBackupFolder()),
  chooseWorkspaceToOpen: () => guard((host) => host.chooseWorkspaceToOpen()),
  chooseWhereToSave: (...args: Parameters<Host['chooseWhereToSave']>) =>
    guard((host) => host.chooseWhereToSave(...args)),
  chooseBackup: () => guard((host) => host.chooseBackup()),
  chooseEvidence: () => guard((host) => host.chooseEvidence()),
  chooseFile: (...args: Parameters<Host['chooseFile']>) => guard((host) => host.chooseFile(...args)),
  chooseDemoFolder: () => guard((host) => host.chooseDemoFolder()),
  chooseChecklistFolder: () => guard((host) => host.chooseChecklistFolder()),
  recentWorkspaces: () => guard((host) => host.recentWorkspaces()),
  forgetRecent: (path: string) => guard((host) => host.forgetRecent(path)),
  openFile: (path: string) => guard((host) => host.openFile(path)),
  showInFolder: (path: string) => guard((host) => host.showInFolder(path)),
  onProgress: (...args: Parameters<Host['onProgress']>) => guard((host) => host.onProgress(...args)),
  onMenu: (...args: Parameters<Host['onMenu']>) => guard((host) => host.onMenu(...args)),
  onFileDrag: (...args: Parameters<Host['onFileDrag']>) => guard((host) => host.onFileDrag(...args)),
  stay: () => guard((host) => host.stay()),
  onClose: (...args: Parameters<Host['onClose']>) => guard((host) => host.onClose(...args)),
};

/** The ErrorView in whatever was thrown. */
export function errorView(thrown: unknown): ErrorView {
  if (isErrorView(thrown)) return thrown;
  return unexpected(thrown instanceof Error ? thrown.message : String(thrown));
}

async function guard<T>(ask: (host: Host) => Promise<T>): Promise<T> {
  if (!current) throw unexpected('not connected');
  try {
    return await ask(current);
  } catch (thrown) {
    throw errorView(thrown);
  }
}
