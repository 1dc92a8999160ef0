import type { Place } from './crossing.ts';
import type { Stop } from './journey.ts';
import { every, NO, oneOf, UNKNOWN } from './maybe.ts';
import type { Maybe } from './maybe.ts';
import type { Network } from './network.ts';
import type { Packet } from './traffic.ts';
import { isSameSite, lastGates, travel, travelFromSite, travelTo } from './travel.ts';
import type { Arrival, Gate, Header, Site } from './travel.ts';

/**
 * Whether a packet gets from one place into another, past every ACL on its way.
 *
 * RT15: `local` delivers by the VPC's own addresses, so an equal address in an overlapping VPC is another.
 * RT8: a peering delivers into the other VPC and no further.
 */
export function comesInto(
  network: Network,
  from: Place | Site,
  to: Place,
  header: Header,
  packet: Packet,
): Maybe {
  const arrivals =
    'subnet' in from ? travelTo(network, from, to, header) : travelFromSite(network, from, header);
  return oneOf(
    arrivals.map((arrival) => {
      if (arrival.kind === 'unknown')
        return every([UNKNOWN, ...arrival.gates.map((gate) => gate.admits(packet))]);
      if (arrival.kind !== 'vpc' || arrival.vpc !== to.vpc) return NO;
      const gates = [...arrival.gates, ...lastGates(network, arrival.beside, to.subnet, header)];
      return every(gates.map((gate) => gate.admits(packet)));
    }),
  );
}

/** Whether a packet that starts in a place leaves for that site. */
export function leavesForSite(
  network: Network,
  from: Place,
  site: Site,
  header: Header,
  packet: Packet,
): Maybe {
  return oneOf(
    travel(network, from, header).map((arrival) => {
      if (arrival.kind === 'unknown')
        return every([UNKNOWN, ...arrival.gates.map((gate) => gate.admits(packet))]);
      if (arrival.kind !== 'site') return NO;
      // Whether two ways lead to one network outside is not told
      const isSame = isSameSite(arrival.site, site);
      return every([...arrival.gates.map((gate) => gate.admits(packet)), isSame ? true : UNKNOWN]);
    }),
  );
}

/** Gates as what may stop this packet. */
export function stopsAt(gates: readonly Gate[], packet: Packet): Stop[] {
  return gates.map((gate) => ({ name: gate.name, admits: () => gate.admits(packet) }));
}

/** Why an arrival is not where the packet was to go. */
export function whyElsewhere(arrival: Arrival): string {
  if (arrival.kind === 'drop' || arrival.kind === 'unknown') return arrival.why;
  return arrival.kind === 'vpc' ? 'no interface holds the address' : `the route is ${arrival.kind}`;
}
