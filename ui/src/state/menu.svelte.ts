// What comes from outside of the page: the menu bar of the window, and files that somebody double-clicks. Nothing is done
// here that a button does not do as well; the buttons themselves are pressed where there is one.

import { call, host, type Chosen, type Handed } from '../backend';
import { backups } from './backups.svelte';
import { drafts } from './drafts.svelte';
import { guide } from './guide.svelte';
import { lock } from './lock.svelte';
import { undoLast } from './past.svelte';
import { paths } from './paths.svelte';
import { go, SCREENS, type Screen } from './route.svelte';
import { flushAll } from './saving.svelte';
import { seen } from './seen.svelte';
import { workspace } from './workspace.svelte';

/** So many frames a button has to come up on its screen. */
const FRAMES = 180;

/** What has a button of its own: where that stands, and its name. */
const BUTTONS: Record<string, [Screen, string]> = {
  'back-up': ['settings', 'backup-now'],
  copies: ['settings', 'dated-copies'],
  verify: ['report', 'verify'],
  'focus-mode': ['checklist', 'focus-mode'],
};

let handed = $state.raw<Handed | null>(null);

/** A file for the start screen to open. */
export const menu = {
  get handed(): Handed | null {
    return handed;
  },
  taken(): void {
    handed = null;
  },
  async start(first: Handed | null | undefined): Promise<void> {
    handed = first ?? null;
    await host.onMenu((chosen) => void choose(chosen));
  },
};

/** Saves what is typed and closes the workspace, if there is one. False if the person wants to stay. */
export async function leaveWorkspace(): Promise<boolean> {
  if (lock.locked) lock.leave();
  if (!workspace.info) return true;
  await flushAll();
  if (!(await drafts.mayLeave())) return false;
  await seen.leave();
  await backups.beforeLeaving(1_500);
  await call('close_workspace', {});
  workspace.closed();
  return true;
}

async function press(id: string): Promise<void> {
  for (let frame = 0; frame < FRAMES; frame += 1) {
    await new Promise(requestAnimationFrame);
    const button = document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
    button?.scrollIntoView({ block: 'center' });
    if (button) return button.click();
  }
}

async function take(file: Handed | null | undefined): Promise<void> {
  if (!file || !(await leaveWorkspace())) return;
  go('start');
  handed = file;
}

async function choose({ id, handed: file }: Chosen): Promise<void> {
  if (id === 'file') return take(file);
  if (id === 'open') {
    const path = await paths.toOpen();
    return take(path ? { path } : null);
  }
  if (id === 'new') {
    if (!(await leaveWorkspace())) return;
    go('start');
    return press('start-create');
  }
  if (id === 'close') {
    if (await leaveWorkspace()) go('start');
    return;
  }
  // The rest belongs to the screen that an open dialog lies over, or the lock.
  if (document.querySelector('dialog[open]')) return;
  if (id === 'help') return guide.help();
  if (id === 'print') return print();
  if (id === 'tour') return guide.tour();
  if (id === 'take-back') return undoLast();
  const [screen = SCREENS.find((one) => one === id), button] = BUTTONS[id] ?? [];
  if (screen) go(screen);
  if (button) await press(button);
}
