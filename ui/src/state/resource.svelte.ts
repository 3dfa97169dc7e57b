// Something asked of the backend that a screen shows: asked again when the language or the workspace changes,
// while the old answer stays in sight so that nothing jumps.

import { errorView } from '../backend';
import type { ErrorView } from '../bindings/api';
import { language } from './language.svelte';
import { workspace } from './workspace.svelte';

export class Resource<T> {
  data = $state.raw<T>();
  error = $state.raw<ErrorView>();
  loading = $state(true);
  #ask: () => Promise<T>;
  #round = 0;

  /**
   * `ask` is run in an effect: whatever state it reads before its first await makes it run again. `known` is shown until
   * the first answer is there.
   */
  constructor(ask: () => Promise<T>, known?: T) {
    this.#ask = ask;
    this.data = known;
    $effect(() => {
      void language.current;
      void workspace.changes;
      void this.load();
    });
  }

  async load(): Promise<void> {
    const round = ++this.#round;
    this.loading = true;
    try {
      const data = await this.#ask();
      if (round !== this.#round) return;
      this.data = data;
      this.error = undefined;
    } catch (thrown) {
      if (round !== this.#round) return;
      this.error = errorView(thrown);
    }
    this.loading = false;
  }
}
