import type { TransportSet } from '#netset';
import type { Direction, Endpoint } from '#model';
import { reachBetween, type Analysis } from '#engine';
import type { PotentialPod } from '#sources/kubernetes';

/** What a workload would exchange with pods that are not there, should they come. */
export type PotentialPeer = {
  readonly workload: Endpoint;
  readonly direction: Direction;
  /** `undefined`: any pod whatever. */
  readonly peer: PotentialPod | undefined;
  /** What is possible, and what of it is certain. */
  readonly transport: TransportSet;
  readonly sure: TransportSet;
  /** Ports that are let out by a name alone: `TCP http`. */
  readonly named: readonly string[];
};

type Reach = { readonly possible: TransportSet; readonly sure: TransportSet };

/**
 * The potential peers of every workload that its own policies name. One is left out that gets the same as any pod whatever, or that is there
 * already. What is denied shows
 * only as an exception from what any pod gets.
 */
export function potentialPeers(
  analysis: Analysis,
  potential: readonly PotentialPod[],
): readonly PotentialPeer[] {
  const isPotential = new Set(potential.map(({ endpoint }) => endpoint));
  const [anyone, ...others] = potential;
  const { policies } = analysis.network;
  const isNamed = ({ group, named }: PotentialPod, workload: Endpoint, direction: Direction): boolean =>
    workload.policies.some(
      (id) =>
        (direction === 'egress' && named.has(id)) ||
        policies
          .get(id)
          ?.rules.some(
            (rule) =>
              rule.direction === direction && rule.selector.kind === 'group' && rule.selector.group === group,
          ),
    );
  if (anyone === undefined) return [];
  return [...analysis.network.endpoints.values()].flatMap((workload) => {
    if (isPotential.has(workload.id) || workload.role === 'load-balancer') return [];
    return (['ingress', 'egress'] as const).flatMap((direction) => {
      const reach = ({ endpoint }: PotentialPod) =>
        direction === 'ingress'
          ? reachBetween(analysis, endpoint, workload.id)
          : reachBetween(analysis, workload.id, endpoint);
      const namedOf = ({ named }: PotentialPod): readonly string[] =>
        direction === 'ingress'
          ? []
          : [...new Set(workload.policies.flatMap((id) => named.get(id) ?? []))].sort();
      const [byAnyone, namedByAnyone] = [reach(anyone), namedOf(anyone)];
      const isOpen = !byAnyone.possible.isEmpty || namedByAnyone.length > 0;
      const peerOf = (
        peer: PotentialPod | undefined,
        by: Reach,
        named: readonly string[],
      ): PotentialPeer => ({
        workload,
        direction,
        peer,
        transport: by.possible,
        sure: by.sure,
        named,
      });
      const first = isOpen ? [peerOf(undefined, byAnyone, namedByAnyone)] : [];
      const further = others.flatMap((peer) => {
        // most have nothing to do with it, and a way costs more to look for than a name
        if (peer.isThere || !isNamed(peer, workload, direction)) return [];
        const [by, named] = [reach(peer), namedOf(peer)];
        const isSame = by.possible.equals(byAnyone.possible) && named.join() === namedByAnyone.join();
        return isSame ? [] : [peerOf(peer, by, named)];
      });
      return [...first, ...further];
    });
  });
}

/** Whether no policy is about a direction of a workload, so that everything passes. */
export function isUnprotected({ network }: Analysis, workload: Endpoint, direction: Direction): boolean {
  return !workload.policies.some((id) => network.policies.get(id)?.tier?.applies.includes(direction));
}
