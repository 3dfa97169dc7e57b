// What happens once, before the first screen: the backend is connected, and a workspace that is still open is taken up.

import { load } from 'virtual:texts';
import { call, connect, host, speak, type SetUp } from '../backend';
import { m } from '../paraglide/messages.js';
import { backups } from './backups.svelte';
import { byKey } from './by-key';
import { drafts } from './drafts.svelte';
import { drops } from './drops.svelte';
import { guide } from './guide.svelte';
import { language } from './language.svelte';
import { machine } from './machine.svelte';
import { me } from './me.svelte';
import { menu } from './menu.svelte';
import { paths } from './paths.svelte';
import { route } from './route.svelte';
import { flushAll } from './saving.svelte';
import { seen } from './seen.svelte';
import { shortcuts } from './shortcuts.svelte';
import { theme } from './theme.svelte';
import { work } from './work.svelte';
import { workspace } from './workspace.svelte';

export async function begin(): Promise<void> {
  speak(
    () => language.current,
    (detail) => ({ code: 'unexpected', message: m.error_unexpected({ detail }), hint: m.error_unexpected_hint() }),
  );
  await Promise.all([load(), connect()]);
  await takeUp();
}

/** What is typed is saved, and a dated copy is made if it is time; the window waits only so long. */
async function leave(): Promise<boolean> {
  await flushAll();
  if (!(await drafts.mayLeave())) return false;
  await seen.leave();
  await backups.beforeLeaving(2_000);
  return true;
}

/** The same with a host that is already connected. */
export async function takeUp(): Promise<void> {
  theme.start();
  shortcuts.start();
  byKey.start();
  guide.start();
  me.start();
  const known: SetUp = await host.setUp().catch(() => ({ locale: 'en' as const, version: '', dialogs: true }));
  language.start(known.locale);
  paths.start(known);
  await Promise.allSettled([work.start(), drops.start(), host.onClose(leave), machine.start(), menu.start(known.handed)]);
  try {
    workspace.opened(await call('workspace_info', {}));
  } catch {
    workspace.closed();
  }
  route.start();
}
