import type { Address } from './address.ts';
import { accepts, bare, canListen, canSend, isTranslatable, known, sends, someNatPort } from './crossing.ts';
import type { Far } from './crossing.ts';
import type { Interface } from './interfaces.ts';
import { noWay, unknownWay } from './journey.ts';
import type { Journey, Stop, Ways } from './journey.ts';
import { comesInto, stopsAt, whyElsewhere } from './legs.ts';
import { every, NO, oneOf, some, UNKNOWN } from './maybe.ts';
import type { Network } from './network.ts';
import type { Packet } from './traffic.ts';
import { lastGates, travelFromSite, travelTo } from './travel.ts';
import type { Arrival, Header, Referring } from './travel.ts';

/** An interface and the one of its addresses that the packet bears. */
export type Party = { readonly at: Interface; readonly address: Address };

/**
 * The ways from one interface to another within the private network.
 *
 * A packet that leaves by an internet gateway is outside, even if it would come in again at the other's
 * public address (RT17): that is another question.
 */
export function between(network: Network, a: Party, b: Party, packet: Packet): Ways[] {
  const header = { from: a.address, to: b.address };
  return travelTo(network, a.at, b.at, header).map((arrival): Ways => {
    if (arrival.kind === 'vpc' && arrival.vpc === b.at.vpc) return [direct(network, a, b, packet, arrival)];
    if (arrival.kind === 'nat-gateway') return throughNat(network, a, b, packet, arrival);
    if (arrival.kind === 'unknown') return [inTheDark(network, a, b, packet, arrival)];
    if (arrival.kind === 'site') return [overSite(network, a, b, packet, arrival)];
    return [noWay(whyElsewhere(arrival))];
  });
}

function direct(
  network: Network,
  a: Party,
  b: Party,
  packet: Packet,
  arrival: Arrival & { readonly kind: 'vpc' },
): Journey {
  const header: Header = { from: a.address, to: b.address };
  const back: Header = { from: b.address, to: a.address };
  return {
    isRouted: true,
    stops: [
      canSend(a.at),
      sends(a.at, packet, partyTo(network, a.at, b, arrival.referring, 'egress')),
      ...stopsAt(arrival.gates, packet),
      ...stopsAt(lastGates(network, arrival.beside, b.at.subnet, header), packet),
      accepts(b.at, packet, partyTo(network, b.at, a, arrival.referring, 'ingress')),
      canListen(b.at),
    ],
    // SG1: groups are not asked again; RT8: the other side needs a route of its own
    returns: (reply) => comesInto(network, b.at, a.at, back, reply),
  };
}

/** One journey for each of the NAT's addresses, which B's subnet and groups see as the source (NA4, SG7). */
function throughNat(
  network: Network,
  a: Party,
  b: Party,
  packet: Packet,
  { nat, gates }: Arrival & { readonly kind: 'nat-gateway' },
): Ways {
  if (!isTranslatable(packet, b.address)) return [noWay('the NAT gateway does not carry this')];
  if (nat.addresses.length === 0) return [noWay('the NAT gateway has no address')];
  return nat.addresses.flatMap(({ address: translated }) => {
    const header: Header = { from: translated, to: b.address };
    const onward = travelTo(network, nat, b.at, header);
    return onward.map((arrival): Journey => {
      const before = [
        canSend(a.at),
        sends(a.at, packet, partyTo(network, a.at, b, 'peered', 'egress')),
        ...stopsAt(gates, packet),
      ];
      // Two NAT gateways, one behind the other, are known not to work within one VPC alone
      if (arrival.kind === 'unknown')
        return unknownWay(arrival.why, [...before, ...stopsAt(arrival.gates, packet)]);
      if (arrival.kind === 'nat-gateway' && arrival.isFar) return unknownWay('a second NAT gateway', before);
      if (arrival.kind !== 'vpc' || arrival.vpc !== b.at.vpc) return noWay('no way on from the NAT gateway');
      return {
        isRouted: true,
        ...(onward.length > 1 ? { doubt: 'which way AWS takes from the NAT gateway' } : {}),
        stops: [
          ...before,
          ...stopsAt(arrival.gates, packet),
          ...stopsAt(lastGates(network, arrival.beside, b.at.subnet, header), packet),
          accepts(b.at, packet, bare(translated)),
          canListen(b.at),
        ],
        returns: (reply) =>
          every([
            someNatPort(network, reply, (each) =>
              comesInto(network, b.at, nat, { from: b.address, to: translated }, each),
            ),
            comesInto(network, nat, a.at, { from: b.address, to: a.address }, reply),
          ]),
      };
    });
  });
}

/** RT10: what a site does with packets to another network that it reaches is not AWS's to tell. */
function overSite(
  network: Network,
  a: Party,
  b: Party,
  packet: Packet,
  { gates }: Arrival & { readonly kind: 'site' },
): Journey {
  const header: Header = { from: a.address, to: b.address };
  const onward = network.sites.flatMap((site) => travelFromSite(network, site, header));
  const isReached = onward.some(
    (each) => each.kind === 'unknown' || (each.kind === 'vpc' && each.vpc === b.at.vpc),
  );
  if (!isReached) return noWay('no site leads on');
  const stops = [
    canSend(a.at),
    sends(a.at, packet, partyTo(network, a.at, b, 'peered', 'egress')),
    ...stopsAt(gates, packet),
    ...stopsAt(lastGates(network, undefined, b.at.subnet, header), packet),
    accepts(b.at, packet, partyTo(network, b.at, a, 'peered', 'ingress')),
    canListen(b.at),
  ];
  const back: Header = { from: b.address, to: a.address };
  return unknownWay('what the site passes on', stops, (reply) =>
    oneOf(
      travelTo(network, b.at, a.at, back).map((arrival) => {
        if (arrival.kind === 'unknown') return UNKNOWN;
        const isOver = arrival.kind === 'site' || (arrival.kind === 'vpc' && arrival.vpc === a.at.vpc);
        if (!isOver) return NO;
        const beside = arrival.kind === 'vpc' ? arrival.beside : undefined;
        const passed = [...arrival.gates, ...lastGates(network, beside, a.at.subnet, back)];
        return every(passed.map((gate) => gate.admits(reply)));
      }),
    ),
  );
}

/** What the source's own rules forbid does not even set out. */
function inTheDark(
  network: Network,
  a: Party,
  b: Party,
  packet: Packet,
  { why, gates, by, as }: Arrival & { readonly kind: 'unknown' },
): Journey {
  return unknownWay(why, [
    canSend(a.at),
    sends(a.at, packet, partyTo(network, a.at, b, 'peered', 'egress')),
    ...stopsAt(gates, packet),
    acceptsEither(network, b, [a, ...(by === undefined ? [] : partiesOf(by))], as ?? [], packet),
    canListen(b.at),
  ]);
}

function acceptsEither(
  network: Network,
  b: Party,
  sources: readonly Party[],
  others: readonly Address[],
  packet: Packet,
): Stop {
  const far = [
    ...sources
      .filter(({ address }) => address.family === b.address.family)
      .map((source) => partyTo(network, b.at, source, 'peered', 'ingress')),
    ...others.map(bare),
  ];
  const stops = far.map((each) => accepts(b.at, packet, each));
  return {
    name: 'ingress rules of the destination',
    admits: () => some(stops.map((stop) => stop.admits())),
  };
}

function partiesOf(at: Interface): Party[] {
  return at.addresses.map(({ address }) => ({ at, address }));
}

/**
 * SG5, SG6: the other's groups count within a VPC. SG8: and across an active peering of one Region.
 * SG9: over a transit gateway, in ingress rules alone; where the two VPCs are peered too, but the packet does
 * not come that way, AWS does not say.
 */
function partyTo(
  network: Network,
  near: Interface,
  far: Party,
  referring: Referring,
  direction: 'ingress' | 'egress',
): Far {
  const whole = { address: far.address, carries: far.at.carries };
  const mayRefer = network.mayRefer(near.vpc, far.at.vpc);
  const none = bare(far.address);
  if (referring === 'peered' || near.vpc === far.at.vpc) return mayRefer ? known(whole) : none;
  if (referring === 'ingress' && direction === 'ingress') return known(whole);
  return mayRefer ? { sure: none.sure, possible: whole } : none;
}
