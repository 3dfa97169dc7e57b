// How a task comes back, as people choose it: a few plain spans, or a rule of their own.

import type { RecurrenceView } from '../bindings/api';
import { m } from '../paraglide/messages.js';

const RULES = ['', 'FREQ=MONTHLY', 'FREQ=MONTHLY;INTERVAL=3', 'FREQ=MONTHLY;INTERVAL=6', 'FREQ=YEARLY'];

export const OWN = 'own';

export function choices(): { value: string; label: string }[] {
  const words = [m.repeat_never, m.repeat_month, m.repeat_quarter, m.repeat_half_year, m.repeat_year];
  return [...RULES.map((value, index) => ({ value, label: words[index]?.() ?? value })), { value: OWN, label: m.repeat_own() }];
}

/** The choice that stands for a rule. */
export function choiceOf(recurrence: RecurrenceView | null | undefined): string {
  if (!recurrence) return '';
  return RULES.includes(recurrence.rule) ? recurrence.rule : OWN;
}
