// The whole backend in memory, with the real checklists and an example shop, so that every screen can be looked at and
// tested without the Rust shell. Never in the bundle. It plays the backend's part; it is not a second source of truth.

import type {
  AssessmentSummary,
  Commands,
  ErrorView,
  EvidenceView,
  FinderQuestionView,
  FinderState,
  HistoryEntry,
  Locale,
  NextStep,
  Priority,
  ProfileView,
  Progress,
  ProofState,
  RequirementDetail,
  RequirementRow,
  TaskStatus,
  TaskView,
  Tally,
  Verdict,
  WorkspaceInfo,
  ProviderView,
} from '../bindings/api';
import type { CommandName, FileDrag, Host, ProgressReport, Recent, Request, Response } from './host';
import * as catalogue from './mock-catalogue';
import * as checklists from './mock-checklists';
import * as providers from './mock-providers';
import { registerCommands, registerOf } from './mock-registers';
import { fill } from './mock-example';

type Both = Record<Locale, string>;

interface Answer {
  verdict: Verdict;
  progress: Progress;
  note: string;
  justification: string;
  parts?: Record<string, Verdict>;
  target_date: string | null;
  answered_at: string | null;
  answered_by: string | null;
  rev: number;
}

interface Assessment {
  id: string;
  framework: string;
  scope: string;
  period_start: string;
  period_end: string;
  criteria: Record<string, boolean | null>;
}

interface Evidence extends Omit<EvidenceView, 'requirements' | 'state' | 'counts_until'> {
  requirements: string[];
  text?: string;
  base64?: string;
}

type Task = Omit<TaskView, 'requirements' | 'overdue'> & { requirements: string[] };

interface Entry extends Omit<HistoryEntry, 'summary'> {
  words: Both;
}

export interface Workspace {
  path: string;
  passphrase: string | null;
  profile: ProfileView;
  assessments: Assessment[];
  answers: Map<string, Answer>;
  evidence: Evidence[];
  tasks: Task[];
  journal: Entry[];
}

const ACTOR = 'Anna Sommer';
const GAPS: Verdict[] = ['partly', 'not-in-place'];
const NEEDS_REASON: Verdict[] = ['in-place-ccw', 'not-applicable', 'not-tested'];
const TALLY: Record<Verdict, keyof Tally> = {
  unanswered: 'unanswered',
  'in-place': 'in_place',
  'in-place-ccw': 'in_place_ccw',
  partly: 'partly',
  'not-in-place': 'not_in_place',
  'not-applicable': 'not_applicable',
  'not-tested': 'not_tested',
};

export const EXAMPLE_PATH = '/home/anna/Dokumente/Imkerei Sommer.tillproof';
export const ENCRYPTED_PATH = '/home/anna/Dokumente/Töpferei am Markt.tillproof';
export const ENCRYPTED_PASSPHRASE = 'vier bunte Schalen im Regal';

export interface Mock extends Host {
  /** The open workspace, for a test to look at. */
  readonly open: Workspace | null;
  /** Makes the next call of this command fail. */
  failNext(command: CommandName, error: ErrorView): void;
  /** Files as if dropped on the window. */
  drop(paths: string[]): void;
  /** As if the person closed the window. */
  close(): Promise<void>;
  /** Everything that was called, in order. */
  readonly calls: { command: CommandName; request: unknown }[];
}

export interface MockOptions {
  /** `none`: nothing open; `example`: the example shop; `new`: a fresh workspace. */
  open?: 'none' | 'example' | 'new';
  locale?: Locale;
  dialogs?: boolean;
  /** The scopes of PCI DSS that the example has now, joined by `+`; it was begun with SAQ A. */
  scope?: string;
  /** The folder that is chosen when a checklist is brought in. */
  checklist?: string;
  /** How long an answer takes, in milliseconds. */
  delay?: number;
}

export function mock(options: MockOptions = fromAddress()): Mock {
  catalogue.forgetBroughtIn();
  const files = new Map<string, Workspace>();
  const example = empty(EXAMPLE_PATH, null, 'Imkerei Sommer', 'de', 'DE');
  files.set(EXAMPLE_PATH, example);
  files.set(ENCRYPTED_PATH, empty(ENCRYPTED_PATH, ENCRYPTED_PASSPHRASE, 'Töpferei am Markt', 'de', 'DE'));
  let recent: Recent[] = [
    { path: EXAMPLE_PATH, name: 'Imkerei Sommer', opened_at: ago(0) },
    { path: ENCRYPTED_PATH, name: 'Töpferei am Markt', opened_at: ago(12) },
  ];
  let open: Workspace | null = null;
  let onProgress: (report: ProgressReport) => void = () => {};
  let onDrag: (drag: FileDrag) => void = () => {};
  let onClose: () => Promise<void> = async () => {};
  let cancelled = false;
  const failures = new Map<CommandName, ErrorView>();
  const calls: Mock['calls'] = [];

  fill(example, { add, answerKey, record: (workspace, command, words, subjects, at) => record(workspace, command, words, subjects, at) });
  if (options.open === 'example') open = example;
  if (options.scope) for (const one of example.assessments) if (one.framework.startsWith('pci-dss')) one.scope = options.scope;
  if (options.open === 'new') {
    open = empty('/home/anna/Dokumente/Mein Laden.tillproof', null, 'Mein Laden', 'de', 'DE');
    files.set(open.path, open);
  }

  function need(): Workspace {
    if (!open) throw problem('no-workspace', 'en', 'No workspace is open.', 'Es ist keine Datei geöffnet.');
    return open;
  }

  const commands: { [K in CommandName]: (request: Request<K>, locale: Locale) => Response<K> | Promise<Response<K>> } = {
    ...registerCommands({ need }),
    create_workspace(request, locale) {
      if (files.has(request.path)) {
        throw problem('file-exists', locale, 'There is a file at this place already.', 'An diesem Ort gibt es schon eine Datei.',
          'Choose another name or another folder.', 'Wählen Sie einen anderen Namen oder einen anderen Ordner.');
      }
      if (!request.passphrase && !request.unencrypted) {
        throw problem('passphrase-missing', locale, 'A passphrase is missing.', 'Es fehlt eine Passphrase.',
          'Type one, or choose a file without encryption.', 'Geben Sie eine ein, oder wählen Sie eine Datei ohne Verschlüsselung.');
      }
      open = empty(request.path, request.passphrase ?? null, request.name, request.locale, request.country ?? '');
      files.set(request.path, open);
      remember();
      return info(open, locale);
    },
    probe_workspace(request) {
      const found = files.get(request.path);
      return { path: request.path, exists: !!found, encrypted: !!found?.passphrase, size: found ? 212_992 : 0 };
    },
    open_workspace(request, locale) {
      const found = files.get(request.path);
      if (!found) {
        throw problem('file-missing', locale, `There is no file at ${request.path}.`, `Unter ${request.path} liegt keine Datei.`,
          'Perhaps it was moved. Choose it again.', 'Vielleicht wurde sie verschoben. Wählen Sie sie noch einmal aus.');
      }
      if (found.passphrase && found.passphrase !== request.passphrase) {
        throw problem('wrong-passphrase', locale, 'This passphrase does not open the file.', 'Diese Passphrase öffnet die Datei nicht.',
          'Check upper and lower case and the keyboard layout.', 'Prüfen Sie Groß- und Kleinschreibung und die Tastaturbelegung.');
      }
      open = found;
      remember();
      return info(open, locale);
    },
    close_workspace() {
      open = null;
      return {};
    },
    workspace_info: (_request, locale) => info(need(), locale),
    set_profile(request, locale) {
      const workspace = need();
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
      const workspace = need();
      if ((workspace.passphrase ?? '') !== request.current) {
        throw problem('wrong-passphrase', locale, 'The passphrase until now is not right.', 'Die bisherige Passphrase stimmt nicht.',
          'Type it again.', 'Geben Sie sie noch einmal ein.');
      }
      workspace.passphrase = request.new || null;
      return {};
    },
    async backup_workspace(request) {
      await longWork('backup_workspace', 4);
      return { path: request.path, size: 212_992, sha256: hash(request.path) };
    },
    restore_workspace(request, locale) {
      open = { ...example, path: request.path };
      files.set(request.path, open);
      remember();
      return info(open, locale);
    },
    async verify_workspace(_request, locale) {
      const workspace = need();
      await longWork('verify_workspace', 6);
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
      const workspace = need();
      const limit = request.limit ?? 100;
      const found = workspace.journal
        .filter((entry) => request.before === undefined || entry.seq < request.before)
        .filter((entry) => !request.subject || entry.subjects.includes(request.subject))
        .sort((a, b) => b.seq - a.seq);
      return { entries: found.slice(0, limit).map((entry) => entryView(entry, locale)), more: found.length > limit };
    },
    async make_demo(request) {
      await longWork('make_demo', 5);
      return { workspace: EXAMPLE_PATH, reports: [`${request.directory}/Bericht.pdf`] };
    },
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
    processing_starter: (_request, locale) => ({ activities: checklists.activities(open?.profile.country ?? '', locale) }),
    import_checklist(request, locale) {
      const workspace = need();
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
      const workspace = need();
      const framework = catalogue.frameworks.find((known) => known.id === request.framework);
      if (!framework) throw problem('not-found', locale, 'There is no such list.', 'Diese Liste gibt es nicht.');
      const scope = request.scope ?? framework.scopes[0]?.id ?? '';
      refuse(framework, scope, locale);
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
      const workspace = need();
      const assessment = workspace.assessments.find((one) =>
        request.assessment ? one.id === request.assessment : one.framework === request.framework);
      const framework = catalogue.frameworks.find((known) => known.id === assessment?.framework);
      if (!assessment || !framework) throw problem('not-found', locale, 'There is no such list.', 'Diese Liste gibt es nicht.');
      refuse(framework, request.scope, locale);
      assessment.scope = request.scope;
      record(workspace, 'change_scope',
        { en: `Scope changed: ${framework.texts.en.name}`, de: `Umfang geändert: ${framework.texts.de.name}` }, [assessment.id]);
      return summary(workspace, assessment, locale);
    },
    carry_over(request, locale) {
      const workspace = need();
      const from = workspace.assessments.find((one) => one.id === request.from);
      const old = catalogue.frameworks.find((known) => known.id === from?.framework);
      const newer = catalogue.frameworks.find((known) => known.id === request.framework);
      if (!from || !old || !newer) throw problem('not-found', locale, 'There is no such list.', 'Diese Liste gibt es nicht.');
      const scope = request.scope ?? from.scope;
      refuse(newer, scope, locale);
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
      const workspace = need();
      const assessment = workspace.assessments.find((one) => !request.assessment || one.id === request.assessment);
      if (!assessment) throw problem('not-found', locale, 'There is no such assessment.', 'Diese Bewertung gibt es nicht.');
      assessment.criteria[request.criterion] = request.confirmed;
      record(workspace, 'confirm_criterion', { en: 'Criterion answered', de: 'Voraussetzung beantwortet' }, [assessment.id]);
      return summary(workspace, assessment, locale);
    },
    overview(_request, locale) {
      const workspace = need();
      const all = rows(workspace, locale);
      const assessments = workspace.assessments.map((assessment) => summary(workspace, assessment, locale));
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
        tasks: workspace.tasks
          .map((task) => taskView(task, locale))
          .filter((task) => !task.closed_at && task.due && task.due <= inDays(30))
          .sort((a, b) => (a.due ?? '').localeCompare(b.due ?? '')),
        expiring: current(workspace)
          .map((one) => evidenceView(one, locale))
          .filter((one) => one.state === 'due-soon' || one.state === 'expired'),
      };
    },
    list_requirements(request, locale) {
      const workspace = need();
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
    show_requirement: (request, locale) => detail(need(), request.requirement, locale),
    answer_requirement(request, locale) {
      const workspace = need();
      const row = [...rows(workspace, locale), ...keptRows(workspace, locale)].find((one) => one.id === request.requirement);
      if (!row) throw problem('not-found', locale, 'There is no such requirement.', 'Diese Anforderung gibt es nicht.');
      const key = answerKey(row.assessment, row.id);
      const before = workspace.answers.get(key) ?? fresh();
      if (request.rev !== undefined && request.rev !== before.rev) {
        throw problem('conflict', locale, 'Somebody else has changed this answer.', 'Diese Antwort wurde inzwischen geändert.',
          'Load it again and check it.', 'Laden Sie sie neu und prüfen Sie sie.');
      }
      const after: Answer = { ...before };
      if (request.verdict !== undefined) after.verdict = request.verdict as Verdict;
      if (request.progress !== undefined) after.progress = request.progress as Progress;
      if (request.note !== undefined) after.note = request.note;
      if (request.justification !== undefined) after.justification = request.justification;
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
      const workspace = need();
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
          justification: reason || before.justification,
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
    add_provider(request) {
      const one = providers.added(identifier(), request);
      need();
      known.push(one);
      return one;
    },
    set_provider(request, locale) {
      const at = known.findIndex((one) => one.id === request.provider);
      const old = known[at];
      if (!old) throw problem('not-found', locale, 'There is no such provider.', 'Diesen Dienstleister gibt es nicht.');
      return (known[at] = providers.changed(old, request));
    },
    list_providers: (request) => ({
      providers: known.filter((one) => (request.all || !one.ended) && (!request.lacking || one.lacks.length > 0)),
      requirements: [],
    }),
    provider_letter(request, locale) {
      const one = known.find((provider) => provider.id === request.provider);
      if (!one) throw problem('not-found', locale, 'There is no such provider.', 'Diesen Dienstleister gibt es nicht.');
      return { to: one.contact, subject: one.name, body: one.lacks.map((lack) => lack.paper).join('\n') };
    },
    export_providers: (request) => ({ path: request.path, size: 1_204, sha256: hash('providers') }),
    attach_evidence(request, locale) {
      const workspace = need();
      request.paths.forEach((path) => guard(path, request.allow_card_data, locale));
      const added = request.paths.map((path) =>
        add(workspace, { name: path.split('/').pop() ?? path, requirements: request.requirements, collected_on: request.collected_on, valid_until: request.valid_until }),
      );
      for (const one of added) {
        record(workspace, 'attach_evidence', { en: `Proof attached: ${one.name}`, de: `Nachweis angehängt: ${one.name}` }, [one.id, ...request.requirements]);
      }
      if (request.allow_card_data) added.forEach((one) => (one.card_data_reason = request.allow_card_data ?? null));
      return { evidence: added.map((one) => evidenceView(one, locale)), unchecked: unchecked(added, locale) };
    },
    paste_evidence(request, locale) {
      const workspace = need();
      const one = add(workspace, { name: request.name, requirements: request.requirements, base64: request.base64 });
      record(workspace, 'paste_evidence', { en: `Proof pasted: ${one.name}`, de: `Nachweis eingefügt: ${one.name}` }, [one.id, ...request.requirements]);
      return { evidence: [evidenceView(one, locale)], unchecked: unchecked([one], locale) };
    },
    list_evidence(request, locale) {
      const words = request.search?.trim().toLowerCase();
      const workspace = need();
      return {
        evidence: (request.all ? [...workspace.evidence].reverse() : current(workspace))
          .filter((one) => !request.requirement || one.requirements.includes(request.requirement))
          .filter((one) => !words || one.name.toLowerCase().includes(words))
          .map((one) => evidenceView(one, locale)),
        unchecked: [],
      };
    },
    show_evidence(request, locale) {
      const one = evidence(request.evidence, locale);
      const kind = one.media_type.startsWith('image/') ? 'image' : one.text !== undefined ? 'text' : 'none';
      return {
        evidence: evidenceView(one, locale),
        kind,
        text: kind === 'text' ? (one.text ?? '') : null,
        base64: kind === 'image' ? (one.base64 ?? PIXEL) : null,
        truncated: false,
      };
    },
    export_evidence(request, locale) {
      const one = evidence(request.evidence, locale);
      return { path: request.path, size: one.size, sha256: one.sha256 };
    },
    replace_evidence(request, locale) {
      const workspace = need();
      const old = evidence(request.evidence, locale);
      guard(request.path, request.allow_card_data, locale);
      const newer = add(workspace, {
        name: request.path.split('/').pop() ?? request.path,
        requirements: old.requirements,
        version: old.version + 1,
        collected_on: request.collected_on,
        valid_until: request.valid_until,
      });
      old.replaced_by = newer.id;
      record(workspace, 'replace_evidence', { en: `New version of ${old.name}`, de: `Neue Fassung von ${old.name}` }, [old.id, newer.id]);
      return evidenceView(newer, locale);
    },
    set_evidence(request, locale) {
      const one = evidence(request.evidence, locale);
      if (request.requirements) one.requirements = request.requirements;
      if (request.collected_on) one.collected_on = request.collected_on;
      if (request.valid_until !== undefined) one.valid_until = request.valid_until || null;
      one.rev += 1;
      record(need(), 'set_evidence', { en: `Proof changed: ${one.name}`, de: `Nachweis geändert: ${one.name}` }, [one.id]);
      return evidenceView(one, locale);
    },
    remove_evidence(request, locale) {
      const one = evidence(request.evidence, locale);
      one.removed_reason = request.reason;
      record(need(), 'remove_evidence', { en: `Proof removed: ${one.name}. Reason: ${request.reason}`, de: `Nachweis entfernt: ${one.name}. Grund: ${request.reason}` }, [one.id]);
      return evidenceView(one, locale);
    },
    add_task(request, locale) {
      const workspace = need();
      const task: Task = {
        id: identifier(),
        title: request.title,
        description: request.description ?? '',
        owner: request.owner ?? '',
        due: request.due || null,
        priority: (request.priority as Priority | undefined) ?? 'normal',
        status: 'open',
        requirements: request.requirements ?? [],
        comments: [],
        created_at: new Date().toISOString(),
        closed_at: null,
        rev: 1,
      };
      workspace.tasks.push(task);
      record(workspace, 'add_task', { en: `Task made: ${task.title}`, de: `Aufgabe angelegt: ${task.title}` }, [task.id, ...task.requirements]);
      return taskView(task, locale);
    },
    set_task(request, locale) {
      const task = taskOf(request.task, locale);
      if (request.title !== undefined) task.title = request.title;
      if (request.description !== undefined) task.description = request.description;
      if (request.owner !== undefined) task.owner = request.owner;
      if (request.due !== undefined) task.due = request.due || null;
      if (request.priority !== undefined) task.priority = request.priority as Priority;
      if (request.requirements) task.requirements = request.requirements;
      if (request.status !== undefined) {
        task.status = request.status as TaskStatus;
        task.closed_at = task.status === 'done' || task.status === 'dropped' ? new Date().toISOString() : null;
      }
      task.rev += 1;
      record(need(), 'set_task', { en: `Task changed: ${task.title}`, de: `Aufgabe geändert: ${task.title}` }, [task.id]);
      return taskView(task, locale);
    },
    comment_task(request, locale) {
      const task = taskOf(request.task, locale);
      task.comments.push({ at: new Date().toISOString(), author: ACTOR, text: request.text });
      task.rev += 1;
      record(need(), 'comment_task', { en: `Comment on: ${task.title}`, de: `Kommentar zu: ${task.title}` }, [task.id]);
      return taskView(task, locale);
    },
    list_tasks(request, locale) {
      const priority: Priority[] = ['urgent', 'high', 'normal', 'low'];
      return {
        tasks: need()
          .tasks.map((task) => taskView(task, locale))
          .filter((task) => !request.overdue || task.overdue)
          .filter((task) => !request.status || task.status === request.status)
          .filter((task) => !request.owner || task.owner === request.owner)
          .filter((task) => !request.requirement || task.requirements.some((one) => one.id === request.requirement))
          .sort(
            (a, b) =>
              Number(!!a.closed_at) - Number(!!b.closed_at) ||
              Number(b.overdue) - Number(a.overdue) ||
              priority.indexOf(a.priority) - priority.indexOf(b.priority) ||
              (a.due ?? '9').localeCompare(b.due ?? '9'),
          ),
      };
    },
    async export_report(request) {
      await longWork('export_report', 8);
      return { path: request.path, size: 418_233, pages: 34, sha256: hash(request.path), journal: head(need()) };
    },
  };

  async function longWork(command: CommandName, steps: number): Promise<void> {
    for (let done = 0; done <= steps; done += 1) {
      onProgress({ command, done, total: steps });
      await new Promise((resolve) => setTimeout(resolve, (options.delay ?? 20) * 8));
      if (cancelled) throw { code: 'cancelled', message: 'Cancelled.', hint: '' };
    }
  }

  /** A list of one framework with the same scopes is started once; a scope without a list cannot be. */
  function refuse(framework: catalogue.Framework, scope: string, locale: Locale): void {
    const wanted = checklists.scopesOf(scope);
    const missing = wanted.find((id) => !framework.scopes.some((known) => known.id === id && known.available));
    if (missing !== undefined) {
      throw problem('scope-not-available', locale, `The list for the scope ${missing} could not be verified, so Tillproof does not have it.`,
        `Die Liste für den Umfang ${missing} ließ sich nicht prüfen, darum hat Tillproof sie nicht.`);
    }
    if (need().assessments.some((one) => one.framework === framework.id && one.scope === scope)) {
      throw problem('assessment-open', locale, `The list ${framework.id}, scope ${scope}, is started already.`, `Die Liste ${framework.id}, Umfang ${scope}, ist bereits begonnen.`,
        'Go on in the list that is started.', 'Arbeiten Sie in der begonnenen Liste weiter.');
    }
  }

  function remember(): void {
    if (!open) return;
    const path = open.path;
    recent = [{ path, name: open.profile.name, opened_at: new Date().toISOString() }, ...recent.filter((one) => one.path !== path)];
  }

  function evidence(id: string, locale: Locale): Evidence {
    const found = need().evidence.find((one) => one.id === id);
    if (!found) throw problem('not-found', locale, 'There is no such proof.', 'Diesen Nachweis gibt es nicht.');
    return found;
  }

  function taskOf(id: string, locale: Locale): Task {
    const found = need().tasks.find((one) => one.id === id);
    if (!found) throw problem('not-found', locale, 'There is no such task.', 'Diese Aufgabe gibt es nicht.');
    return found;
  }

  const invented = (suggested: string) => `/home/anna/Dokumente/${suggested}`;

  return {
    get open() {
      return open;
    },
    calls,
    failNext: (command, error) => void failures.set(command, error),
    drop: (paths) => onDrag({ kind: 'drop', paths }),
    close: () => onClose(),
    async call<K extends CommandName>(command: K, request: Request<K>, locale: Locale): Promise<Response<K>> {
      calls.push({ command, request });
      cancelled = false;
      await new Promise((resolve) => setTimeout(resolve, options.delay ?? 20));
      const failure = failures.get(command);
      if (failure) {
        failures.delete(command);
        throw failure;
      }
      // As on the wire: what comes and goes is JSON.
      const answer = await commands[command](JSON.parse(JSON.stringify(request)) as Request<K>, locale);
      return JSON.parse(JSON.stringify(answer)) as Commands[K]['response'];
    },
    setUp: async () => ({
      locale: options.locale ?? (navigator.language.startsWith('de') ? 'de' : 'en'),
      version: '0.1.0',
      dialogs: options.dialogs ?? true,
    }),
    cancel: async () => void (cancelled = true),
    chooseWorkspaceToOpen: async () => ENCRYPTED_PATH,
    chooseWhereToSave: async (_kind, suggested) => invented(suggested),
    chooseBackup: async () => EXAMPLE_PATH,
    chooseEvidence: async () => [invented('Screenshot Shop-Einstellungen.png')],
    chooseDemoFolder: async () => invented('Tillproof-Beispiel'),
    chooseChecklistFolder: async () => options.checklist ?? checklists.NEWER_FOLDER,
    recentWorkspaces: async () => structuredClone(recent),
    forgetRecent: async (path) => void (recent = recent.filter((one) => one.path !== path)),
    openFile: async () => {},
    showInFolder: async () => {},
    onProgress: async (listener) => void (onProgress = listener),
    async onFileDrag(listener) {
      onDrag = listener;
      // A browser gives no paths; the names do for looking at it.
      addEventListener('dragover', (event) => {
        event.preventDefault();
        listener({ kind: 'over' });
      });
      addEventListener('drop', (event) => {
        event.preventDefault();
        listener({ kind: 'drop', paths: [...(event.dataTransfer?.files ?? [])].map((file) => invented(file.name)) });
      });
    },
    onClose: async (finish) => void (onClose = finish),
  };
}

function fromAddress(): MockOptions {
  const query = new URLSearchParams(location.search);
  const open = query.get('open');
  return {
    open: open === 'example' || open === 'new' ? open : 'none',
    locale: query.get('locale') === 'de' ? 'de' : query.get('locale') === 'en' ? 'en' : undefined,
    dialogs: query.get('dialogs') !== 'no',
    scope: query.get('scope')?.replaceAll(' ', '+'),
    checklist: query.get('checklist') ?? undefined,
    delay: query.has('delay') ? Number(query.get('delay')) : undefined,
  };
}

function empty(path: string, passphrase: string | null, name: string, locale: Locale, country: string): Workspace {
  const workspace: Workspace = {
    path,
    passphrase,
    profile: {
      name,
      trading_name: '',
      address: '',
      country,
      locale,
      website: '',
      platform: '',
      payment_provider: '',
      contact_name: '',
      contact_role: '',
      contact_email: '',
      staff: null,
      channels: [],
      payment_description: '',
      finder_answers: {},
      more_finder_answers: [],
      rev: 1,
    },
    assessments: [],
    answers: new Map(),
    evidence: [],
    tasks: [],
    journal: [],
  };
  record(workspace, 'create_workspace', { en: 'Workspace made', de: 'Datei angelegt' }, []);
  return workspace;
}

function fresh(): Answer {
  return {
    verdict: 'unanswered',
    progress: 'to-do',
    note: '',
    justification: '',
    target_date: null,
    answered_at: null,
    answered_by: null,
    rev: 0,
  };
}

export interface NewEvidence {
  name: string;
  requirements: string[];
  collected_on?: string | undefined;
  valid_until?: string | undefined;
  version?: number;
  text?: string;
  base64?: string;
  size?: number;
}

/** A file with `card` in its name has a card number in it. */
function guard(path: string, reason: string | undefined, locale: Locale): void {
  if (!path.includes('card') || reason?.trim()) return;
  throw problem('card-data-found', locale,
    `In ${path.split('/').pop()} there is card data or a secret:\nline 2, character 7: card number 492912******9013`,
    `In ${path.split('/').pop()} stehen Kartendaten oder ein Geheimnis:\nZeile 2, Zeichen 7: Kartennummer 492912******9013`);
}

function unchecked(added: Evidence[], locale: Locale): string[] {
  const said = { en: 'was not looked into for card data: there are pictures. Look yourself.', de: 'wurde nicht auf Kartendaten durchgesehen: es sind Bilder. Sehen Sie selbst nach.' };
  return added.filter((one) => one.media_type.startsWith('image/')).map((one) => `${one.name} ${said[locale]}`);
}

function add(workspace: Workspace, given: NewEvidence): Evidence {
  const ending = given.name.split('.').pop()?.toLowerCase() ?? '';
  const types: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', pdf: 'application/pdf', txt: 'text/plain', csv: 'text/csv' };
  const one: Evidence = {
    id: identifier(),
    name: given.name,
    media_type: types[ending] ?? 'application/octet-stream',
    size: given.size ?? given.text?.length ?? 84_312,
    sha256: hash(given.name + workspace.evidence.length),
    collected_on: given.collected_on ?? today(),
    valid_until: given.valid_until || null,
    added_at: new Date().toISOString(),
    added_by: ACTOR,
    version: given.version ?? 1,
    replaced_by: null,
    card_data_reason: null,
    removed_reason: null,
    requirements: given.requirements,
    rev: 1,
    ...(given.text === undefined ? {} : { text: given.text }),
    ...(given.base64 === undefined ? {} : { base64: given.base64 }),
  };
  if (ending === 'txt' || ending === 'csv') one.text ??= 'example.com,TLSv1.3,valid\n';
  workspace.evidence.push(one);
  return one;
}

function current(workspace: Workspace): Evidence[] {
  return workspace.evidence.filter((one) => !one.replaced_by && !one.removed_reason).reverse();
}

function record(workspace: Workspace, command: string, words: Both, subjects: string[], at = new Date().toISOString()): void {
  const seq = workspace.journal.length + 1;
  workspace.journal.push({ seq, at, actor: ACTOR, command, words, subjects, hash: hash(`${seq}${words.en}`) });
}

function answerKey(assessment: string, requirement: string): string {
  return `${assessment}|${requirement}`;
}

function entryView({ words, ...entry }: Entry, locale: Locale): HistoryEntry {
  return { ...entry, summary: words[locale] };
}

function head(workspace: Workspace) {
  const last = workspace.journal[workspace.journal.length - 1];
  return { seq: last?.seq ?? 0, head: last?.hash ?? '' };
}

function info(workspace: Workspace, locale: Locale): WorkspaceInfo {
  const tasks = workspace.tasks.map((task) => taskView(task, locale)).filter((task) => !task.closed_at);
  return {
    path: workspace.path,
    encrypted: workspace.passphrase !== null,
    read_only: false,
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
    assessments: workspace.assessments.map((assessment) => summary(workspace, assessment, locale)),
  };
}

function tally(verdicts: Verdict[]): Tally {
  const counted: Tally = { in_place: 0, in_place_ccw: 0, partly: 0, not_in_place: 0, not_applicable: 0, not_tested: 0, unanswered: 0 };
  for (const verdict of verdicts) counted[TALLY[verdict]] += 1;
  return counted;
}

function summary(workspace: Workspace, assessment: Assessment, locale: Locale): AssessmentSummary {
  const framework = catalogue.frameworks.find((known) => known.id === assessment.framework);
  const own = rows(workspace, locale).filter((row) => row.assessment === assessment.id);
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
  }));
  const open = counts.unanswered + counts.partly + counts.not_in_place > 0 || criteria.some((one) => !one.confirmed);
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
    tally: counts,
    outcome: open ? 'open' : counts.not_tested > 0 ? 'partial' : 'ready-to-attest',
    reasons_missing: own.filter((row) => row.reason_missing).length,
    proof_missing: own.filter((row) => row.verdict.startsWith('in-place') && row.evidence_count === 0).length,
    kept: keptRows(workspace, locale).filter((row) => row.assessment === assessment.id).length,
    criteria,
  };
}

function scopesOf(assessment: Assessment): string[] {
  return assessment.scope.split('+');
}

/** Whether a scope of the assessment asks it, and it is for the merchant's country. */
function applies(workspace: Workspace, assessment: Assessment, requirement: catalogue.Requirement): boolean {
  const country = workspace.profile.country;
  return scopesOf(assessment).some((scope) => scope in requirement.scopes) && (!requirement.country || !country || requirement.country === country);
}

function rows(workspace: Workspace, locale: Locale): RequirementRow[] {
  return rowsOf(workspace, locale, (assessment, requirement) => applies(workspace, assessment, requirement));
}

/** What was answered but does not apply any more. */
function keptRows(workspace: Workspace, locale: Locale): RequirementRow[] {
  return rowsOf(workspace, locale, (assessment, requirement) => {
    const answer = workspace.answers.get(answerKey(assessment.id, requirement.id));
    const said = !!answer && (answer.verdict !== 'unanswered' || answer.note !== '' || Object.keys(answer.parts ?? {}).length > 0);
    return said && !applies(workspace, assessment, requirement);
  });
}

function rowsOf(workspace: Workspace, locale: Locale, wanted: (assessment: Assessment, requirement: catalogue.Requirement) => boolean): RequirementRow[] {
  const proofs = new Map<string, Evidence[]>();
  for (const one of current(workspace)) for (const id of one.requirements) proofs.set(id, [...(proofs.get(id) ?? []), one]);
  return workspace.assessments.flatMap((assessment) => {
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
          reason_missing: NEEDS_REASON.includes(answer.verdict) && !answer.justification.trim(),
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

function settled(verdict: Verdict): boolean {
  return verdict !== 'unanswered' && !GAPS.includes(verdict);
}

/** Open ones first: by milestone, then what others build on, then what is quickly done; never before what it builds on. */
function inBestOrder(all: RequirementRow[]): RequirementRow[] {
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

function verdictOption(framework: catalogue.Framework, verdict: Verdict, locale: Locale) {
  return {
    verdict,
    label: framework.texts[locale].verdicts[verdict] ?? verdict,
    needs_justification: NEEDS_REASON.includes(verdict),
  };
}

function detail(workspace: Workspace, id: string, locale: Locale): RequirementDetail {
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
    target_date: answer.target_date,
    answered_at: answer.answered_at,
    answered_by: answer.answered_by,
    rev: answer.rev,
    evidence: current(workspace)
      .filter((one) => one.requirements.includes(id))
      .map((one) => evidenceView(one, locale)),
    tasks: workspace.tasks.filter((task) => task.requirements.includes(id)).map((task) => taskView(task, locale)),
    also_counts_for: linked,
    history: workspace.journal
      .filter((entry) => entry.subjects.includes(id))
      .reverse()
      .map((entry) => entryView(entry, locale)),
  };
}

function reference(id: string, locale: Locale) {
  const requirement = catalogue.requirements.get(id);
  const framework = catalogue.frameworks.find((known) => known.id === requirement?.framework);
  const texts = requirement?.texts[locale];
  return {
    id,
    label: texts?.label ?? requirement?.number ?? id,
    framework_name: framework?.texts[locale].name ?? '',
    title: texts?.title ?? '',
  };
}

function countsUntil(one: Evidence): string | null {
  const rules = one.requirements.flatMap((id) => catalogue.requirements.get(id)?.freshness?.every ?? []);
  const days = rules.map((rule) => (rule.endsWith('M') ? Number.parseInt(rule.slice(1)) * 30.44 : Number.parseInt(rule.slice(1))));
  const byRule = days.length > 0 ? inDays(Math.round(Math.min(...days)), one.collected_on) : null;
  const dates = [one.valid_until, byRule].filter((date) => date !== null).sort();
  return dates[0] ?? null;
}

function proofState(one: Evidence): ProofState {
  const until = countsUntil(one);
  if (until && until < today()) return 'expired';
  return until && until <= inDays(30) ? 'due-soon' : 'fresh';
}

function evidenceView(one: Evidence, locale: Locale): EvidenceView {
  const { text: _text, base64: _base64, ...rest } = one;
  return {
    ...rest,
    counts_until: countsUntil(one),
    state: proofState(one),
    requirements: one.requirements.map((id) => reference(id, locale)),
  };
}

function taskView(task: Task, locale: Locale): TaskView {
  return {
    ...task,
    overdue: !task.closed_at && !!task.due && task.due < today(),
    requirements: task.requirements.map((id) => reference(id, locale)),
  };
}

function nextStep(workspace: Workspace, assessments: AssessmentSummary[], all: RequirementRow[], locale: Locale): NextStep | null {
  const de = locale === 'de';
  const nothing = { requirement: null, assessment: null, task: null };
  if (assessments.length === 0) {
    return {
      ...nothing,
      kind: 'set-up',
      title: de ? 'Finden Sie Ihren PCI-Fragebogen' : 'Find your PCI questionnaire',
      why: de ? 'Ein paar Fragen genügen, dann steht fest, welche Anforderungen für Ihren Shop gelten.' : 'A few questions settle which requirements apply to your shop.',
    };
  }
  const open = assessments.find((one) => one.criteria.some((criterion) => criterion.confirmed === null));
  const overdue = workspace.tasks.map((task) => taskView(task, locale)).find((task) => task.overdue);
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

function finderQuestion(id: string, locale: Locale): FinderQuestionView {
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

function findSaq(answers: Record<string, string | undefined>, locale: Locale): FinderState {
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

function problem(code: string, locale: Locale, en: string, de: string, hintEn = '', hintDe = ''): ErrorView {
  return { code, message: locale === 'de' ? de : en, hint: locale === 'de' ? hintDe : hintEn };
}

/** The third parties; the mock forgets them with the page. */
const known: ProviderView[] = [];

let counter = 0;

function identifier(): string {
  counter += 1;
  return `0193a1b2-0000-7000-8000-${counter.toString(16).padStart(12, '0')}`;
}

function hash(text: string): string {
  let out = '';
  let value = 2_166_136_261;
  for (let round = 0; out.length < 64; round += 1) {
    for (const letter of `${round}${text}`) value = Math.imul(value ^ letter.charCodeAt(0), 16_777_619) >>> 0;
    out += value.toString(16).padStart(8, '0');
  }
  return out.slice(0, 64);
}

function today(): string {
  return inDays(0);
}

export function inDays(days: number, from?: string): string {
  const date = from ? new Date(`${from}T12:00:00`) : new Date();
  date.setDate(date.getDate() + days);
  return date.toISOString().slice(0, 10);
}

export function ago(days: number): string {
  return new Date(Date.now() - days * 86_400_000 - 3_600_000).toISOString();
}

// A small plain picture, where the example has none of its own.
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGP8//8/A27AhEduJEsDAKXvAw0yM7tYAAAAAElFTkSuQmCC';
