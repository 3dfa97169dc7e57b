// The bundle and the auditor's reply on the mock: a file that looks as if it were written, a reply with one of each kind.

import type { ReplyView } from '../bindings/api';
import { current } from './mock-evidence';
import { hash, head, identifier, problem, record, today, type Memory, type MockCommands, type Workspace } from './mock-memory';
import { reference } from './mock-reference';
import { taskCommands } from './mock-tasks';

const AUDITOR = 'Prüfwerk GmbH';

export function bundleCommands(memory: Memory) {
  const replies = new WeakMap<Workspace, ReplyView[]>();
  const known = (workspace: Workspace) => replies.get(workspace) ?? [];
  return {
    async export_bundle(request) {
      await memory.longWork('export_bundle', 8);
      const evidence = current(memory.need()).length;
      return {
        path: request.path, size: 3_418_233, sha256: hash(request.path), files: evidence + 8, evidence, pages: 34,
        journal: head(memory.need()), redacted: false, damaged: request.keep_going ? ['E-2 Scan.pdf'] : [],
      };
    },
    async export_spreadsheet(request) {
      await memory.longWork('export_spreadsheet', 2);
      return { path: request.path, size: 48_233, sha256: hash(request.path) };
    },
    async export_oscal(request) {
      await memory.longWork('export_oscal', 2);
      return { path: request.path, size: 148_233, sha256: hash(request.path) };
    },
    verify_bundle: (_request, locale) => {
      throw problem('not-a-bundle', locale, 'This is no bundle of Tillproof.', 'Das ist keine Mappe von Tillproof.');
    },
    list_replies: () => ({ replies: known(memory.need()) }),
    async import_reply(request, locale) {
      const workspace = memory.need();
      const sha256 = hash(request.path);
      if (known(workspace).some((one) => one.sha256 === sha256)) {
        throw problem('reply-known', locale, `This reply was brought in already: ${AUDITOR}.`, `Diese Antwort wurde schon übernommen: ${AUDITOR}.`,
          'What it says stands in the tasks and in the history.', 'Was darin steht, finden Sie in den Aufgaben und im Verlauf.');
      }
      const make = (requirement: string, title: string, priority: 'high' | 'normal') =>
        taskCommands(memory).add_task({ title, description: '', priority, requirements: [requirement] }, locale);
      const [accepted, asked, found] = ['pci-dss-4.0.1:8.3.6', 'gdpr:5.2', 'pci-dss-4.0.1:6.3.3'] as const;
      const label = (id: string) => reference(id, locale).label;
      const german = locale === 'de';
      const question = make(asked, german ? `Frage der Prüfstelle: ${label(asked)}` : `Question of the auditor: ${label(asked)}`, 'normal');
      const finding = make(found, german ? `Feststellung der Prüfstelle: ${label(found)}` : `Finding of the auditor: ${label(found)}`, 'high');
      const reply: ReplyView = {
        id: identifier(), auditor: AUDITOR, said_on: today(), received_at: new Date().toISOString(), file: 'reply.xlsx', sha256,
        items: [
          { requirement: accepted, label: label(accepted), said: 'accept', comment: '', due: null, task: null },
          { requirement: asked, label: label(asked), said: 'question', comment: german ? 'Wer ist dafür zuständig?' : 'Who is responsible for this?', due: null, task: question.id },
          { requirement: found, label: label(found), said: 'finding', comment: german ? 'Zwei Updates fehlen.' : 'Two updates are missing.', due: '2027-01-15', task: finding.id },
        ],
      };
      replies.set(workspace, [reply, ...known(workspace)]);
      record(workspace, 'import_reply', { en: `Reply of the auditor brought in: ${AUDITOR}`, de: `Antwort der Prüfstelle übernommen: ${AUDITOR}` }, [reply.id, accepted, asked, found]);
      return { id: reply.id, auditor: AUDITOR, said_on: reply.said_on, sha256, accepted: 1, questions: 1, findings: 1, tasks: [question, finding], journal: head(workspace) };
    },
  } satisfies Partial<MockCommands>;
}
