import { NONE, type Ip } from '#netset';
import {
  doubtsOfRoute,
  type Attachment,
  type BlindSpotId,
  type Route,
  type Subnet,
  type SubnetId,
  type TransitGateway,
  type TransitRoute,
} from '#model';
import { POSSIBLE, SURE, type Bound } from './band.ts';
import { reachOf, type Crossing } from './crossing.ts';
import type { Mark, Step } from './explanation.ts';
import type { Plane } from './plane.ts';
import { doubtsOfSite } from './wide-ways.ts';

/** One way through a transit gateway, for one packet. */
export type Passage = {
  readonly step: Extract<Step, { kind: 'transit' }>;
  /** The subnets by which it gets to the gateway, and those by which it may come out. */
  readonly entries: readonly SubnetId[];
  readonly landings: readonly SubnetId[];
  /** Why it may take one of several of these. */
  readonly choices: readonly BlindSpotId[];
  /** What is not known of where the gateway sends it. */
  readonly doubts: readonly BlindSpotId[];
};

/** Follows a packet of a subnet into the transit gateway to which its route leads; `undefined` if that leads elsewhere. */
export function passageOf(
  plane: Plane,
  subnet: Subnet,
  taken: Route | undefined,
  far: number,
  farIp: Ip,
  isReply: boolean,
): Passage | undefined {
  const gateway = transitOf(plane, taken);
  if (gateway === undefined) return undefined;
  const exit = plane.exitOf(subnet);
  const crossing = exit.crossings.find((each) => each.gateway === gateway.id);
  const attachment = crossing?.attachment;
  const route = attachment === undefined ? undefined : routeIn(gateway, attachment, farIp);
  const mark = crossing === undefined ? 'blocks' : markOf(plane, crossing, far, exit.unknown);
  return {
    step: { kind: 'transit', mark, gateway: gateway.id, isReply, attachment, route },
    entries: crossing?.entries ?? [],
    landings: crossing === undefined ? [] : landingsAt(plane, crossing, far),
    choices: crossing === undefined ? [] : choicesOf(crossing),
    doubts:
      mark === 'unknown' && attachment !== undefined ? doubtsAhead(plane, gateway, attachment, farIp) : [],
  };
}

/** What is not known of where a route leads, whatever kind of gateway that is. */
export function doubtsBehind(plane: Plane, subnet: Subnet, route: Route, farIp: Ip): readonly BlindSpotId[] {
  const { target } = route;
  const gateway = target.kind === 'gateway' ? plane.network.gateways.get(target.gateway) : undefined;
  if (gateway?.kind === 'site') return [...doubtsOfRoute(route), ...doubtsOfSite(gateway.site)];
  if (gateway?.kind !== 'transit') return doubtsOfRoute(route);
  const attachment = plane.routes.crossings.attachmentOf(gateway, subnet.network);
  return [
    ...doubtsOfRoute(route),
    ...(attachment === undefined ? [] : doubtsAhead(plane, gateway, attachment, farIp)),
  ];
}

/** The same for whatever route of a subnet may take packets for an address. */
export function doubtsToward(plane: Plane, subnet: Subnet, ip: Ip): readonly BlindSpotId[] {
  const routes = plane.network.routeTables.get(subnet.routeTable)?.routes ?? [];
  return routes
    .filter((route) => covers(route, ip))
    .flatMap((route) => doubtsBehind(plane, subnet, route, ip));
}

function transitOf(plane: Plane, route: Route | undefined): TransitGateway | undefined {
  const gateway =
    route?.target.kind === 'gateway' ? plane.network.gateways.get(route.target.gateway) : undefined;
  return gateway?.kind === 'transit' ? gateway : undefined;
}

function markOf(plane: Plane, crossing: Crossing, far: number, unknown: Crossing['site'][0]): Mark {
  const { rows } = plane;
  const reach = reachOf(rows, crossing);
  const goes = (bound: Bound): boolean =>
    rows.at(reach[bound], far) !== NONE ||
    rows.at(crossing.site[bound], far) !== NONE ||
    crossing.arrivals.some(
      ({ landings }) =>
        // which of several it comes out by is not known
        (bound === POSSIBLE || landings.length === 1) &&
        landings.some(({ nat }) => [...nat.values()].some((band) => rows.at(band[bound], far) !== NONE)),
    );
  if (goes(SURE)) return 'passes';
  return goes(POSSIBLE) || rows.at(unknown, far) !== NONE ? 'unknown' : 'blocks';
}

function landingsAt(plane: Plane, { arrivals }: Crossing, far: number): readonly SubnetId[] {
  return arrivals.flatMap(({ landings }) =>
    landings.filter(({ local }) => plane.rows.at(local[POSSIBLE], far) !== NONE).map(({ subnet }) => subnet),
  );
}

function choicesOf({ attachment, arrivals }: Crossing): readonly BlindSpotId[] {
  const { to } = attachment;
  const into = to.kind === 'network' ? [to.zonesUnread, to.parentsUnread] : [];
  const outOf = arrivals.flatMap(({ attachment: { to: far } }) =>
    far.kind === 'network' ? landingDoubts(far) : [],
  );
  return [...into.filter((each) => each !== undefined), ...outOf];
}

/** The route that the attachment's table takes for an address. */
function routeIn(gateway: TransitGateway, { table }: Attachment, ip: Ip): TransitRoute | undefined {
  let best: TransitRoute | undefined;
  for (const route of gateway.tables.get(table ?? '')?.routes ?? []) {
    const cidr = route.destination;
    if (cidr === undefined || cidr.family !== ip.family || ip.value < cidr.first || ip.value > cidr.last)
      continue;
    if (best?.destination === undefined || cidr.prefix > best.destination.prefix) best = route;
  }
  return best;
}

function doubtsAhead(
  plane: Plane,
  gateway: TransitGateway,
  { id, table, tableUnread, to: from }: Pick<Attachment, 'id' | 'table' | 'tableUnread' | 'to'>,
  ip: Ip,
  seen: readonly string[] = [],
): BlindSpotId[] {
  const zones = from.kind === 'network' ? [from.zonesUnread, from.parentsUnread] : [];
  const doubts = [tableUnread, ...zones].filter((each) => each !== undefined);
  if (table === undefined || seen.includes(table)) return doubts;
  const unread = (gateway.tables.get(table)?.routes ?? []).filter(
    ({ destination }) => destination === undefined,
  );
  const route = routeIn(gateway, { table } as Attachment, ip);
  for (const { target } of route === undefined ? unread : [route, ...unread]) {
    if (target.kind === 'unknown') doubts.push(target.because);
    for (const next of target.kind === 'attachments' ? target.attachments : []) {
      doubts.push(...doubtsOf(plane, gateway.attachments.get(next), ip, [...seen, table]));
      if (next === id && from.kind === 'network' && from.returnsUnread !== undefined)
        doubts.push(from.returnsUnread);
    }
  }
  return doubts;
}

function doubtsOf(
  plane: Plane,
  attachment: Attachment | undefined,
  ip: Ip,
  seen: readonly string[],
): BlindSpotId[] {
  const to = attachment?.to;
  switch (to?.kind) {
    case undefined:
      return [];
    case 'unknown':
      return [to.because];
    case 'site':
      return doubtsOfSite(to.site);
    case 'network': {
      const { network } = plane;
      const tables = to.subnets.map((id) => network.subnets.get(id)?.routeTable);
      const routes = [...new Set(tables)].flatMap((id) =>
        id === undefined ? [] : (network.routeTables.get(id)?.routes ?? []),
      );
      return [...landingDoubts(to), ...routes.filter((route) => covers(route, ip)).flatMap(doubtsOfRoute)];
    }
    case 'peer': {
      const peer = plane.network.gateways.get(to.gateway);
      const far = peer?.kind === 'transit' ? peer.attachments.get(to.attachment) : undefined;
      return peer?.kind === 'transit' && far !== undefined ? doubtsAhead(plane, peer, far, ip, seen) : [];
    }
  }
}

/** Why it is open by which of several subnets packets come into a network. */
function landingDoubts({
  zonesUnread,
  landingUnread,
}: Extract<Attachment['to'], { kind: 'network' }>): BlindSpotId[] {
  return [zonesUnread, landingUnread].filter((each) => each !== undefined);
}

function covers({ destination }: Route, ip: Ip): boolean {
  return (
    destination === undefined ||
    (destination.family === ip.family && destination.first <= ip.value && ip.value <= destination.last)
  );
}
