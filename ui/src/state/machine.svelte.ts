// The settings of this computer, kept by the shell and not in the workspace: dated copies, and when the window locks.

import { host, type Settings } from '../backend';

let settings = $state.raw<Settings>({ auto_backup: true, backup_folder: null, backup_keep: 7, lock_after: 15 });

export const machine = {
  get settings(): Settings {
    return settings;
  },
  async start(): Promise<void> {
    settings = await host.settings();
  },
  /** Rejects with an ErrorView; then nothing was changed. */
  async set(change: Partial<Settings>): Promise<void> {
    const newer = { ...settings, ...change };
    await host.setSettings(newer);
    settings = newer;
  },
};
