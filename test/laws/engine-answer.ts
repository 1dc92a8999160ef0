import {
  icmpPoint,
  icmpv6Point,
  NONE,
  parseIp,
  PROTOCOL_ICMP,
  PROTOCOL_ICMPV6,
  PROTOCOL_SCTP,
  PROTOCOL_TCP,
  PROTOCOL_UDP,
  protocolPoint,
  sctpPoint,
  tcpPoint,
  udpPoint,
  type Ip,
  type SetId,
} from '#netset';
import { idOf } from '#model';
import {
  analyse,
  cellOf,
  cellThrough,
  planeOf,
  POSSIBLE,
  repliesOf,
  repliesThrough,
  routedOf,
  SURE,
  type Analysis,
  type Bound,
  type Plane,
} from '#engine';
import { translate, type AwsSnapshot } from '#sources/aws';
import type { Account, End, Question } from './oracle/index.ts';

/** What surely holds and what possibly holds. */
export type Bounded = readonly [sure: boolean, possible: boolean];

/** The engine's word on a question, in the parts of the oracle's answer. `reply` is meant for TCP and UDP. */
export type EngineAnswer = {
  readonly routed: Bounded;
  readonly forward: Bounded;
  readonly session: Bounded;
  readonly reply: (clientPort: number) => Bounded;
};

/** Two positions of a plane, and the sets that the engine has for them, as last asked. */
type Pair = {
  readonly plane: Plane;
  readonly from: number;
  readonly to: number;
  readonly routed: readonly [SetId, SetId];
  readonly forward: readonly [SetId, SetId];
  readonly session: readonly [SetId, SetId];
};

/** Puts an oracle's questions to the engine, by way of the translator. */
export class Engine {
  readonly analysis: Analysis;
  #last: { readonly from: End; readonly to: End; readonly pair: Pair } | undefined;

  constructor(targets: readonly Account[]) {
    this.analysis = analyse(networkOf(targets));
  }

  ask(question: Question): EngineAnswer {
    const pair = this.#pairOf(question.from, question.to);
    const { sets } = pair.plane.rows;
    const point = pointOf(question);
    const both = ([sure, possible]: readonly [SetId, SetId]): Bounded => [
      sets.has(sure, point),
      sets.has(possible, point),
    ];
    return {
      routed: both(pair.routed),
      forward: both(pair.forward),
      session: both(pair.session),
      reply: (clientPort) => {
        const back = pointOf({ ...question, port: clientPort });
        return [replies(pair, point, back, SURE), replies(pair, point, back, POSSIBLE)];
      },
    };
  }

  /** Whether anything at all may get from one to the other. */
  mayPass(from: End, to: End): boolean {
    return this.#pairOf(from, to).forward[POSSIBLE] !== NONE;
  }

  #pairOf(from: End, to: End): Pair {
    const last = this.#last;
    if (last?.from === from && last.to === to) return last.pair;
    const pair = pairAt(this.analysis, from, to);
    this.#last = { from, to, pair };
    return pair;
  }
}

/**
 * The network of the targets, where all that the oracle does not know of was read and is not there: virtual private
 * gateways and transit gateways.
 */
export function networkOf(targets: readonly Account[]): Analysis['network'] {
  const nothing = {
    DescribeVpnGateways: { VpnGateways: [] },
    DescribeTransitGatewayAttachments: { TransitGatewayAttachments: [] },
    DescribeVpcBlockPublicAccessOptions: { VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' } },
  };
  return translate(targets.map((target) => ({ ...nothing, ...target }) as unknown as AwsSnapshot));
}

/** What a question asks, as a point of the transport axis. */
export function pointOf({ protocol, port, icmp }: Pick<Question, 'protocol' | 'port' | 'icmp'>): number {
  switch (protocol) {
    case PROTOCOL_TCP:
      return tcpPoint(port ?? Number.NaN);
    case PROTOCOL_UDP:
      return udpPoint(port ?? Number.NaN);
    case PROTOCOL_ICMP:
      return icmpPoint(icmp?.type ?? Number.NaN, icmp?.code ?? Number.NaN);
    case PROTOCOL_ICMPV6:
      return icmpv6Point(icmp?.type ?? Number.NaN, icmp?.code ?? Number.NaN);
    case PROTOCOL_SCTP:
      // lists of AWS know no ports of SCTP: one stands for all
      return sctpPoint(port ?? 0);
    default:
      return protocolPoint(protocol);
  }
}

export function ipOf(end: End): Ip {
  const text = 'outside' in end ? end.outside : end.ip;
  const ip = parseIp(text);
  if (ip === undefined) throw new TypeError(`not an address: ${text}`);
  return ip;
}

function pairAt(analysis: Analysis, source: End, target: End): Pair {
  const plane = planeOf(analysis, ipOf(source).family);
  const from = positionOf(plane, source);
  const to = positionOf(plane, target);
  const cells = [cellOf(plane, from, to, SURE), cellOf(plane, from, to, POSSIBLE)] as const;
  return {
    plane,
    from,
    to,
    routed: [routedOf(plane, from, to, SURE), routedOf(plane, from, to, POSSIBLE)],
    forward: [cells[SURE].forward, cells[POSSIBLE].forward],
    session: [cells[SURE].session, cells[POSSIBLE].session],
  };
}

function positionOf(plane: Plane, end: End): number {
  const owner = 'outside' in end ? undefined : idOf<'endpoint'>(end.interface);
  const position = plane.axis.positionOf(ipOf(end), owner);
  if (position === undefined) throw new Error(`the engine has no position for ${JSON.stringify(end)}`);
  return position;
}

/** Whether one client port gets its answers, on the direct way or by some hop that carries the packet. */
function replies({ plane, from, to }: Pair, point: number, back: number, bound: Bound): boolean {
  const { rows } = plane;
  const { sets } = rows;
  if (!sets.has(cellOf(plane, from, to, bound).forward, point)) return false;
  const legs = plane.isOutside(from) ? [] : plane.classOf(from).legs;
  const isThrough = legs.some(
    (leg) =>
      sets.has(cellThrough(plane, leg, from, to, bound).session, point) &&
      sets.has(repliesThrough(plane, leg, from, to, bound), back),
  );
  if (isThrough) return true;
  const goes = plane.isOutside(from) || sets.has(rows.at(plane.classOf(from).out[bound], to), point);
  const comes = plane.isOutside(to) || sets.has(rows.at(plane.classOf(to).in[bound], from), point);
  return goes && comes && sets.has(repliesOf(plane, from, to, bound), back);
}
