import { screen } from '@testing-library/svelte';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { language } from '../src/state/language.svelte';
import { explained } from '../src/parts/terms';
import { textsOf, LOCALES } from '../scripts/texts.mjs';
import { open, soon } from './window';

const texts: Record<string, ReturnType<typeof textsOf>> = Object.fromEntries(LOCALES.map((locale) => [locale, textsOf('.', locale)]));

describe('glossary and help', () => {
  test('a term in a requirement is explained beside it, and Escape leads back to the word', async () => {
    const { user, visit, find, has } = await open({ open: 'example' });
    await visit('checklist', 'pci-dss-4.0.1:12.8.4', { framework: 'pci-dss-4.0.1' });
    const [word] = await screen.findAllByTestId(/^term-/);
    if (!word) throw new Error('no term is marked');
    await user.click(word);
    const box = await find('term-popover');
    await soon(() => expect(document.activeElement, 'it is read out').toBe(box));
    expect(box.textContent).toContain(texts['en']?.glossary[word.dataset['testid']?.slice(5) ?? '']?.text);
    await user.keyboard('3');
    expect(has('justification'), 'keys do not answer behind it').toBe(false);
    await user.keyboard('{Escape}');
    expect(has('term-popover')).toBe(false);
    expect(document.activeElement).toBe(word);
  });

  test('each term is marked once in a card, whole words only, and none of every day', () => {
    language.set('en');
    const [first, second] = explained(['Ask your TPSP for its AOC. The AOC names TLS-1.2.', 'Tpspx, an ASVs list, AOC; evidence']);
    expect(first?.filter((piece) => piece.term).map((piece) => piece.text)).toEqual(['TPSP', 'AOC', 'TLS']);
    expect(second?.filter((piece) => piece.term).map((piece) => piece.text)).toEqual(['ASVs']);
    language.set('de');
    expect(explained(['Not so (PCI DSS 4.2.1 asks it), nor by an “AOC”.'])[0]?.filter((piece) => piece.term).map(({ before, text, after }) => [before, text, after]), 'signs stay at their word').toEqual([['(', 'PCI DSS', ''], ['“', 'AOC', '”.']]);
    expect(explained(['Zertifikate laufen ab; der Auftragsverarbeiter haftet.'])[0]?.filter((piece) => piece.term).map((piece) => piece.text)).toEqual(['Zertifikate', 'Auftragsverarbeiter']);
  });

  test('the glossary has forty terms or more and is searched', async () => {
    const { user, visit, find, has } = await open({ open: 'example' });
    await visit('glossary');
    expect(Object.keys(texts['en']?.glossary ?? {}).length).toBeGreaterThanOrEqual(40);
    await user.type(await find('search'), 'hospital? no: chip');
    expect(screen.queryAllByTestId(/^glossary-(?!count)/)).toHaveLength(0);
    await user.clear(await find('search'));
    await user.type(await find('search'), 'magnetic stripe');
    await find('glossary-sad');
    expect(has('glossary-tls')).toBe(false);
  });

  test('both languages explain the same, each in its own words', () => {
    const [en, de] = [texts['en'], texts['de']];
    expect(Object.keys(de?.glossary ?? {})).toEqual(Object.keys(en?.glossary ?? {}));
    expect(Object.keys(de?.help ?? {})).toEqual(Object.keys(en?.help ?? {}));
    for (const [id, one] of Object.entries(en?.help ?? {})) {
      expect(de?.help[id]?.points, id).toHaveLength(one.points.length);
      for (const term of one.terms) expect(en?.glossary, `${id} names ${term}`).toHaveProperty([term]);
    }
  });

  test('help calls things what stands on them', () => {
    for (const locale of LOCALES) {
      const known = new Set(Object.values(texts[locale]?.messages ?? {}).flat().map((text) => String(text).toLowerCase()));
      for (const [id, one] of Object.entries(texts[locale]?.help ?? {})) {
        for (const [, quoted = ''] of [one.lead, ...one.points].join(' ').matchAll(/[“„]([^”“]+)[”“]/g)) {
          expect(known, `${locale} ${id}: “${quoted}”`).toContain(quoted.replace(/[,.]$/, '').toLowerCase());
        }
      }
    }
  });

  test('? and F1 open the help of the screen, but not while somebody types', async () => {
    const { user, visit, find, has } = await open({ open: 'example' });
    await visit('providers');
    await user.keyboard('?');
    await find('help-providers');
    await user.keyboard('{Escape}');
    await user.click(await find('dialog-close'));
    await visit('evidence');
    await user.type(await find('search'), '?');
    expect(has('help-dialog')).toBe(false);
    await user.keyboard('{F1}');
    await find('help-evidence');
  });

  test('the tour is offered once, leads through five screens and can be left', async () => {
    const { user, visit, find, has } = await open({ open: 'example' });
    await visit('overview');
    await user.click(await find('tour-start'));
    for (const place of ['checklist', 'evidence', 'tasks', 'report']) {
      await user.click(await find('tour-next'));
      await soon(() => expect(document.querySelector('main')?.dataset['screen']).toBe(place));
    }
    await user.click(await find('tour-end'));
    expect(has('tour')).toBe(false);
    await visit('overview');
    await find('next-step');
    expect(has('tour-offer'), 'not again').toBe(false);
    await user.click(await find('rail-help'));
    await user.click(await find('help-tour'));
    expect((await find('tour')).textContent).toContain('1');
  });

  test('the names of the screens in the help of the repository are complete', () => {
    const routes = readFileSync('src/state/route.svelte.ts', 'utf8').match(/SCREENS = \[([^\]]+)\]/)?.[1] ?? '';
    for (const [, name = ''] of routes.matchAll(/'(\w+)'/g)) {
      if (!['glossary', 'help', 'gallery'].includes(name)) expect(texts['en']?.help, name).toHaveProperty(name);
    }
  });
});
