// Which screen is shown. The address is kept in the hash, so that back and forward work and a test can go anywhere.

export const SCREENS = [
  'start',
  'setup',
  'overview',
  'checklist',
  'worksheets',
  'evidence',
  'tasks',
  'assessments',
  'quality',
  'providers',
  'registers',
  'report',
  'history',
  'settings',
  'glossary',
  'help',
  'gallery',
] as const;

export type Screen = (typeof SCREENS)[number];

export interface Route {
  screen: Screen;
  /** What the screen shows: a requirement, a step of the set-up, a task. */
  subject: string | null;
  /** How it is narrowed: `theme=tls`. */
  query: Record<string, string>;
}

let current = $state.raw<Route>({ screen: 'start', subject: null, query: {} });

export const route = {
  get current(): Route {
    return current;
  },
  start(): void {
    addEventListener('hashchange', () => read());
    read();
  },
};

export function address(screen: Screen, subject?: string | null, query?: Record<string, string>): string {
  const tail = subject ? `/${encodeURIComponent(subject)}` : '';
  const search = query && Object.keys(query).length > 0 ? `?${new URLSearchParams(query).toString()}` : '';
  return `#/${screen}${tail}${search}`;
}

export function go(screen: Screen, subject?: string | null, query?: Record<string, string>): void {
  const target = address(screen, subject, query);
  current = { screen, subject: subject ?? null, query: query ?? {} };
  if (location.hash !== target) location.hash = target;
}

/** Changes what the screen shows without a new entry in the way back. */
export function replace(screen: Screen, subject?: string | null, query?: Record<string, string>): void {
  current = { screen, subject: subject ?? null, query: query ?? {} };
  history.replaceState(null, '', address(screen, subject, query));
}

function read(): void {
  const [path = '', search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [name = '', subject] = path.split('/');
  const screen = SCREENS.find((known) => known === name) ?? 'start';
  if (address(screen, current.subject, current.query) === location.hash && current.screen === screen) return;
  current = {
    screen,
    subject: subject ? decodeURIComponent(subject) : null,
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}
