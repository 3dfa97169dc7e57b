// Files that are dragged over the window. The screen that can take them says so; the rest of the window lets them go.

import { host } from '../backend';

let over = $state(false);
let take = $state.raw<((paths: string[]) => void) | null>(null);

export const drops = {
  /** Whether files are held over a window that can take them. */
  get over(): boolean {
    return over && take !== null;
  },
  async start(): Promise<void> {
    await host.onFileDrag((drag) => {
      over = drag.kind === 'over';
      if (drag.kind === 'drop' && drag.paths.length > 0) take?.(drag.paths);
    });
  },
  /** Takes what is dropped, until the returned function is called. */
  accept(taker: (paths: string[]) => void): () => void {
    take = taker;
    return () => {
      if (take === taker) take = null;
    };
  },
};
