import type { Endpoint } from '#model';
import type { Audited } from './audited.ts';
import { hostGraphOf } from './host-graph.ts';

/** How many different starts are looked at; each is a search of the whole network. From what comes after them, it is presumed that a jewel falls. */
const MOST_SEARCHES = 16;

/** What falls next when somebody takes a workload. */
export class BlastRadius {
  readonly #audited: Audited;
  readonly #answers = new Map<string, boolean>();

  constructor(audited: Audited) {
    this.#audited = audited;
  }

  /** Whether a crown jewel surely or possibly falls after one of these. */
  hasJewelBehind(endpoints: readonly Endpoint[]): boolean {
    return endpoints.some((endpoint) => endpoint.canPivot && endpoint.initiates && this.#of(endpoint));
  }

  /** Endpoints with the same groups in the same subnet get as far as each other. */
  #of(endpoint: Endpoint): boolean {
    const graph = hostGraphOf(this.#audited);
    const key = graph
      .endpointsOf(endpoint.host)
      .map(({ subnet, policies, unfiltered }) =>
        JSON.stringify([subnet, unfiltered ? '*' : policies.toSorted()]),
      )
      .toSorted()
      .join(' ');
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer =
      this.#answers.size >= MOST_SEARCHES ||
      graph
        .fallsFrom({ kind: 'host', host: endpoint.host })
        .some(({ host }) => graph.endpointsOf(host).some(this.#audited.intent.isCrownJewel));
    this.#answers.set(key, answer);
    return answer;
  }
}
