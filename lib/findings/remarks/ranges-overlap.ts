import type { GatewayId, Network, NetworkId } from '#model';
import type { Audited } from '../audited.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { Remark } from '../remark.ts';

/**
 * Two networks with common addresses that are peers, or peers of one and the same network: packets for those addresses go to one of them, and
 * a rule for them admits whichever it is.
 */
export function checkOverlaps({ analysis }: Audited): Remark[] {
  const { network } = analysis;
  const remarks = new Map<string, Remark>();
  for (const [hub, neighbours] of neighbourhoods(network)) {
    const all = [...neighbours];
    for (const [i, a] of all.entries()) {
      for (const b of all.slice(i + 1)) {
        const remark = overlapOf(network, a, b, hub);
        if (remark !== undefined && !remarks.has(remark.fingerprint)) remarks.set(remark.fingerprint, remark);
      }
    }
  }
  return [...remarks.values()];
}

/** For each network, itself and its peers: all whose addresses it has to tell apart. */
function neighbourhoods({ gateways }: Network): ReadonlyMap<NetworkId | GatewayId, ReadonlySet<NetworkId>> {
  const found = new Map<NetworkId | GatewayId, Set<NetworkId>>();
  const add = (hub: NetworkId, ...members: readonly NetworkId[]): void => {
    const known = found.get(hub) ?? new Set([hub]);
    for (const member of members) known.add(member);
    found.set(hub, known);
  };
  for (const gateway of gateways.values()) {
    if (gateway.kind !== 'peering' || !gateway.isActive) continue;
    add(gateway.sides[0], gateway.sides[1]);
    add(gateway.sides[1], gateway.sides[0]);
  }
  return found;
}

function overlapOf(
  { networks }: Network,
  a: NetworkId,
  b: NetworkId,
  hub: NetworkId | GatewayId,
): Remark | undefined {
  const [first, second] = [networks.get(a), networks.get(b)].sort((x, y) =>
    (x?.id ?? '') < (y?.id ?? '') ? -1 : 1,
  );
  if (first === undefined || second === undefined || !first.cidrs.overlaps(second.cidrs)) return undefined;
  const isHub = a === hub || b === hub;
  const joint = networks.get(hub as NetworkId)?.name ?? hub;
  return {
    check: 'ranges-overlap',
    severity: 'low',
    fingerprint: fingerprintOf('ranges-overlap', first.id, second.id),
    title: `${first.name} and ${second.name} share addresses (${first.cidrs.intersect(second.cidrs).toString()}) and are ${isHub ? 'peers' : `both peers of ${joint}`}`,
    subject: { id: first.id, name: first.name },
    rules: [],
  };
}
