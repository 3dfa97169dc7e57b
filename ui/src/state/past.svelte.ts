// The workspace at another time: looked at as it was, and changes taken back. While an earlier day is looked at, nothing
// can be changed; what the backend answers is for that day.

import { call, errorView, type Request } from '../backend';
import type { ErrorView, HistoryEntry } from '../bindings/api';
import { announcer, flushAll } from './saving.svelte';
import { workspace } from './workspace.svelte';

/** How long the notice of what was taken back stays, in milliseconds. */
const STAYS = 9000;

let rounds = $state(0);
let notice = $state.raw<{ entry?: HistoryEntry; error?: ErrorView } | null>(null);
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
      show({ entry });
      announcer.say(entry.summary);
      rounds += 1;
      await workspace.refresh();
    } finally {
      busy = false;
    }
  },
};

/** Ctrl+Z, or Cmd+Z: the last change, unless the key is meant for a field or a dialog. */
export function undoByKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  if (event.key.toLowerCase() !== 'z' || !workspace.info || document.querySelector('dialog[open]')) return;
  const target = event.target;
  if (target instanceof Element && target.closest('input:not([type=checkbox], [type=radio]), textarea')) return;
  event.preventDefault();
  past.takeBack().catch((thrown: unknown) => show({ error: errorView(thrown) }));
}
