// The open workspace, as the backend last described it, and a counter that makes the screens ask again.

import { call } from '../backend';
import type { WorkspaceInfo } from '../bindings/api';

let info = $state.raw<WorkspaceInfo | null>(null);
let changes = $state(0);
let openings = 0;

/** What was last shown of this workspace, for screens that are opened again and again; forgotten with it. */
const memory = new Map<string, unknown>();

export const workspace = {
  memory,
  get info(): WorkspaceInfo | null {
    return info;
  },
  /** Whether nothing can be changed: the file is read-only, or an earlier day is looked at. */
  get frozen(): boolean {
    return !!info && (info.read_only || !!info.as_of);
  },
  /** Counts what was changed from another place than the screen that shows it. */
  get changes(): number {
    return changes;
  },
  /** Counts how often a workspace was opened. */
  get openings(): number {
    return openings;
  },
  opened(opened: WorkspaceInfo): void {
    openings += 1;
    memory.clear();
    info = opened;
    changes += 1;
  },
  closed(): void {
    memory.clear();
    info = null;
  },
  /** Takes the newer description without asking the screens to load again. */
  describe(newer: WorkspaceInfo): void {
    info = newer;
  },
  async refresh(): Promise<void> {
    info = await call('workspace_info', {});
    changes += 1;
  },
};
