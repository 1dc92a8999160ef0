import { parseIp, sctpPoint, tcpPoint, udpPoint, type Family, type SetId } from '#netset';
import { idOf } from '#model';
import { analyse, cellOf, planeOf, POSSIBLE, SURE, type Analysis, type Plane } from '#engine';
import { readDocuments, translate } from '#sources/kubernetes';
import type { Protocol } from './oracle/objects.ts';
import type { End, Question } from './oracle/question.ts';
import type { World } from './worlds/worlds.ts';

/** What surely passes and what possibly does. */
export type Bounded = readonly [sure: boolean, possible: boolean];

/** Why the translation does not take a world: it holds objects that an API server would refuse. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const POINTS: Readonly<Record<Protocol, (port: number) => number>> = {
  TCP: tcpPoint,
  UDP: udpPoint,
  SCTP: sctpPoint,
};

/**
 * Puts the oracle's questions to the engine, by way of the manifests of a world. Between a pod and what is outside, what its policies
 * let through is the answer, wherever the pod's address means something.
 */
export class Engine {
  readonly #planes: Readonly<Record<Family, Plane>>;

  /** @throws Refused */
  constructor(world: World) {
    const analysis = analysisOf(world);
    this.#planes = { 4: planeOf(analysis, 4), 6: planeOf(analysis, 6) };
  }

  /** For all packets between two ends. */
  between(from: End, to: End): (packet: Pick<Question, 'protocol' | 'port'>) => Bounded {
    const plane = this.#planes[familyOf(from, to)];
    const { sets } = plane.rows;
    const [sure, possible] = boundsOf(plane, from, to);
    return ({ protocol, port }) => {
      const point = POINTS[protocol](port);
      return [sets.has(sure, point), sets.has(possible, point)];
    };
  }
}

/** Pods have IPv4 addresses, all of them; what is outside has the one that is asked about. */
function familyOf(...ends: readonly End[]): Family {
  return ends.some((end) => 'ip' in end && end.ip.includes(':')) ? 6 : 4;
}

function boundsOf(plane: Plane, from: End, to: End): readonly [SetId, SetId] {
  const [source, target] = [positionOf(plane, from), positionOf(plane, to)];
  if ('pod' in from && 'pod' in to) {
    return [cellOf(plane, source, target, SURE).session, cellOf(plane, source, target, POSSIBLE).session];
  }
  const [band, far] =
    'pod' in from ? [plane.classOf(source).egress, target] : [plane.classOf(target).ingress, source];
  return [plane.rows.at(band[SURE], far), plane.rows.at(band[POSSIBLE], far)];
}

function positionOf({ axis }: Plane, end: End): number {
  const ip = 'ip' in end ? parseIp(end.ip) : undefined;
  const position =
    'pod' in end
      ? axis.positionsOf(idOf<'endpoint'>(`${end.pod}[Pod]`))[0]
      : ip === undefined
        ? undefined
        : axis.positionOf(ip);
  if (position === undefined) throw new Error(`the engine has no position for ${JSON.stringify(end)}`);
  return position;
}

function analysisOf(world: World): Analysis {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: world });
  const { objects, problems: unread } = readDocuments(text, 'world.json');
  const { network, problems } = translate({ name: 'world', objects });
  const [problem] = [...unread, ...problems];
  if (problem !== undefined) throw new Refused(`${problem.object} ${problem.field}: ${problem.message}`);
  return analyse(network);
}
