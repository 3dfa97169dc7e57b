// Dated copies of the open workspace, made beside the work and never in its way: a while after opening, every hour, when
// the window locks and when it closes. The backend decides whether it is time for one.

import { call, errorView } from '../backend';
import type { AutoBackupDone, ErrorView } from '../bindings/api';
import { machine } from './machine.svelte';
import { workspace } from './workspace.svelte';

const AFTER_OPENING = 5_000;
const EVERY = 60 * 60 * 1000;

let last = $state.raw<AutoBackupDone | null>(null);
let failure = $state.raw<ErrorView | null>(null);
let running = $state(false);
/** Which workspace `last` is about, and whether its failure has been shown. */
let path: string | null = null;
let told = false;

export const backups = {
  get last(): AutoBackupDone | null {
    return last;
  },
  /** What went wrong, until the person has seen it. It is not said again until a copy was made. */
  get failure(): ErrorView | null {
    return failure;
  },
  get running(): boolean {
    return running;
  },
  seen(): void {
    failure = null;
  },
  /** Makes a copy if it is time for one; `force` in any case, and then an error is the caller's. */
  async attempt(force = false): Promise<void> {
    const info = workspace.info;
    // What can only be read does not change, and the folder beside it can often not be written either.
    if (!info || running || (!force && (!machine.settings.auto_backup || info.read_only))) return;
    if (path !== info.path) {
      path = info.path;
      last = null;
      told = false;
    }
    const { backup_folder: folder, backup_keep: keep } = machine.settings;
    running = true;
    try {
      last = await call('auto_backup', { keep, ...(folder ? { folder } : {}), ...(force ? { force } : {}) });
      failure = null;
      told = false;
    } catch (thrown) {
      if (force) throw thrown;
      const error = errorView(thrown);
      // Closed or stopped meanwhile is no failure.
      if (!told && !['cancelled', 'no-workspace'].includes(error.code)) {
        failure = error;
        told = true;
      }
    } finally {
      running = false;
    }
  },
  /** The same before something goes away, which does not wait longer than that. */
  async beforeLeaving(milliseconds: number): Promise<void> {
    await Promise.race([backups.attempt(), new Promise((resolve) => setTimeout(resolve, milliseconds))]);
  },
  /** Begins to look after the workspace that was opened; answers how to stop. */
  keepUp(): () => void {
    const soon = setTimeout(() => void backups.attempt(), AFTER_OPENING);
    const again = setInterval(() => void backups.attempt(), EVERY);
    return () => {
      clearTimeout(soon);
      clearInterval(again);
    };
  },
};
