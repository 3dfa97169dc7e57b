// The workspace at another time: looked at as it was, and changes taken back. While an earlier day is looked at, nothing
// can be changed; what the backend answers is for that day.

import { call, errorView, type CommandName, type Request } from '../backend';
import type { ErrorView, HistoryEntry } from '../bindings/api';
import { m } from '../paraglide/messages.js';
import { announcer, flushAll } from './saving.svelte';
import { workspace } from './workspace.svelte';

/** How long a notice stays, in milliseconds. */
const STAYS = 10_000;

let rounds = $state(0);
/** What was taken back, why it could not be, or what has just been done and may be taken back. */
let notice = $state.raw<{ entry?: HistoryEntry; error?: ErrorView; offer?: HistoryEntry } | null>(null);
let offers = 0;
let busy = false;
let timer: ReturnType<typeof setTimeout> | undefined;

function show(what: typeof notice): void {
  notice = what;
  clearTimeout(timer);
  if (what) timer = setTimeout(() => (notice = null), STAYS);
}

export const past = {
  /** Counts what makes a single requirement that is shown out of date: another day, or something taken back. */
  get rounds(): number {
    return rounds;
  },
  /** What was last taken back by key, or why it could not be. */
  get notice() {
    return notice;
  },
  dismiss(): void {
    show(null);
  },
  /** Somebody is at the notice: it waits, and goes a while after they have left it. */
  hold(on: boolean): void {
    if (on) clearTimeout(timer);
    else show(notice);
  },
  /** Offers to take back what was just done with this command, if it was the last thing that happened and can be. */
  async offer(...commands: CommandName[]): Promise<void> {
    const round = ++offers;
    const { entries } = await call('history', { limit: 1 }).catch(() => ({ entries: [] }));
    const [entry] = entries;
    if (round !== offers || !entry?.can_undo || !commands.includes(entry.command as CommandName)) return;
    show({ offer: entry });
    announcer.say(m.done_may_undo({ summary: entry.summary }));
  },
  /** Looks at the workspace as it was. Rejects with an ErrorView. */
  async lookBack(request: Request<'look_back'>): Promise<void> {
    await flushAll();
    workspace.opened(await call('look_back', request));
    show(null);
    rounds += 1;
  },
  async lookNow(): Promise<void> {
    workspace.opened(await call('look_now', {}));
    rounds += 1;
  },
  /** Takes back the change of an entry, or the last one. Rejects with an ErrorView. */
  async takeBack(seq?: number): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      await flushAll();
      const entry = await call('undo', seq === undefined ? {} : { seq });
      offers += 1;
      show({ entry });
      announcer.say(entry.summary);
      rounds += 1;
      await workspace.refresh();
    } finally {
      busy = false;
    }
  },
};

/** Ctrl+Z, or Cmd+Z: typing where a text has the focus, and elsewhere the last change, unless a dialog is open. */
export function undoByKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const again = key === 'y' || (key === 'z' && event.shiftKey);
  if (key !== 'z' && !again) return;
  const target = event.target;
  if (target instanceof Element && target.closest('input:not([type=checkbox], [type=radio]), textarea')) {
    // The web view of Linux knows how to, but has no keys for it.
    if (document.execCommand(again ? 'redo' : 'undo')) event.preventDefault();
  } else if (!again && workspace.info && !document.querySelector('dialog[open]')) {
    event.preventDefault();
    undoLast();
  }
}

/** Takes back the last change, and shows what it was or why not. */
export function undoLast(): void {
  past.takeBack().catch((thrown: unknown) => show({ error: errorView(thrown) }));
}
