// What the mock remembers, and the few things that all of its parts need: the workspace in memory, its journal, ids, days.
// The areas are in `mock-<area>.ts`, each a function that gives its commands; `mock.ts` puts them together.

import type { ErrorView, EvidenceView, HistoryEntry, Locale, Outcome, ProfileView, Progress, SignOffView, Tally, Verdict } from '../bindings/api';
import type { Provider } from './mock-providers';
import type { Task } from './mock-tasks';
import type { CommandName, Request, Response } from './host';

export type MockCommands = { [K in CommandName]: (request: Request<K>, locale: Locale) => Response<K> | Promise<Response<K>> };

export interface Memory {
  files: Map<string, Workspace>;
  example: Workspace;
  open: Workspace | null;
  /** The workspace as it was, while that is looked at. */
  past: Workspace | null;
  /** The passphrases in the key store of the system, by path. */
  kept: Map<string, string>;
  /** Another window writes a note a moment before the first one is written here. */
  meet: boolean;
  /** The open workspace, or the error that none is. */
  need(): Workspace;
  /** Puts the open workspace on top of the recent ones. */
  remember(): void;
  longWork(command: CommandName, steps: number): Promise<void>;
}

export type Both = Record<Locale, string>;

export interface Answer {
  verdict: Verdict;
  progress: Progress;
  card_data_reason?: string;
  note: string;
  justification: string;
  parts?: Record<string, Verdict>;
  worksheet?: Record<string, string>;
  target_date: string | null;
  answered_at: string | null;
  answered_by: string | null;
  /** The earlier assessment that the verdict comes from. */
  carried_from?: string | undefined;
  rev: number;
}

export interface Assessment {
  id: string;
  framework: string;
  scope: string;
  period_start: string;
  period_end: string;
  criteria: Record<string, boolean | null>;
  follows?: string;
  signed_off?: (SignOffView & { tally: Tally; outcome: Outcome }) | undefined;
}

export interface Evidence extends Omit<EvidenceView, 'requirements' | 'state' | 'counts_until' | 'same_as' | 'also_counts_for'> {
  requirements: string[];
  text?: string;
  base64?: string;
}

export interface Entry extends Omit<HistoryEntry, 'summary'> {
  words: Both;
  /** What it changed, row by row, as far as it can be taken back. */
  changes?: { key: string; before: string | undefined; after: string | undefined }[];
}

export interface Workspace {
  path: string;
  passphrase: string | null;
  profile: ProfileView;
  assessments: Assessment[];
  answers: Map<string, Answer>;
  evidence: Evidence[];
  tasks: Task[];
  providers: Provider[];
  journal: Entry[];
  /** The day that is looked at, while that is not today. */
  as_of?: string;
}

export const ACTOR = 'Anna Sommer';
export const GAPS: Verdict[] = ['partly', 'not-in-place'];
export const NEEDS_REASON: Verdict[] = ['in-place-ccw', 'not-applicable', 'not-tested'];

export const EXAMPLE_PATH = '/home/anna/Dokumente/Imkerei Sommer.tillproof';
export const ENCRYPTED_PATH = '/home/anna/Dokumente/Töpferei am Markt.tillproof';
export const ENCRYPTED_PASSPHRASE = 'vier bunte Schalen im Regal';

export function empty(path: string, passphrase: string | null, name: string, locale: Locale, country: string): Workspace {
  const workspace: Workspace = {
    path,
    passphrase,
    profile: {
      name,
      trading_name: '',
      address: '',
      country,
      locale,
      website: '',
      platform: '',
      payment_provider: '',
      contact_name: '',
      contact_role: '',
      contact_email: '',
      staff: null,
      channels: [],
      payment_description: '',
      scope_facts: { assessors: '', left_out: '', environment: '', segmented: null, locations: '', products: '' },
      finder_answers: {},
      more_finder_answers: [],
      card_data_reason: null,
      rev: 1,
    },
    assessments: [],
    answers: new Map(),
    evidence: [],
    tasks: [],
    providers: [],
    journal: [],
  };
  record(workspace, 'create_workspace', { en: 'Workspace made', de: 'Datei angelegt' }, []);
  return workspace;
}

export function fresh(): Answer {
  return {
    verdict: 'unanswered',
    progress: 'to-do',
    note: '',
    justification: '',
    target_date: null,
    answered_at: null,
    answered_by: null,
    rev: 0,
  };
}

export function record(workspace: Workspace, command: string, words: Both, subjects: string[], at = new Date().toISOString()): void {
  const seq = workspace.journal.length + 1;
  workspace.journal.push({ seq, at, actor: ACTOR, command, words, subjects, hash: hash(`${seq}${words.en}`), can_undo: false });
}

export function answerKey(assessment: string, requirement: string): string {
  return `${assessment}|${requirement}`;
}

export function entryView({ words, changes: _changes, ...entry }: Entry, locale: Locale): HistoryEntry {
  return { ...entry, summary: words[locale] };
}

export function head(workspace: Workspace) {
  const last = workspace.journal[workspace.journal.length - 1];
  return { seq: last?.seq ?? 0, head: last?.hash ?? '' };
}

export function problem(code: string, locale: Locale, en: string, de: string, hintEn = '', hintDe = ''): ErrorView {
  return { code, message: locale === 'de' ? de : en, hint: locale === 'de' ? hintDe : hintEn };
}

let counter = 0;

export function identifier(): string {
  counter += 1;
  return `0193a1b2-0000-7000-8000-${counter.toString(16).padStart(12, '0')}`;
}

export function hash(text: string): string {
  let out = '';
  let value = 2_166_136_261;
  for (let round = 0; out.length < 64; round += 1) {
    for (const letter of `${round}${text}`) value = Math.imul(value ^ letter.charCodeAt(0), 16_777_619) >>> 0;
    out += value.toString(16).padStart(8, '0');
  }
  return out.slice(0, 64);
}

export function today(): string {
  return inDays(0);
}

export function inDays(days: number, from?: string): string {
  const date = from ? new Date(`${from}T12:00:00`) : new Date();
  date.setDate(date.getDate() + days);
  return date.toISOString().slice(0, 10);
}

export function ago(days: number): string {
  return new Date(Date.now() - days * 86_400_000 - 3_600_000).toISOString();
}
