// Hours and money as people type and read them. The wire has whole minutes.

import type { Cost } from '../bindings/api';
import { language } from '../state/language.svelte';

/** Minutes of hours with a point or a comma; nothing where it is no number. */
export function minutesOf(hours: string): number | undefined {
  const text = hours.trim().replace(',', '.');
  if (text === '') return 0;
  return /^\d{1,5}(\.\d+)?$/.test(text) ? Math.round(Number(text) * 60) : undefined;
}

export function hoursOf(minutes: number): string {
  return new Intl.NumberFormat(language.current, { maximumFractionDigits: 2 }).format(minutes / 60);
}

/** An amount to be changed, with the decimal sign of the language. */
export function amountOf(cost: Cost | null | undefined): string {
  return (cost?.amount ?? '').replace('.', language.current === 'de' ? ',' : '.');
}

export function money(cost: Cost): string {
  try {
    return new Intl.NumberFormat(language.current, { style: 'currency', currency: cost.currency }).format(Number(cost.amount.replace(',', '.')));
  } catch {
    return `${cost.amount} ${cost.currency}`;
  }
}
