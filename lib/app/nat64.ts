import { NAT64_PREFIX, type End } from '#engine';
import type { Network } from '#model';

/** What every blind spot about NAT64 is called after. */
const NAT64 = 'route-not-modelled:nat64:';

/**
 * The ends of a question, and with each IPv4 one the IPv6 address that stands for it where a network translates. Whoever routes
 * there may reach it, which the answer for its own address would not show; what filters the far end is not asked.
 */
export function alsoByNat64(ends: readonly End[], network: Network): readonly End[] {
  if (![...network.blindSpots.keys()].some((id) => id.startsWith(NAT64))) return ends;
  return ends.flatMap((end): End[] => {
    const ips =
      end.kind === 'outside'
        ? [end.ip]
        : (network.endpoints.get(end.id)?.addresses ?? []).flatMap(({ first, publicIp }) =>
            publicIp === undefined ? [first] : [first, publicIp],
          );
    const translated = ips.flatMap((ip): End[] =>
      ip.family === 4 ? [{ kind: 'outside', ip: { family: 6, value: NAT64_PREFIX | BigInt(ip.value) } }] : [],
    );
    return [end, ...translated];
  });
}
