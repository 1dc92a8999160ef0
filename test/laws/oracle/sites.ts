import type { Address } from './address.ts';
import type { Party } from './between.ts';
import { accepts, bare, canListen, canSend, sends } from './crossing.ts';
import { unknownWay } from './journey.ts';
import type { Journey } from './journey.ts';
import { comesInto, leavesForSite, stopsAt } from './legs.ts';
import type { Network } from './network.ts';
import type { Packet } from './traffic.ts';
import { lastGates, travel, travelFromSite } from './travel.ts';
import type { Arrival, Site } from './travel.ts';

/** From an interface to a site outside AWS (RT10). What the site itself lets pass is not AWS's to tell. */
export function toSite(
  network: Network,
  a: Party,
  x: Address,
  packet: Packet,
  { site, isSure, gates }: Arrival & { readonly kind: 'site' },
): Journey {
  return {
    isRouted: true,
    ...(isSure ? {} : { doubt: 'whether the site has that address' }),
    stops: [canSend(a.at), sends(a.at, packet, bare(x)), ...stopsAt(gates, packet)],
    returns: (reply) => comesInto(network, site, a.at, { from: x, to: a.address }, reply),
  };
}

/**
 * From the sites that have a way to an interface (RT10): a VPC's own virtual private gateway announces the
 * whole VPC, whatever the subnet's own table says.
 *
 * A site may send from any address; that it does is only sure where the interface's subnet sends to that
 * address by the same way.
 */
export function fromSite(network: Network, x: Address, b: Party, packet: Packet): Journey[] {
  const header = { from: x, to: b.address };
  return network.sites.flatMap((site) =>
    travelFromSite(network, site, header).flatMap((arrival, _, all): Journey[] => {
      if (arrival.kind === 'unknown') return [unknownWay(arrival.why, [canListen(b.at)])];
      if (arrival.kind !== 'vpc' || arrival.vpc !== b.at.vpc) return [];
      const isSure = all.length === 1 && isThere(network, b, x, site);
      return [
        {
          isRouted: true,
          ...(isSure ? {} : { doubt: 'whether the site has that address' }),
          stops: [
            ...stopsAt(arrival.gates, packet),
            ...stopsAt(lastGates(network, arrival.beside, b.at.subnet, header), packet),
            accepts(b.at, packet, bare(x)),
            canListen(b.at),
          ],
          returns: (reply) => leavesForSite(network, b.at, site, { from: b.address, to: x }, reply),
        },
      ];
    }),
  );
}

function isThere(network: Network, b: Party, x: Address, site: Site): boolean {
  return travel(network, b.at, { from: b.address, to: x }).every(
    (arrival) => arrival.kind === 'site' && arrival.isSure && arrival.site.kind === site.kind,
  );
}
