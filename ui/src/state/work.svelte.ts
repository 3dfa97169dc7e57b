// Work that takes longer than a moment: one at a time, with its progress, and it can be cancelled.

import { call, errorView, host, type CommandName, type Request, type Response } from '../backend';
import type { ErrorView } from '../bindings/api';

let command = $state<CommandName | null>(null);
let done = $state(0);
let total = $state(0);
let cancelling = $state(false);

export const work = {
  get command(): CommandName | null {
    return command;
  },
  get done(): number {
    return done;
  },
  get total(): number {
    return total;
  },
  get cancelling(): boolean {
    return cancelling;
  },
  async start(): Promise<void> {
    await host.onProgress((report) => {
      if (report.command !== command) return;
      done = report.done;
      total = report.total;
    });
  },
  async run<K extends CommandName>(name: K, request: Request<K>): Promise<Response<K>> {
    command = name;
    done = 0;
    total = 0;
    cancelling = false;
    try {
      return await call(name, request);
    } finally {
      command = null;
    }
  },
  async cancel(): Promise<void> {
    cancelling = true;
    await host.cancel();
  },
};

/** To be thrown where nothing was chosen: whoever closes the dialog for a place has cancelled, and what stands there stays. */
export const CANCELLED: ErrorView = { code: 'cancelled', message: '', hint: '' };

/** Whether an error only says that the person cancelled. */
export function wasCancelled(thrown: unknown): boolean {
  return errorView(thrown).code === 'cancelled';
}
