import type { TransportSet } from '#netset';
import { cellOf, planeOf, POSSIBLE, SURE, type Analysis, type Plane } from '#engine';
import { laterWork, reasonsFor } from './doubt.ts';
import { questionOf, type Question } from './flow-facts.ts';
import { COUNTED, unionOfAdmitted } from './packets.ts';
import { describePosition } from './check-parts.ts';
import { differs, HOLDS, type Check } from './result.ts';
import { coversOutside, internetOf, sideOf } from './sides.ts';
import type { FactEnd, FlowFact, NamedEnd } from './statement.ts';

/** A fact that admits packets, and the two ends as they were read. */
type Admission = { readonly fact: FlowFact; readonly question: Question };

/**
 * Checks that nothing passes but what some fact admits: between the endpoints of the universe that share a network, and
 * between each of them and every public IPv4 address, both ways.
 */
export function checkUniverse(
  analysis: Analysis,
  universe: readonly NamedEnd[],
  facts: readonly FlowFact[],
): Check[] {
  const plane = planeOf(analysis, 4);
  const admissions = admissionsOf(analysis, facts, COUNTED);
  const members = universe.map((end) => ({ end, found: sideOf(plane, end, end) }));
  const checks: Check[] = members.flatMap(({ end, found }) =>
    'problem' in found ? [differs(end, 'an endpoint of the universe', found.problem)] : [],
  );
  const known = members.flatMap(({ end, found }) =>
    'side' in found ? [{ end, positions: found.side.flat() }] : [],
  );
  const outside = internetOf(plane);
  for (const one of known) {
    for (const other of known) {
      if (one === other || one.end.vpc !== other.end.vpc) continue;
      checks.push(...checkNothingElse(analysis, plane, one.positions, other.positions, admissions, COUNTED));
    }
    checks.push(...checkNothingElse(analysis, plane, one.positions, outside, admissions, COUNTED));
    checks.push(...checkNothingElse(analysis, plane, outside, one.positions, admissions, COUNTED));
  }
  return checks;
}

/** Where a complete list names no universe, it ranges over the pairs that its facts name. */
export function checkPairs(analysis: Analysis, facts: readonly FlowFact[], counted: TransportSet): Check[] {
  const admissions = admissionsOf(analysis, facts, counted);
  return facts.flatMap((fact) => {
    const question = questionOf(analysis, fact, counted);
    if (typeof question === 'string') return [];
    const { plane, from, to } = question;
    return checkNothingElse(analysis, plane, from.flat(), to.flat(), admissions, counted);
  });
}

function admissionsOf(analysis: Analysis, facts: readonly FlowFact[], counted: TransportSet): Admission[] {
  return facts.flatMap((fact) => {
    const question = fact.reachable === true ? questionOf(analysis, fact, counted) : '';
    return typeof question === 'string' ? [] : [{ fact, question }];
  });
}

/** One check for a whole pair of ends: the first packets that pass and that no fact admits. */
function checkNothingElse(
  analysis: Analysis,
  plane: Plane,
  sources: readonly number[],
  targets: readonly number[],
  admissions: readonly Admission[],
  counted: TransportSet,
): Check[] {
  const { sets } = plane.rows;
  for (const from of sources) {
    for (const to of targets) {
      if (from === to) continue;
      const admitting = admissions.filter((one) => admits(one, plane, from, to));
      const admitted = unionOfAdmitted(
        admitting.map(({ fact, question }) => ({ points: question.points, srcPorts: fact.srcPorts })),
      );
      const more = sets
        .valueOf(cellOf(plane, from, to, POSSIBLE).forward)
        .intersect(counted)
        .subtract(admitted);
      if (more.isEmpty) continue;
      const surely = sets.valueOf(cellOf(plane, from, to, SURE).forward).intersect(more);
      const { doubts } = reasonsFor(analysis, plane, { from: [from], to: [to] }, more);
      const later = surely.isEmpty ? laterWork(doubts) : undefined;
      if (later !== undefined) return [{ kind: 'deferred', reason: later }];
      const got = `${more.toString()}${surely.isEmpty ? ' (unknown)' : ''}, from ${describePosition(plane, from)} to ${describePosition(plane, to)}`;
      const why = doubts.map(({ what }) => `not seen: ${what}`).join('; ');
      return [differs('the list is complete', 'nothing that no fact admits', got, why)];
    }
  }
  return [HOLDS];
}

function admits({ fact, question }: Admission, plane: Plane, from: number, to: number): boolean {
  const speaksOf = (end: FactEnd, side: Question['from'], position: number): boolean =>
    plane.isOutside(position)
      ? coversOutside(plane, end, position)
      : side.some((positions) => positions.includes(position));
  return (
    question.plane === plane &&
    speaksOf(question.source, question.from, from) &&
    speaksOf(fact.to, question.to, to)
  );
}
