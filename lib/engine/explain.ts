import { NONE, type Flow, type Ip, type SetId, type TransportPool, TransportSet } from '#netset';
import type { Analysis } from './analysis.ts';
import { answersOf } from './answered.ts';
import { POSSIBLE, SURE, type Bound } from './band.ts';
import { cellOf, cellThrough, directCell, repliesOf, repliesOverHop } from './cell.ts';
import type { Leg, Plane } from './plane.ts';
import { CLIENT_PORT_SET } from './replyable.ts';

import { withDoubtfulWays } from './explain-doors.ts';
import type { End, Explanation } from './explanation.ts';
import { withInnerServices } from './inner-services.ts';
import { withNat64 } from './nat64.ts';
import { Walk } from './walk.ts';

/** Explains one question; `undefined` when the ends have no addresses of one family. */
export function explain(
  analysis: Analysis,
  from: End,
  to: End,
  transport: TransportSet,
): Explanation | undefined {
  let best: { plane: Plane; source: number; target: number; rank: number } | undefined;
  for (const plane of analysis.planes) {
    for (const source of positionsOf(plane, from)) {
      for (const target of positionsOf(plane, to)) {
        const rank = rankOf(plane, source, target, transport);
        if (best === undefined || rank > best.rank) best = { plane, source, target, rank };
      }
    }
  }
  if (best === undefined) return undefined;
  const answers = to.kind === 'endpoint' ? answersOf(analysis.network).get(to.id) : undefined;
  const heard = answers === undefined ? transport : transport.intersect(answers);
  if (heard.isEmpty) return unheard(explainAt(best.plane, best.source, best.target, transport, from, to));
  const found = explainAt(best.plane, best.source, best.target, heard, from, to);
  const inside = withInnerServices(analysis.network, from, to, heard, found);
  const translated = withNat64(analysis, from, to, heard, inside);
  return withDoubtfulWays(analysis, from, to, heard, translated);
}

/** What gets to something that answers on other ports. */
function unheard(found: Explanation): Explanation {
  const nothing = TransportSet.NONE;
  return {
    ...found,
    verdict: 'denied',
    sure: nothing,
    possible: nothing,
    unanswered: { sure: nothing, possible: nothing },
    steps: [...found.steps, { kind: 'listener', mark: 'blocks' }],
    because: [],
    repliesOnlyTo: undefined,
  };
}

function positionsOf(plane: Plane, end: End): readonly number[] {
  if (end.kind === 'endpoint')
    return plane.axis.positionsOf(end.id).filter((position) => plane.endpointAt(position) !== undefined);
  const position = plane.axis.positionOf(end.ip);
  return position === undefined ? [] : [position];
}

/** How far a question gets: a session, maybe one, the way there, maybe that. */
function rankOf(plane: Plane, from: number, to: number, asked: TransportSet): number {
  const { sets } = plane.rows;
  const points = sets.intern(asked);
  const sure = cellOf(plane, from, to, SURE);
  const possible = cellOf(plane, from, to, POSSIBLE);
  const parts = [sure.session, possible.session, sure.forward, possible.forward];
  const index = parts.findIndex((set) => sets.overlaps(set, points));
  return index < 0 ? 0 : parts.length - index;
}

function explainAt(
  plane: Plane,
  source: number,
  target: number,
  asked: TransportSet,
  from: End,
  to: End,
): Explanation {
  const { sets } = plane.rows;
  const within = (set: SetId): TransportSet => sets.valueOf(set).intersect(asked);
  const cells = [cellOf(plane, source, target, SURE), cellOf(plane, source, target, POSSIBLE)] as const;
  const sure = within(cells[SURE].session);
  const possible = within(cells[POSSIBLE].session);
  const verdict =
    asked.isSubsetOf(sure) || (!sure.isEmpty && possible.equals(sure))
      ? 'allowed'
      : possible.isEmpty
        ? 'denied'
        : 'unknown';
  // what is sure would not show what the answer hangs on
  const telling = verdict === 'unknown' ? possible.subtract(sure) : sure;
  const point = (telling.first() ?? asked.first())!;
  const flow: Flow = {
    source: addressOf(plane, source, from),
    destination: addressOf(plane, target, to),
    point,
  };
  const leg = legFor(plane, source, target, sets.intern(TransportSet.point(point)));
  const walker = new Walk(plane, source, target, flow);
  const steps = leg === undefined ? walker.direct() : walker.through(leg);
  const replies =
    leg === undefined
      ? repliesOf(plane, source, target, SURE)
      : repliesOverHop(plane, leg, source, target, SURE);
  return {
    verdict,
    flow,
    sure,
    possible,
    unanswered: {
      sure: within(cells[SURE].forward).subtract(possible),
      possible: within(cells[POSSIBLE].forward).subtract(possible),
    },
    steps,
    because: verdict === 'unknown' ? [...walker.doubts] : [],
    repliesOnlyTo: sure.isEmpty ? undefined : partial(sets.valueOf(replies), sets, point),
  };
}

function partial(replies: TransportSet, sets: TransportPool, point: number): TransportSet | undefined {
  const band = [TransportSet.tcp(), TransportSet.udp()].find((whole) => whole.has(point));
  if (band === undefined || sets.intern(band) === NONE) return undefined;
  const clients = CLIENT_PORT_SET.intersect(band);
  const answered = replies.intersect(clients);
  return answered.equals(clients) ? undefined : answered;
}

/** The hop by which the point gets through where the direct way does not carry it. */
function legFor(plane: Plane, from: number, to: number, point: SetId): Leg | undefined {
  if (plane.isOutside(from)) return undefined;
  const { sets } = plane.rows;
  const shared = plane.classOf(from);
  if (sets.overlaps(plane.rows.at(shared.routed[SURE], to), point)) return undefined;
  const routed = shared.legs.filter((leg) => sets.overlaps(plane.rows.at(leg.routed[POSSIBLE], to), point));
  const gets = (bound: Bound) =>
    routed.find((leg) => sets.overlaps(cellThrough(plane, leg, from, to, bound).session, point));
  const sure = gets(SURE);
  if (sure !== undefined) return sure;
  if (sets.overlaps(directCell(plane, from, to, POSSIBLE).session, point)) return undefined;
  return gets(POSSIBLE) ?? routed[0];
}

function addressOf(plane: Plane, position: number, end: End): Ip {
  if (end.kind === 'outside') return end.ip;
  const { first } = plane.axis.places[position]!;
  return typeof first === 'bigint' ? { family: 6, value: first } : { family: 4, value: first };
}
