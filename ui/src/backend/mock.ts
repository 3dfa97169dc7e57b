// The whole backend in memory, with the real checklists and an example shop, so that every screen can be looked at and
// tested without the Rust shell. Never in the bundle. It plays the backend's part; it is not a second source of truth.

import type { Commands, ErrorView, Locale } from '../bindings/api';
import type { Chosen, CommandName, FileDrag, Host, ProgressReport, Recent, Request, Response } from './host';
import { bundleCommands } from './mock-bundle';
import * as catalogue from './mock-catalogue';
import * as checklists from './mock-checklists';
import { add, evidenceCommands } from './mock-evidence';
import { fill } from './mock-example';
import { fileCommands } from './mock-file';
import { listCommands } from './mock-lists';
import {
  ago, answerKey, empty, ENCRYPTED_PASSPHRASE, ENCRYPTED_PATH, EXAMPLE_PATH, problem, record, type Both, type Memory, type MockCommands, type Workspace,
} from './mock-memory';
import { overviewCommands } from './mock-overview';
import { providerCommands } from './mock-providers';
import { registerCommands } from './mock-registers';
import { requirementCommands } from './mock-requirements';
import * as safe from './mock-safe';
import * as signing from './mock-signing';
import { taskCommands } from './mock-tasks';
import { timeCommands, watched } from './mock-time';
import { worksheetCommands } from './mock-worksheets';

export { ENCRYPTED_PASSPHRASE, ENCRYPTED_PATH, EXAMPLE_PATH, type Workspace } from './mock-memory';

export interface Mock extends Host {
  /** The open workspace, for a test to look at. */
  readonly open: Workspace | null;
  /** Makes the next call of this command fail. */
  failNext(command: CommandName, error: ErrorView): void;
  /** Files as if dropped on the window. */
  drop(paths: string[]): void;
  /** As if another window changed the open workspace. */
  elsewhere(change: (workspace: Workspace, record: (words: Both, subjects: string[]) => void) => void): void;
  /** The key of an answer in the workspace. */
  key(assessment: string, requirement: string): string;
  /** As if the person closed the window; whether it went. */
  close(): Promise<boolean>;
  /** As if something was chosen in the menu bar. */
  choose(chosen: Chosen): void;
  /** The language that the menu bar was told. */
  spoken(): Locale | undefined;
  /** Everything that was called, in order. */
  readonly calls: { command: CommandName; request: unknown }[];
  /** The passphrases in the key store of the system, by path. */
  readonly kept: Map<string, string>;
}

export interface MockOptions {
  /** `none`: nothing open; `example`: the example shop; `new`: a fresh workspace. */
  open?: 'none' | 'example' | 'new';
  locale?: Locale;
  dialogs?: boolean;
  /** The scopes of PCI DSS that the example has now, joined by `+`; it was begun with SAQ A. */
  scope?: string;
  /** The folder that is chosen when a checklist is brought in. */
  checklist?: string;
  /** Where the example lies: in a synced folder, on a disc. */
  place?: 'synced' | 'disc';
  /** The example has the passphrase of the other file. */
  encrypted?: boolean;
  /** The system has a key store. */
  keyStore?: boolean;
  /** Another window writes a note a moment before the first one is written here. */
  meet?: boolean;
  /** How long an answer takes, in milliseconds. */
  delay?: number;
}

export function mock(options: MockOptions = fromAddress()): Mock {
  catalogue.forgetBroughtIn();
  const files = new Map<string, Workspace>();
  const example = empty(EXAMPLE_PATH, null, 'Imkerei Sommer', 'de', 'DE');
  files.set(EXAMPLE_PATH, example);
  files.set(ENCRYPTED_PATH, empty(ENCRYPTED_PATH, ENCRYPTED_PASSPHRASE, 'Töpferei am Markt', 'de', 'DE'));
  let recent: Recent[] = [
    { path: EXAMPLE_PATH, name: 'Imkerei Sommer', opened_at: ago(0) },
    { path: ENCRYPTED_PATH, name: 'Töpferei am Markt', opened_at: ago(12) },
  ];
  let onProgress: (report: ProgressReport) => void = () => {};
  let onDrag: (drag: FileDrag) => void = () => {};
  let onMenu: (chosen: Chosen) => void = () => {};
  let spoken: Locale | undefined;
  let onClose: () => Promise<boolean> = async () => true;
  let cancelled = false;
  let settings = safe.settings();
  let foreign = 0;
  const failures = new Map<CommandName, ErrorView>();
  const calls: Mock['calls'] = [];

  const memory: Memory = {
    files,
    example,
    open: null,
    past: null,
    kept: new Map(),
    meet: options.meet ?? false,
    need() {
      if (memory.past) return memory.past;
      if (!memory.open) throw problem('no-workspace', 'en', 'No workspace is open.', 'Es ist keine Datei geöffnet.');
      return memory.open;
    },
    remember() {
      if (!memory.open) return;
      const { path, profile } = memory.open;
      recent = [{ path, name: profile.name, opened_at: new Date().toISOString() }, ...recent.filter((one) => one.path !== path)];
    },
    async longWork(command, steps) {
      for (let done = 0; done <= steps; done += 1) {
        onProgress({ command, done, total: steps });
        await new Promise((resolve) => setTimeout(resolve, (options.delay ?? 20) * 8));
        if (cancelled) throw { code: 'cancelled', message: 'Cancelled.', hint: '' };
      }
    },
  };

  fill(example, { add, answerKey, record: (workspace, command, words, subjects, at) => record(workspace, command, words, subjects, at) });
  if (options.open === 'example') memory.open = example;
  if (options.place) {
    files.delete(example.path);
    example.path = `${options.place === 'disc' ? safe.READ_ONLY : safe.SYNCED}Imkerei Sommer.tillproof`;
    files.set(example.path, example);
  }
  if (options.encrypted) example.passphrase = ENCRYPTED_PASSPHRASE;
  if (options.scope) for (const one of example.assessments) if (one.framework.startsWith('pci-dss')) one.scope = options.scope;
  if (options.open === 'new') {
    memory.open = empty('/home/anna/Dokumente/Mein Laden.tillproof', null, 'Mein Laden', 'de', 'DE');
    files.set(memory.open.path, memory.open);
  }

  const commands: MockCommands = {
    ...fileCommands(memory),
    ...listCommands(memory),
    ...overviewCommands(memory),
    ...requirementCommands(memory),
    ...worksheetCommands(memory),
    ...providerCommands(memory),
    ...registerCommands(memory),
    ...evidenceCommands(memory),
    ...taskCommands(memory),
    ...timeCommands(memory),
    ...signing.signingCommands(memory),
    ...bundleCommands(memory),
    ...safe.safeCommands(memory, () => foreign),
  };

  const invented = (suggested: string) => `/home/anna/Dokumente/${suggested}`;

  return {
    get open() {
      return memory.open;
    },
    calls,
    kept: memory.kept,
    failNext: (command, error) => void failures.set(command, error),
    drop: (paths) => onDrag({ kind: 'drop', paths }),
    close: () => onClose(),
    choose: (chosen) => onMenu(chosen),
    spoken: () => spoken,
    async call<K extends CommandName>(command: K, request: Request<K>, locale: Locale): Promise<Response<K>> {
      calls.push({ command, request });
      cancelled = false;
      await new Promise((resolve) => setTimeout(resolve, options.delay ?? 20));
      const failure = failures.get(command);
      if (failure) {
        failures.delete(command);
        throw failure;
      }
      // As on the wire: what comes and goes is JSON.
      const answer = await watched(memory, command, locale, () => commands[command](JSON.parse(JSON.stringify(request)) as Request<K>, locale));
      return JSON.parse(JSON.stringify(answer)) as Commands[K]['response'];
    },
    setUp: async () => ({
      locale: options.locale ?? (navigator.language.startsWith('de') ? 'de' : 'en'),
      version: '0.1.0',
      dialogs: options.dialogs ?? true,
    }),
    speak: async (locale) => void (spoken = locale),
    cancel: async () => void (cancelled = true),
    settings: async () => structuredClone(settings),
    setSettings: async (chosen) => void (settings = structuredClone(chosen)),
    keptPassphrase: async (path) => (options.keyStore ? memory.kept.has(path) : null),
    keepPassphrase: async (keep) => {
      const open = memory.need();
      if (keep && open.passphrase) memory.kept.set(open.path, open.passphrase);
      else memory.kept.delete(open.path);
    },
    chooseBackupFolder: async () => '/media/anna/Stick/Sicherungen',
    elsewhere(change) {
      const { open } = memory;
      if (open) change(open, (words, subjects) => record(open, 'answer_requirement', words, subjects));
      foreign += 1;
    },
    key: answerKey,
    chooseWorkspaceToOpen: async () => ENCRYPTED_PATH,
    chooseWhereToSave: async (_kind, suggested) => invented(suggested),
    chooseBackup: async () => EXAMPLE_PATH,
    chooseEvidence: async () => [invented('Screenshot Shop-Einstellungen.png')],
    chooseFile: async (kind) => (kind === 'certificate' ? signing.CERTIFICATE_FILE : signing.SIGNED_REPORT),
    chooseDemoFolder: async () => invented('Tillproof-Beispiel'),
    chooseChecklistFolder: async () => options.checklist ?? checklists.NEWER_FOLDER,
    recentWorkspaces: async () => structuredClone(recent),
    forgetRecent: async (path) => void (recent = recent.filter((one) => one.path !== path)),
    openFile: async () => {},
    showInFolder: async () => {},
    onProgress: async (listener) => void (onProgress = listener),
    async onFileDrag(listener) {
      onDrag = listener;
      // A browser gives no paths; the names do for looking at it.
      addEventListener('dragover', (event) => {
        event.preventDefault();
        listener({ kind: 'over' });
      });
      addEventListener('drop', (event) => {
        event.preventDefault();
        listener({ kind: 'drop', paths: [...(event.dataTransfer?.files ?? [])].map((file) => invented(file.name)) });
      });
    },
    onMenu: async (listener) => void (onMenu = listener),
    stay: async () => {},
    onClose: async (finish) => void (onClose = finish),
  };
}

function fromAddress(): MockOptions {
  const query = new URLSearchParams(location.search);
  const open = query.get('open');
  return {
    open: open === 'example' || open === 'new' ? open : 'none',
    locale: query.get('locale') === 'de' ? 'de' : query.get('locale') === 'en' ? 'en' : undefined,
    dialogs: query.get('dialogs') !== 'no',
    scope: query.get('scope')?.replaceAll(' ', '+'),
    checklist: query.get('checklist') ?? undefined,
    place: query.get('place') === 'synced' ? 'synced' : query.get('place') === 'disc' ? 'disc' : undefined,
    encrypted: query.has('encrypted'),
    meet: query.has('meet'),
    delay: query.has('delay') ? Number(query.get('delay')) : undefined,
  };
}
