import type { IpSet, TransportSet } from '#netset';
import type { BlindSpot, Direction, EndpointId, Network } from '#model';
import { diff, outsidePairs, type Analysis, type Diff, type FlowChange, type OutsidePair } from '#engine';
import { audit, SEVERITIES, type Finding, type IntentSettings, type Severity } from '#findings';

/** What policies let through between a workload and addresses outside, on one side of a change and not on the other. */
export type OutsideChange = {
  readonly workload: EndpointId;
  readonly direction: Direction;
  readonly ips: IpSet;
  readonly transport: TransportSet;
};

/** What changes between two states of a cluster: as it is and as a pull request would make it. */
export type ClusterChange = {
  readonly diff: Diff;
  readonly outside: {
    readonly opened: readonly OutsideChange[];
    readonly maybeOpened: readonly OutsideChange[];
    readonly closed: readonly OutsideChange[];
  };
  readonly opened: readonly Finding[];
  readonly resolved: readonly Finding[];
  readonly added: readonly EndpointId[];
  readonly removed: readonly EndpointId[];
  /** What is not seen of the state after it. */
  readonly unseen: readonly BlindSpot[];
  /** Those of them that the state before did not have: what they hide may be what opens. */
  readonly newlyUnseen: readonly BlindSpot[];
};

export function clusterChange(before: Network, after: Network, meant?: IntentSettings): ClusterChange {
  const delta = diff(before, after);
  const [was, is] = [audit(delta.before, meant), audit(delta.after, meant)];
  const known = new Set(was.map(({ fingerprint }) => fingerprint));
  const left = new Set(is.map(({ fingerprint }) => fingerprint));
  const workloads = ({ endpoints }: Network): readonly EndpointId[] => [...endpoints.keys()];
  return {
    diff: delta,
    outside: {
      opened: beyond(delta.after, delta.before, ({ sure }) => sure),
      maybeOpened: beyond(delta.after, delta.before, ({ sure, possible }) => possible.subtract(sure)),
      closed: beyond(delta.before, delta.after, ({ possible }) => possible),
    },
    opened: is.filter(({ fingerprint }) => !known.has(fingerprint)),
    resolved: was.filter(({ fingerprint }) => !left.has(fingerprint)),
    added: workloads(after).filter((id) => !before.endpoints.has(id)),
    removed: workloads(before).filter((id) => !after.endpoints.has(id)),
    unseen: [...after.blindSpots.values()],
    newlyUnseen: newlyUnseen(before, after),
  };
}

/** By what they say, but for the lines of files, which move when something is written above. */
function newlyUnseen(before: Network, after: Network): readonly BlindSpot[] {
  const textOf = ({ code, what }: BlindSpot): string => `${code} ${what.replaceAll(/:\d+/g, '')}`;
  const left = new Map<string, number>();
  for (const spot of before.blindSpots.values()) left.set(textOf(spot), (left.get(textOf(spot)) ?? 0) + 1);
  return [...after.blindSpots.values()].filter((spot) => {
    const known = left.get(textOf(spot)) ?? 0;
    left.set(textOf(spot), known - 1);
    return known <= 0 && spot.effect === 'hides-ways';
  });
}

/**
 * Whether a change fails a gate: by a finding of that severity; or, where none is named, by anything that opened, or that may have, since what
 * could be read before cannot be read any more.
 */
export function failsGate(
  { diff: { opened, maybeOpened, exposures }, outside, opened: findings, newlyUnseen }: ClusterChange,
  failOn: Severity | 'never' | undefined,
): boolean {
  if (failOn === 'never') return false;
  if (failOn !== undefined)
    return findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn));
  const flows: readonly FlowChange[] = [...opened, ...maybeOpened];
  const ranges = [...outside.opened, ...outside.maybeOpened];
  return (
    flows.length + findings.length + ranges.length + newlyUnseen.length > 0 ||
    exposures.some(({ isWider }) => isWider)
  );
}

/** What of the flows of one side, by `part`, the other surely does not let through. */
function beyond(
  one: Analysis,
  other: Analysis,
  part: (pair: OutsidePair) => TransportSet,
): readonly OutsideChange[] {
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    ([4, 6] as const).flatMap((family) => {
      const known = outsidePairs(other, direction, family);
      return outsidePairs(one, direction, family).flatMap((given): OutsideChange[] => {
        const { endpoint, ips } = given;
        const flows = part(given);
        if (endpoint.role === 'load-balancer' || flows.isEmpty) return [];
        const found: OutsideChange[] = [];
        let rest = ips;
        for (const pair of known.filter((each) => each.endpoint.id === endpoint.id)) {
          const shared = rest.intersect(pair.ips);
          const transport = flows.subtract(pair.possible);
          if (!shared.isEmpty && !transport.isEmpty)
            found.push({ workload: endpoint.id, direction, ips: shared, transport });
          rest = rest.subtract(pair.ips);
        }
        return rest.isEmpty
          ? found
          : [...found, { workload: endpoint.id, direction, ips: rest, transport: flows }];
      });
    }),
  );
}
