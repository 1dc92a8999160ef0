import { NONE, TransportSet, type Family, type SetId } from '#netset';
import type { EndpointId } from '#model';
import type { Analysis } from './analysis.ts';
import { answersOf } from './answered.ts';
import { POSSIBLE, SURE, type Bound } from './band.ts';
import { cellOf, repliesOf } from './cell.ts';
import type { Plane } from './plane.ts';
import { CLIENT_PORT_SET } from './replyable.ts';

/** What passes from one endpoint to another, over all their addresses. */
export type Reach = {
  /** Sessions that can surely be established, and those that may. */
  readonly sure: TransportSet;
  readonly possible: TransportSet;
  /** What gets there, replies or not. */
  readonly forward: { readonly sure: TransportSet; readonly possible: TransportSet };
  /** Set where not every client port gets its replies: the ones that do, as TCP and UDP destination ports. */
  readonly repliesOnlyTo: TransportSet | undefined;
};

export function planeOf({ planes }: Analysis, family: Family): Plane {
  const plane = planes.find(({ axis }) => axis.family === family);
  if (plane === undefined) throw new Error(`no plane for IPv${String(family)}`);
  return plane;
}

/** What one endpoint can open on another, in one address family or in both. */
export function reachBetween(analysis: Analysis, from: EndpointId, to: EndpointId, family?: Family): Reach {
  const parts: Reach[] = [];
  for (const plane of analysis.planes) {
    if (family !== undefined && plane.axis.family !== family) continue;
    const sources = plane.axis.positionsOf(from);
    const targets = plane.axis.positionsOf(to);
    for (const source of sources) for (const target of targets) parts.push(reachAt(plane, source, target));
  }
  const answers = answersOf(analysis.network).get(to);
  const reach = joinReach(parts);
  return answers === undefined ? reach : within(reach, answers);
}

function within({ sure, possible, forward, repliesOnlyTo }: Reach, answers: TransportSet): Reach {
  return {
    sure: sure.intersect(answers),
    possible: possible.intersect(answers),
    forward: { sure: forward.sure.intersect(answers), possible: forward.possible.intersect(answers) },
    repliesOnlyTo,
  };
}

/** What passes between two positions of a plane, whoever answers there. */
export function reachAt(plane: Plane, from: number, to: number): Reach {
  const { sets } = plane.rows;
  const of = (bound: Bound) => cellOf(plane, from, to, bound);
  const value = (set: SetId): TransportSet => sets.valueOf(set);
  const sure = of(SURE);
  const possible = of(POSSIBLE);
  return {
    sure: value(sure.session),
    possible: value(possible.session),
    forward: { sure: value(sure.forward), possible: value(possible.forward) },
    repliesOnlyTo:
      sure.session === NONE ? undefined : partialReplies(value(repliesOf(plane, from, to, SURE))),
  };
}

function partialReplies(replies: TransportSet): TransportSet | undefined {
  const answered = replies.intersect(CLIENT_PORT_SET);
  return answered.equals(CLIENT_PORT_SET) ? undefined : answered;
}

function joinReach(parts: readonly Reach[]): Reach {
  const all = (pick: (part: Reach) => TransportSet) => TransportSet.unionOf(parts.map(pick));
  const open = parts.filter((part) => !part.sure.isEmpty);
  const isFull = open.some((part) => part.repliesOnlyTo === undefined);
  return {
    sure: all((part) => part.sure),
    possible: all((part) => part.possible),
    forward: { sure: all((part) => part.forward.sure), possible: all((part) => part.forward.possible) },
    repliesOnlyTo:
      open.length === 0 || isFull
        ? undefined
        : TransportSet.unionOf(open.map((part) => part.repliesOnlyTo ?? CLIENT_PORT_SET)),
  };
}
