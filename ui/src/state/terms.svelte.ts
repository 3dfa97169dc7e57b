// The term of the glossary that is being explained: one at a time for the whole window, beside the word that was pressed.

let open = $state.raw<{ term: string; anchor: HTMLElement } | null>(null);

export const terms = {
  get open() {
    return open;
  },
  show(term: string, anchor: HTMLElement): void {
    open = open?.anchor === anchor ? null : { term, anchor };
  },
  /** Puts the explanation away; the focus goes back to the word if it was in the explanation. */
  close(back = true): void {
    const anchor = open?.anchor;
    open = null;
    if (back) anchor?.focus();
  },
};
