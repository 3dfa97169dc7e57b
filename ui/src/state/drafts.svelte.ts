// What is typed in a dialog but not saved. A dialog that goes away leaves it here, in memory and for its workspace only, and
// offers it again when it is next opened. Nothing of it is written anywhere: a draft may hold what belongs into the file alone.

import { host } from '../backend';
import { workspace } from './workspace.svelte';

const kept = new Map<string, Record<string, unknown>>();
/** Dialogs that are open and hold something unsaved. */
const open = new Map<object, () => boolean>();
const finished = new Set<string>();

let asking = $state.raw<((leave: boolean) => void) | null>(null);

const keyOf = (name: string) => `${workspace.info?.path ?? ''}\n${name}`;

export const drafts = {
  /** What was left behind here. */
  of(name: string): Record<string, unknown> | undefined {
    return kept.get(keyOf(name));
  },
  keep(name: string, fields: Record<string, unknown>): void {
    if (!finished.delete(keyOf(name))) kept.set(keyOf(name), fields);
  },
  drop(name: string): void {
    kept.delete(keyOf(name));
    finished.delete(keyOf(name));
  },
  /** What was typed is saved: nothing is left to offer. To be called before the dialog goes away. */
  finish(name: string): void {
    kept.delete(keyOf(name));
    finished.add(keyOf(name));
  },
  forget(): void {
    kept.clear();
    finished.clear();
  },
  /** Counts a dialog as open until the returned function is called. */
  watch(unsaved: () => boolean): () => void {
    const one = {};
    open.set(one, unsaved);
    return () => open.delete(one);
  },
  /** The question whether to close the window although something is not saved. */
  get asking() {
    return asking;
  },
  /** Whether the window may close: at once if all is saved, else when the person says so. */
  mayLeave(): Promise<boolean> {
    if (![...open.values()].some((unsaved) => unsaved())) return Promise.resolve(true);
    asking?.(false);
    void host.stay().catch(() => undefined);
    return new Promise((resolve) => {
      asking = (leave) => {
        asking = null;
        resolve(leave);
      };
    });
  },
};
