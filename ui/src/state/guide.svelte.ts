// The help of a screen, and the first walk through the window: which of them is open.

const KEY = 'tillproof.tour';

let helping = $state(false);
let step = $state<number | null>(null);
let seen = $state(true);

export const guide = {
  start(): void {
    seen = localStorage.getItem(KEY) !== null;
    step = null;
    helping = false;
  },
  /** Whether the help of the screen is shown. */
  get helping(): boolean {
    return helping;
  },
  help(): void {
    helping = true;
  },
  close(): void {
    helping = false;
  },
  /** Whether nobody has taken or declined the tour yet. */
  get offered(): boolean {
    return !seen && step === null;
  },
  /** The step of the tour, from 0; null while there is none. */
  get step(): number | null {
    return step;
  },
  tour(): void {
    helping = false;
    step = 0;
  },
  go(to: number): void {
    step = to;
  },
  /** It was seen or left, and is not offered again. */
  end(): void {
    step = null;
    seen = true;
    localStorage.setItem(KEY, 'seen');
  },
};
