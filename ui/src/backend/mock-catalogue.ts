// The real checklists, read by Vite, in the shape that the mock needs. Development and tests only.

import type {
  Confidence,
  CriterionChannel,
  Effort,
  LinkKind,
  Locale,
  Obligation,
  OnlyWhen,
  ProcessingActivity,
  TesterMethod,
  Verdict,
  Who,
} from '../bindings/api';

const files = import.meta.glob<unknown>('../../../checklists/**/*.json', { eager: true, import: 'default' });

function read<T>(path: string): T | undefined {
  return files[`../../../checklists/${path}`] as T | undefined;
}

interface FrameworkFile {
  id: string;
  version: string;
  /** The framework whose newer version it is. */
  replaces?: string;
  source: string;
  verdicts: Verdict[];
  scopes: { id: string; available: boolean; confidence: Confidence }[];
  sections: string[];
}

export interface FrameworkTexts {
  name: string;
  full_name: string;
  publisher: string;
  notice: string;
  scopes: Record<string, { name: string; summary: string; notice: string }>;
  verdicts: Record<string, string>;
}

interface RequirementFile {
  number: string;
  themes: string[];
  scopes: Record<string, { confidence: Confidence; only_when?: OnlyWhen }>;
  who: Who[];
  tester_methods: TesterMethod[];
  freshness: { every: string; source: string } | null;
  effort: Effort;
  milestone: number | null;
  obligation: Obligation;
  country: string | null;
  references: string[];
  parts?: string[];
  after?: string[];
}

export interface RequirementTexts {
  label?: string;
  title: string;
  question: string;
  meaning: string;
  steps: string[];
  proof: string[];
  not_applicable_when: string;
  parts?: Record<string, string>;
  scope_notes?: Record<string, string>;
}

interface SectionTexts {
  section: { title: string; intro: string };
  requirements: Record<string, RequirementTexts>;
}

export interface Requirement extends RequirementFile {
  id: string;
  framework: string;
  section: string;
  texts: Record<Locale, RequirementTexts>;
}

export interface Framework extends FrameworkFile {
  texts: Record<Locale, FrameworkTexts>;
  sectionTexts: Record<string, Record<Locale, { title: string; intro: string }>>;
  requirements: Requirement[];
  criteria: Record<string, { id: string; channel: CriterionChannel; texts: Record<Locale, { statement: string; help: string }> }[]>;
}

export interface FinderAnswer {
  value: string;
  next?: string;
  result?: string;
  rules_out: string[];
  sketch?: string;
}

export interface FinderTree {
  start: string;
  questions: { id: string; answers: FinderAnswer[] }[];
  results: { id: string; scope: string | null; confidence: Confidence }[];
}

export interface FinderTexts {
  intro: string;
  questions: Record<
    string,
    { question: string; why: string; answers: Record<string, { label: string; detail?: string; reason: string }> }
  >;
  results: Record<string, { title: string; summary: string; next_steps: string[]; confirm: string[] }>;
}

export interface Link {
  from: string;
  to: string;
  kind: LinkKind;
  confidence: Confidence;
}

const LOCALES: Locale[] = ['en', 'de'];

function inBoth<T>(path: (locale: Locale) => string, fallback: T): Record<Locale, T> {
  const [en, de] = LOCALES.map((locale) => read<T>(path(locale)));
  return { en: en ?? de ?? fallback, de: de ?? en ?? fallback };
}

function framework(id: string): Framework | undefined {
  const file = read<FrameworkFile>(`${id}/framework.json`);
  if (!file) return undefined;
  const nothing: FrameworkTexts = { name: id, full_name: id, publisher: '', notice: '', scopes: {}, verdicts: {} };
  const sectionTexts: Framework['sectionTexts'] = {};
  const requirements: Requirement[] = [];
  for (const section of file.sections) {
    const texts = inBoth<SectionTexts>((locale) => `${id}/${section}/${locale}.json`, {
      section: { title: section, intro: '' },
      requirements: {},
    });
    sectionTexts[section] = { en: texts.en.section, de: texts.de.section };
    for (const requirement of read<{ requirements: RequirementFile[] }>(`${id}/${section}/requirements.json`)?.requirements ?? []) {
      const en = texts.en.requirements[requirement.number] ?? texts.de.requirements[requirement.number];
      const de = texts.de.requirements[requirement.number] ?? en;
      if (!en || !de) continue;
      requirements.push({ ...requirement, id: `${id}:${requirement.number}`, framework: id, section, texts: { en, de } });
    }
  }
  const known = read<Record<string, { id: string; channel: CriterionChannel }[]>>(`${id}/eligibility/criteria.json`) ?? {};
  const statements = inBoth<Record<string, { statement: string; help: string }>>(
    (locale) => `${id}/eligibility/${locale}.json`,
    {},
  );
  const criteria: Framework['criteria'] = {};
  for (const [scope, list] of Object.entries(known)) {
    criteria[scope] = list.map((criterion) => {
      const nothingSaid = { statement: criterion.id, help: '' };
      return {
        ...criterion,
        texts: {
          en: statements.en[criterion.id] ?? nothingSaid,
          de: statements.de[criterion.id] ?? nothingSaid,
        },
      };
    });
  }
  return {
    ...file,
    texts: inBoth<FrameworkTexts>((locale) => `${id}/${locale}.json`, nothing),
    sectionTexts,
    requirements,
    criteria,
  };
}

export const frameworks: Framework[] = ['pci-dss-4.0.1', 'gdpr', 'shop-security']
  .map(framework)
  .filter((found) => found !== undefined);

export const requirements = new Map(
  frameworks.flatMap((framework) => framework.requirements).map((requirement) => [requirement.id, requirement]),
);

export const themes = (read<{ themes: { id: string; core: boolean }[] }>('themes/themes.json')?.themes ?? []).map(
  (theme) => ({
    ...theme,
    texts: {
      en: inBoth<Record<string, { name: string; summary: string }>>((locale) => `themes/${locale}.json`, {}).en[theme.id],
      de: inBoth<Record<string, { name: string; summary: string }>>((locale) => `themes/${locale}.json`, {}).de[theme.id],
    },
  }),
);

export const finder: FinderTree = read<FinderTree>('pci-dss-4.0.1/finder/tree.json') ?? {
  start: '',
  questions: [],
  results: [],
};

export const finderTexts = inBoth<FinderTexts>((locale) => `pci-dss-4.0.1/finder/${locale}.json`, {
  intro: '',
  questions: {},
  results: {},
});

type ActivityTexts = Omit<ProcessingActivity, 'id'>;

export const activities = (read<{ activities: { id: string; country: string | null }[] }>('gdpr/register/activities.json')?.activities ?? []).map(
  (activity) => ({
    ...activity,
    texts: {
      en: read<Record<string, ActivityTexts>>('gdpr/register/en.json')?.[activity.id],
      de: read<Record<string, ActivityTexts>>('gdpr/register/de.json')?.[activity.id],
    },
  }),
);

const SHIPPED = frameworks.length;

/** Takes a checklist in, or puts it in the place of one with the same id. */
export function bringIn(framework: Framework): void {
  const known = frameworks.findIndex((one) => one.id === framework.id);
  if (known < 0) frameworks.push(framework);
  else frameworks[known] = framework;
  for (const requirement of framework.requirements) requirements.set(requirement.id, requirement);
}

export function wasBroughtIn(framework: Framework): boolean {
  return frameworks.indexOf(framework) >= SHIPPED;
}

/** Back to what is shipped: for the next mock. */
export function forgetBroughtIn(): void {
  for (const framework of frameworks.splice(SHIPPED)) {
    for (const requirement of framework.requirements) requirements.delete(requirement.id);
  }
}

export const links: Link[] = Object.keys(files)
  .filter((path) => path.includes('/checklists/mappings/'))
  .flatMap((path) => (files[path] as { links: Link[] }).links);
