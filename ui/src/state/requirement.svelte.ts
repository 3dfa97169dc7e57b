// One requirement being worked on. Changes are sent one after another, each with the `rev` that the last answer gave,
// so that a note and a verdict never overtake each other.

import { call, errorView, type Request } from '../backend';
import type { ErrorView, RequirementDetail } from '../bindings/api';

type Change = Omit<Request<'answer_requirement'>, 'requirement' | 'assessment' | 'rev'>;

export class RequirementWork {
  detail = $state.raw<RequirementDetail>();
  error = $state.raw<ErrorView>();
  readonly id: string;
  #assessment: string | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(id: string, assessment?: string) {
    this.id = id;
    this.#assessment = assessment;
  }

  async load(): Promise<void> {
    try {
      this.#take(await call('show_requirement', this.#name()));
      this.error = undefined;
    } catch (thrown) {
      this.error = errorView(thrown);
    }
  }

  /** Sends a change after those before it. Rejects with an ErrorView. */
  answer(change: Change): Promise<RequirementDetail> {
    const sending = this.#last.then(async () => {
      const rev = this.detail?.rev;
      try {
        const newer = await call('answer_requirement', { ...this.#name(), ...change, ...(rev === undefined ? {} : { rev }) });
        this.#take(newer);
        return newer;
      } catch (thrown) {
        // The newer state is fetched, so that trying again sends what the person typed on top of it.
        if (errorView(thrown).code === 'conflict') await this.load();
        throw thrown;
      }
    });
    this.#last = sending.catch(() => undefined);
    return sending;
  }

  #take(detail: RequirementDetail): void {
    this.detail = detail;
  }

  #name(): { requirement: string; assessment?: string } {
    return this.#assessment === undefined
      ? { requirement: this.id }
      : { requirement: this.id, assessment: this.#assessment };
  }
}
