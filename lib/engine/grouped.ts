import { NONE, type Family, type SetId, type TransportSet } from '#netset';
import type { Endpoint, EndpointId } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE, SURE, type Bound } from './band.ts';
import { cellThrough } from './cell.ts';
import type { Leg, Plane } from './plane.ts';
import { isCertain, sendersOf, sendersOverHops, type Senders } from './senders.ts';

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
 * Connectivity between groups of endpoints, which the caller makes and numbers from 0; who is in none has a number below. It is the union of
 * what `connectivity` says of all pairs, without visiting them: what is equal for a whole stretch of senders along one run of a target's rows
 * is asked once.
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
  readonly #targets = new Map<number, number[]>();
  readonly #senders: Senders;
  /** Those of whom something is in doubt: where nothing is of the target, only they may do more than they surely can. */
  readonly #doubtful: Senders;
  readonly #hopping: ReadonlyMap<readonly Leg[], readonly number[]>;
  /** By group, of the group that is looked at: what is known to come from there, by bound, and between whom. */
  readonly #found: readonly [sure: Int32Array, possible: Int32Array];
  readonly #examples = new Map<number, readonly [from: number, to: number]>();

  constructor(plane: Plane, groups: Int32Array) {
    this.#plane = plane;
    this.#groups = groups;
    this.#senders = sendersOf(plane, groups, () => true);
    this.#doubtful = sendersOf(plane, groups, (sender) => !isCertain(sender));
    this.#hopping = sendersOverHops(plane, groups);
    const count = groups.reduce((most, group) => Math.max(most, group + 1), 0);
    this.#found = [new Int32Array(count), new Int32Array(count)];
    groups.forEach((group, position) => {
      if (group <= NO_GROUP || !plane.canReceive(position)) return;
      const known = this.#targets.get(group);
      if (known === undefined) this.#targets.set(group, [position]);
      else known.push(position);
    });
  }

  into(to: number): GroupedConnection[] {
    const targets = this.#targets.get(to) ?? [];
    const { sets } = this.#plane.rows;
    const [sure, possible] = this.#found;
    sure.fill(NONE);
    this.#examples.clear();
    for (const target of targets) this.#ask(target, SURE);
    possible.set(sure);
    for (const target of targets) this.#ask(target, POSSIBLE);
    return [...this.#examples].map(([from, [source, target]]) => ({
      from,
      to,
      family: this.#plane.axis.family,
      sure: sets.valueOf(sure[from] as SetId),
      possible: sets.valueOf(possible[from] as SetId),
      example: { from: this.#plane.endpointAt(source)!.id, to: this.#plane.endpointAt(target)!.id },
    }));
  }

  #ask(target: number, bound: Bound): void {
    const { rows, axis } = this.#plane;
    const shared = this.#plane.classOf(target);
    const senders = bound === POSSIBLE && isCertain(shared) ? this.#doubtful : this.#senders;
    const column = new Column(this.#plane, senders, target);
    rows.forEachRun(shared.in[bound], axis.known, (start, end, admitted) => {
      // what comes back depends on the sender's place as well: along a run of both rows it does not
      let next = start;
      rows.forEachRun(shared.replyOut[bound], [start, end], (first, last, answers) => {
        // where nothing comes back, what needs no reply still passes
        if (next < first) this.#alongRun(next, first, column, admitted, NONE, bound);
        this.#alongRun(first, last, column, admitted, answers, bound);
        next = last;
        return false;
      });
      if (next < end) this.#alongRun(next, end, column, admitted, NONE, bound);
      return false;
    });
    this.#overHops(target, bound);
  }

  #alongRun(
    first: number,
    last: number,
    column: Column,
    admitted: SetId,
    answers: SetId,
    bound: Bound,
  ): void {
    const { sets } = this.#plane.rows;
    const found = this.#found[bound];
    const { stretches, firstFrom } = column.senders;
    const sentBy = column.meeting(admitted);
    for (let i = firstFrom[first]!; i < stretches.length; i += 1) {
      const stretch = stretches[i]!;
      if (stretch.start >= last) return;
      // most often nothing is left of it by what lets the source out, or nothing new
      const row = stretch.out[bound];
      const sent = (sentBy[row] ??= sets.intersect(admitted, column.at(row)));
      if (sent === NONE) continue;
      const known = found[stretch.group] as SetId;
      if (sent === known || sets.union(known, sent) === known) continue;
      const session = sets.intersect(
        sent,
        this.#plane.replyable(sets.intersect(answers, column.at(stretch.replyIn[bound]))),
      );
      if (session === NONE) continue;
      const source = this.#other(column.target, Math.max(first, stretch.start), Math.min(last, stretch.end));
      if (source !== undefined) this.#note(source, column.target, session, bound);
    }
  }

  /** The first position of a span that is not of the target's endpoint: nobody opens anything on himself. */
  #other(target: number, start: number, end: number): number | undefined {
    const own = this.#plane.endpointAt(target)!.id;
    for (let position = start; position < end; position += 1)
      if (this.#plane.endpointAt(position)!.id !== own) return position;
    return undefined;
  }

  /** The way through a hop arrives under another address. */
  #overHops(target: number, bound: Bound): void {
    const { rows } = this.#plane;
    const own = this.#plane.endpointAt(target)!.id;
    for (const [legs, sources] of this.#hopping) {
      for (const leg of legs) {
        if (rows.at(leg.forward[bound], target) === NONE) continue;
        for (const source of sources) {
          if (this.#plane.endpointAt(source)!.id === own) continue;
          const { session } = cellThrough(this.#plane, leg, source, target, bound);
          if (session !== NONE) this.#note(source, target, session, bound);
        }
      }
    }
  }

  #note(source: number, target: number, session: SetId, bound: Bound): void {
    const group = this.#groups[source]!;
    const found = this.#found[bound];
    found[group] = this.#plane.rows.sets.union(found[group] as SetId, session);
    if (!this.#examples.has(group)) this.#examples.set(group, [source, target]);
  }
}

/** What the senders' rows say of one target, each looked up once. */
class Column {
  readonly target: number;
  readonly senders: Senders;
  readonly #plane: Plane;
  readonly #values: (SetId | undefined)[];
  readonly #meeting = new Map<SetId, (SetId | undefined)[]>();

  constructor(plane: Plane, senders: Senders, target: number) {
    this.target = target;
    this.senders = senders;
    this.#plane = plane;
    this.#values = new Array<SetId | undefined>(senders.rows.length);
  }

  at(row: number): SetId {
    return (this.#values[row] ??= this.#plane.rows.at(this.senders.rows[row]!, this.target));
  }

  /** By row, what it lets through of a set, as far as that was asked. */
  meeting(admitted: SetId): (SetId | undefined)[] {
    const known = this.#meeting.get(admitted) ?? new Array<SetId | undefined>(this.senders.rows.length);
    this.#meeting.set(admitted, known);
    return known;
  }
}
