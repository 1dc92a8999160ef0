import type { Flow } from './flow.ts';
import { ALL_IPV4, ALL_IPV6 } from './ip-set.ts';
import type { IpSet } from './ip-set.ts';
import { TransportSet } from './transport.ts';

/** Every flow from one of the sources to one of the destinations with one of the transports. */
export type Box = {
  readonly sources: IpSet;
  readonly destinations: IpSet;
  readonly transport: TransportSet;
};

/**
 * An immutable set of flows, as a union of boxes. Client ports are not part of it.
 *
 * A packet has one family, so each box is kept in one: sources and destinations of unlike families meet in no flow.
 * The boxes are disjoint, but the same flows can be cut into boxes in several ways: compare with `equals`.
 */
export class HeaderSpace {
  static readonly NONE = new HeaderSpace([]);
  static readonly ALL = new HeaderSpace([
    { sources: ALL_IPV4, destinations: ALL_IPV4, transport: TransportSet.ALL },
    { sources: ALL_IPV6, destinations: ALL_IPV6, transport: TransportSet.ALL },
  ]);

  /** Disjoint, none empty, each of one family. */
  readonly boxes: readonly Box[];

  private constructor(boxes: readonly Box[]) {
    this.boxes = Object.freeze(boxes);
  }

  /** The flows of one box. */
  static of(sources: IpSet, destinations: IpSet, transport: TransportSet): HeaderSpace {
    const perFamily = [ALL_IPV4, ALL_IPV6].map((family) => ({
      sources: sources.intersect(family),
      destinations: destinations.intersect(family),
      transport,
    }));
    return new HeaderSpace(perFamily.filter(isNotEmpty));
  }

  get isEmpty(): boolean {
    return this.boxes.length === 0;
  }

  union(other: HeaderSpace): HeaderSpace {
    if (other.isEmpty) return this;
    return new HeaderSpace(joined([...this.boxes, ...other.subtract(this).boxes]));
  }

  intersect(other: HeaderSpace): HeaderSpace {
    const boxes = this.boxes.flatMap((a) => other.boxes.map((b) => meet(a, b)).filter(isNotEmpty));
    return new HeaderSpace(joined(boxes));
  }

  subtract(other: HeaderSpace): HeaderSpace {
    let boxes: readonly Box[] = this.boxes;
    for (const taken of other.boxes) boxes = boxes.flatMap((box) => without(box, taken));
    return boxes === this.boxes ? this : new HeaderSpace(joined(boxes));
  }

  isSubsetOf(other: HeaderSpace): boolean {
    return this.subtract(other).isEmpty;
  }

  overlaps(other: HeaderSpace): boolean {
    return this.boxes.some((a) => other.boxes.some((b) => doMeet(a, b)));
  }

  equals(other: HeaderSpace): boolean {
    return this.isSubsetOf(other) && other.isSubsetOf(this);
  }

  has({ source, destination, point }: Flow): boolean {
    return this.boxes.some(
      (box) => box.sources.has(source) && box.destinations.has(destination) && box.transport.has(point),
    );
  }

  /** One flow of this space, without a client port: the lowest of its first box. */
  witness(): Flow | undefined {
    const box = this.boxes[0];
    const source = box?.sources.first();
    const destination = box?.destinations.first();
    const point = box?.transport.first();
    if (source === undefined || destination === undefined || point === undefined) return undefined;
    return { source, destination, point };
  }

  /** A line a box: "10.0.0.0/8 → 192.0.2.1 tcp 22". */
  toString(): string {
    if (this.isEmpty) return 'no flows';
    return this.boxes.map((box) => `${box.sources} → ${box.destinations} ${box.transport}`).join('\n');
  }
}

function isNotEmpty(box: Box): boolean {
  return !box.sources.isEmpty && !box.destinations.isEmpty && !box.transport.isEmpty;
}

function meet(a: Box, b: Box): Box {
  return {
    sources: a.sources.intersect(b.sources),
    destinations: a.destinations.intersect(b.destinations),
    transport: a.transport.intersect(b.transport),
  };
}

function doMeet(a: Box, b: Box): boolean {
  return (
    a.sources.overlaps(b.sources) &&
    a.destinations.overlaps(b.destinations) &&
    a.transport.overlaps(b.transport)
  );
}

/** At most three disjoint boxes: other sources, then other destinations, then other transport. */
function without(box: Box, taken: Box): Box[] {
  if (!doMeet(box, taken)) return [box];
  const common = meet(box, taken);
  return [
    { ...box, sources: box.sources.subtract(taken.sources) },
    { ...box, sources: common.sources, destinations: box.destinations.subtract(taken.destinations) },
    { ...common, transport: box.transport.subtract(taken.transport) },
  ].filter(isNotEmpty);
}

/** The same flows in fewer boxes: two that differ in one dimension only become one, until none do. */
function joined(boxes: readonly Box[]): Box[] {
  const rest = [...boxes];
  const done: Box[] = [];
  for (let box = rest.shift(); box !== undefined; box = rest.shift()) {
    const at = done.findIndex((other) => join(other, box) !== undefined);
    const whole = at === -1 ? undefined : join(done[at] as Box, box);
    if (whole === undefined) done.push(box);
    else {
      done.splice(at, 1);
      rest.unshift(whole);
    }
  }
  return done;
}

/** The one box that two disjoint boxes of one family make together, if they make one. */
function join(a: Box, b: Box): Box | undefined {
  const haveSources = a.sources.equals(b.sources);
  const haveDestinations = a.destinations.equals(b.destinations);
  const haveTransport = a.transport.equals(b.transport);
  if (haveSources && haveDestinations) return { ...a, transport: a.transport.union(b.transport) };
  if (haveSources && haveTransport) return { ...a, destinations: a.destinations.union(b.destinations) };
  if (haveDestinations && haveTransport) return { ...a, sources: a.sources.union(b.sources) };
  return undefined;
}
