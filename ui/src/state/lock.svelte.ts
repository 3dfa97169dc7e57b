// Locking: the workspace is closed and the window shows nothing of it until the passphrase is given again. What is
// typed is saved first; the screens stay as they are behind the lock, so that nobody loses a place or a draft.

import { call } from '../backend';
import type { WorkspaceInfo } from '../bindings/api';
import { backups } from './backups.svelte';
import { machine } from './machine.svelte';
import { flushAll } from './saving.svelte';
import { seen } from './seen.svelte';
import { work } from './work.svelte';
import { workspace } from './workspace.svelte';

const LOOK_EVERY = 5_000;

let locked = $state.raw<{ path: string; name: string } | null>(null);
let lastSign = Date.now();
let locking = false;

export const lock = {
  get locked(): { path: string; name: string } | null {
    return locked;
  },
  /** Only what takes a passphrase to open can be locked. */
  get possible(): boolean {
    return workspace.info?.encrypted === true && !locked;
  },
  async now(): Promise<void> {
    const info = workspace.info;
    if (!info?.encrypted || locked || locking || work.command !== null) return;
    locking = true;
    try {
      await flushAll();
      await seen.leave();
      await backups.beforeLeaving(1_500);
      await call('close_workspace', {});
      locked = { path: info.path, name: info.profile.trading_name || info.profile.name };
    } catch {
      // It stays open, and the next look tries again.
    } finally {
      locking = false;
    }
  },
  /** Rejects with an ErrorView if the passphrase does not fit. */
  async open(passphrase: string): Promise<void> {
    if (!locked) return;
    const info: WorkspaceInfo = await call('open_workspace', { path: locked.path, passphrase });
    lastSign = Date.now();
    locked = null;
    workspace.opened(info);
  },
  /** Leaves the workspace for the start screen. */
  leave(): void {
    locked = null;
    workspace.closed();
  },
  /** Somebody is there. */
  sign(): void {
    lastSign = Date.now();
  },
  look(now = Date.now()): void {
    const minutes = machine.settings.lock_after;
    // An import or a report that takes long is no idle time.
    if (work.command !== null) lastSign = now;
    else if (minutes > 0 && now - lastSign >= minutes * 60_000) void lock.now();
  },
  start(): () => void {
    const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'];
    for (const name of signs) addEventListener(name, lock.sign, { passive: true, capture: true });
    // A computer that slept is looked at as soon as it wakes.
    const look = () => lock.look();
    const timer = setInterval(look, LOOK_EVERY);
    document.addEventListener('visibilitychange', look);
    lastSign = Date.now();
    return () => {
      for (const name of signs) removeEventListener(name, lock.sign, { capture: true });
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  },
};
