import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { language } from '../src/state/language.svelte';
import { open, soon } from './window';

describe('navigation', () => {
  test('the rail leads to every screen, and focus goes to its heading', async () => {
    const { user, find } = await open({ open: 'example' });
    const places = { checklist: 'Checklist', worksheets: 'Worksheets', evidence: 'Evidence', tasks: 'Tasks', registers: 'Registers', assessments: 'Lists', providers: 'Providers', report: 'Report', history: 'History', settings: 'Settings', overview: 'Overview' };
    for (const [place, title] of Object.entries(places)) {
      await user.click(await find(`nav-${place}`));
      const heading = await screen.findByRole('heading', { level: 1, name: title });
      await soon(() => expect(document.activeElement, `${place}: focus on the heading`).toBe(heading));
      expect((await find(`nav-${place}`)).getAttribute('aria-current')).toBe('page');
    }
  });

  test('without a workspace only the start screen shows', async () => {
    const { visit, has, find } = await open();
    await visit('tasks');
    await find('start-create');
    expect(has('nav-tasks')).toBe(false);
  });

  test('a workspace that is still open is taken up', async () => {
    const { find } = await open({ open: 'example' });
    await find('next-step');
  });

  test('the language changes at once and keeps what is typed', async () => {
    const { user, find } = await open();
    await user.click(await find('start-create'));
    await user.type(await find('create-name'), 'Töpferei');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Set up your shop');
    await user.click(await find('language-de'));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Ihren Shop anlegen');
    expect((await find('create-name')) as HTMLInputElement).toHaveProperty('value', 'Töpferei');
    expect(document.documentElement.lang).toBe('de');
  });

  test('what the backend words follows the language, too', async () => {
    const { find } = await open({ open: 'example' });
    expect((await find('next-step')).textContent).toContain('Finish the task');
    language.set('de');
    await soon(() => expect(screen.getByTestId('next-step').textContent).toContain('Aufgabe erledigen'));
  });
});
