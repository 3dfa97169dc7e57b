// The overview on the mock, with the next step.

import type { AssessmentSummary, Locale, NextStep, RequirementRow } from '../bindings/api';
import * as catalogue from './mock-catalogue';
import { current, evidenceView } from './mock-evidence';
import { summary } from './mock-lists';
import { inDays, type Memory, type MockCommands, type Workspace } from './mock-memory';
import { inBestOrder, rows, tally } from './mock-rows';
import { clocksOf } from './mock-registers';
import { taskView } from './mock-tasks';
import { quality } from './mock-time';

export function overviewCommands(memory: Memory) {
  return {
    overview(_request, locale) {
      const workspace = memory.need();
      const all = rows(workspace, locale);
      const assessments = workspace.assessments.filter((one) => !one.signed_off).map((assessment) => summary(workspace, assessment, locale));
      return {
        next_step: nextStep(workspace, assessments, all, locale),
        assessments,
        themes: catalogue.themes
          .map((theme) => ({
            id: theme.id,
            core: theme.core,
            name: theme.texts[locale]?.name ?? theme.id,
            summary: theme.texts[locale]?.summary ?? '',
            tally: tally(all.filter((row) => row.themes.includes(theme.id)).map((row) => row.verdict)),
          }))
          .sort((a, b) => Number(b.core) - Number(a.core)),
        ...firstOf('tasks', workspace.tasks
          .map((task) => taskView(task, locale, workspace))
          .filter((task) => !task.closed_at && task.due && task.due <= inDays(30))
          .sort((a, b) => (a.due ?? '').localeCompare(b.due ?? ''))),
        ...firstOf('expiring', current(workspace)
          .map((one) => evidenceView(one, locale))
          .filter((one) => one.state === 'due-soon' || one.state === 'expired')),
        clocks: clocksOf(workspace.path, locale),
        quality: quality(workspace, locale).counts,
      };
    },
  } satisfies Partial<MockCommands>;
}

/** The first twenty, and how many there are. */
function firstOf<K extends string, T>(name: K, list: T[]) {
  return { [name]: list.slice(0, 20), [`${name}_total`]: list.length } as Record<K, T[]> & Record<`${K}_total`, number>;
}

function nextStep(workspace: Workspace, assessments: AssessmentSummary[], all: RequirementRow[], locale: Locale): NextStep | null {
  const de = locale === 'de';
  const nothing = { requirement: null, assessment: null, task: null };
  if (assessments.length === 0 && workspace.assessments.length > 0) {
    return {
      ...nothing,
      kind: 'next-list',
      title: de ? 'Die nächste Liste beginnen' : 'Begin the next list',
      why: de ? 'Alle Listen sind unterzeichnet. Die nächste beginnt mit deren Antworten.' : 'All lists are signed off. The next one begins with their answers.',
    };
  }
  if (assessments.length === 0) {
    return {
      ...nothing,
      kind: 'set-up',
      title: de ? 'Finden Sie Ihren PCI-Fragebogen' : 'Find your PCI questionnaire',
      why: de ? 'Ein paar Fragen genügen, dann steht fest, welche Anforderungen für Ihren Shop gelten.' : 'A few questions settle which requirements apply to your shop.',
    };
  }
  const open = assessments.find((one) => one.criteria.some((criterion) => criterion.confirmed === null));
  const overdue = workspace.tasks.map((task) => taskView(task, locale, workspace)).find((task) => task.overdue);
  if (overdue) {
    return {
      ...nothing,
      kind: 'task',
      task: overdue.id,
      requirement: overdue.requirements[0]?.id ?? null,
      title: de ? `Aufgabe erledigen: ${overdue.title}` : `Finish the task: ${overdue.title}`,
      why: de ? 'Sie ist überfällig, und eine Anforderung wartet auf sie.' : 'It is overdue, and a requirement is waiting for it.',
    };
  }
  const row = inBestOrder(all).find((one) => one.verdict === 'unanswered');
  if (row) {
    const why = [
      row.milestone === null
        ? de ? 'Was einen Meilenstein hat, ist erledigt; dies kommt als Nächstes.' : 'What has a milestone is done; this comes next.'
        : de
          ? `Sie gehört zu Meilenstein ${row.milestone} von 6, und aus früheren ist nichts mehr offen, was vorher dran wäre.`
          : `It belongs to milestone ${row.milestone} of 6, and no earlier one has anything left that could come first.`,
      ...(row.unlocks > 1 ? [de ? `${row.unlocks} weitere Anforderungen bauen darauf auf.` : `${row.unlocks} other requirements build on it.`] : []),
      ...(row.unlocks === 1 ? [de ? 'Eine weitere Anforderung baut darauf auf.' : 'Another requirement builds on it.'] : []),
      ...(row.effort === 'minutes' ? [de ? 'Es dauert nur Minuten.' : 'It takes only minutes.'] : []),
    ];
    return {
      ...nothing,
      kind: 'answer',
      requirement: row.id,
      assessment: row.assessment,
      title: de ? `Beantworten Sie ${row.label} ${row.title}` : `Answer ${row.label} ${row.title}`,
      why: why.join(' '),
    };
  }
  if (open) {
    return {
      ...nothing,
      kind: 'confirm-criterion',
      assessment: open.id,
      title: de ? 'Bestätigen Sie die Voraussetzungen' : 'Confirm the eligibility criteria',
      why: de ? 'Erst damit dürfen Sie diesen Fragebogen verwenden.' : 'Only then may you use this questionnaire.',
    };
  }
  return null;
}
