// Whether single keys (1 to 6, j, k) do something. People who dictate or use a switch can turn them off.

const KEY = 'tillproof.keys';

let on = $state(true);

export const shortcuts = {
  get on(): boolean {
    return on;
  },
  set(chosen: boolean): void {
    on = chosen;
    localStorage.setItem(KEY, chosen ? 'on' : 'off');
  },
  start(): void {
    on = localStorage.getItem(KEY) !== 'off';
  },
};

/** Whether a key press is meant for a field, a dialog or the system, and not for us. */
export function belongsElsewhere(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (document.querySelector('dialog[open]')) return true;
  const target = event.target;
  return target instanceof Element && target.closest('[role=dialog], input:not([type=checkbox], [type=radio]), textarea, select') !== null;
}
