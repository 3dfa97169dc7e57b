// How far the history was seen in this window, file by file, so that the overview can say what came since. Kept in the
// window's own settings, as a number and a time: nothing of what is in the file.

import type { WorkspaceInfo } from '../bindings/api';
import { call } from '../backend';
import { workspace } from './workspace.svelte';

const KEY = 'tillproof.seen';

interface Seen {
  seq: number;
  at: string;
}

let before = $state.raw<(Seen & { until: number }) | null>(null);
let path: string | null = null;

function all(): Record<string, Seen> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, Seen>;
  } catch {
    return {};
  }
}

export const seen = {
  /** What had been seen when this file was opened, and up to where it then went; null where nothing is new. */
  get before() {
    return before;
  },
  /** A file was opened. Looking at an earlier day is none. */
  begin(info: WorkspaceInfo): void {
    if (info.as_of || path === info.path) return;
    path = info.path;
    const last = all()[info.path];
    before = last && last.seq < info.journal.seq ? { ...last, until: info.journal.seq } : null;
    seen.upTo(info.journal.seq);
  },
  /** Everything up to here happened while somebody was looking. */
  upTo(seq: number): void {
    if (path === null || workspace.info?.as_of) return;
    localStorage.setItem(KEY, JSON.stringify({ ...all(), [path]: { seq, at: new Date().toISOString() } }));
  },
  /** The file is about to be closed: what was done last was seen, too. */
  async leave(): Promise<void> {
    const info = await call('workspace_info', {}).catch(() => null);
    if (info && !info.as_of) seen.upTo(info.journal.seq);
  },
  closed(): void {
    path = null;
    before = null;
  },
  dismiss(): void {
    before = null;
  },
};
