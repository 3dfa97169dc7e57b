// The finder of the questionnaire on the mock.

import type { FinderQuestionView, FinderState, Locale } from '../bindings/api';
import * as catalogue from './mock-catalogue';

export function finderQuestion(id: string, locale: Locale): FinderQuestionView {
  const question = catalogue.finder.questions.find((one) => one.id === id);
  const texts = catalogue.finderTexts[locale].questions[id];
  return {
    id,
    question: texts?.question ?? id,
    why: texts?.why ?? '',
    answers: (question?.answers ?? []).map((answer) => ({
      value: answer.value,
      label: texts?.answers[answer.value]?.label ?? answer.value,
      detail: texts?.answers[answer.value]?.detail ?? null,
      sketch: answer.sketch ?? null,
      next: answer.next ?? null,
    })),
  };
}

export function findSaq(answers: Record<string, string | undefined>, locale: Locale): FinderState {
  const texts = catalogue.finderTexts[locale];
  const pci = catalogue.frameworks.find((known) => known.id.startsWith('pci-dss'));
  const path: FinderState['path'] = [];
  const ruledOut = new Map<string, string>();
  let at: string | undefined = catalogue.finder.start;
  let result: string | undefined;
  while (at) {
    const question = catalogue.finder.questions.find((one) => one.id === at);
    const given: string | undefined = answers[at];
    const answer: catalogue.FinderAnswer | undefined = question?.answers.find((one) => one.value === given);
    if (!answer) break;
    const words = texts.questions[at]?.answers[answer.value];
    path.push({
      question: at,
      question_text: texts.questions[at]?.question ?? at,
      answer: answer.value,
      answer_text: words?.label ?? answer.value,
      reason: words?.reason ?? '',
    });
    for (const scope of answer.rules_out) ruledOut.set(scope, words?.reason ?? '');
    at = answer.next;
    result = answer.result;
  }
  const found = catalogue.finder.results.find((one) => one.id === result);
  const said = found && texts.results[found.id];
  return {
    path,
    next: !result && at ? finderQuestion(at, locale) : null,
    result:
      found && said
        ? {
            id: found.id,
            scope: found.scope,
            available: pci?.scopes.find((scope) => scope.id === found.scope)?.available ?? false,
            ...said,
            reasons: path.map((step) => step.reason),
            ruled_out: [...ruledOut].map(([scope, reason]) => ({
              scope,
              name: pci?.texts[locale].scopes[scope]?.name ?? scope,
              reason,
            })),
            confidence: found.confidence,
          }
        : null,
    remaining_at_most: result ? 0 : Math.max(1, 8 - path.length),
  };
}
