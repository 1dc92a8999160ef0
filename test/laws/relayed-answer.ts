import { formatIp, TransportSet } from '#netset';
import { idOf } from '#model';
import {
  analyse,
  cellOf,
  explainRelayed,
  planeOf,
  POSSIBLE,
  SURE,
  type Analysis,
  type Bound,
  type End as EngineEnd,
} from '#engine';
import { ipOf, networkOf, pointOf } from './engine-answer.ts';
import type { Account, End, Maybe, RelayQuestion } from './oracle/index.ts';
import { NO } from './oracle/maybe.ts';

const COMPILED = new WeakMap<readonly Account[], Analysis>();

/** The engine's word on what a load balancer hands on: whether this client is heard at this port of the target. */
export function relayedAnswer(targets: readonly Account[], question: RelayQuestion): Maybe {
  let analysis = COMPILED.get(targets);
  if (analysis === undefined) COMPILED.set(targets, (analysis = analyse(networkOf(targets))));
  const { from, to, balancer, protocol, port, targetPort } = question;
  if (!('interface' in to)) throw new TypeError('the target of a load balancer is an interface');
  const target = analysis.network.endpoints.get(idOf<'endpoint'>(to.interface));
  const relay = analysis.network.relays.get(idOf<'relay'>(balancer));
  const dialled = pointOf({ protocol, port });
  const handed = pointOf({ protocol, port: targetPort });
  const isTarget = relay?.listeners.some(
    ({ transport, handoffs }) =>
      transport.has(dialled) &&
      handoffs.some(
        (each) => each.target === target?.id && formatIp(each.ip) === to.ip && each.transport.has(handed),
      ),
  );
  if (target === undefined || relay === undefined || isTarget !== true) return NO;
  const ways = explainRelayed(analysis, endOf(from), target, TransportSet.point(handed));
  const way = ways.find((each) => each.relay === relay);
  if (way === undefined) return NO;
  // an explanation is of an interface, by whichever of its addresses gets furthest
  const plane = planeOf(analysis, ipOf(from).family);
  const client = plane.axis.positionOf(
    ipOf(from),
    'interface' in from ? idOf<'endpoint'>(from.interface) : undefined,
  );
  const gets = (bound: Bound): boolean =>
    client !== undefined &&
    relay.entrances
      .flatMap((entrance) => plane.axis.positionsOf(entrance))
      .some((door) => plane.rows.sets.has(cellOf(plane, client, door, bound).session, dialled));
  return { sure: way.verdict === 'allowed' && gets(SURE), possible: gets(POSSIBLE) };
}

function endOf(end: End): EngineEnd {
  if ('outside' in end) return { kind: 'outside', ip: ipOf(end) };
  return { kind: 'endpoint', id: idOf<'endpoint'>(end.interface) };
}
