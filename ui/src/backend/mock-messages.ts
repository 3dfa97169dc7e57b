// The backend's own sentences, from the very files it reads.

import type { Locale } from '../bindings/api';

const files = import.meta.glob<Record<string, Record<string, string>>>('../../../src-tauri/crates/api/messages/*.json', { eager: true, import: 'default' });

export function say(locale: Locale, group: string, key: string, values: Record<string, string> = {}): string {
  const messages = Object.entries(files).find(([path]) => path.endsWith(`/${locale}.json`))?.[1];
  const text = messages?.[group]?.[key] ?? `${group}.${key}`;
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
