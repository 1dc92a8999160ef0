import pLimit, { type LimitFunction } from 'p-limit';
import type { LiveCall } from '../resources/index.ts';
import type { Clients } from './clients.ts';
import type { CallInput } from './operations.ts';
import type { CollectOptions, CollectProgress } from './options.ts';
import { readCall, type Reading } from './read-call.ts';

export type Request = { readonly call: LiveCall; readonly input: CallInput; readonly parent?: string };

/** Makes calls side by side, no more than `concurrency` at a time, and tells how far it is. */
export class Caller {
  readonly #clients: Clients;
  readonly #options: CollectOptions;
  readonly #limit: LimitFunction;
  #done = 0;
  #planned = 0;

  constructor(clients: Clients, options: CollectOptions) {
    this.#clients = clients;
    this.#options = options;
    this.#limit = pLimit(options.concurrency);
  }

  /** Makes the calls and hands each answer to `take` as it comes. */
  async all<R extends Request>(
    requests: readonly R[],
    take: (request: R, reading: Reading) => void,
  ): Promise<void> {
    this.#planned += requests.length;
    await Promise.all(
      requests.map((request) =>
        this.#limit(async () => {
          take(request, await this.#one(request));
        }),
      ),
    );
  }

  async #one({ call, input, parent }: Request): Promise<Reading> {
    const { deadlineMs, signal } = this.#options;
    const subject = { call, ...(parent === undefined ? {} : { parent }) };
    this.#tell({ ...subject, state: 'started', items: 0 });
    const reading = await readCall(call, input, this.#clients, { deadlineMs, signal });
    this.#done += 1;
    this.#tell({ ...subject, state: reading.ok ? 'read' : 'failed', items: reading.ok ? reading.count : 0 });
    return reading;
  }

  #tell(progress: Omit<CollectProgress, 'done' | 'planned'>): void {
    this.#options.onProgress?.({ ...progress, done: this.#done, planned: this.#planned });
  }
}
