// Finds the terms of the glossary in texts, also in those that come from the backend. Each is marked where it appears
// first, so that a card does not become a carpet of links.

import { glossary } from 'virtual:texts';
import { language } from '../state/language.svelte';

export interface Piece {
  text: string;
  /** What the glossary calls it; none for what is just text. */
  term?: string;
  /** Signs that stand at a term, such as brackets and commas: no line ends between them. */
  before?: string;
  after?: string;
}

interface Finder {
  pattern: RegExp;
  terms: Map<string, string>;
}

const finders: Partial<Record<string, Finder>> = {};

/** Takes the texts of a card, in the order in which they are read, apart. */
export function explained(texts: string[]): Piece[][] {
  const { pattern, terms } = (finders[language.current] ??= finder());
  const seen = new Set<string>();
  return texts.map((text) => {
    const pieces: Piece[] = [];
    let from = 0;
    for (const found of text.matchAll(pattern)) {
      const term = terms.get(found[0]) ?? terms.get(found[0].charAt(0).toLowerCase() + found[0].slice(1));
      if (!term || seen.has(term)) continue;
      seen.add(term);
      const [, earlier = '', before = ''] = /^(.*?)([^\s\p{L}\p{N}]*)$/su.exec(text.slice(from, found.index)) ?? [];
      const end = found.index + found[0].length;
      const after = /^[^\s\p{L}\p{N}-]*/u.exec(text.slice(end))?.[0] ?? '';
      if (earlier) pieces.push({ text: earlier });
      pieces.push({ text: found[0], term, before, after });
      from = end + after.length;
    }
    if (from < text.length) pieces.push({ text: text.slice(from) });
    return pieces;
  });
}

/** Whole words only, the longest first; what begins small may also begin a sentence. */
function finder(): Finder {
  const terms = new Map<string, string>();
  for (const [id, { term, also = [], quiet }] of Object.entries(glossary())) {
    if (!quiet) for (const form of [term, ...also]) terms.set(form, id);
  }
  const forms = [...terms.keys()].sort((a, b) => b.length - a.length).map((form) => {
    const safe = form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const first = safe.charAt(0);
    return first === first.toUpperCase() ? safe : `[${first}${first.toUpperCase()}]${safe.slice(1)}`;
  });
  return { pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms.join('|')})(?![\\p{L}\\p{N}])`, 'gu'), terms };
}
