import { NONE, type Family, type SetId, type TransportSet } from '#netset';
import type { Endpoint, EndpointId } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE, SURE, type Bound } from './band.ts';
import { cellOf } from './cell.ts';
import type { PlaceClass, Plane } from './plane.ts';

/** What some member of one group can open on some member of another, or of the same. */
export type GroupedConnection = {
  readonly from: number;
  readonly to: number;
  readonly family: Family;
  readonly sure: TransportSet;
  readonly possible: TransportSet;
  /** One pair between which something of it passes. */
  readonly example: { readonly from: EndpointId; readonly to: EndpointId };
};

/**
 * Connectivity between groups of endpoints, which the caller makes and numbers. It is the union of what `connectivity` says of all pairs,
 * without visiting them: what is equal for a whole class of sources along one run of a target's rows is asked once.
 */
export class GroupedConnectivity {
  readonly #searches: readonly GroupedSearch[];

  constructor({ planes }: Analysis, groupOf: (endpoint: Endpoint) => number) {
    this.#searches = planes.map((plane) => {
      const groups = plane.axis.places.map((_, position) => {
        const endpoint = plane.endpointAt(position);
        return endpoint === undefined ? NO_GROUP : groupOf(endpoint);
      });
      return new GroupedSearch(plane, Int32Array.from(groups));
    });
  }

  /** What is opened on members of a group, for each group that it comes from and each family. */
  into(group: number): GroupedConnection[] {
    return this.#searches.flatMap((search) => search.into(group));
  }
}

const NO_GROUP = -1;

class GroupedSearch {
  readonly #plane: Plane;
  readonly #groups: Int32Array;
  /** The class of each sender by number; -1 where nobody sends. */
  readonly #numbers: Int32Array;
  readonly #classes: PlaceClass[] = [];
  /** By class: the last run in which it was asked. */
  readonly #asked: Int32Array;
  /** Senders by the ways through hops that they have; whole subnets share theirs. */
  readonly #hopping = new Map<PlaceClass['legs'], number[]>();
  readonly #targets = new Map<number, number[]>();
  #run = 0;
  /** By group, of the group that is looked at: what is known to come from there, and between whom. */
  readonly #found: readonly [sure: Map<number, SetId>, possible: Map<number, SetId>] = [new Map(), new Map()];
  readonly #examples = new Map<number, readonly [from: number, to: number]>();

  constructor(plane: Plane, groups: Int32Array) {
    this.#plane = plane;
    this.#groups = groups;
    const numbers = new Map<PlaceClass, number>();
    this.#numbers = groups.map((group, position) => {
      if (group === NO_GROUP || !plane.canSend(position)) return -1;
      const shared = plane.classOf(position);
      const number = numbers.get(shared) ?? this.#classes.push(shared) - 1;
      numbers.set(shared, number);
      return number;
    });
    this.#asked = new Int32Array(this.#classes.length);
    groups.forEach((group, position) => {
      if (group === NO_GROUP || !plane.canReceive(position)) return;
      const known = this.#targets.get(group);
      if (known === undefined) this.#targets.set(group, [position]);
      else known.push(position);
    });
    this.#numbers.forEach((number, position) => {
      const legs = this.#classes[number]?.legs ?? [];
      if (legs.length === 0) return;
      const known = this.#hopping.get(legs);
      if (known === undefined) this.#hopping.set(legs, [position]);
      else known.push(position);
    });
  }

  into(to: number): GroupedConnection[] {
    const targets = this.#targets.get(to) ?? [];
    const { sets } = this.#plane.rows;
    const [sure, possible] = this.#found;
    sure.clear();
    possible.clear();
    this.#examples.clear();
    for (const target of targets) this.#ask(target, SURE);
    for (const [from, set] of sure) possible.set(from, set);
    for (const target of targets) this.#ask(target, POSSIBLE);
    return [...possible].map(([from, set]) => {
      const [source, target] = this.#examples.get(from)!;
      return {
        from,
        to,
        family: this.#plane.axis.family,
        sure: sets.valueOf(sure.get(from) ?? NONE),
        possible: sets.valueOf(set),
        example: { from: this.#plane.endpointAt(source)!.id, to: this.#plane.endpointAt(target)!.id },
      };
    });
  }

  #ask(target: number, bound: Bound): void {
    const { rows, axis } = this.#plane;
    const shared = this.#plane.classOf(target);
    rows.forEachRun(shared.in[bound], axis.known, (start, end, admitted) => {
      // what comes back depends on the sender's place as well: along a run of both rows it does not
      let next = start;
      rows.forEachRun(shared.replyOut[bound], [start, end], (first, last) => {
        // where nothing comes back, what needs no reply still passes
        if (next < first) this.#alongRun(next, first, target, admitted, bound);
        this.#alongRun(first, last, target, admitted, bound);
        next = last;
        return false;
      });
      if (next < end) this.#alongRun(next, end, target, admitted, bound);
      return false;
    });
    // the way through a hop arrives under another address
    for (const [legs, sources] of this.#hopping) {
      if (legs.every((leg) => rows.at(leg.forward[bound], target) === NONE)) continue;
      for (const source of sources) this.#note(source, target, bound);
    }
  }

  #alongRun(first: number, last: number, target: number, admitted: SetId, bound: Bound): void {
    const { rows } = this.#plane;
    const { sets } = rows;
    const own = this.#plane.endpointAt(target)!.id;
    const found = this.#found[bound];
    this.#run += 1;
    for (let source = first; source < last; source += 1) {
      const number = this.#numbers[source]!;
      if (number < 0 || this.#asked[number] === this.#run) continue;
      // nobody opens anything on himself, which says nothing of the others of his class
      if (this.#plane.endpointAt(source)!.id === own) continue;
      const group = this.#groups[source]!;
      // members of one class may be of several groups
      if (this.#isOneGroup(number)) this.#asked[number] = this.#run;
      const known = found.get(group) ?? NONE;
      if (sets.union(known, admitted) === known) continue;
      // most often nothing is left of it by what lets the source out, or nothing new
      const sent = sets.intersect(admitted, rows.at(this.#classes[number]!.out[bound], target));
      if (sent === NONE || sets.union(known, sent) === known) continue;
      this.#note(source, target, bound);
    }
  }

  #note(source: number, target: number, bound: Bound): void {
    const { session } = cellOf(this.#plane, source, target, bound);
    if (session === NONE) return;
    const group = this.#groups[source]!;
    const found = this.#found[bound];
    found.set(group, this.#plane.rows.sets.union(found.get(group) ?? NONE, session));
    if (!this.#examples.has(group)) this.#examples.set(group, [source, target]);
  }

  readonly #oneGroup = new Map<number, boolean>();

  #isOneGroup(number: number): boolean {
    const known = this.#oneGroup.get(number);
    if (known !== undefined) return known;
    let group = -1;
    let isOne = true;
    this.#numbers.forEach((other, position) => {
      if (other !== number) return;
      if (group >= 0 && group !== this.#groups[position]) isOne = false;
      group = this.#groups[position]!;
    });
    this.#oneGroup.set(number, isOne);
    return isOne;
  }
}
