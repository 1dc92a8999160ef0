import type { Endpoint, HostId } from '#model';
import type { Audited } from './audited.ts';
import { hostGraphOf } from './host-graph.ts';
import type { Falls } from './severity.ts';

/** How many different starts are looked at; each is a search of the whole network. From what comes after them, it is presumed that a jewel falls. */
const MOST_SEARCHES = 16;

/** What falls next when somebody takes a workload. */
export class BlastRadius {
  readonly #audited: Audited;
  readonly #answers = new Map<string, boolean>();

  constructor(audited: Audited) {
    this.#audited = audited;
  }

  /** Whether one of these is a crown jewel, or one surely or possibly falls after them. */
  of(endpoints: readonly Endpoint[]): Falls {
    if (endpoints.some(this.#audited.intent.isCrownJewel)) return 'jewel';
    if (this.#audited.only !== undefined) return 'next';
    const falls = endpoints.some(
      (endpoint) => endpoint.canPivot && endpoint.initiates && this.#hasJewelBehind(endpoint),
    );
    return falls ? 'next' : 'nothing';
  }

  /** Endpoints with the same groups in the same subnet get as far as each other. */
  #hasJewelBehind(endpoint: Endpoint): boolean {
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
    const start = { kind: 'host', host: endpoint.host } as const;
    const holdsJewel = ({ host }: { readonly host: HostId }): boolean =>
      graph.endpointsOf(host).some(this.#audited.intent.isCrownJewel);
    // what only possibly falls is another search of the whole network, and seldom needed
    const answer =
      this.#answers.size >= MOST_SEARCHES ||
      graph.surelyFallsFrom(start).some(holdsJewel) ||
      graph.fallsFrom(start).some(holdsJewel);
    this.#answers.set(key, answer);
    return answer;
  }
}
