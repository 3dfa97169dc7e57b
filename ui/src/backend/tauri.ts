// The real host: the Rust shell of the window. Of Tauri only the two modules are taken that everything goes through; its
// classes for windows and web views would be three times as much script for three events.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Chosen, Host, ProgressReport, Recent, Settings, SetUp } from './host';

/** The one window, as `tauri.conf.json` and the capabilities name it. */
const LABEL = 'main';
const WINDOW = { target: { kind: 'Window', label: LABEL } } as const;
const WEBVIEW = { target: { kind: 'Webview', label: LABEL } } as const;

export const tauri: Host = {
  call: (command, request, locale) => invoke('rpc', { command, request, locale }),
  setUp: () => invoke<SetUp>('set_up'),
  speak: (locale) => invoke('speak', { locale }),
  cancel: (command) => invoke('cancel', { command }),
  settings: () => invoke<Settings>('settings'),
  setSettings: (settings) => invoke('set_settings', { settings }),
  keptPassphrase: (path) => invoke<boolean | null>('kept_passphrase', { path }),
  keepPassphrase: (keep) => invoke('keep_passphrase', { keep }),
  chooseBackupFolder: () => invoke<string | null>('choose_backup_folder'),
  chooseWorkspaceToOpen: () => invoke<string | null>('choose_workspace_to_open'),
  chooseWhereToSave: (kind, suggested) => invoke<string | null>('choose_where_to_save', { kind, suggested }),
  chooseBackup: () => invoke<string | null>('choose_backup'),
  chooseEvidence: () => invoke<string[]>('choose_evidence'),
  chooseFile: (kind) => invoke<string | null>('choose_file', { kind }),
  chooseDemoFolder: () => invoke<string | null>('choose_demo_folder'),
  chooseChecklistFolder: () => invoke<string | null>('choose_checklist_folder'),
  recentWorkspaces: () => invoke<Recent[]>('recent_workspaces'),
  forgetRecent: (path) => invoke('forget_recent', { path }),
  openFile: (path) => invoke('open_file', { path }),
  showInFolder: (path) => invoke('show_in_folder', { path }),
  async onProgress(listener) {
    await listen<ProgressReport>('progress', (event) => listener(event.payload));
  },
  async onMenu(listener) {
    await listen<Chosen>('menu', (event) => listener(event.payload));
  },
  async onFileDrag(listener) {
    await Promise.all([
      listen('tauri://drag-enter', () => listener({ kind: 'over' }), WEBVIEW),
      listen('tauri://drag-over', () => listener({ kind: 'over' }), WEBVIEW),
      listen('tauri://drag-leave', () => listener({ kind: 'leave' }), WEBVIEW),
      listen<{ paths: string[] }>('tauri://drag-drop', (event) => listener({ kind: 'drop', paths: event.payload.paths }), WEBVIEW),
    ]);
  },
  stay: () => invoke('stay'),
  async onClose(finish) {
    // The shell waits for this; an unsaved note is thereby never lost.
    await listen('tauri://close-requested', async () => {
      if (await finish()) await invoke('plugin:window|destroy', { label: LABEL });
    }, WINDOW);
  },
};
