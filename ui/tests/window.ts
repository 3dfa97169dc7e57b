// The whole window on the mock, for a test to use as a person would.

import { render, screen } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { vi } from 'vitest';
import App from '../src/App.svelte';
import { connectTo, speak } from '../src/backend';
import { mock, type Mock, type MockOptions } from '../src/backend/mock';
import { takeUp } from '../src/state/begin';
import { language } from '../src/state/language.svelte';
import { go, type Screen } from '../src/state/route.svelte';
import { workspace } from '../src/state/workspace.svelte';

export interface Window {
  backend: Mock;
  user: UserEvent;
  /** Goes to a screen and waits until its heading is there. */
  visit(to: Screen, subject?: string | null, query?: Record<string, string>): Promise<void>;
  /** Waits for something with this test id. */
  find(id: string): Promise<HTMLElement>;
  has(id: string): boolean;
  /** What was asked of the backend with this command. */
  asked(command: string): Record<string, unknown>[];
}

export async function open(options: MockOptions = {}): Promise<Window> {
  const backend = mock({ locale: 'en', delay: 0, ...options });
  location.hash = '';
  workspace.closed();
  connectTo(backend);
  speak(
    () => language.current,
    (detail) => ({ code: 'unexpected', message: detail, hint: '' }),
  );
  await takeUp();
  if (!backend.open) go('start');
  render(App);
  return {
    backend,
    user: userEvent.setup(),
    async visit(to, subject, query) {
      go(to, subject, query);
      await screen.findAllByRole('heading', { level: 1 });
    },
    find: (id) => screen.findByTestId(id),
    has: (id) => screen.queryByTestId(id) !== null,
    asked: (command) =>
      backend.calls.filter((one) => one.command === command).map((one) => one.request as Record<string, unknown>),
  };
}

export const soon = (check: () => void) => vi.waitFor(check, { timeout: 8000 });

/** Whether it cannot be used, by itself or by what it stands in. */
export function isOff(element: HTMLElement): boolean {
  return element.matches(':disabled') || !!element.closest('fieldset')?.disabled;
}
