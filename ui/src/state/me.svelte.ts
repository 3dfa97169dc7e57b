// Who sits at this window. The history always takes the name of the computer account; this name only says which tasks are
// one's own.

const KEY = 'tillproof.me';

let name = $state('');

export const me = {
  get name(): string {
    return name;
  },
  set(given: string): void {
    name = given.trim();
    localStorage.setItem(KEY, name);
  },
  start(): void {
    name = localStorage.getItem(KEY) ?? '';
  },
};
