// The requirements of the checklist: loaded once, then narrowed here, so that nothing waits for the backend but the search
// in texts that the rows do not carry. What is answered meanwhile is shown at once and stays in its place.

import { untrack } from 'svelte';
import { call, errorView } from '../backend';
import type { ErrorView, RequirementRow } from '../bindings/api';
import { language } from './language.svelte';
import { Resource } from './resource.svelte';
import { workspace } from './workspace.svelte';

export type Order = 'framework' | 'path';

interface Loaded {
  order: Order;
  requirements: RequirementRow[];
  kept: RequirementRow[];
}

/** Asks for the list, and keeps it for the next time the screen is opened. */
async function ask(order: Order): Promise<Loaded> {
  const key = memoryKey(order);
  const loaded = { order, ...(await call('list_requirements', order === 'path' ? { order: 'path' } : {})) };
  workspace.memory.set(key, loaded);
  return loaded;
}

const memoryKey = (order: Order): string => `worklist ${language.current} ${order}`;

/** Has the list at hand before its screen is opened. Without it the screen asks for itself. */
export async function prefetch(): Promise<void> {
  await ask('framework').catch(() => undefined);
}

export const keyOf = (row: RequirementRow): string => `${row.assessment} ${row.id}`;

export class Worklist {
  readonly #order: () => Order;
  readonly #loaded: Resource<Loaded>;
  /** What has changed since the list was loaded, by key. */
  #newer = $state.raw<{ of: Loaded | undefined; rows: Map<string, RequirementRow> }>({ of: undefined, rows: new Map() });
  /** What the search is for. */
  search = $state('');
  searchError = $state.raw<ErrorView>();
  /** What the search found, by key; none without a search. */
  found = $state.raw<Set<string> | null>(null);
  #asking = false;

  /** To be made while a component is. */
  constructor(order: () => Order, search: string) {
    this.#order = order;
    this.search = search;
    // What was there last time is shown at once, and what has changed since a moment later.
    this.#loaded = new Resource(() => ask(order()), untrack(() => workspace.memory.get(memoryKey(order())) as Loaded | undefined));
    $effect(() => {
      void language.current;
      void workspace.changes;
      void untrack(() => this.find());
    });
  }

  readonly all: RequirementRow[] = $derived.by(() => this.#current(this.#loaded.data?.requirements));
  readonly kept: RequirementRow[] = $derived.by(() => this.#current(this.#loaded.data?.kept));

  get loaded(): boolean {
    return this.#loaded.data !== undefined;
  }

  /** Whether what is shown is in the order that is wanted. */
  get inOrder(): boolean {
    return !this.#loaded.loading && this.#loaded.data?.order === this.#order();
  }

  /** The order of what is shown. */
  get order(): Order | undefined {
    return this.#loaded.data?.order;
  }

  get error(): ErrorView | undefined {
    return this.#loaded.error;
  }

  load(): Promise<void> {
    return this.#loaded.load();
  }

  /**
   * Takes a row that has just been answered. It keeps its place, and what it is said to unlock. A note may be saved after
   * the screen has gone: what is derived for it is not read here.
   */
  async take(row: RequirementRow): Promise<void> {
    const key = keyOf(row);
    const loaded = this.#loaded.data;
    const before = this.#current(loaded?.requirements).find((one) => keyOf(one) === key);
    this.#take([{ ...row, unlocks: before?.unlocks ?? 0 }]);
    if (loaded?.order !== 'path' || before?.verdict === row.verdict) return;
    // What others wait for has changed, too. Their places stay until the list is asked for anew.
    const { requirements } = await call('list_requirements', { order: 'path' }).catch(() => ({ requirements: [] }));
    if (loaded === this.#loaded.data) this.#take(requirements);
  }

  /** Finds what is typed. One question runs at a time, and the newest words are asked for as soon as it is answered. */
  async find(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      let sent: string;
      do {
        sent = this.search.trim();
        if (!sent) {
          this.found = null;
          break;
        }
        const { requirements, kept } = await call('list_requirements', { search: sent });
        this.found = new Set([...requirements, ...kept].map(keyOf));
        this.searchError = undefined;
      } while (sent !== this.search.trim());
    } catch (thrown) {
      this.searchError = errorView(thrown);
    }
    this.#asking = false;
  }

  #take(rows: RequirementRow[]): void {
    const loaded = this.#loaded.data;
    const known = this.#newer.of === loaded ? this.#newer.rows : [];
    this.#newer = { of: loaded, rows: new Map([...known, ...rows.map((row): [string, RequirementRow] => [keyOf(row), row])]) };
    if (loaded) workspace.memory.set(memoryKey(loaded.order), { order: loaded.order, requirements: this.#current(loaded.requirements), kept: this.#current(loaded.kept) });
  }

  #current(rows: RequirementRow[] = []): RequirementRow[] {
    const { of, rows: newer } = this.#newer;
    return of === this.#loaded.data && newer.size > 0 ? rows.map((row) => newer.get(keyOf(row)) ?? row) : rows;
  }
}
