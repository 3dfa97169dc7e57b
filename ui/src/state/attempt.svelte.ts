// Something that a person asks for and that may fail: busy while it runs, and what went wrong until the next that works.

import { errorView } from '../backend';
import type { ErrorView } from '../bindings/api';
import { wasCancelled } from './work.svelte';

export class Attempt {
  error = $state.raw<ErrorView>();
  busy = $state(false);

  /**
   * Runs it, and says whether it worked. What it throws is shown, and what works takes the last error away. Whoever
   * cancels knows so: that is no error. One within another would take its error away; each stands by itself.
   */
  async run(doing: () => Promise<unknown>): Promise<boolean> {
    let worked = false;
    this.busy = true;
    try {
      await doing();
      this.error = undefined;
      worked = true;
    } catch (thrown) {
      if (!wasCancelled(thrown)) this.error = errorView(thrown);
    }
    this.busy = false;
    return worked;
  }

  /** Asks for something, and answers it; nothing where that failed or was cancelled. */
  async got<T>(asking: () => Promise<T>): Promise<T | undefined> {
    let answer: T | undefined;
    await this.run(async () => (answer = await asking()));
    return answer;
  }
}
