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
      const seen = this.detail;
      try {
        return await this.#send(change);
      } catch (thrown) {
        if (errorView(thrown).code !== 'conflict') throw thrown;
        // The newer state is fetched. Where somebody changed something else, both changes stand; where it is the
        // same, the person sees both and decides.
        await this.load();
        if (!seen || !this.detail || !sameIn(change, seen, this.detail)) throw thrown;
        return this.#send(change);
      }
    });
    this.#last = sending.catch(() => undefined);
    return sending;
  }

  async #send(change: Change): Promise<RequirementDetail> {
    const rev = this.detail?.rev;
    const newer = await call('answer_requirement', { ...this.#name(), ...change, ...(rev === undefined ? {} : { rev }) });
    this.#take(newer);
    return newer;
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

/** Whether what is to be changed is still what it was when it was seen. */
function sameIn(change: Change, seen: RequirementDetail, now: RequirementDetail): boolean {
  const values = ({ row, note, justification, target_date, parts }: RequirementDetail): Record<string, unknown> => ({
    verdict: row.verdict,
    progress: row.progress,
    note,
    justification,
    target_date,
    parts: parts.map((part) => part.verdict).join(),
  });
  const [before, after] = [values(seen), values(now)];
  const point = (detail: RequirementDetail, name: string) => detail.worksheet?.fields.find((one) => one.field === name)?.text;
  return Object.keys(change).every((field) => before[field] === after[field])
    && Object.keys(change.worksheet ?? {}).every((name) => point(seen, name) === point(now, name));
}
