// Whether the person goes by keys, said on the root element. WebKit does not take a radio button that an arrow has chosen
// for one that was reached by key, so `:focus-visible` alone would not show where one is.

export const byKey = {
  start(): void {
    const root = document.documentElement;
    addEventListener('keydown', () => (root.dataset['keys'] = ''), { capture: true });
    addEventListener('pointerdown', () => delete root.dataset['keys'], { capture: true });
  },
};
