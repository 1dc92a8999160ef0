import { parseIp, sctpPoint, tcpPoint, udpPoint, type SetId } from '#netset';
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
  readonly #plane: Plane;

  /** @throws Refused */
  constructor(world: World) {
    this.#plane = planeOf(analysisOf(world), 4);
  }

  /** For all packets between two ends. */
  between(from: End, to: End): (packet: Pick<Question, 'protocol' | 'port'>) => Bounded {
    const { sets } = this.#plane.rows;
    const [sure, possible] = this.#boundsOf(from, to);
    return ({ protocol, port }) => {
      const point = POINTS[protocol](port);
      return [sets.has(sure, point), sets.has(possible, point)];
    };
  }

  #boundsOf(from: End, to: End): readonly [SetId, SetId] {
    const plane = this.#plane;
    const [source, target] = [this.#positionOf(from), this.#positionOf(to)];
    if ('pod' in from && 'pod' in to) {
      return [cellOf(plane, source, target, SURE).session, cellOf(plane, source, target, POSSIBLE).session];
    }
    const [band, far] =
      'pod' in from ? [plane.classOf(source).egress, target] : [plane.classOf(target).ingress, source];
    return [plane.rows.at(band[SURE], far), plane.rows.at(band[POSSIBLE], far)];
  }

  #positionOf(end: End): number {
    const { axis } = this.#plane;
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
}

function analysisOf(world: World): Analysis {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: world });
  const { objects, problems: unread } = readDocuments(text, 'world.json');
  const { network, problems } = translate({ name: 'world', objects });
  const [problem] = [...unread, ...problems];
  if (problem !== undefined) throw new Refused(`${problem.object} ${problem.field}: ${problem.message}`);
  return analyse(network);
}
