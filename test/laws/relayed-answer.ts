import { formatIp, TransportSet } from '#netset';
import { idOf, type Endpoint, type Relay } from '#model';
import {
  analyse,
  cellOf,
  explainRelayed,
  handedOn,
  placesOfHandoff,
  planeOf,
  POSSIBLE,
  SURE,
  type Analysis,
  type Bound,
  type End as EngineEnd,
} from '#engine';
import { allowanceFor } from './allowances.ts';
import { ipOf, networkOf, pointOf } from './engine-answer.ts';
import type { Account, End, Maybe, RelayQuestion } from './oracle/index.ts';
import { NO } from './oracle/maybe.ts';

const COMPILED = new WeakMap<readonly Account[], Analysis>();
/** What no right answer is: so the comparison tells where the engine says two things. */
const AT_ODDS: Maybe = { sure: true, possible: false };

/**
 * The engine's word on what a load balancer hands on: whether this client is heard at this port of the target. Its explanation must say the
 * same, which is of interfaces and whatever leads there, so that it may know of more.
 */
export function relayedAnswer(targets: readonly Account[], question: RelayQuestion): Maybe {
  const analysis = analysisOf(targets);
  const { from, to, balancer } = question;
  if (!('interface' in to)) throw new TypeError('the target of a load balancer is an interface');
  const target = analysis.network.endpoints.get(idOf<'endpoint'>(to.interface));
  const relay = analysis.network.relays.get(idOf<'relay'>(balancer));
  if (target === undefined || relay === undefined) return NO;
  const answer = handed(analysis, relay, target, question);
  const told = explained(analysis, relay, target, question);
  const isTold = (!answer.sure || told.sure) && (!answer.possible || told.possible);
  const isOnlyWay =
    'outside' in from || analysis.network.endpoints.get(idOf(from.interface))?.addresses.length === 1;
  const isMore = answer.possible && isOnlyWay && told.sure && !answer.sure;
  return isTold && !isMore ? answer : AT_ODDS;
}

/** Whether the engine may leave this unknown: the call of the load balancer is one that it may leave so. */
export function mayBeUnsure(
  targets: readonly Account[],
  { from, balancer, protocol, port }: RelayQuestion,
): boolean {
  const analysis = analysisOf(targets);
  const relay = analysis.network.relays.get(idOf<'relay'>(balancer));
  const dialled = pointOf({ protocol, port });
  return (relay?.entrances ?? []).some(
    (id) => allowanceFor(analysis, endOf(from), { kind: 'endpoint', id }, dialled) !== undefined,
  );
}

function analysisOf(targets: readonly Account[]): Analysis {
  let analysis = COMPILED.get(targets);
  if (analysis === undefined) COMPILED.set(targets, (analysis = analyse(networkOf(targets))));
  return analysis;
}

function handed(
  analysis: Analysis,
  relay: Relay,
  target: Endpoint,
  { from, to, protocol, port, targetPort }: RelayQuestion,
): Maybe {
  const dialled = pointOf({ protocol, port });
  const arriving = pointOf({ protocol, port: targetPort });
  const plane = planeOf(analysis, ipOf(from).family);
  const owner = 'interface' in from ? idOf<'endpoint'>(from.interface) : undefined;
  const client = plane.axis.positionOf(ipOf(from), owner);
  if (client === undefined) return NO;
  const enters = (bound: Bound): boolean =>
    relay.entrances
      .flatMap((entrance) => plane.axis.positionsOf(entrance))
      .some((door) => plane.rows.sets.has(cellOf(plane, client, door, bound).session, dialled));
  const places = relay.listeners
    .filter(({ transport }) => transport.has(dialled))
    .flatMap(({ handoffs }) => handoffs)
    .filter(
      ({ target: id, ip }) => id === target.id && ip !== undefined && formatIp(ip) === formatIp(ipOf(to)),
    )
    .flatMap((handoff) => placesOfHandoff(analysis, relay, handoff) ?? []);
  const gets = (bound: Bound): boolean =>
    enters(bound) &&
    places.some((each) => each.plane.rows.sets.has(handedOn(each, plane, client, bound), arriving));
  return { sure: gets(SURE), possible: gets(POSSIBLE) };
}

function explained(
  analysis: Analysis,
  relay: Relay,
  target: Endpoint,
  { from, protocol, targetPort }: RelayQuestion,
): Maybe {
  const asked = TransportSet.point(pointOf({ protocol, port: targetPort }));
  const way = explainRelayed(analysis, endOf(from), target, asked).find((each) => each.relay === relay);
  return { sure: way?.verdict === 'allowed', possible: way !== undefined };
}

function endOf(end: End): EngineEnd {
  if ('outside' in end) return { kind: 'outside', ip: ipOf(end) };
  return { kind: 'endpoint', id: idOf<'endpoint'>(end.interface) };
}
