// What the mock knows of evidence beyond the list of it: notes, links, folders, the same bytes, versions.

import type { Confidentiality, EvidenceName, EvidenceVersion, Locale, SetEvidence } from '../bindings/api';
import type { Evidence } from './mock-memory';

interface Said {
  title?: string;
  source?: string;
  period_start?: string;
  period_end?: string;
  confidentiality?: Confidentiality;
}

/** What a request says about a proof. */
export function about(request: Said) {
  return {
    title: request.title ?? '',
    source: request.source ?? '',
    period_start: request.period_start || null,
    period_end: request.period_end || null,
    confidentiality: request.confidentiality ?? ('internal' as const),
  };
}

/** What a request changes of it; an empty day takes it away. */
export function changes(request: SetEvidence): Partial<Evidence> {
  return {
    ...(request.title === undefined ? {} : { title: request.title }),
    ...(request.source === undefined ? {} : { source: request.source }),
    ...(request.period_start === undefined ? {} : { period_start: request.period_start || null }),
    ...(request.period_end === undefined ? {} : { period_end: request.period_end || null }),
    ...(request.confidentiality === undefined ? {} : { confidentiality: request.confidentiality }),
  };
}

export function named(evidence: Evidence[]): EvidenceName[] {
  return evidence.filter((one) => !one.replaced_by && !one.removed_reason).map((one) => ({ id: one.id, name: one.title || one.name }));
}

export function says(one: Evidence, search: string): boolean {
  const text = [one.name, one.title, one.source].join('\n').toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** A file with `twice` in its name has the same bytes as every other one. */
export function contentOf(path: string): string | undefined {
  return path.includes('twice') ? 'ab'.repeat(32) : undefined;
}

/** A path that ends in `/` is a folder with three files. */
export function filesAt(path: string): string[] {
  return path.endsWith('/') ? ['a.pdf', 'b.pdf', 'c/d.pdf'].map((name) => path + name) : [path];
}

export function leftOut(paths: string[], locale: Locale): string[] {
  const said = { en: 'was left out: the system made it.', de: 'wurde ausgelassen: vom System angelegt.' };
  return paths.filter((path) => path.endsWith('/')).map((path) => `${path.split('/').at(-2)}/.DS_Store ${said[locale]}`);
}

/** All versions, the newest first. */
export function versions(all: Evidence[], one: Evidence): EvidenceVersion[] {
  const find = (id: string | null) => all.find((other) => other.id === id);
  let newest: Evidence = one;
  for (let newer = find(one.replaced_by); newer; newer = find(newer.replaced_by)) newest = newer;
  const found: EvidenceVersion[] = [];
  for (let next: Evidence | undefined = newest; next; next = find(next.replaces)) {
    const { id, version, name, size, sha256, collected_on, added_at, added_by, removed_reason } = next;
    found.push({ id, version, name, size, sha256, collected_on, added_at, added_by, removed_reason, current: !next.replaced_by && !removed_reason });
  }
  return found;
}
