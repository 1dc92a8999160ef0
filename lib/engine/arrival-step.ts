import { NONE, TransportSet } from '#netset';
import { doubtsOfRoute, type Endpoint, type Subnet } from '#model';
import { POSSIBLE, SURE } from './band.ts';
import { cellOf } from './cell.ts';
import type { Mark, Step } from './explanation.ts';
import { doubtWaysInto, needsNoReply, type WalkedFlow } from './walked-flow.ts';

/** How something from outside comes into the network of its target: by an internet gateway, a private site, or not at all. */
export function arrivalStep(walked: WalkedFlow, endpoint: Endpoint): Step {
  const { plane, from, to, flow, doubts } = walked;
  const mark: Mark = plane.arrives(from, to, SURE)
    ? 'passes'
    : plane.arrives(from, to, POSSIBLE)
      ? 'unknown'
      : 'blocks';
  const doubt = plane.network.internetUnknown.get(endpoint.network);
  const into = plane.wide.into(to);
  const subnet = plane.subnet(endpoint.subnet);
  const limit = subnet.publicAccess;
  const isInternet = plane.isInternet(from);
  const routes = isInternet ? plane.entries.routesTo(subnet, flow.destination) : [];
  if (mark === 'unknown') {
    for (const id of [doubt, limit?.because, ...routes.flatMap(doubtsOfRoute)])
      if (id !== undefined) doubts.add(id);
    for (const door of plane.network.sideDoors)
      if (door.network === endpoint.network) doubts.add(door.because);
  }
  const closedBy = isInternet && limit !== undefined && limit.in !== 'open' ? limit.text : undefined;
  const isOpen = mark === 'passes' && plane.opensToInternet(from, to);
  const by = isOpen ? [] : into.map(({ gateway }) => gateway);
  const filtered = mark === 'blocks' || isOpen ? mark : markByLists(walked, subnet, mark);
  if (filtered === 'unknown') doubtWaysInto(walked, to);
  return { kind: 'arrival', mark: filtered, endpoint, by, routes, closedBy };
}

/** What the lists of the subnets by which sites come in make of it, where nothing else may bring it. */
function markByLists({ plane, from, to, flow }: WalkedFlow, subnet: Subnet, mark: Mark): Mark {
  const { network, wide, rows } = plane;
  const hasDoor = network.sideDoors.some((door) => door.network === subnet.network);
  const isDialled = plane.isPublic(to) || plane.hiddenPublic(to) !== undefined;
  if (hasDoor || (isDialled && plane.isInternet(from))) return mark;
  const { fromOutside } = wide.stampOf(to, subnet, plane.exitOf(subnet));
  if (!rows.sets.has(fromOutside[POSSIBLE], flow.point)) return 'blocks';
  return rows.sets.has(fromOutside[SURE], flow.point) ? mark : 'unknown';
}

/** Whether a site behind a transit gateway, to which this goes, leads back. */
export function answerFromSite(walked: WalkedFlow, source: Endpoint): Step[] {
  const { plane, from, to, flow } = walked;
  const { wide, rows } = plane;
  const subnet = plane.subnet(source.subnet);
  const exit = plane.exitOf(subnet);
  const { overTransit } = wide.sentToSites(exit, wide.stampOf(from, subnet, exit).near);
  if (rows.at(overTransit[SURE], to) === NONE || needsNoReply(walked)) return [];
  const back = wide.overTransitTo(from);
  const { replyIn } = plane.classOf(from);
  // each list on the way may let some answers through, and all of them together none
  const point = rows.sets.intern(TransportSet.point(flow.point));
  const comesBack = (bound: 0 | 1): boolean =>
    back[bound] !== NONE &&
    (rows.sets.overlaps(cellOf(plane, from, to, bound).session, point) ||
      rows.sets.overlaps(plane.replyable(rows.at(replyIn[bound], to)), point));
  const mark: Mark = comesBack(SURE) ? 'passes' : comesBack(POSSIBLE) ? 'unknown' : 'blocks';
  if (mark === 'unknown') doubtWaysInto(walked, from);
  const by = wide.into(from).map(({ gateway }) => gateway);
  return [{ kind: 'arrival', mark, endpoint: source, by, routes: [], closedBy: undefined }];
}
