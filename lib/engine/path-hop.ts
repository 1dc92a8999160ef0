import type { TransportSet } from '#netset';
import type { Endpoint, FrontDoor } from '#model';
import type { Fall } from './host-fall.ts';

/** One step of a path: who opens what on whom. `from` is undefined where it is the internet. */
export type PathHop = {
  readonly from: Endpoint | undefined;
  readonly to: Endpoint;
  readonly transport: TransportSet;
  /** Of the first step: the way in by which somebody may come who has no other. */
  readonly door?: FrontDoor;
};

/** Where a step begins, for people; what names tell is untrusted text. */
export function sourceName({ from, door }: PathHop): string {
  if (from !== undefined) return from.name;
  return door === undefined ? 'internet' : `internet by ${door.name}`;
}

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
