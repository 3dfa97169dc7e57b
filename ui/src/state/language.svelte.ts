// The language of the window. Messages read it, so a change shows at once and loses nothing.

import { host } from '../backend';
import type { Locale } from '../bindings/api';
import { overwriteGetLocale } from '../paraglide/runtime.js';

const KEY = 'tillproof.language';

// English as it is written in Europe: the day before the month, and hours to 24.
const REGION: Record<Locale, string> = { en: 'en-GB', de: 'de-DE' };

let current = $state<Locale>('en');

export const language = {
  get current(): Locale {
    return current;
  },
  set(locale: Locale): void {
    current = locale;
    localStorage.setItem(KEY, locale);
    say();
  },
  /** Takes the language that was chosen before, or the system's. */
  start(system: Locale): void {
    const kept = localStorage.getItem(KEY);
    current = kept === 'en' || kept === 'de' ? kept : system;
    say();
  },
};

function say(): void {
  document.documentElement.lang = current;
  // The menu of the window follows; without one there is nothing to say.
  host.speak(current).catch(() => undefined);
}

overwriteGetLocale(() => current);

/** A day (`2026-11-22`) or an instant (RFC 3339), written as this language writes a day. */
export function day(value: string | null | undefined): string {
  if (!value) return '';
  const date = new Date(value.length === 10 ? `${value}T12:00:00` : value);
  if (Number.isNaN(date.getTime())) return value;
  return inOneLine(new Intl.DateTimeFormat(REGION[current], { day: 'numeric', month: 'short', year: 'numeric' }).format(date));
}

/** An instant with its time. */
export function moment(value: string | null | undefined): string {
  if (!value) return '';
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  return inOneLine(new Intl.DateTimeFormat(REGION[current], {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(date));
}

/** No line ends within a day; it may before the time. */
const inOneLine = (day: string) => day.replaceAll(/(?<!,) /g, '\u00A0');

export function number(value: number): string {
  return new Intl.NumberFormat(current).format(value);
}

/** Bytes in the unit that a person reads. */
export function bytes(value: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1;
  return `${new Intl.NumberFormat(current, { maximumFractionDigits: digits }).format(size)} ${units[unit]}`;
}

/** Words one after another: `SAQ A, SAQ B and SAQ C`. */
export function inLine(words: string[]): string {
  return new Intl.ListFormat(REGION[current]).format(words);
}

/** The name of a country in this language. */
export function country(code: string): string {
  return (names[current] ??= new Intl.DisplayNames([current], { type: 'region' })).of(code) ?? code;
}

// Made once: a list may name a country in hundreds of rows.
const names: Partial<Record<Locale, Intl.DisplayNames>> = {};
