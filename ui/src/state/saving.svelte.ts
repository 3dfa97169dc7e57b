// What is typed but not yet saved. Whoever leaves a screen, a requirement or the window calls `flushAll` first,
// so that nothing typed is lost.

const pending = new Set<() => Promise<void>>();

export function registerFlush(flush: () => Promise<void>): () => void {
  pending.add(flush);
  return () => pending.delete(flush);
}

export async function flushAll(): Promise<void> {
  await Promise.allSettled([...pending].map((flush) => flush()));
}

// One polite voice for the whole window: what was saved, found or moved.
let said = $state('');

export const announcer = {
  get said(): string {
    return said;
  },
  say(text: string): void {
    // The same sentence twice is a change, too.
    said = said === text ? `${text}\u00a0` : text;
  },
};
