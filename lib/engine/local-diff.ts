import type { IpSet } from '#netset';
import { NONE, type Family, type SetId, type TransportSet } from '#netset';
import type { EndpointId } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE, SURE, type Band, type Bound } from './band.ts';
import { cellOf } from './cell.ts';
import { EditedPlane } from './edited-plane.ts';
import type { Leg, Plane } from './plane.ts';
import type { RowId, Span } from './row-pool.ts';

/** An end of changed flows: an endpoint, or addresses that belong to none. */
export type ChangedEnd =
  | { readonly kind: 'endpoint'; readonly id: EndpointId }
  | { readonly kind: 'outside'; readonly ips: IpSet; readonly isInternet: boolean };

/** Flows between two ends of which something may, or surely, pass in one network and not in the other. */
export type EndChange = {
  readonly from: ChangedEnd;
  readonly to: ChangedEnd;
  readonly family: Family;
  /** What may pass before, and cannot after. */
  readonly closed: TransportSet;
  /** What may pass after and could not before, or surely passes and only may have. */
  readonly opened: TransportSet;
};

export type LocalDiff = {
  readonly changes: readonly EndChange[];
  /** False where it stopped at the limit: then there are more. */
  readonly isWhole: boolean;
};

type Sets = { readonly closed: SetId; readonly opened: SetId };

/**
 * What differs between two analyses over one line (`reanalyse`, `analyseTogether`), also of what passes between endpoints and addresses of
 * nobody here. Only endpoints are looked at whose rows differ: the others' flows cannot.
 *
 * @param most how many pairs of places are looked at
 */
export function localDiff(before: Analysis, after: Analysis, most: number): LocalDiff {
  const changes: EndChange[] = [];
  let left = most;
  for (const [i, plane] of after.planes.entries()) {
    const search = new LocalSearch(before.planes[i]!, plane, left);
    changes.push(...search.run());
    left = search.left;
  }
  return { changes, isWhole: left > 0 };
}

/** The endpoints that may have other rows than before. */
function touchedIn(before: Plane, after: Plane): Iterable<EndpointId> {
  if (after instanceof EditedPlane && after.basis === before) return after.touched;
  if (after.axis !== before.axis) throw new Error('these analyses are not over one line');
  return after.network.endpoints.keys();
}

class LocalSearch {
  readonly #after: Plane;
  readonly #before: Plane;
  readonly #pairs = new Map<EndpointId, Set<EndpointId>>();
  readonly #outside: EndChange[] = [];
  left: number;

  constructor(before: Plane, after: Plane, most: number) {
    this.#after = after;
    this.#before = before;
    this.left = most;
  }

  run(): EndChange[] {
    const { axis, rows } = this.#after;
    this.#before.indexLegs();
    this.#after.indexLegs();
    for (const id of touchedIn(this.#before, this.#after)) {
      for (const position of axis.positionsOf(id)) {
        if (this.#after.endpointAt(position) === undefined) continue;
        this.#lookInto(position, id);
        this.#lookOutOf(position, id);
      }
    }
    const changes: EndChange[] = [];
    for (const [from, targets] of this.#pairs) {
      for (const to of targets) {
        const { closed, opened } = this.#setsOf(axis.positionsOf(from), axis.positionsOf(to));
        if (closed === NONE && opened === NONE) continue;
        changes.push({
          from: { kind: 'endpoint', id: from },
          to: { kind: 'endpoint', id: to },
          family: axis.family,
          closed: rows.sets.valueOf(closed),
          opened: rows.sets.valueOf(opened),
        });
      }
    }
    return [...changes, ...this.#outside];
  }

  #lookInto(to: number, id: EndpointId): void {
    const { axis, rows } = this.#after;
    const [was, is] = [this.#before.classOf(to), this.#after.classOf(to)];
    const delta = this.#delta([was.in, was.replyOut], [is.in, is.replyOut]);
    if (delta === rows.none) return;
    const seen = new Set<number>();
    rows.forEachRun(delta, axis.known, (start, end) => {
      for (let position = start; position < end; position += 1) {
        for (const from of [position, ...this.#before.usersOf(position), ...this.#after.usersOf(position)]) {
          if (seen.has(from)) continue;
          seen.add(from);
          if (!this.#compare(from, to)) return true;
        }
      }
      return false;
    });
    this.#lookOutside(delta, id, true);
  }

  #lookOutOf(from: number, id: EndpointId): void {
    const { axis, rows } = this.#after;
    const [was, is] = [this.#before.classOf(from), this.#after.classOf(from)];
    const delta = rows.union(
      this.#delta([was.out, was.egress, was.replyIn], [is.out, is.egress, is.replyIn]),
      this.#hopDelta(was.legs, is.legs),
    );
    if (delta === rows.none) return;
    rows.forEachRun(delta, axis.known, (start, end) => {
      for (let to = start; to < end; to += 1) if (!this.#compare(from, to)) return true;
      return false;
    });
    this.#lookOutside(delta, id, false);
  }

  /** Where any of these rows differs in any way. */
  #delta(was: readonly Band[], is: readonly Band[]): RowId {
    const { rows } = this.#after;
    return was.reduce<RowId>((sum, band, i) => {
      for (const bound of [SURE, POSSIBLE]) {
        const [a, b] = [band[bound], is[i]![bound]];
        sum = rows.union(sum, rows.union(rows.subtract(a, b), rows.subtract(b, a)));
      }
      return sum;
    }, rows.none);
  }

  /** Where hops lead, if anything about them differs. */
  #hopDelta(was: readonly Leg[], is: readonly Leg[]): RowId {
    const { rows } = this.#after;
    const text = (legs: readonly Leg[]): string =>
      legs
        .map(({ via, forward, fromClient, fromFar, hopOut, back, clientIn }) =>
          [
            via,
            ...[forward, fromClient, fromFar, hopOut, back, clientIn].flatMap((band) => [...band]),
          ].join(),
        )
        .join(' ');
    if (was === is || text(was) === text(is)) return rows.none;
    return [...was, ...is].reduce((sum, leg) => rows.union(sum, leg.forward[POSSIBLE]), rows.none);
  }

  /** The rows that decide what passes between an endpoint and what is outside. */
  #rowsOf(id: EndpointId, isInto: boolean): ReadonlySet<RowId> {
    const found = new Set<RowId>();
    for (const position of this.#after.axis.positionsOf(id)) {
      for (const plane of [this.#before, this.#after]) {
        if (plane.endpointAt(position) === undefined) continue;
        const { legs, ...own } = plane.classOf(position);
        const bands = isInto
          ? [own.in, own.replyOut]
          : [
              own.out,
              own.egress,
              own.replyIn,
              ...legs.flatMap((leg) => [leg.forward, leg.fromClient, leg.fromFar, leg.back, leg.clientIn]),
            ];
        for (const [sure, possible] of bands) found.add(sure).add(possible);
      }
    }
    return found;
  }

  /** What differs between all places of one end and all of another: what one address loses another may keep. */
  #setsOf(sources: readonly number[], targets: readonly number[]): Sets {
    const { sets } = this.#after.rows;
    const at = (plane: Plane, bound: Bound): SetId => {
      let sum: SetId = NONE;
      for (const from of sources)
        for (const to of targets) sum = sets.union(sum, cellOf(plane, from, to, bound).session);
      return sum;
    };
    const [was, is] = [at(this.#before, POSSIBLE), at(this.#after, POSSIBLE)];
    // what may not pass does not surely pass
    if (is === NONE) return { closed: was, opened: NONE };
    const surely = sets.subtract(at(this.#after, SURE), at(this.#before, SURE));
    return { closed: sets.subtract(was, is), opened: sets.union(sets.subtract(is, was), surely) };
  }

  /** @returns false at the limit */
  #compare(from: number, to: number): boolean {
    if (this.left <= 0) return false;
    const [source, target] = [this.#after.endpointAt(from), this.#after.endpointAt(to)];
    if (source === undefined || target === undefined) return true;
    this.left -= 1;
    const { closed, opened } = this.#setsOf([from], [to]);
    if (closed === NONE && opened === NONE) return true;
    const targets = this.#pairs.get(source.id) ?? new Set();
    this.#pairs.set(source.id, targets.add(target.id));
    return true;
  }

  #lookOutside(delta: RowId, id: EndpointId, isInto: boolean): void {
    const { axis, rows } = this.#after;
    const here = axis.positionsOf(id);
    const edgeRows = this.#rowsOf(id, isInto);
    const found = new Map<string, { readonly sets: Sets; readonly isInternet: boolean; spans: Span[] }>();
    const spans: Span[] = [];
    rows.forEachRun(delta, axis.outside, (start, end) => {
      spans.push([start, end]);
      return false;
    });
    for (const span of spans) {
      const edges = new Set<number>(span);
      for (const row of edgeRows) {
        rows.forEachRun(row, span, (start, end) => {
          edges.add(start).add(end);
          return false;
        });
      }
      for (const [start, end] of axis.internet)
        for (const edge of [start, end]) if (span[0] < edge && edge < span[1]) edges.add(edge);
      const sorted = [...edges].sort((a, b) => a - b);
      for (let i = 0; i + 1 < sorted.length && this.left > 0; i += 1) {
        const [start, end] = [sorted[i]!, sorted[i + 1]!];
        this.left -= 1;
        const sets = isInto ? this.#setsOf([start], here) : this.#setsOf(here, [start]);
        if (sets.closed === NONE && sets.opened === NONE) continue;
        const isInternet = this.#after.isInternet(start);
        const key = `${String(sets.closed)} ${String(sets.opened)} ${String(isInternet)}`;
        const known = found.get(key);
        if (known === undefined) found.set(key, { sets, isInternet, spans: [[start, end]] });
        else known.spans.push([start, end]);
      }
    }
    const near: ChangedEnd = { kind: 'endpoint', id };
    for (const { sets, isInternet, spans: where } of found.values()) {
      const far: ChangedEnd = { kind: 'outside', ips: axis.addressesOf(where), isInternet };
      this.#outside.push({
        from: isInto ? far : near,
        to: isInto ? near : far,
        family: axis.family,
        closed: rows.sets.valueOf(sets.closed),
        opened: rows.sets.valueOf(sets.opened),
      });
    }
  }
}
