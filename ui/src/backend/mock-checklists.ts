// What the mock knows about several ways of payment, checklists that are brought in, and the starter list of a record
// of processing. Like the mock it plays the backend's part only as far as the window needs it.

import type {
  ChangedRequirement,
  ErrorView,
  FinderState,
  FinderTogether,
  Locale,
  ProcessingActivity,
  ScopeView,
  VersionChanges,
} from '../bindings/api';
import * as catalogue from './mock-catalogue';

/** Folders that the mock can import: a newer version, one with two scopes, and one with faults. */
export const NEWER_FOLDER = '/home/anna/Dokumente/Shop-Sicherheit 2027';
export const OWN_FOLDER = '/home/anna/Dokumente/Agentur Nordlicht';
export const FAULTY_FOLDER = '/home/anna/Dokumente/Entwurf';

export const scopesOf = (scope: string): string[] => scope.split('+');

export function scopeView(framework: catalogue.Framework, id: string, locale: Locale): ScopeView | undefined {
  const scope = framework.scopes.find((one) => one.id === id);
  if (!scope) return undefined;
  const texts = framework.texts[locale].scopes[id];
  return {
    ...scope,
    name: texts?.name ?? id,
    summary: texts?.summary ?? '',
    notice: texts?.notice ?? '',
    requirements: framework.requirements.filter((requirement) => id in requirement.scopes).length,
  };
}

export function together(channels: FinderState[], locale: Locale): FinderTogether {
  const pci = catalogue.frameworks.find((known) => known.id.startsWith('pci-dss'));
  const ids = [...new Set(channels.flatMap((state) => state.result?.scope ?? []))];
  return {
    channels,
    scope: ids.length > 0 ? ids.join('+') : null,
    scopes: ids.flatMap((id) => (pci && scopeView(pci, id, locale)) ?? []),
    requirements: (pci?.requirements ?? [])
      .filter((requirement) => ids.some((id) => id in requirement.scopes))
      .map((requirement) => requirement.number),
  };
}

/** The checklist in a folder, or the error that the backend would word. */
export function checklistIn(path: string, locale: Locale): catalogue.Framework | ErrorView {
  const de = locale === 'de';
  const shop = catalogue.frameworks.find((known) => known.id === 'shop-security');
  if (path === FAULTY_FOLDER) {
    return {
      code: 'checklist-faulty',
      message: de
        ? `Die Checkliste in ${path} hat Fehler und wurde nicht übernommen:\nframework.json, sections: der Ordner „02-kasse“ fehlt\n01-shop/requirements.json, 1.2: das Feld „effort“ fehlt\n01-shop/de.json, 1.2: für „title“ fehlt der Text`
        : `The checklist in ${path} has faults and was not taken over:\nframework.json, sections: the folder “02-kasse” is missing\n01-shop/requirements.json, 1.2: the field “effort” is missing\n01-shop/de.json, 1.2: “title” has no text`,
      hint: de
        ? 'Beheben Sie die genannten Stellen und versuchen Sie es noch einmal. Ihre Datei ist unverändert. Das Format beschreibt checklists/README.md.'
        : 'Mend the places named and try again. Your file is unchanged. checklists/README.md describes the format.',
    };
  }
  if (!shop || (path !== NEWER_FOLDER && path !== OWN_FOLDER)) {
    return {
      code: 'no-checklist',
      message: de ? `In ${path} liegt keine framework.json.` : `There is no framework.json in ${path}.`,
      hint: de ? 'Wählen Sie den Ordner, in dem die Datei framework.json liegt.' : 'Choose the folder that holds the file framework.json.',
    };
  }
  return path === NEWER_FOLDER ? newerThan(shop) : ownOf(shop);
}

function newerThan(shop: catalogue.Framework): catalogue.Framework {
  const id = 'shop-security-2027';
  const [first, second, ...others] = shop.requirements.map((one) => ({ ...one, id: `${id}:${one.number}`, framework: id }));
  const changed = second && {
    ...second,
    texts: { en: { ...second.texts.en, steps: [...second.texts.en.steps, 'Note the day.'] }, de: { ...second.texts.de, steps: [...second.texts.de.steps, 'Notieren Sie den Tag.'] } },
  };
  const added = first && {
    ...first,
    id: `${id}:99.1`,
    number: '99.1',
    texts: { en: { ...first.texts.en, title: 'Passkeys for the admin area' }, de: { ...first.texts.de, title: 'Passkeys für den Adminbereich' } },
  };
  return {
    ...shop,
    id,
    version: '2027',
    replaces: shop.id,
    texts: { en: { ...shop.texts.en, name: 'Shop security 2027' }, de: { ...shop.texts.de, name: 'Shop-Sicherheit 2027' } },
    requirements: [changed, ...others, added].filter((one) => one !== undefined),
  };
}

function ownOf(shop: catalogue.Framework): catalogue.Framework {
  const id = 'nordlicht';
  const [scope] = shop.scopes;
  const scopes = scope ? [{ ...scope, id: 'klein' }, { ...scope, id: 'gross', confidence: 'medium' as const }] : [];
  const words = {
    en: { klein: { name: 'One person', summary: 'For a shop that one person runs.', notice: '' }, gross: { name: 'A team', summary: 'For a shop with staff.', notice: '' } },
    de: { klein: { name: 'Eine Person', summary: 'Für einen Shop, den eine Person führt.', notice: '' }, gross: { name: 'Ein Team', summary: 'Für einen Shop mit Personal.', notice: '' } },
  };
  const named = (locale: Locale) => ({ ...shop.texts[locale], name: 'Agentur Nordlicht', scopes: words[locale] });
  return {
    ...shop,
    id,
    version: '3',
    scopes,
    texts: { en: named('en'), de: named('de') },
    requirements: shop.requirements.slice(0, 12).map((one, index) => ({
      ...one,
      id: `${id}:${one.number}`,
      framework: id,
      scopes: { gross: { confidence: 'high' as const }, ...(index < 7 ? { klein: { confidence: 'high' as const } } : {}) },
    })),
  };
}

/** What a newer version changes; `answered` says which numbers of the older one have an answer. */
export function changes(old: catalogue.Framework, newer: catalogue.Framework, answered: (number: string) => boolean, locale: Locale): VersionChanges {
  const named = (one: catalogue.Requirement): ChangedRequirement => ({
    number: one.number,
    label: one.texts[locale].label ?? one.number,
    title: one.texts[locale].title,
    answered: answered(one.number),
  });
  const before = new Map(old.requirements.map((one) => [one.number, one]));
  const after = new Set(newer.requirements.map((one) => one.number));
  const differs = (one: catalogue.Requirement) => {
    const known = before.get(one.number);
    return known !== undefined && JSON.stringify(known.texts) !== JSON.stringify(one.texts);
  };
  return {
    new: newer.requirements.filter((one) => !before.has(one.number)).map(named),
    changed: newer.requirements.filter(differs).map(named),
    gone: old.requirements.filter((one) => !after.has(one.number)).map(named),
  };
}

export function activities(country: string, locale: Locale): ProcessingActivity[] {
  return catalogue.activities
    .filter((one) => !one.country || !country || one.country === country)
    .flatMap((one) => {
      const texts = one.texts[locale];
      return texts ? [{ id: one.id, ...texts }] : [];
    });
}
