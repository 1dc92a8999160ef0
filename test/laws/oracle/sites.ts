import { isInternet } from './address.ts';
import type { Address } from './address.ts';
import type { Party } from './between.ts';
import { accepts, bare, canListen, canSend, sends } from './crossing.ts';
import { noWay, unknownWay } from './journey.ts';
import type { Journey, Ways } from './journey.ts';
import { comesInto, leavesForSite, stopsAt, whyElsewhere } from './legs.ts';
import type { Network } from './network.ts';
import type { Packet } from './traffic.ts';
import { lastGates, travelFromSite } from './travel.ts';
import type { Arrival, Site } from './travel.ts';

/**
 * From an interface to a site outside AWS (RT10). That the site has the address is taken for granted, as it is of
 * the internet's hosts: what is asked is whether AWS brings the packet there, and the answer back.
 */
export function toSite(
  network: Network,
  a: Party,
  x: Address,
  packet: Packet,
  { site, gates }: Arrival & { readonly kind: 'site' },
): Journey {
  return {
    isRouted: true,
    stops: [canSend(a.at), sends(a.at, packet, bare(x)), ...stopsAt(gates, packet)],
    returns: (reply) => comesInto(network, site, a.at, { from: x, to: a.address }, reply),
  };
}

/**
 * From the sites that have a way to an interface (RT10): a VPC's own virtual private gateway announces the
 * whole VPC, whatever the subnet's own table says.
 *
 * A site may send from any address of its own, but whether it lets the internet in is not AWS's to tell.
 */
export function fromSite(network: Network, x: Address, b: Party, packet: Packet): Ways[] {
  const header = { from: x, to: b.address };
  // For each site one of its arrivals, whichever AWS takes
  return network.sites.reduce<Ways[]>(
    (choices, site) =>
      choices.flatMap((ways) =>
        travelFromSite(network, site, header).map((arrival) => [
          ...ways,
          comingIn(network, x, b, packet, site, arrival),
        ]),
      ),
    [[]],
  );
}

function comingIn(
  network: Network,
  x: Address,
  b: Party,
  packet: Packet,
  site: Site,
  arrival: Arrival,
): Journey {
  const header = { from: x, to: b.address };
  const returns = (reply: Packet) => leavesForSite(network, b.at, site, { from: b.address, to: x }, reply);
  if (arrival.kind === 'unknown')
    return unknownWay(arrival.why, [accepts(b.at, packet, bare(x)), canListen(b.at)], returns);
  if (arrival.kind !== 'vpc' || arrival.vpc !== b.at.vpc) return noWay(whyElsewhere(arrival));
  return {
    isRouted: true,
    ...(isInternet(x) ? { doubt: 'whether the site lets that in' } : {}),
    stops: [
      ...stopsAt(arrival.gates, packet),
      ...stopsAt(lastGates(network, arrival.beside, b.at.subnet, header), packet),
      accepts(b.at, packet, bare(x)),
      canListen(b.at),
    ],
    returns,
  };
}
