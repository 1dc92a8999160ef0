import { INTERNET, NONE, TransportSet, type Ip, type SetId } from '#netset';
import type { Gateway, Network } from '#model';
import type { Analysis } from './analysis.ts';
import { SURE, type Band } from './band.ts';
import type { End, Explanation } from './explanation.ts';
import type { Plane } from './plane.ts';
import { routeFor } from './route-for.ts';

/** Where NAT gateways translate to IPv4: the last 32 bits are the address that is meant. RFC 6052. */
export const NAT64_PREFIX = 0x0064_ff9bn << 96n;

type Nat = Extract<Gateway, { kind: 'nat' }>;

/** What of TCP and UDP is carried; how ICMPv6 becomes ICMP is left unknown. */
const CARRIED = TransportSet.tcp().union(TransportSet.udp());

/**
 * The explanation, where what is asked for is an IPv4 address of the internet by way of a NAT gateway that translates, and every filter on the
 * way surely lets it through. What is not proven so stays unknown.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html
 */
export function withNat64(
  analysis: Analysis,
  from: End,
  to: End,
  asked: TransportSet,
  found: Explanation,
): Explanation {
  if (found.verdict !== 'unknown' || from.kind !== 'endpoint' || to.kind !== 'outside') return found;
  const meant = translatedOf(to.ip);
  const planes = ([6, 4] as const).map((family) =>
    analysis.planes.find(({ axis }) => axis.family === family),
  );
  const [six, four] = planes;
  if (meant === undefined || !INTERNET.has(meant) || six === undefined || four === undefined) return found;
  let sure = TransportSet.NONE;
  let by: Nat | undefined;
  for (const position of six.axis.positionsOf(from.id)) {
    const nat = translatorOf(analysis.network, six, position, to.ip);
    if (nat === undefined || !six.canSend(position)) continue;
    const open = throughNat64(six, four, position, to.ip, meant, nat).intersect(asked);
    if (!open.isEmpty) [sure, by] = [sure.union(open), nat];
  }
  if (by === undefined) return found;
  const isWhole = asked.isSubsetOf(sure) || sure.equals(found.possible);
  return {
    ...found,
    sure: found.sure.union(sure),
    ...(isWhole && {
      verdict: 'allowed' as const,
      because: [],
      flow: { ...found.flow, point: sure.first() ?? found.flow.point },
      steps: [
        ...found.steps.map((step) => (step.mark === 'unknown' ? { ...step, mark: 'passes' as const } : step)),
        { kind: 'translated' as const, mark: 'passes' as const, gateway: by.id, ip: meant },
      ],
    }),
  };
}

/** The IPv4 address for which an IPv6 one stands. */
function translatedOf(ip: Ip): Ip | undefined {
  if (ip.family !== 6 || ip.value >> 32n !== NAT64_PREFIX >> 32n) return undefined;
  return { family: 4, value: Number(ip.value & 0xffff_ffffn) };
}

/** The NAT gateway to which the packets surely go. */
function translatorOf(network: Network, plane: Plane, position: number, ip: Ip): Nat | undefined {
  const endpoint = plane.endpointAt(position);
  if (endpoint === undefined) return undefined;
  const subnet = plane.subnet(endpoint.subnet);
  const table = network.routeTables.get(subnet.routeTable);
  if (table?.routes.some(({ destination }) => destination === undefined) !== false) return undefined;
  const target = routeFor(network, subnet, ip)?.target;
  if (target?.kind !== 'unknown' || target.translatedBy === undefined) return undefined;
  const gateway = network.gateways.get(target.translatedBy);
  return gateway?.kind === 'nat' && gateway.isAvailable ? gateway : undefined;
}

/** What surely goes out and is surely answered: by the client's subnet, the gateway's, and the internet gateway behind it. */
function throughNat64(
  six: Plane,
  four: Plane,
  client: number,
  dialled: Ip,
  meant: Ip,
  nat: Nat,
): TransportSet {
  const { sets } = six.rows;
  const [far6, far4] = [six.axis.positionOf(dialled)!, four.axis.positionOf(meant)!];
  const near = six.endpointAt(client)!.subnet;
  const access = four.subnet(nat.subnet).publicAccess?.nat ?? 'open';
  const isPublic = nat.addresses.length > 0 && nat.addresses.every(({ publicIp }) => publicIp !== undefined);
  if (!isPublic || access !== 'open' || six.subnet(near).publicAccess?.nat !== undefined)
    return TransportSet.NONE;
  const exit = four.exitOf(four.subnet(nat.subnet));
  const at6 = (band: Band, position: number): SetId => six.rows.at(band[SURE], position);
  const at4 = (band: Band): SetId => four.rows.at(band[SURE], far4);
  const isLocal = near === nat.subnet;
  const own = six.exitOf(six.subnet(nat.subnet)).direct;
  const parts: SetId[] = [
    sets.intern(CARRIED),
    at6(six.classOf(client).egress, far6),
    at4(exit.internet),
    at4(four.border(nat.subnet, 'egress')),
    four.replyable(
      at4(four.entries.answers(four.subnet(nat.subnet), four.border(nat.subnet, 'ingress'), exit.internet)),
    ),
    ...(isLocal
      ? []
      : [
          at6(six.border(near, 'egress'), far6),
          at6(six.border(nat.subnet, 'ingress'), client),
          six.replyable(at6(six.border(nat.subnet, 'egress'), client)),
          six.replyable(at6(six.border(near, 'ingress'), far6)),
          // what it hands back starts in its own subnet, and so needs a route from there
          at6(own, client),
        ]),
  ];
  const open = parts.reduce((sum, set) => (sum === NONE ? NONE : sets.intersect(sum, set)));
  return sets.valueOf(open);
}
