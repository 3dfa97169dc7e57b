// Lists that have grown over the years: a page is asked for, the total is said, and there is a way to the rest.

import { describe, expect, test } from 'vitest';
import type { Mock } from '../src/backend/mock';
import { open, soon } from './window';

const ASKED = 'gdpr:32.1.b';

/** So many more of a proof that has expired. */
function expired(backend: Mock, count: number): string {
  const evidence = backend.open?.evidence ?? [];
  const one = evidence.find((known) => known.name === 'ASV-Scan Q3.pdf');
  if (!one) throw new Error('the example has an expired scan');
  for (let i = 0; i < count; i++) evidence.push({ ...one, id: `scan-${i}`, name: `Scan ${i}.pdf`, requirements: [ASKED] });
  return ASKED;
}

describe('much evidence', () => {
  test('the overview shows the first and leads to all', async () => {
    const { backend, user, find, visit, asked } = await open({ open: 'example' });
    expired(backend, 40);
    await visit('tasks');
    await visit('overview');
    const all = await find('expiring-all');
    expect(all.textContent).toMatch(/Show all 4\d/);
    await user.click(all);
    await soon(() => expect(asked('list_evidence').at(-1)).toEqual({ limit: 50, state: 'expired' }));
    expect(await find('filter-state')).toHaveProperty('value', 'expired');
  });

  test('a requirement shows the newest fifty and leads to all of its own', async () => {
    const { backend, user, find, has, visit, asked } = await open({ open: 'example' });
    const requirement = expired(backend, 60);
    await visit('checklist', requirement, { framework: requirement.slice(0, requirement.indexOf(':')) });
    await soon(() => expect(has('evidence-all-of')).toBe(true));
    await user.click(await find('evidence-all-of'));
    await soon(() => expect(asked('list_evidence').at(-1)).toEqual({ limit: 50, requirement }));
    await user.click(await find('evidence-of-all'));
    await soon(() => expect(asked('list_evidence').at(-1)).toEqual({ limit: 50 }));
  });
});

describe('many tasks', () => {
  test('are shown page by page, with all owners to choose from', async () => {
    const { backend, user, find, has, visit, asked } = await open({ open: 'example' });
    const tasks = backend.open?.tasks ?? [];
    const one = tasks[0];
    if (!one) throw new Error('the example has a task');
    for (let i = 0; i < 520; i++) tasks.push({ ...one, id: `many-${i}`, due: '2099-01-01', owner: 'Zoe Last' });
    await visit('tasks');
    const owners = [...(await find('tasks-owner')).querySelectorAll('option')].map((option) => option.value);
    expect(owners).toContain('Zoe Last');
    const rows = () => document.querySelectorAll('[data-testid^="tasks-"] li').length;
    expect(rows(), 'a part begins with 25').toBeLessThanOrEqual(3 * 25);
    for (let before = rows(); has('tasks-more-rows'); before = rows()) {
      await user.click(await find('tasks-more-rows'));
      await soon(() => expect(rows()).toBeGreaterThan(before));
    }
    expect((await find('tasks-count')).textContent).toMatch(/^500 of 52\d/);
    await user.click(await find('tasks-more'));
    await soon(() => expect(asked('list_tasks').at(-1)).toEqual({ limit: 1000 }));
  });

  test('one that the page does not hold is opened by its address', async () => {
    const { backend, find, visit, asked } = await open({ open: 'example' });
    const tasks = backend.open?.tasks ?? [];
    const one = tasks[0];
    if (!one) throw new Error('the example has a task');
    for (let i = 0; i < 520; i++) tasks.push({ ...one, id: `many-${i}`, due: `2099-01-01`, title: `Task ${i}` });
    await visit('tasks', 'many-519');
    await soon(() => expect(asked('list_tasks')).toContainEqual({ task: 'many-519' }));
    expect(await find('task-title')).toHaveProperty('value', 'Task 519');
  });
});
