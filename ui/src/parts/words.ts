// The window's own words for the codes on the wire. Labels of answers on offer come from the backend; these are for marks and counts.

import type {
  AssessmentSummary,
  Channel,
  Confidence,
  Confidentiality,
  Effort,
  EvidenceKind,
  EvidenceView,
  Handling,
  Outcome,
  PartView,
  Priority,
  Progress,
  ProofState,
  RequirementRow,
  Responsibility,
  Tally,
  TaskStatus,
  TesterMethod,
  Verdict,
  Who,
  WorksheetState,
} from '../bindings/api';
import { m } from '../paraglide/messages.js';

export const VERDICTS: Verdict[] = [
  'in-place',
  'in-place-ccw',
  'partly',
  'not-in-place',
  'not-applicable',
  'not-tested',
  'unanswered',
];

export const PRIORITIES: Priority[] = ['urgent', 'high', 'normal', 'low'];
export const STATUSES: TaskStatus[] = ['open', 'in-progress', 'waiting', 'done', 'dropped'];
export const PROGRESS: Progress[] = ['to-do', 'in-progress', 'in-review', 'done'];
export const CHANNELS: Channel[] = ['e-commerce', 'mail-telephone', 'card-present'];

export const HANDLINGS: Handling[] = ['card-data', 'systems', 'safety', 'personal-data'];
export const RESPONSIBILITIES: Responsibility[] = ['provider', 'merchant', 'shared'];

export function verdictWord(verdict: Verdict): string {
  const words: Record<Verdict, () => string> = {
    'in-place': m.verdict_in_place,
    'in-place-ccw': m.verdict_in_place_ccw,
    partly: m.verdict_partly,
    'not-in-place': m.verdict_not_in_place,
    'not-applicable': m.verdict_not_applicable,
    'not-tested': m.verdict_not_tested,
    unanswered: m.verdict_unanswered,
  };
  return words[verdict]();
}

const COUNTS: Record<Verdict, keyof Tally> = {
  'in-place': 'in_place',
  'in-place-ccw': 'in_place_ccw',
  partly: 'partly',
  'not-in-place': 'not_in_place',
  'not-applicable': 'not_applicable',
  'not-tested': 'not_tested',
  unanswered: 'unanswered',
};

/** The counts of a tally in the order of the legend. */
export function countsOf(tally: Tally): { verdict: Verdict; count: number; word: string }[] {
  return VERDICTS.map((verdict) => ({ verdict, count: tally[COUNTS[verdict]], word: verdictWord(verdict) }));
}

export function outcomeWord(outcome: Outcome): string {
  return { open: m.outcome_open, partial: m.outcome_partial, 'ready-with-legal-exception': m.outcome_legal, 'ready-to-attest': m.outcome_ready }[outcome]();
}

export function worksheetWord(state: WorksheetState): string {
  return { offered: m.worksheet_state_offered, open: m.worksheet_state_open, filled: m.worksheet_state_filled }[state]();
}

export function worksheetTone(state: WorksheetState): 'plain' | 'good' | 'warning' {
  return ({ offered: 'plain', open: 'warning', filled: 'good' } as const)[state];
}

export function handlingWord(handling: Handling): string {
  return { 'card-data': m.handling_card_data, systems: m.handling_systems, safety: m.handling_safety, 'personal-data': m.handling_personal_data }[handling]();
}

export function handlingDetail(handling: Handling): string {
  return {
    'card-data': m.handling_card_data_detail,
    systems: m.handling_systems_detail,
    safety: m.handling_safety_detail,
    'personal-data': m.handling_personal_data_detail,
  }[handling]();
}

export function responsibilityWord(who: Responsibility): string {
  return { provider: m.met_by_provider, merchant: m.met_by_us, shared: m.met_by_both }[who]();
}

export function responsibilityMet(who: Responsibility): string {
  return { provider: m.meets_provider, merchant: m.meets_us, shared: m.meets_both }[who]();
}

export function whoWord(who: Who): string {
  return {
    owner: m.who_owner,
    developer: m.who_developer,
    host: m.who_host,
    'payment-provider': m.who_payment_provider,
    everyone: m.who_everyone,
  }[who]();
}

export function effortWord(effort: Effort): string {
  return { minutes: m.effort_minutes, hours: m.effort_hours, days: m.effort_days }[effort]();
}

export function testerWord(method: TesterMethod): string {
  return { examine: m.tester_examine, observe: m.tester_observe, interview: m.tester_interview }[method]();
}

export function progressWord(progress: Progress): string {
  return {
    'to-do': m.progress_to_do,
    'in-progress': m.progress_in_progress,
    'in-review': m.progress_in_review,
    done: m.progress_done,
  }[progress]();
}

export function priorityWord(priority: Priority): string {
  return { low: m.priority_low, normal: m.priority_normal, high: m.priority_high, urgent: m.priority_urgent }[priority]();
}

export function statusWord(status: TaskStatus): string {
  return {
    open: m.status_open,
    'in-progress': m.status_in_progress,
    waiting: m.status_waiting,
    done: m.status_done,
    dropped: m.status_dropped,
  }[status]();
}

export function channelWord(channel: Channel): string {
  return {
    'e-commerce': m.channel_e_commerce,
    'mail-telephone': m.channel_mail_telephone,
    'card-present': m.channel_card_present,
  }[channel]();
}

export const CONFIDENTIALITIES: Confidentiality[] = ['public', 'internal', 'confidential'];

export function confidentialityWord(one: Confidentiality): string {
  return { public: m.confidentiality_public, internal: m.confidentiality_internal, confidential: m.confidentiality_confidential }[one]();
}

export const EVIDENCE_KINDS: EvidenceKind[] = ['file', 'note', 'link'];

export function evidenceKindWord(kind: EvidenceKind): string {
  return { file: m.kind_file, note: m.kind_note, link: m.kind_link }[kind]();
}

export function proofWord(state: ProofState): string {
  return {
    missing: m.proof_missing,
    fresh: m.proof_fresh,
    'due-soon': m.proof_due_soon,
    expired: m.proof_expired,
  }[state]();
}

export function proofTone(state: ProofState): 'plain' | 'good' | 'warning' | 'danger' {
  return ({ missing: 'plain', fresh: 'good', 'due-soon': 'warning', expired: 'danger' } as const)[state];
}

export function confidenceWord(confidence: Confidence): string {
  return { high: m.confidence_high, 'medium-high': m.confidence_medium_high, medium: m.confidence_medium, low: m.confidence_low }[confidence]();
}

/** What an evidence is, as far as its record tells. */
export function standing(evidence: EvidenceView): { word: string; tone: 'plain' | 'good' | 'warning' | 'danger' } {
  if (evidence.removed_reason) return { word: m.evidence_removed(), tone: 'plain' };
  if (evidence.replaced_by) return { word: m.evidence_replaced(), tone: 'plain' };
  return { word: proofWord(evidence.state), tone: proofTone(evidence.state) };
}

/** An ISO 8601 duration of the checklists (`P12M`, `P90D`) in words. */
export function every(duration: string): string {
  const count = Number.parseInt(duration.slice(1), 10);
  if (duration.endsWith('D')) return m.every_days({ count });
  return m.every_months({ count });
}

/** The goals of the six milestones of the PCI SSC, in our words. */
export function milestoneWord(milestone: string): string {
  const goals: Record<string, () => string> = {
    '1': m.goal_one,
    '2': m.goal_two,
    '3': m.goal_three,
    '4': m.goal_four,
    '5': m.goal_five,
    '6': m.goal_six,
  };
  const goal = goals[milestone];
  return goal ? `${milestone}. ${goal()}` : m.goal_none();
}

/** The scopes that ask a requirement, where its assessment has several; otherwise nothing. */
export function askedBy(row: RequirementRow, assessments: AssessmentSummary[]): string {
  const scopes = assessments.find((one) => one.id === row.assessment)?.scopes ?? [];
  if (scopes.length < 2) return '';
  return scopes.filter((scope) => row.scopes.includes(scope.id)).map((scope) => scope.name).join(', ');
}

/** Why a requirement has its place in the best order, in a few words each. Nothing once it is settled. */
export function reasons(row: RequirementRow): string[] {
  if (row.verdict !== 'unanswered' && row.verdict !== 'partly' && row.verdict !== 'not-in-place') return [];
  return [
    ...(row.waits_for.length > 0 ? [m.waits_for({ list: row.waits_for.join(', ') })] : []),
    ...(row.unlocks > 0 ? [m.unlocks({ count: row.unlocks })] : []),
    ...(row.milestone === null ? [] : [m.milestone_short({ number: row.milestone })]),
    ...(row.effort === 'minutes' ? [m.minutes_short()] : []),
  ];
}

export function answeredParts(parts: PartView[]): string {
  return m.parts_progress({ done: parts.filter((part) => part.verdict !== 'unanswered').length, all: parts.length });
}

/** A list and its scope in one line: `PCI DSS · SAQ A`. */
export function nameOf(assessment: AssessmentSummary): string {
  return `${assessment.framework_name} · ${assessment.scope_name}`;
}
