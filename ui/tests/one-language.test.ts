import { describe, expect, test } from 'vitest';
import { LOCALES, textsOf } from '../scripts/texts.mjs';
import type { Locale } from '../src/bindings/api';
import { language } from '../src/state/language.svelte';
import { SCREENS, type Screen } from '../src/state/route.svelte';
import { open } from './window';

const texts = Object.fromEntries(LOCALES.map((locale) => [locale, textsOf('.', locale)]));

/** What only the other language says: as it would stand in the window, and no word that both have. */
function foreign(to: Locale): Map<string, string> {
  const [own, other] = [texts[to]?.messages ?? {}, texts[to === 'de' ? 'en' : 'de']?.messages ?? {}];
  const terms = Object.values(texts[to]?.glossary ?? {}).flatMap((one) => [one.term, one.long ?? '']);
  const mine = new Set([...Object.values(own).flat(), ...terms]);
  const all = new Map<string, string>();
  for (const [key, message] of Object.entries(other)) {
    for (const text of [message].flat()) if (!mine.has(text) && !text.includes('{') && text.length > 2) all.set(text, key);
  }
  return all;
}

/** Every text that is shown or read out, piece by piece. */
function said(): string[] {
  const texts: string[] = [document.title];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) texts.push(walk.currentNode.textContent ?? '');
  for (const one of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
    for (const name of ['aria-label', 'title', 'placeholder']) texts.push(one.getAttribute(name) ?? '');
  }
  return texts.map((text) => text.trim()).filter(Boolean);
}

const PLACES: [Screen, string | null, Record<string, string>?][] = [
  ...SCREENS.filter((screen) => screen !== 'start' && screen !== 'gallery').map((screen): [Screen, null] => [screen, null]),
  ['setup', 'profile'], ['setup', 'finder'], ['setup', 'result'], ['settings', 'processing'],
  ['tasks', null, { look: 'board' }], ['tasks', null, { look: 'calendar' }], ['tasks', 'task-2'],
  ['registers', 'person-requests'], ['registers', 'breaches'], ['checklist', null, { by: 'path' }], ['checklist', null, { theme: 'mfa' }],
];
/** What opens a dialog, by the screen it stands on. */
const DIALOGS: [Screen, string | null, string][] = [
  ['tasks', null, 'task-new'], ['tasks', null, 'tasks-plan'], ['tasks', null, 'tasks-export'], ['providers', null, 'provider-add'], ['evidence', null, 'note-new'],
  ['evidence', null, 'link-new'], ['evidence', null, 'attach'], ['registers', 'processing', 'processing-add'], ['registers', 'person-requests', 'request-add'],
  ['registers', 'breaches', 'breach-add'], ['assessments', null, 'sign-off-assessment-gdpr'], ['overview', null, 'rail-help'],
];

describe.each(LOCALES as Locale[])('the window in %s', (locale) => {
  test('says nothing in the other language', async () => {
    // The words of the person stay as they are; the example shop is German and happens to use none of ours.
    const { user, visit, find } = await open({ open: 'example', locale });
    language.set(locale);
    const others = foreign(locale);
    const found = new Set<string>();
    const look = (where: string) => {
      for (const text of said()) if (others.has(text)) found.add(`${where}: ${text} (${others.get(text)})`);
    };
    for (const [place, subject, query] of PLACES) {
      await visit(place, subject, query);
      await new Promise((done) => setTimeout(done, 80));
      look([place, subject, ...Object.values(query ?? {})].filter(Boolean).join(' '));
    }
    for (const [place, subject, button] of DIALOGS) {
      await visit(place, subject);
      document.querySelector<HTMLElement>('dialog[open] [data-testid=dialog-close]')?.click();
      await user.click(await find(button));
      await new Promise((done) => setTimeout(done, 60));
      look(button);
      document.querySelector<HTMLElement>('dialog[open] [data-testid=dialog-close]')?.click();
    }
    expect([...found]).toEqual([]);
  });

  test('says nothing in the other language before a file is open', async () => {
    const { user, find } = await open({ locale });
    language.set(locale);
    const others = foreign(locale);
    for (const button of ['', 'start-create', 'back', 'start-open', 'back', 'start-restore']) {
      if (button) await user.click(await find(button));
      await new Promise((done) => setTimeout(done, 40));
      expect(said().filter((text) => others.has(text)), button || 'start').toEqual([]);
    }
  });
});
