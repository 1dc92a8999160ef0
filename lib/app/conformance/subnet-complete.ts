import { TransportSet } from '#netset';
import { planeOf, POSSIBLE, SURE, type Analysis, type Bound, type Plane } from '#engine';
import { COUNTED, packetsOf, unionOfAdmitted } from './packets.ts';
import { differs, HOLDS, type Check } from './result.ts';
import { coversOutside, internetOf } from './sides.ts';
import type { FactEnd, FlowFact, NamedEnd } from './statement.ts';
import { areaOf, forwardBetween, type Area } from './subnet-areas.ts';

/**
 * Checks that nothing passes but what some fact admits: between different subnets of one network, and from each subnet to
 * every public IPv4 address. The way in from the internet is not covered.
 */
export function checkSubnetUniverse(
  analysis: Analysis,
  universe: readonly NamedEnd[],
  facts: readonly FlowFact[],
): Check[] {
  const plane = planeOf(analysis, 4);
  const internet: Area = { subnet: undefined, positions: internetOf(plane) };
  const named = universe.map((end) => areaOf(plane, end));
  const areas = named.filter((area) => typeof area !== 'string');
  const unread = named.flatMap((area) =>
    typeof area === 'string' ? [differs('the universe', 'subnets that were read', area)] : [],
  );
  const admitting = facts.filter(({ reachable }) => reachable === true);
  const between = areas.flatMap((from) =>
    [...areas.filter((to) => to !== from && to.subnet?.network === from.subnet?.network), internet].map(
      (to) => checkNothingElse(plane, from, to, admitting),
    ),
  );
  return [...unread, ...between];
}

function checkNothingElse(plane: Plane, from: Area, to: Area, facts: readonly FlowFact[]): Check {
  const about = facts.filter(
    (fact) => namesSubnet(fact.from, from) && (to.subnet === undefined || namesSubnet(fact.to, to)),
  );
  for (const source of from.positions) {
    for (const target of to.positions) {
      const admitting =
        to.subnet === undefined ? about.filter((fact) => coversOutside(plane, fact.to, target)) : about;
      const admitted = unionOfAdmitted(
        admitting.map((fact) => ({
          points: packetsOf(fact, 4) ?? TransportSet.NONE,
          srcPorts: fact.srcPorts,
        })),
      );
      const moreAt = (bound: Bound): TransportSet =>
        plane.rows.sets
          .valueOf(forwardBetween(plane, from, to, source, target, bound))
          .intersect(COUNTED)
          .subtract(admitted);
      const more = moreAt(POSSIBLE);
      if (more.isEmpty) continue;
      const ends = `from ${from.subnet?.id ?? 'internet'} to ${to.subnet?.id ?? 'internet'}`;
      return differs(
        'the list is complete',
        'nothing that no fact admits',
        `${more.toString()}${moreAt(SURE).isEmpty ? ' (unknown)' : ''} ${ends}`,
      );
    }
  }
  return HOLDS;
}

function namesSubnet(end: FactEnd, { subnet }: Area): boolean {
  return end !== 'internet' && subnet !== undefined && end.subnet === subnet.id;
}
