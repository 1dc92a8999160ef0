import { NONE, parseCidr, TransportSet } from '#netset';
import { idOf, type Direction } from '#model';
import { planeOf, POSSIBLE, SURE, type Analysis, type Bound, type Plane } from '#engine';
import type { ServiceFilter } from '#sources/aws';
import { endsOfFilter, filterOf, type Filter } from './filters.ts';
import { packetsOf } from './packets.ts';
import { verdictOf } from './part.ts';
import { describePosition } from './check-parts.ts';
import { differs, HOLDS, type Check } from './result.ts';
import { coversOutside, outsideIn, placeAt, placesIn, sideOf, type Side } from './sides.ts';
import type { FactEnd, FilterFact } from './statement.ts';

/** Checks what groups alone admit; no route, ACL or address is asked about. */
export function checkFilterFact(
  analysis: Analysis,
  services: readonly ServiceFilter[],
  fact: FilterFact,
): Check {
  const plane = planeOf(analysis, fact.ipVersion ?? 4);
  const { subject, remote } = endsOfFilter(fact);
  const filter = filterOf(plane, services, subject);
  if (typeof filter === 'string') return differs(fact, 'groups that were read', filter);
  const points = packetsOf(fact, plane.axis.family);
  if (points === undefined || (fact.protocol === 'any' && fact.quantifier !== 'some')) {
    return differs(fact, 'a fact that is understood', 'the protocol and ports');
  }
  const side = remoteOf(plane, remote, fact.reachable);
  if (typeof side === 'string') return differs(fact, 'a fact that is understood', side);
  const verdict = verdictOf({
    expected: fact.reachable,
    points,
    some: fact.quantifier === 'some',
    pairs: side.map((positions) => ({ from: positions, to: [] })),
    at: (bound, pair) =>
      TransportSet.unionOf(
        pair.from.map((position) => admittedAt(plane, filter, fact.direction, position, bound)),
      ),
  });
  if (verdict.kind === 'holds') return HOLDS;
  const where = verdict.pair.from.map((position) => describePosition(plane, position)).join(' or ');
  const got = `${verdict.sure.toString()}${verdict.kind === 'unknown' ? ' (unknown)' : ''} for ${where}`;
  return differs(fact, `reachable ${String(fact.reachable)}`, got, fact.note ?? '');
}

/** Checks, over IPv4, that each filter and direction of which the facts speak admits nothing but what some fact admits. */
export function checkFiltersComplete(
  analysis: Analysis,
  services: readonly ServiceFilter[],
  facts: readonly FilterFact[],
): Check[] {
  const plane = planeOf(analysis, 4);
  const asked = new Map<
    string,
    { readonly filter: Filter; readonly direction: Direction; readonly facts: FilterFact[] }
  >();
  for (const fact of facts) {
    const filter = filterOf(plane, services, endsOfFilter(fact).subject);
    if (typeof filter === 'string' || fact.ipVersion === 6) continue;
    const key = `${fact.direction} ${filter.key}`;
    const known = asked.get(key) ?? { filter, direction: fact.direction, facts: [] };
    known.facts.push(fact);
    asked.set(key, known);
  }
  return [...asked.values()].map((each) => checkNothingElse(plane, each.filter, each.direction, each.facts));
}

function checkNothingElse(
  plane: Plane,
  filter: Filter,
  direction: Direction,
  facts: readonly FilterFact[],
): Check {
  for (let position = 0; position < plane.axis.length; position += 1) {
    if (!plane.isOutside(position) && plane.endpointAt(position) === undefined) continue;
    const admitting = facts.filter(
      (fact) => fact.reachable && covers(plane, endsOfFilter(fact).remote, position),
    );
    const admitted = TransportSet.unionOf(admitting.map((fact) => packetsOf(fact, 4) ?? TransportSet.NONE));
    const moreAt = (bound: Bound): TransportSet =>
      admittedAt(plane, filter, direction, position, bound).subtract(admitted);
    if (moreAt(POSSIBLE).isEmpty) continue;
    const doubt = moreAt(SURE).isEmpty ? ' (unknown)' : '';
    const got = `${filter.key} admits ${moreAt(POSSIBLE).toString()}${doubt}, ${direction}, for ${describePosition(plane, position)}`;
    return differs('the list is complete', 'nothing that no fact admits', got);
  }
  return HOLDS;
}

/**
 * What a filter admits for a far end. A group reference means the members themselves, whichever network they are in: by
 * which way they come is not asked here.
 */
function admittedAt(
  plane: Plane,
  filter: Filter,
  direction: Direction,
  position: number,
  bound: Bound,
): TransportSet {
  if (filter.policies === undefined) return TransportSet.ALL;
  const viewer = plane.isOutside(position) ? idOf<'network'>('') : placeAt(plane, position).network;
  const band = plane.policies.filterOf(filter.policies, viewer, direction);
  const set = plane.rows.at(band[bound], position);
  return set === NONE ? TransportSet.NONE : plane.rows.sets.valueOf(set);
}

/** The far end. An address stands for itself and for the interface that has it; no member of a block must be admitted to deny it. */
function remoteOf(plane: Plane, end: FactEnd, isAdmitted: boolean): Side | string {
  if (end !== 'internet' && end.securityGroup !== undefined) return membersOf(plane, end.securityGroup);
  const cidr = isBare(end) ? parseCidr(end.ip) : undefined;
  if (cidr?.family !== plane.axis.family) {
    const found = sideOf(plane, end, end);
    return 'problem' in found ? found.problem : found.side;
  }
  const [known, outside] = [placesIn(plane, cidr), outsideIn(plane, cidr)];
  if (cidr.first === cidr.last) return [[...known, ...outside]];
  return [...outside, ...(isAdmitted ? [] : known)].map((position) => [position]);
}

function membersOf(plane: Plane, group: string): Side | string {
  const isMember = (position: number): boolean =>
    plane.endpointAt(position)?.groups.some((id) => id === group) === true;
  const members = [...plane.axis.places.keys()].filter(isMember).map((position) => [position]);
  return members.length === 0 ? 'the group at the far end has no member that was read' : members;
}

function covers(plane: Plane, end: FactEnd, position: number): boolean {
  if (plane.isOutside(position)) return coversOutside(plane, end, position);
  if (isBare(end)) {
    const cidr = parseCidr(end.ip);
    return cidr !== undefined && placesIn(plane, cidr).includes(position);
  }
  const side = remoteOf(plane, end, true);
  return typeof side !== 'string' && side.some((positions) => positions.includes(position));
}

/** Whether an end is an address or a block and nothing else. */
function isBare(end: FactEnd): end is { readonly ip: string } & FactEnd & object {
  return (
    end !== 'internet' &&
    end.ip !== undefined &&
    [end.eni, end.instance, end.dbInstance, end.domain].every((id) => id === undefined)
  );
}
