// The ways of payment of the merchant and what the finder was answered for each: the first one in a field of its own,
// the others in a list, as the profile keeps them.

import type { FinderState, ProfileView, SetProfile } from '../bindings/api';
import { m } from '../paraglide/messages.js';

export type Answers = Record<string, string>;

// The questions of the finder that are about the whole business, and the one that tells the way of payment.
const WHOLE_BUSINESS = ['service-provider', 'electronic-storage'];
const WHICH_WAY = 'web-shop';

/** Each way with its answers; at least one, which may be empty. */
export function waysOf(profile: ProfileView | undefined): Answers[] {
  return [profile?.finder_answers ?? {}, ...(profile?.more_finder_answers ?? [])];
}

/** What the finder starts from: what was answered, or for a new way what is the same for the whole business. */
export function answersToStartFrom(ways: Answers[], way: number): Answers {
  const known = ways[way];
  if (known) return { ...known };
  return Object.fromEntries(Object.entries(ways[0] ?? {}).filter(([question]) => WHOLE_BUSINESS.includes(question)));
}

/** The change to the profile that keeps these answers. */
export function savedWith(ways: Answers[], way: number, answers: Answers): SetProfile {
  if (way === 0) return { finder_answers: answers };
  const more = ways.slice(1);
  more[way - 1] = answers;
  return { more_finder_answers: more };
}

/** The change to the profile that takes a way away. The next one moves up. */
export function savedWithout(ways: Answers[], way: number): SetProfile {
  const [first = {}, ...more] = ways.filter((_, index) => index !== way);
  return { finder_answers: first, more_finder_answers: more };
}

/** Which way of payment it is, by what was answered. */
export function wayWord(state: FinderState): string {
  const step = state.path.find((one) => one.question === WHICH_WAY);
  if (step) return step.answer === 'yes' ? m.way_web_shop() : m.way_elsewhere();
  return state.result ? m.way_whole_business() : m.way_unsaid();
}
