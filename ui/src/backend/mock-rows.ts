// The rows of the open lists on the mock: what applies, what is kept, counts, the best order.

import type { Locale, RequirementRow, Stale, Tally, Verdict } from '../bindings/api';
import * as catalogue from './mock-catalogue';
import { current, proofState } from './mock-evidence';
import { answerKey, fresh, GAPS, inDays, NEEDS_REASON, type Answer, type Assessment, type Evidence, type Workspace } from './mock-memory';
import { openPoints } from './mock-worksheets';

const TALLY: Record<Verdict, keyof Tally> = {
  unanswered: 'unanswered',
  'in-place': 'in_place',
  'in-place-ccw': 'in_place_ccw',
  partly: 'partly',
  'not-in-place': 'not_in_place',
  'not-applicable': 'not_applicable',
  'not-tested': 'not_tested',
};

export function tally(verdicts: Verdict[]): Tally {
  const counted: Tally = { in_place: 0, in_place_ccw: 0, partly: 0, not_in_place: 0, not_applicable: 0, not_tested: 0, unanswered: 0 };
  for (const verdict of verdicts) counted[TALLY[verdict]] += 1;
  return counted;
}

export function scopesOf(assessment: Assessment): string[] {
  return assessment.scope.split('+');
}

/** Whether a scope of the assessment asks it, and it is for the merchant's country. */
export function applies(workspace: Workspace, assessment: Assessment, requirement: catalogue.Requirement): boolean {
  const country = workspace.profile.country;
  return scopesOf(assessment).some((scope) => scope in requirement.scopes) && (!requirement.country || !country || requirement.country === country);
}

export function rows(workspace: Workspace, locale: Locale): RequirementRow[] {
  return rowsOf(workspace, locale, (assessment, requirement) => applies(workspace, assessment, requirement));
}

/** The rows of one assessment, also of one that is signed off. */
export function rowsOfOne(workspace: Workspace, one: Assessment, locale: Locale): RequirementRow[] {
  return rowsOf(workspace, locale, (assessment, requirement) => applies(workspace, assessment, requirement), [one]);
}

/** What was answered but does not apply any more. */
export function keptRows(workspace: Workspace, locale: Locale): RequirementRow[] {
  return rowsOf(workspace, locale, (assessment, requirement) => {
    const answer = workspace.answers.get(answerKey(assessment.id, requirement.id));
    const said = !!answer && (answer.verdict !== 'unanswered' || answer.note !== '' || Object.keys(answer.parts ?? {}).length > 0);
    return said && !applies(workspace, assessment, requirement);
  });
}

function rowsOf(workspace: Workspace, locale: Locale, wanted: (assessment: Assessment, requirement: catalogue.Requirement) => boolean, of = workspace.assessments.filter((one) => !one.signed_off)): RequirementRow[] {
  const proofs = new Map<string, Evidence[]>();
  for (const one of current(workspace)) for (const id of one.requirements) proofs.set(id, [...(proofs.get(id) ?? []), one]);
  return of.flatMap((assessment) => {
    const framework = catalogue.frameworks.find((known) => known.id === assessment.framework);
    const answerOf = (id: string) => workspace.answers.get(answerKey(assessment.id, id)) ?? fresh();
    return (framework?.requirements ?? [])
      .filter((requirement) => wanted(assessment, requirement))
      .map((requirement): RequirementRow => {
        const answer = answerOf(requirement.id);
        const texts = requirement.texts[locale];
        const own = proofs.get(requirement.id) ?? [];
        const states = own.map((one) => proofState(one));
        const asked = scopesOf(assessment).flatMap((id) => (requirement.scopes[id] ? [{ id, ...requirement.scopes[id] }] : []));
        const sureness = (['high', 'medium-high', 'medium', 'low'] as const).find((one) => asked.some((scope) => scope.confidence === one));
        const parts = requirement.parts ?? [];
        const before = (requirement.after ?? []).flatMap((number) => catalogue.requirements.get(`${requirement.framework}:${number}`) ?? []);
        return {
          id: requirement.id,
          number: requirement.number,
          label: texts.label ?? requirement.number,
          framework: requirement.framework,
          framework_name: framework?.texts[locale].name ?? '',
          section: requirement.section,
          section_title: framework?.sectionTexts[requirement.section]?.[locale].title ?? '',
          assessment: assessment.id,
          title: texts.title,
          themes: requirement.themes,
          verdict: answer.verdict,
          progress: answer.progress,
          carried: !!answer.carried_from,
          stale: answer.carried_from ? staleness(answer, own) : null,
          reason_missing: NEEDS_REASON.includes(answer.verdict) && !answer.justification.trim(),
          worksheet_open: openPoints(framework?.verdicts ?? [], answer),
          evidence_count: own.length,
          proof: states.includes('fresh') ? 'fresh' : (states[0] ?? 'missing'),
          open_tasks: workspace.tasks.filter((task) => !task.closed_at && task.requirements.includes(requirement.id)).length,
          who: requirement.who,
          effort: requirement.effort,
          milestone: requirement.milestone,
          only_when: asked.every((scope) => scope.only_when === asked[0]?.only_when) ? (asked[0]?.only_when ?? null) : null,
          scopes: asked.map((scope) => scope.id),
          confidence: sureness ?? null,
          country: requirement.country,
          parts: parts.length,
          parts_open: parts.filter((part) => !answer.parts?.[part]).length,
          waits_for: before
            .filter((one) => applies(workspace, assessment, one) && !settled(answerOf(one.id).verdict))
            .map((one) => one.texts[locale].label ?? one.number),
          unlocks: 0,
        };
      });
  });
}

/** Why a verdict of last time needs another look. */
function staleness(answer: Answer, proofs: Evidence[]): Stale | null {
  if (proofs.length > 0 && proofs.every((one) => proofState(one) === 'expired')) return 'proof-expired';
  if (proofs.some((one) => one.added_at > (answer.answered_at ?? ''))) return 'new-proof';
  return (answer.answered_at ?? '').slice(0, 10) < inDays(-365) ? 'too-old' : null;
}

function settled(verdict: Verdict): boolean {
  return verdict !== 'unanswered' && !GAPS.includes(verdict);
}

/** Open ones first: by milestone, then what others build on, then what is quickly done; never before what it builds on. */
export function inBestOrder(all: RequirementRow[]): RequirementRow[] {
  const efforts = ['minutes', 'hours', 'days'];
  const key = (row: RequirementRow, number = row.number) => `${row.assessment}|${number}`;
  const after = (row: RequirementRow) => (catalogue.requirements.get(row.id)?.after ?? []).map((number) => key(row, number));
  const open = all.filter((row) => !settled(row.verdict));
  const counted = new Map<string, number>();
  for (const one of open.flatMap(after)) counted.set(one, (counted.get(one) ?? 0) + 1);
  const left = open
    .map((row) => ({ ...row, unlocks: counted.get(key(row)) ?? 0 }))
    .sort(
      (a, b) =>
        (a.milestone ?? 7) - (b.milestone ?? 7) ||
        Math.min(b.unlocks, 1) - Math.min(a.unlocks, 1) ||
        efforts.indexOf(a.effort) - efforts.indexOf(b.effort) ||
        b.unlocks - a.unlocks,
    );
  const waiting = new Set(left.map((row) => key(row)));
  const order: RequirementRow[] = [];
  while (left.length > 0) {
    const [next] = left.splice(Math.max(0, left.findIndex((row) => !after(row).some((one) => waiting.has(one)))), 1);
    if (!next) break;
    waiting.delete(key(next));
    order.push(next);
  }
  return [...order, ...all.filter((row) => settled(row.verdict))];
}
