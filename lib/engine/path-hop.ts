import type { TransportSet } from '#netset';
import type { Endpoint } from '#model';
import type { Fall } from './host-fall.ts';

/** One step of a path: who opens what on whom. `from` is undefined where it is the internet. */
export type PathHop = {
  readonly from: Endpoint | undefined;
  readonly to: Endpoint;
  readonly transport: TransportSet;
};

export function hopOf({ plane, from, to, session }: Fall): PathHop {
  return {
    from: plane.endpointAt(from)!,
    to: plane.endpointAt(to)!,
    transport: plane.rows.sets.valueOf(session),
  };
}

/** The same steps, by the ports of either. */
export function joined(steps: readonly PathHop[], others: readonly PathHop[]): readonly PathHop[] {
  return steps.map((hop, i) => ({
    ...hop,
    transport: hop.transport.union(others[i]?.transport ?? hop.transport),
  }));
}
