// Checklists and assessments on the mock: what there is, which one it is, begun, changed, carried over.

import type { AssessmentSummary, Locale, SignOffView, Verdict } from '../bindings/api';
import * as catalogue from './mock-catalogue';
import * as checklists from './mock-checklists';
import { current } from './mock-evidence';
import { finderQuestion, findSaq } from './mock-finder';
import { answerKey, hash, identifier, inDays, NEEDS_REASON, problem, record, today, type Assessment, type Memory, type MockCommands, type Workspace } from './mock-memory';
import { keptRows, rowsOfOne, scopesOf, tally } from './mock-rows';
import { worksheetOf } from './mock-worksheets';

export function listCommands(memory: Memory) {
  return {
    list_frameworks(_request, locale) {
      return {
        frameworks: catalogue.frameworks.map((framework) => {
          const texts = framework.texts[locale];
          return {
            id: framework.id,
            version: framework.version,
            name: texts.name,
            full_name: texts.full_name,
            publisher: texts.publisher,
            notice: texts.notice,
            source: framework.source,
            replaces: framework.replaces ?? null,
            brought_in: catalogue.wasBroughtIn(framework),
            scopes: framework.scopes.map((scope) => ({
              ...scope,
              name: texts.scopes[scope.id]?.name ?? scope.id,
              summary: texts.scopes[scope.id]?.summary ?? '',
              notice: texts.scopes[scope.id]?.notice ?? '',
              requirements: framework.requirements.filter((requirement) => scope.id in requirement.scopes).length,
            })),
            sections: framework.sections.map((id) => ({
              id,
              title: framework.sectionTexts[id]?.[locale].title ?? id,
              intro: framework.sectionTexts[id]?.[locale].intro ?? '',
            })),
            verdicts: framework.verdicts.map((verdict) => verdictOption(framework, verdict, locale)),
          };
        }),
        themes: catalogue.themes.map((theme) => ({
          id: theme.id,
          core: theme.core,
          name: theme.texts[locale]?.name ?? theme.id,
          summary: theme.texts[locale]?.summary ?? '',
        })),
      };
    },
    finder_questions: (_request, locale) => ({
      intro: catalogue.finderTexts[locale].intro,
      start: catalogue.finder.start,
      questions: catalogue.finder.questions.map((question) => finderQuestion(question.id, locale)),
    }),
    find_saq: (request, locale) => findSaq(request.answers, locale),
    find_saq_together: (request, locale) => checklists.together(request.channels.map((answers) => findSaq(answers, locale)), locale),
    processing_starter: (_request, locale) => ({ activities: checklists.activities(memory.open?.profile.country ?? '', locale) }),
    import_checklist(request, locale) {
      const workspace = memory.need();
      const found = checklists.checklistIn(request.path, locale);
      if ('code' in found) throw found;
      const unchanged = catalogue.frameworks.some((known) => known.id === found.id);
      if (!unchanged) {
        catalogue.bringIn(found);
        record(workspace, 'import_checklist',
          { en: `Checklist brought in: ${found.texts.en.name}`, de: `Checkliste übernommen: ${found.texts.de.name}` }, []);
      }
      const old = catalogue.frameworks.find((known) => known.id === found.replaces);
      return {
        framework: found.id,
        name: found.texts[locale].name,
        version: found.version,
        requirements: found.requirements.length,
        sha256: hash(found.id),
        unchanged,
        replaces: found.replaces ?? null,
        changes: old ? checklists.changes(old, found, () => false, locale) : null,
      };
    },
    start_assessment(request, locale) {
      const workspace = memory.need();
      const framework = catalogue.frameworks.find((known) => known.id === request.framework);
      if (!framework) throw problem('not-found', locale, 'There is no such list.', 'Diese Liste gibt es nicht.');
      const scope = request.scope ?? framework.scopes[0]?.id ?? '';
      refuse(workspace, framework, scope, locale);
      const assessment: Assessment = {
        id: identifier(),
        framework: framework.id,
        scope,
        period_start: request.period_start ?? today(),
        period_end: request.period_end ?? inDays(365),
        criteria: {},
      };
      workspace.assessments.push(assessment);
      record(workspace, 'start_assessment',
        { en: `Assessment started: ${framework.texts.en.name}`, de: `Bewertung begonnen: ${framework.texts.de.name}` }, [assessment.id]);
      return summary(workspace, assessment, locale);
    },
    change_scope(request, locale) {
      const workspace = memory.need();
      const assessment = workspace.assessments.find((one) =>
        request.assessment ? one.id === request.assessment : one.framework === request.framework);
      const framework = catalogue.frameworks.find((known) => known.id === assessment?.framework);
      if (!assessment || !framework) throw problem('not-found', locale, 'There is no such list.', 'Diese Liste gibt es nicht.');
      refuse(workspace, framework, request.scope, locale);
      assessment.scope = request.scope;
      record(workspace, 'change_scope',
        { en: `Scope changed: ${framework.texts.en.name}`, de: `Umfang geändert: ${framework.texts.de.name}` }, [assessment.id]);
      return summary(workspace, assessment, locale);
    },
    carry_over(request, locale) {
      const workspace = memory.need();
      const from = workspace.assessments.find((one) => one.id === request.from);
      const old = catalogue.frameworks.find((known) => known.id === from?.framework);
      const newer = catalogue.frameworks.find((known) => known.id === request.framework);
      if (!from || !old || !newer) throw problem('not-found', locale, 'There is no such list.', 'Diese Liste gibt es nicht.');
      const scope = request.scope ?? from.scope;
      refuse(workspace, newer, scope, locale);
      const answers = old.requirements.flatMap((requirement) => {
        const answer = workspace.answers.get(answerKey(from.id, requirement.id));
        return answer ? [{ number: requirement.number, answer }] : [];
      });
      const changes = checklists.changes(old, newer, (number) => answers.some((one) => one.number === number), locale);
      const kept = answers.filter((one) => newer.requirements.some((requirement) => requirement.number === one.number));
      const moved = (ids: string[]) => ids.flatMap((id) => {
        const number = id.startsWith(`${old.id}:`) ? id.slice(old.id.length + 1) : '';
        return newer.requirements.filter((requirement) => requirement.number === number).map((requirement) => requirement.id);
      });
      const linked = [...current(workspace), ...workspace.tasks.filter((task) => !task.closed_at)].filter((one) => moved(one.requirements).length > 0);
      if (request.dry_run) return { assessment: null, answers: kept.length, links: linked.length, changes };
      const assessment: Assessment = { ...from, id: identifier(), framework: newer.id, scope, criteria: {} };
      workspace.assessments.push(assessment);
      for (const { number, answer } of kept) {
        const differs = changes.changed.some((one) => one.number === number);
        workspace.answers.set(answerKey(assessment.id, `${newer.id}:${number}`), { ...answer, rev: 1, ...(differs ? { progress: 'in-review' as const } : {}) });
      }
      for (const one of linked) one.requirements = [...one.requirements, ...moved(one.requirements)];
      record(workspace, 'carry_over',
        { en: `List started from an older version: ${newer.texts.en.name}`, de: `Liste aus einer älteren Fassung begonnen: ${newer.texts.de.name}` }, [assessment.id]);
      return { assessment: summary(workspace, assessment, locale), answers: kept.length, links: linked.length, changes };
    },
    confirm_criterion(request, locale) {
      const workspace = memory.need();
      const assessment = workspace.assessments.find((one) => !request.assessment || one.id === request.assessment);
      if (!assessment) throw problem('not-found', locale, 'There is no such assessment.', 'Diese Bewertung gibt es nicht.');
      assessment.criteria[request.criterion] = request.confirmed;
      record(workspace, 'confirm_criterion', { en: 'Criterion answered', de: 'Voraussetzung beantwortet' }, [assessment.id]);
      return summary(workspace, assessment, locale);
    },
  } satisfies Partial<MockCommands>;
}

/** A list of one framework with the same scopes is started once; a scope without a list cannot be. */
function refuse(workspace: Workspace, framework: catalogue.Framework, scope: string, locale: Locale): void {
  const wanted = checklists.scopesOf(scope);
  const missing = wanted.find((id) => !framework.scopes.some((known) => known.id === id && known.available));
  if (missing !== undefined) {
    throw problem('scope-not-available', locale, `The list for the scope ${missing} could not be verified, so Tillproof does not have it.`,
      `Die Liste für den Umfang ${missing} ließ sich nicht prüfen, darum hat Tillproof sie nicht.`);
  }
  if (workspace.assessments.some((one) => one.framework === framework.id && one.scope === scope && !one.signed_off)) {
    throw problem('assessment-open', locale, `The list ${framework.id}, scope ${scope}, is started already.`, `Die Liste ${framework.id}, Umfang ${scope}, ist bereits begonnen.`,
      'Go on in the list that is started.', 'Arbeiten Sie in der begonnenen Liste weiter.');
  }
}

export function summary(workspace: Workspace, assessment: Assessment, locale: Locale): AssessmentSummary {
  const framework = catalogue.frameworks.find((known) => known.id === assessment.framework);
  const own = rowsOfOne(workspace, assessment, locale);
  const counts = tally(own.map((row) => row.verdict));
  const scopes = scopesOf(assessment).map((id) => ({
    id,
    name: framework?.texts[locale].scopes[id]?.name ?? id,
    notice: framework?.texts[locale].scopes[id]?.notice ?? '',
    confidence: framework?.scopes.find((scope) => scope.id === id)?.confidence ?? 'medium',
  }));
  const criteria = scopesOf(assessment).flatMap((scope) => framework?.criteria[scope] ?? []).map((criterion) => ({
    id: criterion.id,
    channel: criterion.channel,
    ...criterion.texts[locale],
    confirmed: assessment.criteria[criterion.id] ?? null,
    rev: criterion.id in assessment.criteria ? 1 : 0,
  }));
  const open = counts.unanswered + counts.partly + counts.not_in_place > 0 || criteria.some((one) => !one.confirmed) || own.some((row) => row.carried);
  const { tally: signedTally, outcome: signedOutcome, ...signature } = assessment.signed_off ?? {};
  return {
    id: assessment.id,
    framework: assessment.framework,
    framework_name: framework?.texts[locale].name ?? assessment.framework,
    framework_version: framework?.version ?? '',
    scope: assessment.scope,
    scope_name: scopes.map((scope) => scope.name).join(' + '),
    scopes,
    period_start: assessment.period_start,
    period_end: assessment.period_end,
    tally: signedTally ?? counts,
    outcome: signedOutcome ? signedOutcome : open ? 'open' : counts.not_tested > 0 ? 'partial' : 'ready-to-attest',
    follows: assessment.follows ?? null,
    signed_off: assessment.signed_off ? (signature as SignOffView) : null,
    carried: own.filter((row) => row.carried).length,
    stale: own.filter((row) => row.stale).length,
    reasons_missing: own.filter((row) => row.reason_missing).length,
    proof_missing: own.filter((row) => row.verdict.startsWith('in-place') && row.evidence_count === 0).length,
    kept: keptRows(workspace, locale).filter((row) => row.assessment === assessment.id).length,
    criteria,
  };
}

export function verdictOption(framework: catalogue.Framework, verdict: Verdict, locale: Locale) {
  return {
    verdict,
    label: framework.texts[locale].verdicts[verdict] ?? verdict,
    needs_justification: NEEDS_REASON.includes(verdict),
    worksheet: worksheetOf(framework.verdicts, verdict),
  };
}
