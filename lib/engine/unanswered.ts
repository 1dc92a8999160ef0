import { ALL, NONE, TransportSet, type SetId } from '#netset';
import type { Endpoint, PolicyId, SubnetId } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE, SURE } from './band.ts';
import { cellOf } from './cell.ts';
import type { PlaceClass, Plane } from './plane.ts';
import { CLIENT_PORT_SET } from './replyable.ts';
import type { Span } from './row-pool.ts';

/** TCP that gets there for sure while a list at a border stops its answers: all of them, or those to some client ports. */
export type Unanswered = {
  /** `undefined`: the internet. */
  readonly from: Endpoint | undefined;
  readonly to: Endpoint | undefined;
  readonly flows: TransportSet;
  /** The client ports that are answered; empty where none is. */
  readonly clients: TransportSet;
  /** The list that stops the answers. */
  readonly policy: PolicyId;
};

const TCP = TransportSet.tcp();
const TCP_CLIENTS = CLIENT_PORT_SET.intersect(TCP);

/**
 * Client ports that common systems choose from: Linux 32768 to 60999, Windows from 49152 on. Where all of these are answered, nobody misses
 * an answer. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
 */
const USUAL_CLIENTS = TransportSet.tcp(32_768, 65_535);

/** So many pairs of places are tried for two subnets whose borders stop answers, before it is taken that nothing gets there. */
const MOST_TRIES = 32;

/** Looks at few places of each pair of subnets, so it may miss a case; it never tells of one that is none. */
export function unanswered({ planes }: Analysis): Unanswered[] {
  return planes.flatMap((plane) => new Search(plane).run());
}

class Search {
  readonly #plane: Plane;
  readonly #found: Unanswered[] = [];
  readonly #isStrict = new Map<SubnetId, boolean>();
  /** Pairs of subnets that need no further look, and how often the others were tried. */
  readonly #isDone = new Set<string>();
  readonly #tries = new Map<string, number>();
  readonly #clients: SetId;
  readonly #usual: SetId;

  constructor(plane: Plane) {
    this.#plane = plane;
    this.#clients = plane.rows.sets.intern(TCP_CLIENTS);
    this.#usual = plane.rows.sets.intern(USUAL_CLIENTS);
  }

  run(): Unanswered[] {
    const { axis } = this.#plane;
    const seen = new Set<PlaceClass>();
    for (let position = 0; position < axis.places.length; position += 1) {
      const endpoint = this.#plane.endpointAt(position);
      if (endpoint?.liveness !== 'live' || !this.#isStrictAt(endpoint.subnet)) continue;
      const shared = this.#plane.classOf(position);
      if (seen.has(shared)) continue;
      seen.add(shared);
      for (const span of [axis.known, ...axis.internet]) this.#look(position, shared, span);
    }
    return this.#found;
  }

  /** Whether a border stops some answer to a usual client port, from or to anywhere. */
  #isStrictAt(subnet: SubnetId): boolean {
    const known = this.#isStrict.get(subnet);
    if (known !== undefined) return known;
    const { rows, axis } = this.#plane;
    const open = rows.paint([[0, axis.length]], this.#usual);
    const isStrict = (['ingress', 'egress'] as const).some(
      (direction) => rows.subtract(open, this.#plane.border(subnet, direction)[POSSIBLE]) !== rows.none,
    );
    this.#isStrict.set(subnet, isStrict);
    return isStrict;
  }

  #look(position: number, shared: PlaceClass, span: Span): void {
    const plane = this.#plane;
    if (plane.canReceive(position))
      this.#along(shared.in[SURE], span, (far) => this.#isFinished(far, position));
    if (!plane.canSend(position)) return;
    for (const row of [shared.out[SURE], ...shared.legs.map((leg) => leg.forward[SURE])])
      this.#along(row, span, (far) => this.#isFinished(position, far));
  }

  /** One position for each class in each subnet of each run, until the subnet is finished, and one for each run of outside addresses. */
  #along(row: PlaceClass['in'][0], span: Span, visit: (far: number) => boolean): void {
    const plane = this.#plane;
    const { places } = plane.axis;
    plane.rows.forEachRun(row, span, (start, end) => {
      let last: PlaceClass | undefined;
      let finished: SubnetId | undefined;
      for (let far = start; far < end; far += 1) {
        if (plane.isOutside(far)) {
          visit(far);
          return false;
        }
        const { subnet } = places[far]!;
        if (subnet === finished || plane.endpointAt(far) === undefined) continue;
        const shared = plane.classOf(far);
        if (shared !== last && visit(far)) finished = subnet;
        last = shared;
      }
      return false;
    });
  }

  /** Tells of the pair, if there is something to tell. True if its subnets need no further look. */
  #isFinished(from: number, to: number): boolean {
    const plane = this.#plane;
    const { sets } = plane.rows;
    const [client, server] = [plane.endpointAt(from), plane.endpointAt(to)];
    if (client !== undefined && client.subnet === server?.subnet) return true;
    const pair = `${client?.subnet ?? ''} ${server?.subnet ?? ''}`;
    if (this.#isDone.has(pair)) return true;
    const out = this.#bordered(server, 'egress', from);
    const back = this.#bordered(client, 'ingress', to);
    const answered = sets.intersect(sets.intersect(out, back), this.#clients);
    const isKnown = client !== undefined && server !== undefined;
    const tries = (this.#tries.get(pair) ?? 0) + 1;
    this.#tries.set(pair, tries);
    const isEnough = sets.intersect(answered, this.#usual) === this.#usual;
    const found = isEnough ? undefined : this.#lossOf(from, to, answered, out);
    if (found !== undefined) this.#found.push(found);
    // within a subnet all are behind one border; outside each part has rules of its own
    const isDone = found !== undefined || (isEnough && isKnown) || tries >= MOST_TRIES;
    if (isDone) this.#isDone.add(pair);
    return isDone;
  }

  #lossOf(from: number, to: number, answered: SetId, out: SetId): Unanswered | undefined {
    const plane = this.#plane;
    const { sets } = plane.rows;
    const { forward } = cellOf(plane, from, to, SURE);
    if (forward === NONE) return undefined;
    const [client, server] = [plane.endpointAt(from), plane.endpointAt(to)];
    const isHopped = client !== undefined && plane.classOf(from).legs.length > 0;
    const sent = sets.valueOf(forward).intersect(TCP);
    const lost =
      answered === NONE
        ? sent.subtract(sets.valueOf(cellOf(plane, from, to, POSSIBLE).session))
        : isHopped
          ? TransportSet.NONE
          : sent;
    const stops = sets.intersect(out, this.#usual) === this.#usual ? client : server;
    if (lost.isEmpty || stops === undefined) return undefined;
    const { policy } = plane.subnet(stops.subnet);
    return { from: client, to: server, flows: lost, clients: sets.valueOf(answered), policy };
  }

  /** What the border of an end lets through of the answers. */
  #bordered(end: Endpoint | undefined, direction: 'ingress' | 'egress', far: number): SetId {
    if (end === undefined) return ALL;
    return this.#plane.rows.at(this.#plane.border(end.subnet, direction)[POSSIBLE], far);
  }
}
