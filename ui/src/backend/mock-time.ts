// What lies beyond today on the mock: lists that are signed off and followed, the workspace as it was, taking back, and
// what does not fit together. The past is cut by the days in the rows, not replayed: enough for the window.

import type { Comparison, DataQuality, Direction, Locale, QualityKind, QualityPoint, Verdict } from '../bindings/api';
import type { CommandName } from './host';
import { summary } from './mock-lists';
import {
  answerKey, entryView, fresh, GAPS, head, identifier, inDays, problem, record, today, type Answer, type Assessment, type Both, type Entry, type Memory, type MockCommands, type Workspace,
} from './mock-memory';
import { rows, rowsOfOne } from './mock-rows';
import { info } from './mock-file';
import { lacks } from './mock-providers';
import { reference } from './mock-reference';

/** Commands that change the workspace; those of parts that are added later are known by their first word. */
const WRITES = /^(add|set|answer|attach|paste|replace|remove|start|change_scope|carry|confirm|import|sign|next|undo|comment|link_|task_from|plan_)/;

/** Commands whose entry stays: others stand on it. */
const STAYS = ['create_workspace', 'start_assessment', 'next_assessment', 'sign_off', 'carry_over', 'import_checklist', 'comment_task'];

export function timeCommands(memory: Memory) {
  return {
    list_assessments(_request, locale) {
      const workspace = memory.need();
      const newest = [...workspace.assessments].reverse();
      const ordered = [...workspace.assessments.filter((one) => !one.signed_off), ...newest.filter((one) => one.signed_off)];
      return { assessments: ordered.map((one) => summary(workspace, one, locale)) };
    },
    sign_off(request, locale) {
      const workspace = memory.need();
      const found = assessment(workspace, request.assessment, request.framework, locale);
      if (found.signed_off) {
        throw problem('assessment-signed-off', locale, `This list was signed off by ${found.signed_off.name} and does not change any more.`,
          `Diese Liste wurde von ${found.signed_off.name} unterzeichnet und ändert sich nicht mehr.`,
          'Start the next list: it begins with these answers.', 'Beginnen Sie die nächste Liste: Sie startet mit diesen Antworten.');
      }
      if (!request.name.trim() || !request.role.trim()) {
        throw problem('signer-missing', locale, 'A signature needs a name and a role.', 'Eine Unterschrift braucht einen Namen und eine Funktion.',
          'Write who signs, and as what: owner, managing director.', 'Schreiben Sie, wer unterzeichnet und als was: Inhaberin, Geschäftsführer.');
      }
      const { tally, outcome } = summary(workspace, found, locale);
      found.signed_off = {
        at: new Date().toISOString(), signed_on: request.signed_on ?? today(), name: request.name, role: request.role, ...head(workspace), tally, outcome,
      };
      record(workspace, 'sign_off', named({ en: 'Signed off', de: 'Unterzeichnet' }, workspace, found), [found.id]);
      return summary(workspace, found, locale);
    },
    next_assessment(request, locale) {
      const workspace = memory.need();
      const last = assessment(workspace, request.assessment, request.framework, locale);
      if (!last.signed_off || workspace.assessments.some((one) => one.follows === last.id)) {
        throw problem('not-signed-off', locale, 'There is no list that is signed off and waits for the next one.', 'Es gibt keine unterzeichnete Liste, die auf die nächste wartet.',
          'Sign off the current list first.', 'Unterzeichnen Sie zuerst die laufende Liste.');
      }
      const start = request.period_start ?? inDays(1, last.period_end);
      const next: Assessment = {
        ...last, id: identifier(), period_start: start, period_end: request.period_end ?? inDays(365, start), criteria: {}, follows: last.id, signed_off: undefined,
      };
      workspace.assessments.push(next);
      for (const [key, answer] of [...workspace.answers]) {
        if (!key.startsWith(`${last.id}|`)) continue;
        workspace.answers.set(answerKey(next.id, key.slice(last.id.length + 1)), { ...answer, carried_from: last.id, rev: 1 });
      }
      record(workspace, 'next_assessment', named({ en: 'Next list started', de: 'Nächste Liste begonnen' }, workspace, next), [next.id]);
      return summary(workspace, next, locale);
    },
    compare_assessments(request, locale): Comparison {
      const workspace = memory.need();
      const to = assessment(workspace, request.to, undefined, locale);
      const from = assessment(workspace, request.from ?? to.follows ?? '', undefined, locale);
      if (from.framework !== to.framework) {
        throw problem('not-comparable', locale, 'These two lists belong to different frameworks.', 'Diese beiden Listen gehören zu verschiedenen Regelwerken.',
          'Choose two lists of one framework.', 'Wählen Sie zwei Listen eines Regelwerks.');
      }
      const verdicts = (one: Assessment) => new Map(rowsOfOne(workspace, one, locale).map((row) => [row.id, row.verdict]));
      const [then, now] = [verdicts(from), verdicts(to)];
      const all = [...new Set([...now.keys(), ...then.keys()])].map((id) => ({ id, from: then.get(id) ?? null, to: now.get(id) ?? null }));
      return {
        from: summary(workspace, from, locale),
        to: summary(workspace, to, locale),
        same: all.filter((one) => one.from === one.to).length,
        changes: all
          .filter((one) => one.from !== one.to)
          .map((one) => ({ requirement: reference(one.id, locale), from: one.from, to: one.to, direction: direction(one.from, one.to) })),
      };
    },
    data_quality: (request, locale) => {
      const { points, counts } = quality(memory.need(), locale);
      const wanted = counts.flatMap((one) => points.filter((point) => point.kind === one.kind).slice(0, request.limit ?? points.length));
      return { points: wanted.filter((point) => !request.kind || point.kind === request.kind), counts };
    },
    undo(request, locale) {
      const workspace = memory.need();
      const entry = request.seq === undefined
        ? workspace.journal.findLast((one) => one.can_undo && one.command !== 'undo')
        : workspace.journal.find((one) => one.seq === request.seq);
      if (!entry && request.seq === undefined) {
        throw problem('nothing-to-undo', locale, 'Of your last changes there is none that could be taken back.', 'Von Ihren letzten Änderungen lässt sich keine zurücknehmen.',
          'Open the history and choose an entry.', 'Öffnen Sie den Verlauf und wählen Sie einen Eintrag.');
      }
      if (!entry?.can_undo) {
        throw problem('changed-since', locale, `Entry ${request.seq} cannot be taken back.`, `Eintrag ${request.seq} lässt sich nicht zurücknehmen.`,
          'Make a new change instead.', 'Ändern Sie stattdessen neu.');
      }
      for (const { key, before } of entry.changes ?? []) put(workspace, key, before);
      record(workspace, 'undo', { en: `Taken back: ${entry.words.en}`, de: `Zurückgenommen: ${entry.words.de}` }, entry.subjects);
      return entryView(workspace.journal[workspace.journal.length - 1] as Entry, locale);
    },
    look_back(request, locale) {
      const now = memory.open;
      if (!now) throw problem('no-workspace', locale, 'No workspace is open.', 'Es ist keine Datei geöffnet.');
      if (!request.day && request.seq === undefined) {
        throw problem('invalid-date', locale, '“” is not a date.', '„“ ist kein Datum.', 'Write it as year-month-day: 2026-11-30.', 'Schreiben Sie Jahr-Monat-Tag: 2026-11-30.');
      }
      const journal = now.journal.filter((one) => (request.seq === undefined || one.seq <= request.seq) && (!request.day || one.at.slice(0, 10) <= request.day));
      const last = journal.at(-1);
      if (!last) {
        throw problem('before-the-beginning', locale, `On ${request.day ?? request.seq} this file had nothing in it yet.`, `Zum Zeitpunkt ${request.day ?? request.seq} stand in dieser Datei noch nichts.`,
          'Choose a later day.', 'Wählen Sie einen späteren Tag.');
      }
      memory.past = { ...asOf(now, last.at), journal, as_of: request.day ?? last.at.slice(0, 10) };
      return info(memory.past, locale);
    },
    look_now(_request, locale) {
      memory.past = null;
      return info(memory.need(), locale);
    },
  } satisfies Partial<MockCommands>;
}

/** Runs a command as the backend would: nothing is changed while the past is looked at, and what was changed is kept, to be taken back. */
export async function watched<T>(memory: Memory, command: CommandName, locale: Locale, run: () => T | Promise<T>): Promise<T> {
  if (['open_workspace', 'close_workspace', 'create_workspace', 'restore_workspace'].includes(command)) memory.past = null;
  const workspace = memory.open;
  if (!workspace || !WRITES.test(command)) return run();
  if (memory.past) {
    const day = memory.past.as_of ?? '';
    throw problem('looking-back', locale, `You are looking at ${day}. The past cannot be changed.`, `Sie sehen den Stand vom ${day}. Vergangenes lässt sich nicht ändern.`,
      'Go back to today, then make your change.', 'Kehren Sie zu heute zurück und ändern Sie dann.');
  }
  const before = flat(workspace);
  const length = workspace.journal.length;
  const answer = await run();
  const after = flat(workspace);
  const entry = workspace.journal[length];
  if (entry && !STAYS.includes(command)) {
    const keys = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
    entry.changes = keys.map((key) => ({ key, before: before.get(key), after: after.get(key) }));
  }
  for (const one of workspace.journal) one.can_undo = !!one.changes?.length && one.changes.every(({ key, after: then }) => after.get(key) === then);
  // An answer that shows the history or an entry was made before this was known.
  if (command === 'undo' && entry) return entryView(entry, locale) as T;
  return answer;
}

/** Every row as text, by kind and id. */
function flat(workspace: Workspace): Map<string, string> {
  const all = new Map<string, string>([['profile', JSON.stringify(workspace.profile)]]);
  for (const [key, answer] of workspace.answers) all.set(`answer ${key}`, JSON.stringify(answer));
  for (const one of workspace.assessments) if (!one.signed_off) all.set(`assessment ${one.id}`, JSON.stringify(one));
  for (const one of workspace.evidence) all.set(`evidence ${one.id}`, JSON.stringify(one));
  for (const one of workspace.tasks) all.set(`task ${one.id}`, JSON.stringify(one));
  for (const one of workspace.providers) all.set(`provider ${one.id}`, JSON.stringify(one));
  return all;
}

/** Gives a row the value it had; what was new is put aside. */
function put(workspace: Workspace, name: string, text: string | undefined): void {
  const [kind = '', id = ''] = name.split(/ (.*)/s);
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  const over = (list: { id: string }[], aside: object) => {
    const found = list.find((one) => one.id === id);
    if (found) Object.assign(found, value ?? aside);
  };
  if (kind === 'profile') Object.assign(workspace.profile, value);
  else if (kind === 'answer') workspace.answers.set(id, { ...((value as Answer | undefined) ?? fresh()), rev: (workspace.answers.get(id)?.rev ?? 0) + 1 });
  else if (kind === 'task') over(workspace.tasks, { status: 'dropped', closed_at: new Date().toISOString() });
  else if (kind === 'provider') over(workspace.providers, { ended: 'Zurückgenommen' });
  else if (kind === 'evidence') over(workspace.evidence, { removed_reason: 'Zurückgenommen' });
  else over(workspace.assessments, {});
}

function asOf(now: Workspace, at: string): Workspace {
  const day = at.slice(0, 10);
  const then = (moment: string | null | undefined) => !!moment && moment.slice(0, 10) <= day && moment <= at;
  return {
    ...structuredClone({ ...now, journal: [] }),
    assessments: now.assessments.filter((one) => !one.follows || then(now.journal.find((entry) => entry.command === 'next_assessment' && entry.subjects.includes(one.id))?.at)).map((one) => (then(one.signed_off?.at) ? one : { ...one, signed_off: undefined })),
    answers: new Map([...now.answers].filter(([, answer]) => then(answer.answered_at))),
    tasks: now.tasks.filter((task) => then(task.created_at)),
    evidence: now.evidence.filter((one) => then(one.added_at)),
  };
}

function assessment(workspace: Workspace, id: string | undefined, framework: string | undefined, locale: Locale): Assessment {
  const found = workspace.assessments.find((one) => (id === undefined ? !one.signed_off && (!framework || one.framework === framework) : one.id === id));
  if (!found) throw problem('nothing-to-compare', locale, 'There is no such list.', 'Diese Liste gibt es nicht.', 'Say which list you mean.', 'Nennen Sie die Liste.');
  return found;
}

function named(words: Both, workspace: Workspace, one: Assessment): Both {
  const name = (locale: Locale) => summary(workspace, one, locale).framework_name;
  return { en: `${words.en}: ${name('en')}`, de: `${words.de}: ${name('de')}` };
}

function direction(from: Verdict | null, to: Verdict | null): Direction {
  if (!from || !to) return 'neutral';
  const rank = (verdict: Verdict) => (['in-place', 'in-place-ccw', 'not-applicable'].includes(verdict) ? 2 : verdict === 'partly' ? 1 : 0);
  return rank(to) > rank(from) ? 'better' : rank(to) < rank(from) ? 'worse' : 'neutral';
}

const KINDS: Record<QualityKind, Both> = {
  'no-proof': { en: 'In place, without proof', de: 'Umgesetzt, ohne Nachweis' },
  'proof-expired': { en: 'In place, proof expired', de: 'Umgesetzt, Nachweis abgelaufen' },
  'reason-missing': { en: 'Reason missing', de: 'Begründung fehlt' },
  'worksheet-open': { en: 'Worksheet with open points', de: 'Arbeitsblatt mit offenen Punkten' },
  'verdict-older': { en: 'Verdict older than its proof', de: 'Antwort älter als ihr Nachweis' },
  carried: { en: 'Taken over from last time', de: 'Vom letzten Mal übernommen' },
  'task-done': { en: 'Task done, gap still open', de: 'Aufgabe erledigt, Lücke noch offen' },
  provider: { en: 'Provider papers', de: 'Unterlagen von Dienstleistern' },
  register: { en: 'Registers of the GDPR', de: 'Register der DSGVO' },
};

export function quality(workspace: Workspace, locale: Locale): DataQuality {
  const de = locale === 'de';
  const all = rows(workspace, locale);
  const points: QualityPoint[] = all.flatMap((row) => {
    const name = de ? `${row.framework_name} ${row.label} „${row.title}“` : `${row.framework_name} ${row.label} “${row.title}”`;
    const about = (kind: QualityKind, en: string, german: string) => ({
      kind, text: `${name}${de ? german : en}`, requirement: row.id, assessment: row.assessment, task: null, provider: null, register: null,
    });
    const met = row.verdict.startsWith('in-place');
    return [
      ...(met && row.proof === 'missing' ? [about('no-proof', ' is said to be in place, and nothing proves it.', ' gilt als umgesetzt, aber nichts belegt es.')] : []),
      ...(met && row.proof === 'expired' ? [about('proof-expired', ' is said to be in place, and its proof has expired.', ' gilt als umgesetzt, aber der Nachweis ist abgelaufen.')] : []),
      ...(row.reason_missing ? [about('reason-missing', ': the reason for the verdict is missing.', ': Die Begründung der Antwort fehlt.')] : []),
      ...(row.worksheet_open.length > 0 ? [about('worksheet-open', ': points of its worksheet are open.', ': Im Arbeitsblatt sind Punkte offen.')] : []),
      ...(row.carried ? [about('carried', ': the verdict is that of the last list. Confirm it or change it.', ': Die Antwort stammt aus der letzten Liste. Bestätigen oder ändern Sie sie.')] : []),
    ];
  });
  for (const task of workspace.tasks.filter((one) => one.status === 'done')) {
    const gap = all.find((row) => task.requirements.includes(row.id) && GAPS.includes(row.verdict));
    if (!gap) continue;
    points.push({
      kind: 'task-done',
      text: de ? `Die Aufgabe „${task.title}“ ist erledigt, aber ${gap.label} ist noch als Lücke beantwortet.` : `The task “${task.title}” is done, and ${gap.label} is still answered as a gap.`,
      requirement: gap.id, assessment: gap.assessment, task: task.id, provider: null, register: null,
    });
  }
  for (const provider of workspace.providers) {
    for (const lack of lacks(workspace, provider, locale)) {
      points.push({ kind: 'provider', text: `${provider.name}: ${lack.text}`, requirement: null, assessment: null, task: null, provider: provider.id, register: null });
    }
  }
  const order = Object.keys(KINDS) as QualityKind[];
  points.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const counts = order.map((kind) => ({ kind, name: KINDS[kind][locale], count: points.filter((one) => one.kind === kind).length }));
  return { points, counts: counts.filter((one) => one.count > 0) };
}
