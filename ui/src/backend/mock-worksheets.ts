// Worksheets on the mock: which one a verdict opens, and what is left to fill in.

import type { Locale, Verdict, WorksheetField, WorksheetKind, WorksheetRow, WorksheetState, WorksheetView } from '../bindings/api';
import * as catalogue from './mock-catalogue';
import { answerKey, type Answer, type Memory, type MockCommands } from './mock-memory';
import { say } from './mock-messages';
import { rows } from './mock-rows';

const OF: Partial<Record<Verdict, WorksheetKind>> = {
  'in-place-ccw': 'compensating-control',
  'not-applicable': 'not-applicable',
  'not-tested': 'not-tested',
  'not-in-place': 'legal-exception',
};

const FIELDS: Record<WorksheetKind, WorksheetField[]> = {
  'compensating-control': ['constraints', 'definition', 'objective', 'risk', 'validation', 'maintenance'],
  'not-applicable': ['checked'],
  'not-tested': ['part-not-tested'],
  'legal-exception': ['law', 'law-effect'],
};

export function worksheetOf(verdicts: Verdict[], verdict: Verdict): WorksheetKind | null {
  return verdicts.includes('in-place-ccw') ? (OF[verdict] ?? null) : null;
}

export function openPoints(verdicts: Verdict[], answer: Answer): WorksheetField[] {
  const kind = worksheetOf(verdicts, answer.verdict);
  if (!kind) return [];
  const open = FIELDS[kind].filter((field) => !answer.worksheet?.[field]?.trim());
  return kind === 'legal-exception' && open.length === FIELDS[kind].length ? [] : open;
}

export function worksheetView(verdicts: Verdict[], answer: Answer, locale: Locale): WorksheetView | null {
  const kind = worksheetOf(verdicts, answer.verdict);
  if (!kind) return null;
  const open = openPoints(verdicts, answer);
  const blank = FIELDS[kind].every((field) => !answer.worksheet?.[field]?.trim());
  const state: WorksheetState = kind === 'legal-exception' && blank ? 'offered' : open.length > 0 ? 'open' : 'filled';
  return {
    kind,
    title: say(locale, 'worksheet', kind),
    intro: say(locale, 'worksheet-intro', kind),
    source: say(locale, 'worksheet-source', kind),
    state,
    reason: kind === 'not-applicable' || kind === 'not-tested' ? { label: say(locale, 'worksheet-field', 'reason'), text: answer.justification } : null,
    fields: FIELDS[kind].map((field) => ({
      field,
      label: say(locale, 'worksheet-field', field),
      help: say(locale, 'worksheet-help', field),
      text: answer.worksheet?.[field] ?? '',
      open: open.includes(field),
    })),
  };
}

export function worksheetCommands(memory: Memory) {
  return {
    list_worksheets(request, locale) {
      const workspace = memory.need();
      const all = rows(workspace, locale).flatMap((row): WorksheetRow[] => {
        const answer = workspace.answers.get(answerKey(row.assessment, row.id));
        const verdicts = catalogue.frameworks.find((known) => known.id === row.framework)?.verdicts ?? [];
        const worksheet = answer && worksheetView(verdicts, answer, locale);
        if (!answer || !worksheet || worksheet.state === 'offered') return [];
        return [
          {
            requirement: row.id,
            label: row.label,
            framework_name: row.framework_name,
            requirement_title: row.title,
            assessment: row.assessment,
            verdict: row.verdict,
            kind: worksheet.kind,
            state: worksheet.state,
            open: row.worksheet_open,
            worksheet,
          },
        ];
      });
      const open = all.filter((row) => row.state === 'open');
      return { worksheets: request.open ? open : all, open: open.length };
    },
  } satisfies Partial<MockCommands>;
}
