// The file on the mock: made, opened, backed up, verified; the company, the history, the report.

import type { Locale, WorkspaceInfo } from '../bindings/api';
import { summary } from './mock-lists';
import { empty, entryView, EXAMPLE_PATH, hash, head, problem, record, type Memory, type MockCommands, type Workspace } from './mock-memory';
import { current } from './mock-evidence';
import { place } from './mock-safe';
import { signer } from './mock-signing';
import { taskView } from './mock-tasks';

export function fileCommands(memory: Memory) {
  return {
    create_workspace(request, locale) {
      if (memory.files.has(request.path)) {
        throw problem('file-exists', locale, 'There is a file at this place already.', 'An diesem Ort gibt es schon eine Datei.',
          'Choose another name or another folder.', 'Wählen Sie einen anderen Namen oder einen anderen Ordner.');
      }
      if (!request.passphrase && !request.unencrypted) {
        throw problem('passphrase-missing', locale, 'A passphrase is missing.', 'Es fehlt eine Passphrase.',
          'Type one, or choose a file without encryption.', 'Geben Sie eine ein, oder wählen Sie eine Datei ohne Verschlüsselung.');
      }
      memory.open = empty(request.path, request.passphrase ?? null, request.name, request.locale, request.country ?? '');
      memory.files.set(request.path, memory.open);
      memory.remember();
      return info(memory.open, locale);
    },
    probe_workspace(request) {
      const found = memory.files.get(request.path);
      return { path: request.path, exists: !!found, encrypted: !!found?.passphrase, size: found ? 212_992 : 0 };
    },
    open_workspace(request, locale) {
      const found = memory.files.get(request.path);
      if (!found) {
        throw problem('file-missing', locale, `There is no file at ${request.path}.`, `Unter ${request.path} liegt keine Datei.`,
          'Perhaps it was moved. Choose it again.', 'Vielleicht wurde sie verschoben. Wählen Sie sie noch einmal aus.');
      }
      const passphrase = request.passphrase ?? memory.kept.get(request.path);
      if (found.passphrase && !passphrase) {
        throw problem('passphrase-needed', locale, 'This file takes a passphrase.', 'Diese Datei braucht eine Passphrase.');
      }
      if (found.passphrase && found.passphrase !== passphrase) {
        throw problem('passphrase-wrong', locale, 'This passphrase does not open the file.', 'Diese Passphrase öffnet die Datei nicht.',
          'Check upper and lower case and the keyboard layout.', 'Prüfen Sie Groß- und Kleinschreibung und die Tastaturbelegung.');
      }
      memory.open = found;
      memory.remember();
      return info(memory.open, locale);
    },
    close_workspace() {
      memory.open = null;
      return {};
    },
    workspace_info: (_request, locale) => info(memory.need(), locale),
    set_profile(request, locale) {
      const workspace = memory.need();
      Object.assign(workspace.profile, request);
      workspace.profile.rev += 1;
      if (!request.finder_answers && !request.more_finder_answers) {
        record(workspace, 'set_profile', { en: 'Company profile changed', de: 'Angaben zum Betrieb geändert' }, []);
      } else {
        record(workspace, 'set_profile', { en: 'Answer given in the questionnaire finder', de: 'Antwort bei der Suche nach dem Fragebogen gegeben' }, []);
      }
      return info(workspace, locale);
    },
    change_passphrase(request, locale) {
      const workspace = memory.need();
      if ((workspace.passphrase ?? '') !== request.current) {
        throw problem('passphrase-wrong', locale, 'The passphrase until now is not right.', 'Die bisherige Passphrase stimmt nicht.',
          'Type it again.', 'Geben Sie sie noch einmal ein.');
      }
      workspace.passphrase = request.new || null;
      return {};
    },
    restore_workspace(request, locale) {
      const restored = { ...memory.example, path: request.path };
      memory.open = restored;
      memory.files.set(request.path, restored);
      memory.remember();
      return info(restored, locale);
    },
    async verify_workspace(_request, locale) {
      const workspace = memory.need();
      await memory.longWork('verify_workspace', 6);
      return {
        ok: true,
        problems: [],
        checked: {
          journal_entries: workspace.journal.length,
          rows: workspace.answers.size + workspace.tasks.length + workspace.evidence.length,
          evidence: workspace.evidence.length,
          evidence_bytes: workspace.evidence.reduce((sum, one) => sum + one.size, 0),
        },
        journal: head(workspace),
        not_proven: [
          locale === 'de'
            ? 'Ob die Antworten der Wirklichkeit entsprechen, kann keine Prüfung der Datei zeigen.'
            : 'Whether the answers are true is nothing that a check of the file can show.',
          locale === 'de'
            ? 'Wer die ganze Datei durch eine ältere Kopie ersetzt, fällt nur auf, wenn Sie den Journalstand in einem früheren Bericht vergleichen.'
            : 'If somebody replaced the whole file by an older copy, only the journal head in an earlier report would show it.',
        ],
      };
    },
    history(request, locale) {
      const workspace = memory.need();
      const limit = request.limit ?? 100;
      const found = workspace.journal
        .filter((entry) => request.before === undefined || entry.seq < request.before)
        .filter((entry) => !request.subject || entry.subjects.includes(request.subject))
        .filter((entry) => !request.person || entry.actor === request.person)
        .filter((entry) => (!request.from || entry.at.slice(0, 10) >= request.from) && (!request.to || entry.at.slice(0, 10) <= request.to))
        .sort((a, b) => b.seq - a.seq);
      return { entries: found.slice(0, limit).map((entry) => entryView(entry, locale)), more: found.length > limit };
    },
    async make_demo(request) {
      await memory.longWork('make_demo', 5);
      return { workspace: EXAMPLE_PATH, reports: [`${request.directory}/Bericht.pdf`] };
    },
    async export_report(request, locale) {
      const signature = signer(memory.need(), request.sign, locale);
      await memory.longWork('export_report', 8);
      return { path: request.path, size: 418_233, pages: request.choice?.kind === 'executive' ? 2 : 34, sha256: hash(request.path), journal: head(memory.need()), damaged: [], signature };
    },
  } satisfies Partial<MockCommands>;
}

export function info(workspace: Workspace, locale: Locale): WorkspaceInfo {
  const tasks = workspace.tasks.map((task) => taskView(task, locale, workspace)).filter((task) => !task.closed_at);
  return {
    path: workspace.path,
    encrypted: workspace.passphrase !== null,
    ...place(workspace.path, locale),
    size: 212_992,
    format: 1,
    app_version: '0.1.0',
    profile: workspace.profile,
    journal: head(workspace),
    counts: {
      evidence: current(workspace).length,
      tasks_open: tasks.length,
      tasks_overdue: tasks.filter((task) => task.overdue).length,
    },
    as_of: workspace.as_of ?? null,
    assessments: workspace.assessments.filter((one) => !one.signed_off).map((assessment) => summary(workspace, assessment, locale)),
  };
}
