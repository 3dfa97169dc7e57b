// Requirements and their answers on the mock.

import type { Locale, Progress, RequirementDetail, RequirementRow, Verdict } from '../bindings/api';
import type { Request } from './host';
import * as catalogue from './mock-catalogue';
import { current, evidenceView } from './mock-evidence';
import { verdictOption } from './mock-lists';
import {
  ACTOR, answerKey, entryView, fresh, GAPS, NEEDS_REASON, problem, record, type Answer, type Both, type Memory, type MockCommands, type Workspace,
} from './mock-memory';
import { inBestOrder, keptRows, rows, scopesOf } from './mock-rows';
import { reference } from './mock-reference';
import { registerOf } from './mock-registers';
import { look, taskView } from './mock-tasks';
import { providersOf } from './mock-providers';
import { worksheetView } from './mock-worksheets';

export function requirementCommands(memory: Memory) {
  return {
    list_requirements(request, locale) {
      const workspace = memory.need();
      const words = (request.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = (row: RequirementRow) => {
        if (request.framework && row.framework !== request.framework) return false;
        if (request.assessment && row.assessment !== request.assessment) return false;
        if (request.theme && !row.themes.includes(request.theme)) return false;
        if (request.verdict && row.verdict !== request.verdict) return false;
        if (request.section && row.section !== request.section) return false;
        if (request.milestone && row.milestone !== request.milestone) return false;
        if (request.who && !row.who.some((who) => who === request.who)) return false;
        if (request.effort && row.effort !== request.effort) return false;
        if (words.length === 0) return true;
        const texts = catalogue.requirements.get(row.id)?.texts[locale];
        const note = workspace.answers.get(answerKey(row.assessment, row.id))?.note ?? '';
        const all = [row.label, row.number, row.title, texts?.question, texts?.meaning, note].join('\n').toLowerCase();
        return words.every((word) => all.includes(word));
      };
      const applying = rows(workspace, locale);
      return {
        requirements: (request.order === 'path' ? inBestOrder(applying) : applying).filter(wanted),
        kept: keptRows(workspace, locale).filter(wanted),
      };
    },
    show_requirement: (request, locale) => detail(memory.need(), request.requirement, locale),
    answer_requirement(request, locale) {
      const workspace = memory.need();
      const row = [...rows(workspace, locale), ...keptRows(workspace, locale)].find((one) => one.id === request.requirement);
      if (!row) throw problem('not-found', locale, 'There is no such requirement.', 'Diese Anforderung gibt es nicht.');
      const key = answerKey(row.assessment, row.id);
      const before = workspace.answers.get(key) ?? fresh();
      if (memory.meet && request.note !== undefined) {
        memory.meet = false;
        Object.assign(before, { note: locale === 'de' ? 'Agentur hat am Montag umgestellt, Beleg folgt.' : 'The agency changed it on Monday; proof to come.', rev: before.rev + 1 });
        workspace.answers.set(key, before);
      }
      if (request.rev !== undefined && request.rev !== before.rev) {
        throw problem('conflict', locale, 'Somebody else has changed this answer.', 'Diese Antwort wurde inzwischen geändert.',
          'Load it again and check it.', 'Laden Sie sie neu und prüfen Sie sie.');
      }
      look([request.note ?? '', request.justification ?? '', ...Object.values(request.worksheet ?? {})], request.allow_card_data ?? before.card_data_reason, locale);
      const after: Answer = { ...before, ...(request.allow_card_data ? { card_data_reason: request.allow_card_data } : {}) };
      if (request.verdict !== undefined) Object.assign(after, { verdict: request.verdict as Verdict, carried_from: undefined });
      if (request.progress !== undefined) after.progress = request.progress as Progress;
      if (request.note !== undefined) after.note = request.note;
      if (request.justification !== undefined) after.justification = request.justification;
      after.worksheet = { ...before.worksheet, ...(request.worksheet as Record<string, string> | undefined) };
      if (request.target_date !== undefined) after.target_date = request.target_date || null;
      after.parts = { ...before.parts };
      for (const [part, verdict] of Object.entries(request.parts ?? {})) {
        if (verdict === undefined || verdict === 'unanswered') delete after.parts[part];
        else after.parts[part] = verdict as Verdict;
      }
      const against = Object.entries(after.parts).find(([, verdict]) => GAPS.includes(verdict) || verdict === 'not-tested');
      if (after.verdict.startsWith('in-place') && against) {
        const name = catalogue.requirements.get(row.id)?.texts[locale].parts?.[against[0]] ?? against[0];
        throw problem('parts-disagree', locale,
          `“In place” for ${row.id} does not fit: one part is not met: ${name}`, `„Erfüllt“ passt nicht zu ${row.id}: Ein Teil ist nicht erfüllt: ${name}`,
          'Set the part right first, or answer “not in place”.', 'Stellen Sie zuerst den Teil richtig, oder antworten Sie „Nicht erfüllt“.');
      }
      if (NEEDS_REASON.includes(after.verdict) && !after.justification.trim()) {
        throw problem('justification-missing', locale, 'This answer needs a reason.', 'Diese Antwort braucht eine Begründung.',
          'Write in a sentence or two why.', 'Schreiben Sie in ein, zwei Sätzen, warum.');
      }
      after.rev += 1;
      after.answered_at = new Date().toISOString();
      after.answered_by = ACTOR;
      workspace.answers.set(key, after);
      record(workspace, 'answer_requirement', answerWords(row, request), [row.id]);
      return detail(workspace, row.id, locale);
    },
    answer_many(request, locale) {
      const workspace = memory.need();
      const reason = request.justification?.trim() ?? '';
      if (NEEDS_REASON.includes(request.verdict as Verdict) && !reason) {
        throw problem('justification-missing', locale, 'This answer needs a reason.', 'Diese Antwort braucht eine Begründung.',
          'Write in a sentence or two why.', 'Schreiben Sie in ein, zwei Sätzen, warum.');
      }
      for (const row of rows(workspace, locale).filter((one) => request.requirements.includes(one.id))) {
        const key = answerKey(row.assessment, row.id);
        const before = workspace.answers.get(key) ?? fresh();
        workspace.answers.set(key, {
          ...before,
          verdict: request.verdict as Verdict,
          carried_from: undefined,
          justification: reason || before.justification,
          worksheet: { ...before.worksheet, ...(request.worksheet as Record<string, string> | undefined) },
          rev: before.rev + 1,
          answered_at: new Date().toISOString(),
          answered_by: ACTOR,
        });
      }
      record(workspace, 'answer_many',
        { en: `${request.requirements.length} requirements answered alike`, de: `${request.requirements.length} Anforderungen gleich beantwortet` },
        request.requirements);
      return { requirements: rows(workspace, locale).filter((row) => request.requirements.includes(row.id)), kept: [] };
    },
  } satisfies Partial<MockCommands>;
}

export function detail(workspace: Workspace, id: string, locale: Locale): RequirementDetail {
  const applying = rows(workspace, locale);
  const row = applying.find((one) => one.id === id) ?? keptRows(workspace, locale).find((one) => one.id === id);
  const requirement = catalogue.requirements.get(id);
  const framework = catalogue.frameworks.find((known) => known.id === requirement?.framework);
  if (!row || !requirement || !framework) {
    throw problem('not-found', locale, 'There is no such requirement.', 'Diese Anforderung gibt es nicht.');
  }
  const assessment = workspace.assessments.find((one) => one.id === row.assessment);
  const scopes = assessment ? scopesOf(assessment) : [];
  const answer = workspace.answers.get(answerKey(row.assessment, id)) ?? fresh();
  const texts = requirement.texts[locale];
  const linked = catalogue.links
    .filter((link) => link.from === id || link.to === id)
    .flatMap((link) => {
      const other = catalogue.requirements.get(link.from === id ? link.to : link.from);
      if (!other) return [];
      const otherRow = applying.find((one) => one.id === other.id);
      return [
        {
          ...reference(other.id, locale),
          kind: link.kind,
          confidence: link.confidence,
          verdict: otherRow?.verdict ?? null,
        },
      ];
    });
  return {
    row,
    question: texts.question,
    meaning: texts.meaning,
    steps: texts.steps,
    proof: texts.proof,
    parts: (requirement.parts ?? []).map((part) => ({ id: part, text: texts.parts?.[part] ?? part, verdict: answer.parts?.[part] ?? 'unanswered' })),
    applies: applying.includes(row),
    not_applicable_when: texts.not_applicable_when,
    scope_note: row.scopes.flatMap((scope) => texts.scope_notes?.[scope] ?? []).join(' '),
    tester_methods: requirement.tester_methods,
    freshness: requirement.freshness?.every ?? null,
    freshness_source: requirement.freshness?.source ?? null,
    obligation: requirement.obligation,
    register: registerOf(requirement.id),
    references: requirement.references,
    verdicts: framework.verdicts
      .filter((verdict) => verdict !== 'not-tested' || scopes.some((scope) => scope.startsWith('D-')))
      .map((verdict) => verdictOption(framework, verdict, locale)),
    note: answer.note,
    justification: answer.justification,
    card_data_reason: answer.card_data_reason ?? null,
    target_date: answer.target_date,
    answered_at: answer.answered_at,
    answered_by: answer.answered_by,
    worksheet: worksheetView(framework.verdicts, answer, locale),
    rev: answer.rev,
    evidence: current(workspace)
      .filter((one) => one.requirements.includes(id))
      .slice(0, 50)
      .map((one) => evidenceView(one, locale)),
    tasks: workspace.tasks.filter((task) => task.requirements.includes(id)).map((task) => taskView(task, locale, workspace)),
    providers: providersOf(workspace, id, locale),
    also_counts_for: linked,
    history: workspace.journal
      .filter((entry) => entry.subjects.includes(id))
      .reverse()
      .map((entry) => entryView(entry, locale)),
  };
}

function answerWords(row: RequirementRow, request: Request<'answer_requirement'>): Both {
  if (request.verdict === undefined) return { en: `Note on ${row.number} changed`, de: `Notiz zu ${row.number} geändert` };
  return { en: `${row.number} answered: ${request.verdict}`, de: `${row.number} beantwortet: ${GERMAN[request.verdict as Verdict] ?? request.verdict}` };
}

const GERMAN: Record<Verdict, string> = {
  unanswered: 'unbeantwortet',
  'in-place': 'erfüllt',
  'in-place-ccw': 'erfüllt mit CCW',
  partly: 'teilweise erfüllt',
  'not-in-place': 'nicht erfüllt',
  'not-applicable': 'nicht anwendbar',
  'not-tested': 'nicht geprüft',
};
