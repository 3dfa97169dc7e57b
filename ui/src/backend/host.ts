// What the window can ask of its host: the commands of the list, and the few things that only a desktop has
// (dialogs, files, events). The Tauri shell and the mock both implement it; nobody else is asked.

import type { Commands, ErrorView, Locale } from '../bindings/api';

export type CommandName = keyof Commands;
export type Request<K extends CommandName> = Commands[K]['request'];
export type Response<K extends CommandName> = Commands[K]['response'];

export interface SetUp {
  locale: Locale;
  version: string;
  dialogs: boolean;
  /** A file that the program was started with. */
  handed?: Handed | null;
}

/** A file that comes from outside, or why it cannot be opened. */
export type Handed = { path: string } | { error: ErrorView };

/** What was chosen in the menu bar; `file` with the file. */
export interface Chosen {
  id: string;
  handed?: Handed | null;
}

export interface Recent {
  path: string;
  name: string;
  opened_at: string;
}

/** How this computer keeps workspaces safe. */
export interface Settings {
  /** Whether dated copies are made by themselves. */
  auto_backup: boolean;
  /** Where they go; null for a folder beside the workspace. */
  backup_folder: string | null;
  backup_keep: number;
  /** Minutes without a sign of the person after which an encrypted workspace is locked; 0 for never. */
  lock_after: number;
}

export interface ProgressReport {
  command: string;
  done: number;
  total: number;
}

export type FileDrag = { kind: 'over' } | { kind: 'leave' } | { kind: 'drop'; paths: string[] };

export type SaveKind = 'workspace' | 'report' | 'backup' | 'evidence' | 'restore' | 'table' | 'calendar' | 'certificate' | 'bundle' | 'spreadsheet';

/** What is chosen: the file of a key and its certificate, or a PDF. */
export type OpenKind = 'certificate' | 'report';

export interface Host {
  call<K extends CommandName>(command: K, request: Request<K>, locale: Locale): Promise<Response<K>>;
  setUp(): Promise<SetUp>;
  /** Says which language the window speaks, for what the host words itself. */
  speak(locale: Locale): Promise<void>;
  /** Stops a command that runs beside the others if it is named, else the one that is waited for. */
  cancel(command?: CommandName): Promise<void>;
  settings(): Promise<Settings>;
  setSettings(settings: Settings): Promise<void>;
  /** Whether the passphrase of a workspace is in the key store of the system; null where there is none. */
  keptPassphrase(path: string): Promise<boolean | null>;
  /** Keeps the passphrase of the open workspace there, or forgets it. */
  keepPassphrase(keep: boolean): Promise<void>;
  chooseBackupFolder(): Promise<string | null>;
  chooseWorkspaceToOpen(): Promise<string | null>;
  chooseWhereToSave(kind: SaveKind, suggested: string): Promise<string | null>;
  chooseBackup(): Promise<string | null>;
  chooseEvidence(): Promise<string[]>;
  chooseFile(kind: OpenKind): Promise<string | null>;
  chooseDemoFolder(): Promise<string | null>;
  chooseChecklistFolder(): Promise<string | null>;
  recentWorkspaces(): Promise<Recent[]>;
  forgetRecent(path: string): Promise<void>;
  openFile(path: string): Promise<void>;
  showInFolder(path: string): Promise<void>;
  onProgress(listener: (report: ProgressReport) => void): Promise<void>;
  onMenu(listener: (chosen: Chosen) => void): Promise<void>;
  onFileDrag(listener: (drag: FileDrag) => void): Promise<void>;
  /** Says that the person is asked before the window closes, which else happens within seconds. */
  stay(): Promise<void>;
  /** Runs before the window closes, which waits for it and stays open if it says no. */
  onClose(finish: () => Promise<boolean>): Promise<void>;
}

export function isErrorView(value: unknown): value is ErrorView {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as ErrorView).code === 'string' &&
    typeof (value as ErrorView).message === 'string' &&
    typeof (value as ErrorView).hint === 'string'
  );
}
