// The ways to work through the checklist: what each way sorts by, the places it offers, and which requirements are there.

import type { Effort, FrameworkView, RequirementRow, ThemeView, Who } from '../bindings/api';
import { m } from '../paraglide/messages.js';
import { effortWord, milestoneWord, whoWord } from './words';

/** In the order in which they are offered. `path` is the order in which open requirements are best worked off. */
export const WAYS = ['section', 'theme', 'milestone', 'who', 'effort', 'path'] as const;
export type Way = (typeof WAYS)[number];

type Query = Record<string, string>;

export interface Place {
  /** Kind and names, as in the address: `section:gdpr:02-principles`. */
  value: string;
  label: string;
  level: number;
  rows: RequirementRow[];
}

export interface Group {
  key: string;
  /** The framework, where all of the group is of one. */
  framework: string;
  title: string;
  rows: RequirementRow[];
}

const MILESTONES = ['1', '2', '3', '4', '5', '6', 'none'];
const PEOPLE: Who[] = ['owner', 'developer', 'host', 'payment-provider', 'everyone'];
const EFFORTS: Effort[] = ['minutes', 'hours', 'days'];

/** Everything in the address that says where one is. */
export const NOWHERE = { framework: undefined, section: undefined, theme: undefined, milestone: undefined, who: undefined, effort: undefined };

export function wayWord(way: Way): string {
  return { section: m.by_section, theme: m.by_theme, milestone: m.by_milestone, who: m.by_who, effort: m.by_effort, path: m.by_path }[way]();
}

export function wayOf(query: Query): Way {
  return WAYS.find((way) => way === query['by']) ?? WAYS.find((way) => query[way]) ?? 'section';
}

const milestoneOf = (row: RequirementRow) => (row.milestone === null ? 'none' : String(row.milestone));

/** Whether a requirement is at the place that the address names. */
export function isThere(row: RequirementRow, query: Query): boolean {
  const { framework, section, theme, milestone, who, effort } = query;
  return (
    (!framework || row.framework === framework) &&
    (!section || row.section === section) &&
    (!theme || row.themes.includes(theme)) &&
    (!milestone || milestoneOf(row) === milestone) &&
    (!who || row.who.some((one) => one === who)) &&
    (!effort || row.effort === effort)
  );
}

/** The name of the place that the address names. */
export function placeOf(query: Query): string {
  for (const kind of ['theme', 'milestone', 'who', 'effort']) if (query[kind]) return `${kind}:${query[kind]}`;
  if (query['section']) return `section:${query['framework']}:${query['section']}`;
  return query['framework'] ? `framework:${query['framework']}` : '';
}

/** What a place puts into the address. */
export function toPlace(value: string): Record<string, string | undefined> {
  const [kind = '', first, ...rest] = value.split(':');
  if (kind === 'section') return { ...NOWHERE, framework: first, section: rest.join(':') };
  return kind ? { ...NOWHERE, [kind]: first } : NOWHERE;
}

export function placesBy(way: Way, all: RequirementRow[], frameworks: FrameworkView[], themes: ThemeView[]): Place[] {
  const some = (kind: string, id: string, label: string): Place => ({
    value: `${kind}:${id}`,
    label,
    level: 1,
    rows: all.filter((row) => isThere(row, { [kind]: id })),
  });
  const inFramework = (framework: FrameworkView): Place => ({ ...some('framework', framework.id, framework.name), level: 0 });
  const offered: Record<Way, () => Place[]> = {
    section: () =>
      frameworks.flatMap((framework) => {
        const head = inFramework(framework);
        const sections = framework.sections.map((section) => ({
          value: `section:${framework.id}:${section.id}`,
          label: section.title,
          level: 1,
          rows: head.rows.filter((row) => row.section === section.id),
        }));
        return [head, ...sections];
      }),
    theme: () => themes.map((theme) => some('theme', theme.id, theme.name)),
    milestone: () => MILESTONES.map((id) => some('milestone', id, milestoneWord(id))),
    who: () => PEOPLE.map((who) => some('who', who, capital(whoWord(who)))),
    effort: () => EFFORTS.map((effort) => some('effort', effort, capital(effortWord(effort)))),
    path: () => frameworks.map(inFramework),
  };
  return [{ value: '', label: m.all_requirements(), level: 0, rows: all }, ...offered[way]().filter((place) => place.rows.length > 0)];
}

/** The rows in the order of the way, and under headings. Ties keep the order of the backend. */
export function groupsBy(way: Way, rows: RequirementRow[]): Group[] {
  const place: Partial<Record<Way, (row: RequirementRow) => number>> = {
    milestone: (row) => MILESTONES.indexOf(milestoneOf(row)),
    effort: (row) => EFFORTS.indexOf(row.effort),
  };
  const rank = place[way];
  const sorted = rank ? [...rows].sort((a, b) => rank(a) - rank(b)) : rows;
  const groups = new Map<string, Group>();
  for (const row of sorted) {
    const head = headOf(way, row);
    const group = groups.get(head.key);
    if (group) group.rows.push(row);
    else groups.set(head.key, { ...head, rows: [row] });
  }
  return [...groups.values()];
}

/** The first so many rows of the groups. */
export function firstOf(groups: Group[], count: number): Group[] {
  const first: Group[] = [];
  let room = count;
  for (const group of groups) {
    if (room <= 0) break;
    first.push(group.rows.length > room ? { ...group, rows: group.rows.slice(0, room) } : group);
    room -= group.rows.length;
  }
  return first;
}

function headOf(way: Way, row: RequirementRow): Omit<Group, 'rows'> {
  if (way === 'milestone') return { key: milestoneOf(row), framework: '', title: milestoneWord(milestoneOf(row)) };
  if (way === 'effort') return { key: row.effort, framework: '', title: capital(effortWord(row.effort)) };
  if (way === 'path') return { key: 'path', framework: '', title: m.path_title() };
  return { key: `${row.framework}/${row.section}`, framework: row.framework_name, title: row.section_title };
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
