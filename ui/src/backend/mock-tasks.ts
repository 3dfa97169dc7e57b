// Tasks on the mock.

import type { Locale, Priority, TaskStatus, TaskView } from '../bindings/api';
import { ACTOR, identifier, problem, record, today, type Memory, type MockCommands, type Task, type Workspace } from './mock-memory';
import { reference } from './mock-reference';

export function taskCommands(memory: Memory) {
  return {
    add_task(request, locale) {
      const workspace = memory.need();
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
      const task = taskOf(memory.need(), request.task, locale);
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
      record(memory.need(), 'set_task', { en: `Task changed: ${task.title}`, de: `Aufgabe geändert: ${task.title}` }, [task.id]);
      return taskView(task, locale);
    },
    comment_task(request, locale) {
      const task = taskOf(memory.need(), request.task, locale);
      task.comments.push({ at: new Date().toISOString(), author: ACTOR, text: request.text });
      task.rev += 1;
      record(memory.need(), 'comment_task', { en: `Comment on: ${task.title}`, de: `Kommentar zu: ${task.title}` }, [task.id]);
      return taskView(task, locale);
    },
    list_tasks(request, locale) {
      const priority: Priority[] = ['urgent', 'high', 'normal', 'low'];
      return {
        tasks: memory.need()
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
  } satisfies Partial<MockCommands>;
}

function taskOf(workspace: Workspace, id: string, locale: Locale): Task {
  const found = workspace.tasks.find((one) => one.id === id);
  if (!found) throw problem('not-found', locale, 'There is no such task.', 'Diese Aufgabe gibt es nicht.');
  return found;
}

export function taskView(task: Task, locale: Locale): TaskView {
  return {
    ...task,
    overdue: !task.closed_at && !!task.due && task.due < today(),
    requirements: task.requirements.map((id) => reference(id, locale)),
  };
}
