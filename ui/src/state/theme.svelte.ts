// Light, dark, or as the system has it; kept in this window.

export type Theme = 'light' | 'dark' | 'system';

const KEY = 'tillproof.theme';
const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)');

let current = $state<Theme>('system');

export const theme = {
  get current(): Theme {
    return current;
  },
  set(chosen: Theme): void {
    current = chosen;
    localStorage.setItem(KEY, chosen);
    apply();
  },
  start(): void {
    const kept = localStorage.getItem(KEY);
    current = kept === 'light' || kept === 'dark' ? kept : 'system';
    apply();
    dark?.addEventListener('change', apply);
    // Paper is light.
    addEventListener('beforeprint', () => (document.documentElement.dataset['theme'] = 'light'));
    addEventListener('afterprint', apply);
  },
};

function apply(): void {
  const shown = current === 'system' ? (dark?.matches ? 'dark' : 'light') : current;
  document.documentElement.dataset['theme'] = shown;
}
