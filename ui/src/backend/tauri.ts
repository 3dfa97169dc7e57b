// The real host: the Rust shell of the window.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { getCurrentWindow } from '@tauri-apps/api/window';
import type { Host, ProgressReport, Recent, Settings, SetUp } from './host';

export const tauri: Host = {
  call: (command, request, locale) => invoke('rpc', { command, request, locale }),
  setUp: () => invoke<SetUp>('set_up'),
  cancel: (command) => invoke('cancel', { command }),
  settings: () => invoke<Settings>('settings'),
  setSettings: (settings) => invoke('set_settings', { settings }),
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
  async onFileDrag(listener) {
    await getCurrentWebview().onDragDropEvent(({ payload }) => {
      if (payload.type === 'drop') listener({ kind: 'drop', paths: payload.paths });
      else if (payload.type === 'leave') listener({ kind: 'leave' });
      else listener({ kind: 'over' });
    });
  },
  async onClose(finish) {
    // Tauri closes the window once this has finished; an unsaved note is thereby never lost.
    await getCurrentWindow().onCloseRequested(finish);
  },
};
