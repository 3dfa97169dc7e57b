// Tasks on the mock: what a window needs of series, duties and sums. The real rules are in Rust.

import type {
  AddTask, Cost, Duties, ErrorView, ListTasks, Locale, Priority, RecurrenceView, RequirementRef, SetTask, TaskFromGap, Tasks, TaskStatus, TaskView, Verdict,
} from '../bindings/api';
import * as catalogue from './mock-catalogue';
import { ACTOR, ago, hash, identifier, inDays, problem, record, today, type Memory, type MockCommands, type Workspace } from './mock-memory';
import { detail } from './mock-requirements';
import { reference } from './mock-reference';
import { rows } from './mock-rows';

type Computed = 'requirements' | 'overdue' | 'due_soon' | 'recurrence' | 'proof' | 'followed_by' | 'verdict_open';

export type Task = Omit<TaskView, Computed> & { requirements: string[]; rule: string | null; evidence: string[] };

/** What the mock knows around the tasks. */
interface Around {
  tasks: Task[];
  reference(id: string): RequirementRef;
  /** The proof with this id: its name, and whether it counts. */
  proof(id: string): { name: string; counts: boolean } | undefined;
  /** Whether a requirement still has a gap or no answer. */
  isOpen(id: string): boolean;
}

const ORDER: Priority[] = ['urgent', 'high', 'normal', 'low'];
const UNITS: Record<string, 'day' | 'week' | 'month' | 'year'> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };
const WORDS: Record<Locale, Record<string, [string, string]>> = {
  en: { day: ['every day', 'days'], week: ['every week', 'weeks'], month: ['every month', 'months'], year: ['every year', 'years'] },
  de: { day: ['jeden Tag', 'Tage'], week: ['jede Woche', 'Wochen'], month: ['jeden Monat', 'Monate'], year: ['jedes Jahr', 'Jahre'] },
};

export function taskCommands(memory: Memory) {
  return {
    add_task(request, locale) {
      const workspace = memory.need();
      const task = blank(identifier(), request.title);
      apply(task, request, locale);
      workspace.tasks.push(task);
      record(workspace, 'add_task', { en: `Task made: ${task.title}`, de: `Aufgabe angelegt: ${task.title}` }, [task.id, ...task.requirements]);
      return taskView(task, locale, workspace);
    },
    set_task(request, locale) {
      const workspace = memory.need();
      const task = taskOf(workspace, request.task, locale);
      if (request.rev !== undefined && request.rev !== task.rev) {
        throw problem('conflict', locale, 'Somebody else has changed this task.', 'Diese Aufgabe wurde inzwischen geändert.');
      }
      change(task, request, workspace.tasks, locale, identifier());
      record(workspace, 'set_task', { en: `Task changed: ${task.title}`, de: `Aufgabe geändert: ${task.title}` }, [task.id]);
      return taskView(task, locale, workspace);
    },
    comment_task(request, locale) {
      const workspace = memory.need();
      const task = taskOf(workspace, request.task, locale);
      look([request.text], request.allow_card_data, locale);
      task.comments.push({ at: new Date().toISOString(), author: ACTOR, text: request.text, card_data_reason: request.allow_card_data ?? null });
      record(workspace, 'comment_task', { en: `Comment on: ${task.title}`, de: `Kommentar zu: ${task.title}` }, [task.id]);
      return taskView(task, locale, workspace);
    },
    list_tasks(request, locale) {
      const workspace = memory.need();
      return list(workspace.tasks.map((task) => taskView(task, locale, workspace)), request, ACTOR);
    },
    task_from_gap(request, locale) {
      const workspace = memory.need();
      const target = detail(workspace, request.requirement, locale).target_date;
      const task = fromGap(request, workspace.tasks, target, identifier(), locale);
      workspace.tasks.push(task);
      record(workspace, 'task_from_gap', { en: `Task made from a gap: ${task.title}`, de: `Aufgabe aus einer Lücke angelegt: ${task.title}` }, [task.id, ...task.requirements]);
      return taskView(task, locale, workspace);
    },
    plan_duties(request, locale) {
      const workspace = memory.need();
      const asked = rows(workspace, locale).filter((row) => !request.assessment || row.assessment === request.assessment).map((row) => row.id);
      const make = (title: string) => {
        const task = blank(identifier(), title);
        workspace.tasks.push(task);
        return task;
      };
      const planned = plan(asked, around(workspace, locale), request.preview ? null : make, locale);
      if (!request.preview) {
        record(workspace, 'plan_duties', { en: `${planned.made} recurring tasks made`, de: `${planned.made} wiederkehrende Aufgaben angelegt` }, planned.duties.flatMap((one) => one.task ?? []));
      }
      return planned;
    },
    export_tasks: (request) => ({ path: request.path, size: 4_711, sha256: hash(request.path) }),
  } satisfies Partial<MockCommands>;
}

function taskOf(workspace: Workspace, id: string, locale: Locale): Task {
  const found = workspace.tasks.find((one) => one.id === id);
  if (!found) throw problem('not-found', locale, 'There is no such task.', 'Diese Aufgabe gibt es nicht.');
  return found;
}

function around(workspace: Workspace, locale: Locale): Around {
  let verdicts: Map<string, Verdict> | undefined;
  return {
    tasks: workspace.tasks,
    reference: (id) => reference(id, locale),
    proof(id) {
      const one = workspace.evidence.find((known) => known.id === id);
      return one && { name: one.name, counts: !one.removed_reason && !one.replaced_by };
    },
    isOpen(id) {
      verdicts ??= new Map(rows(workspace, locale).map((row) => [row.id, row.verdict]));
      return ['unanswered', 'partly', 'not-in-place'].includes(verdicts.get(id) ?? '');
    },
  };
}

export function taskView(task: Task, locale: Locale, workspace: Workspace): TaskView {
  return view(task, around(workspace, locale), locale);
}

export function blank(id: string, title: string): Task {
  return {
    id,
    title,
    description: '',
    owner: '',
    due: null,
    priority: 'normal',
    status: 'open',
    requirements: [],
    effort_minutes: null,
    cost: null,
    links: [],
    rule: null,
    evidence: [],
    follows: null,
    card_data_reason: null,
    comments: [],
    created_at: ago(0),
    closed_at: null,
    rev: 1,
  };
}

/** Takes over what a request gives. */
function apply(task: Task, request: AddTask | SetTask, locale: Locale): void {
  const texts = [request.title ?? '', request.description ?? '', request.owner ?? '', ...(request.links ?? [])];
  look(texts, request.allow_card_data, locale);
  if (request.title !== undefined) task.title = request.title;
  if (request.description !== undefined) task.description = request.description;
  if (request.owner !== undefined) task.owner = request.owner;
  if (request.due !== undefined) task.due = request.due || null;
  if (request.priority !== undefined) task.priority = request.priority as Priority;
  if (request.requirements) task.requirements = request.requirements;
  if (request.effort_minutes !== undefined) {
    if (request.effort_minutes % 15 !== 0) throw said('invalid-effort', locale, `${request.effort_minutes} minutes are no whole quarters of an hour.`, `${request.effort_minutes} Minuten sind keine ganzen Viertelstunden.`);
    task.effort_minutes = request.effort_minutes || null;
  }
  if (request.cost) task.cost = request.cost.amount ? { amount: Number(request.cost.amount.replace(',', '.')).toFixed(2), currency: request.cost.currency.toUpperCase() } : null;
  if (request.links) task.links = request.links.map((link) => link.trim()).filter(Boolean);
  if (request.recurrence !== undefined) {
    if (request.recurrence && !request.recurrence.includes('FREQ=')) throw said('invalid-recurrence', locale, `“${request.recurrence}” is no rule by which a task can come back.`, `„${request.recurrence}“ ist keine Regel, nach der eine Aufgabe wiederkehren kann.`);
    task.rule = request.recurrence || null;
  }
  if (request.allow_card_data) task.card_data_reason = request.allow_card_data;
}

/** Changes a task; one that comes back and is done makes the next one. */
function change(task: Task, request: SetTask, tasks: Task[], locale: Locale, id: string): void {
  apply(task, request, locale);
  if (request.evidence) task.evidence = request.evidence;
  if (request.status !== undefined && request.status !== task.status) {
    task.status = request.status as TaskStatus;
    const closed = task.status === 'done' || task.status === 'dropped';
    task.closed_at = closed ? ago(0) : null;
    if (task.status === 'done' && task.rule && !tasks.some((one) => one.follows === task.id)) {
      tasks.push({ ...blank(id, task.title), description: task.description, owner: task.owner, priority: task.priority, requirements: task.requirements, effort_minutes: task.effort_minutes, cost: task.cost, links: task.links, rule: task.rule, due: inDays(days(task.rule), task.due ?? today()), follows: task.id });
    }
  }
  task.rev += 1;
}

function view(task: Task, around: Around, locale: Locale): TaskView {
  const { rule, evidence, ...rest } = task;
  return {
    ...rest,
    overdue: !task.closed_at && !!task.due && task.due < today(),
    due_soon: !task.closed_at && !!task.due && task.due >= today() && task.due <= inDays(30),
    requirements: task.requirements.map((id) => around.reference(id)),
    recurrence: rule ? recurrence(rule, locale) : null,
    proof: evidence.flatMap((id) => ({ id, ...(around.proof(id) ?? { name: id, counts: false }) })),
    followed_by: around.tasks.find((other) => other.follows === task.id)?.id ?? null,
    verdict_open: task.status === 'done' ? task.requirements.filter((id) => around.isOpen(id)).map((id) => around.reference(id)) : [],
  };
}

function list(views: TaskView[], request: ListTasks, me: string): Tasks {
  const inTime = (task: TaskView) => (!request.overdue && !request.upcoming) || (request.overdue && task.overdue) || (request.upcoming && task.due_soon);
  const tasks = views
    .filter(inTime)
    .filter((task) => !request.status || task.status === request.status)
    .filter((task) => request.owner === undefined || task.owner === request.owner)
    .filter((task) => request.task === undefined || task.id === request.task)
    .filter((task) => !request.requirement || task.requirements.some((one) => one.id === request.requirement))
    .sort(
      (a, b) =>
        Number(!!a.closed_at) - Number(!!b.closed_at) ||
        Number(b.overdue) - Number(a.overdue) ||
        (a.due ?? '9').localeCompare(b.due ?? '9') ||
        ORDER.indexOf(a.priority) - ORDER.indexOf(b.priority),
    );
  const open = tasks.filter((task) => !task.closed_at);
  const costs = new Map<string, number>();
  for (const { cost } of open) if (cost) costs.set(cost.currency, (costs.get(cost.currency) ?? 0) + Number(cost.amount));
  return {
    tasks: tasks.slice(request.offset ?? 0, (request.offset ?? 0) + (request.limit ?? tasks.length)),
    total: tasks.length,
    owners: [...new Set(views.map((task) => task.owner))].filter(Boolean).sort(),
    me,
    sums: {
      open: open.length,
      effort_minutes: open.reduce((sum, task) => sum + (task.effort_minutes ?? 0), 0),
      without_effort: open.filter((task) => task.effort_minutes === null).length,
      costs: [...costs].map(([currency, amount]): Cost => ({ amount: amount.toFixed(2), currency })),
    },
  };
}

/** A task in the words of a requirement. */
function fromGap(request: TaskFromGap, tasks: Task[], target: string | null, id: string, locale: Locale): Task {
  const open = tasks.find((task) => !task.closed_at && !task.rule && task.requirements.includes(request.requirement));
  const requirement = catalogue.requirements.get(request.requirement);
  const texts = requirement?.texts[locale];
  const label = texts?.label ?? requirement?.number ?? request.requirement;
  if (open) throw said('task-open', locale, `There is an open task for ${label} already: ${open.title}`, `Für ${label} gibt es schon eine offene Aufgabe: ${open.title}`);
  const title = locale === 'de' ? `Lücke schließen: ${texts?.title} (${label})` : `Close the gap: ${texts?.title} (${label})`;
  return {
    ...blank(id, title),
    description: (texts?.steps ?? []).map((step, index) => `${index + 1}. ${step}`).join('\n'),
    due: request.due ?? target,
    owner: request.owner ?? '',
    priority: (requirement?.milestone ?? 9) <= 2 ? 'high' : 'normal',
    requirements: [request.requirement],
  };
}

/** A duty for every requirement that is asked, has to be renewed and has no recurring task. */
function plan(asked: string[], around: Around, make: ((title: string) => Task) | null, locale: Locale): Duties {
  const wanted = asked.flatMap((id) => catalogue.requirements.get(id) ?? []).filter((one) => one.freshness && !around.tasks.some((task) => !task.closed_at && task.rule && task.requirements.includes(one.id)));
  const duties = wanted.map((one) => {
    const title = `${locale === 'de' ? 'Nachweis erneuern' : 'Renew proof'}: ${one.texts[locale].title} (${around.reference(one.id).framework_name} ${around.reference(one.id).label})`;
    const rule = ruleOf(one.freshness?.every ?? 'P12M');
    const due = inDays(14);
    let task: string | null = null;
    if (make) {
      const made = make(title);
      Object.assign(made, { rule, due, requirements: [one.id] });
      task = made.id;
    }
    return { title, requirements: [around.reference(one.id)], recurrence: recurrence(rule, locale), due, proven: false, task };
  });
  return { duties, made: make ? duties.length : 0 };
}

/** A text with sixteen digits in a row has a card number in it. */
export function look(texts: string[], reason: string | undefined, locale: Locale): void {
  if (reason?.trim() || !texts.some((text) => /\d{16}/.test(text))) return;
  throw said('card-data-found', locale, 'In this text there is card data or a secret:\nline 1, character 1: card number 492912******9013', 'In diesem Text stehen Kartendaten oder ein Geheimnis:\nZeile 1, Zeichen 1: Kartennummer 492912******9013');
}

function said(code: string, locale: Locale, en: string, de: string): ErrorView {
  return { code, message: locale === 'de' ? de : en, hint: '' };
}

function recurrence(rule: string, locale: Locale): RecurrenceView {
  const parts = Object.fromEntries(rule.split(';').map((part) => part.split('=') as [string, string]));
  const unit = UNITS[parts['FREQ'] ?? ''] ?? null;
  const plain = Object.keys(parts).every((key) => key === 'FREQ' || key === 'INTERVAL');
  const every = Number(parts['INTERVAL'] ?? 1);
  if (!unit || !plain) return { rule, unit: null, every: null, text: locale === 'de' ? `nach der Regel ${rule}` : `by the rule ${rule}` };
  const [one, many] = WORDS[locale][unit] ?? ['', ''];
  return { rule, unit, every, text: every === 1 ? one : `${locale === 'de' ? 'alle' : 'every'} ${every} ${many}` };
}

function days(rule: string): number {
  const unit = recurrence(rule, 'en');
  return ({ day: 1, week: 7, month: 30, year: 365 }[unit.unit ?? 'month'] ?? 30) * (unit.every ?? 1);
}

function ruleOf(span: string): string {
  const count = Number.parseInt(span.slice(1), 10);
  if (span.endsWith('D')) return count % 7 === 0 ? `FREQ=WEEKLY;INTERVAL=${count / 7}` : `FREQ=DAILY;INTERVAL=${count}`;
  if (count % 12 === 0) return count === 12 ? 'FREQ=YEARLY' : `FREQ=YEARLY;INTERVAL=${count / 12}`;
  return count === 1 ? 'FREQ=MONTHLY' : `FREQ=MONTHLY;INTERVAL=${count}`;
}
