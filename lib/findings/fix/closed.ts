import type { TransportSet } from '#netset';

/** Why it would be wrong to shut a flow: somebody means it, or a load balancer hands on to its target by it. */
export type Needed = 'meant' | 'load-balancer';

/** Flows between two workloads, or from addresses of nobody here, that a fix would shut. */
export type ClosedFlow = {
  /** An id of a workload, or what is outside: `internet`, blocks of addresses. */
  readonly from: { readonly id: string; readonly name: string };
  readonly to: { readonly id: string; readonly name: string };
  readonly transport: TransportSet;
  /** How many pairs of interfaces; of what is outside, how many interfaces here. */
  readonly pairs: number;
  readonly needed?: Needed;
};

/** What a fix would shut beside what it is made to shut. */
export type Closed = {
  /** By pair of workloads: needed ones first, then those of most interfaces. */
  readonly flows: readonly ClosedFlow[];
  /** False where there were too many to look at all. */
  readonly isWhole: boolean;
};

/** Of what was not tried. */
export const NOT_LOOKED_AT: Closed = { flows: [], isWhole: false };

/** Whether it shuts what somebody needs. */
export function closesNeeded({ flows }: Closed): boolean {
  return flows.some(({ needed }) => needed !== undefined);
}

/** Flows by pair of workloads. */
export class ClosedFlows {
  readonly #flows = new Map<string, { -readonly [K in keyof ClosedFlow]: ClosedFlow[K] }>();

  add(flow: Omit<ClosedFlow, 'pairs' | 'needed'>, needed?: Needed): void {
    if (flow.transport.isEmpty) return;
    const key = JSON.stringify([flow.from.id, flow.to.id]);
    const known = this.#flows.get(key);
    if (known === undefined) {
      this.#flows.set(key, { ...flow, pairs: 1, ...(needed && { needed }) });
      return;
    }
    known.transport = known.transport.union(flow.transport);
    known.pairs += 1;
    if (needed !== undefined) known.needed ??= needed;
  }

  worstFirst(): readonly ClosedFlow[] {
    return [...this.#flows.values()].sort(
      (a, b) =>
        Number(b.needed !== undefined) - Number(a.needed !== undefined) ||
        b.pairs - a.pairs ||
        compareText(a.from.name, b.from.name) ||
        compareText(a.to.name, b.to.name) ||
        compareText(a.from.id, b.from.id) ||
        compareText(a.to.id, b.to.id),
    );
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
