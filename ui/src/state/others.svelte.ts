// Whether another window or program has written to the open workspace. Asked when the window gets the focus and once
// a minute; the screens then load again, and fields keep what is being typed in them.

import { call } from '../backend';
import { m } from '../paraglide/messages.js';
import { lock } from './lock.svelte';
import { announcer } from './saving.svelte';
import { seen } from './seen.svelte';
import { work } from './work.svelte';
import { workspace } from './workspace.svelte';

const EVERY = 60_000;

let replaced = $state(false);
let path: string | null = null;
let seq = 0;
let version: number | undefined;
let opened: unknown;
let asking = false;

export const others = {
  /** Whether another file was put in the place of the open one. */
  get replaced(): boolean {
    return replaced;
  },
  async look(): Promise<void> {
    const info = workspace.info;
    if (!info || lock.locked || work.command !== null || asking) return;
    // A number of one opening says nothing about the next.
    if (path !== info.path || opened !== workspace.openings) {
      path = info.path;
      opened = workspace.openings;
      seq = info.journal.seq;
      version = undefined;
      replaced = false;
    }
    asking = true;
    try {
      const first = version === undefined;
      const found = await call('changed_since', { seq, ...(version === undefined ? {} : { version }) });
      seq = found.journal.seq;
      seen.upTo(seq);
      version = found.version;
      replaced = found.replaced;
      if (found.changed && !first) {
        await workspace.refresh();
        announcer.say(m.others_changed());
      }
    } catch {
      // Busy or closed; the next look comes.
    } finally {
      asking = false;
    }
  },
  start(): () => void {
    const look = () => void others.look();
    const shown = () => {
      if (document.visibilityState === 'visible') look();
    };
    addEventListener('focus', look);
    document.addEventListener('visibilitychange', shown);
    const timer = setInterval(() => {
      if (document.hasFocus()) look();
    }, EVERY);
    return () => {
      removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', shown);
      clearInterval(timer);
    };
  },
};
