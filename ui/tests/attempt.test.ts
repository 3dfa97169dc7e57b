// What a person asks for and what may fail, without a screen around it.

import { expect, test } from 'vitest';
import { Attempt } from '../src/state/attempt.svelte';

const broken = { code: 'broken', message: 'It broke.', hint: 'Mend it.' };
const fail = (thrown: unknown) => () => Promise.reject(thrown);

test('an error is shown and goes with the next success', async () => {
  const attempt = new Attempt();
  expect(await attempt.run(fail(broken))).toBe(false);
  expect(attempt.error).toEqual(broken);
  let seen: unknown;
  expect(await attempt.run(async () => { seen = attempt.error; })).toBe(true);
  expect(seen).toEqual(broken);
  expect(attempt.error).toBeUndefined();
});

test('what was cancelled is no error, and leaves the one before it', async () => {
  const attempt = new Attempt();
  const cancelled = { code: 'cancelled', message: 'Cancelled.', hint: '' };
  expect(await attempt.run(fail(cancelled))).toBe(false);
  expect(attempt.error).toBeUndefined();
  await attempt.run(fail(broken));
  await attempt.run(fail(cancelled));
  expect(attempt.error).toEqual(broken);
});

test('it is busy in between, and no longer after a success, an error or an early end', async () => {
  const attempt = new Attempt();
  const seen: boolean[] = [];
  const look = async (thrown?: unknown) => {
    await Promise.resolve();
    seen.push(attempt.busy);
    if (!thrown) return;
    throw thrown;
  };
  expect(attempt.busy).toBe(false);
  for (const thrown of [undefined, broken, new Error('odd')]) {
    await attempt.run(() => look(thrown));
    seen.push(attempt.busy);
  }
  expect(seen).toEqual([true, false, true, false, true, false]);
  expect(attempt.error?.code).toBe('unexpected');
});

test('what is asked for is answered, and nothing where that fails', async () => {
  const attempt = new Attempt();
  expect(await attempt.got(fail(broken))).toBeUndefined();
  expect(attempt.error).toEqual(broken);
  expect(await attempt.got(() => Promise.resolve(['a.pdf']))).toEqual(['a.pdf']);
  expect(attempt.error).toBeUndefined();
});
