// Where two parts of the window meet.
import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { isOff, open, soon } from './window';

const CARD = 'Card 4929121234569013';

describe('where parts meet', () => {
  test('a task changed elsewhere keeps hours and costs of whoever is chosen', async () => {
    const view = await open({ open: 'example' });
    const task = view.backend.open?.tasks.find((one) => one.effort_minutes === 90);
    if (!task) throw new Error('the example has a task with hours');
    const id = task.id;
    const elsewhere = () => view.backend.elsewhere((workspace) => {
      const same = workspace.tasks.find((one) => one.id === id);
      if (same) Object.assign(same, { effort_minutes: 240, rev: same.rev + 1 });
    });
    await view.visit('tasks', id);
    const effort = (await view.find('task-effort')) as HTMLInputElement;
    expect(effort.value).toBe('1.5');
    elsewhere();
    await fireEvent.input(effort, { target: { value: '2' } });
    await view.user.click(await view.find('task-save'));
    await soon(() => expect(screen.getAllByTestId('conflict-theirs').map((one) => one.textContent)).toEqual(['4']));
    await view.user.click(await view.find('conflict-take-theirs'));
    expect(((await view.find('task-effort')) as HTMLInputElement).value).toBe('4');
    elsewhere();
    await fireEvent.input(await view.find('task-effort'), { target: { value: '8' } });
    await view.user.click(await view.find('task-save'));
    await view.user.click(await view.find('conflict-keep-mine'));
    await soon(() => expect(view.has('task-dialog')).toBe(false));
    expect(view.asked('set_task').at(-1)).toMatchObject({ task: id, effort_minutes: 480 });
  });

  test('a card number in a note, or with a provider, is kept only with a reason', async () => {
    const view = await open({ open: 'example' });
    await view.visit('checklist', null, { framework: 'gdpr' });
    const note = await view.find('note');
    await fireEvent.input(note, { target: { value: CARD } });
    await fireEvent.blur(note);
    await fireEvent.input(await view.find('keep-reason'), { target: { value: 'A test number' } });
    await view.user.click(await view.find('keep-submit'));
    await soon(() => expect(screen.getByTestId('note-kept').textContent).toContain('A test number'));
    await view.visit('providers');
    await view.user.click(await view.find('provider-add'));
    await view.user.type(await view.find('provider-name'), CARD);
    await view.user.click(await view.find('provider-save'));
    await view.user.type(await view.find('keep-reason'), 'A test number');
    await view.user.click(await view.find('keep-submit'));
    await soon(() => expect(view.asked('add_provider').at(-1)).toMatchObject({ name: CARD, allow_card_data: 'A test number' }));
  });

  test('on an earlier day nothing can be added anywhere', async () => {
    const view = await open({ open: 'example' });
    await view.visit('history');
    await view.user.click((await screen.findAllByTestId(/^look-after-/))[0] as HTMLElement);
    await view.find('looking-back');
    for (const [place, button] of [['providers', 'provider-add'], ['registers', 'processing-add'], ['tasks', 'tasks-plan'], ['evidence', 'note-new']] as const) {
      await view.visit(place);
      expect(isOff(await view.find(button)), place).toBe(true);
    }
  });

  test('periods that run stand on the overview and lead to their register', async () => {
    const view = await open({ open: 'example' });
    const clock = (await screen.findAllByTestId(/^clock-/))[0] as HTMLAnchorElement;
    expect(clock.getAttribute('href')).toMatch(/^#\/registers\/(breaches|person-requests)$/);
    await view.visit('quality', null, { kind: 'provider' });
    const points = await screen.findAllByTestId('point');
    expect(points[0]?.getAttribute('href')).toMatch(/^#\/providers\//);
  });
});
