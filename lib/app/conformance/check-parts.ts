import { formatIp, type TransportSet } from '#netset';
import type { Analysis, Plane } from '#engine';
import { laterWork, reasonsFor } from './doubt.ts';
import { verdictOf, type Pair, type Part } from './part.ts';
import { differs, HOLDS, type Check } from './result.ts';
import { ipAt } from './sides.ts';

/** A part of a fact by the name of the member that states it. */
export type NamedPart = { readonly name: string; readonly part: Part };

/** Checks the parts of one fact, each by itself. */
export function checkParts(
  analysis: Analysis,
  plane: Plane,
  fact: object,
  parts: readonly NamedPart[],
): Check[] {
  return parts.map(({ name, part }) => {
    if (part.pairs.length === 0)
      return differs(fact, `${name} ${String(part.expected)}`, 'nothing to ask about');
    const verdict = verdictOf(part);
    if (verdict.kind === 'holds') return HOLDS;
    const { doubts, blocks } = reasonsFor(analysis, plane, verdict.pair, part.points);
    const later = verdict.kind === 'unknown' ? laterWork(doubts) : undefined;
    if (later !== undefined) return { kind: 'deferred', reason: later };
    const why = [...noteOf(fact), ...blocks, ...doubts.map(({ what }) => `not seen: ${what}`)].join('; ');
    return differs(
      fact,
      `${name} ${String(part.expected)}`,
      describe(plane, verdict.pair, verdict.sure, verdict.possible),
      why,
    );
  });
}

/** A position in words: an interface's address, or an outside one. */
export function describePosition(plane: Plane, position: number): string {
  const endpoint = plane.isOutside(position) ? undefined : plane.endpointAt(position);
  const ip = formatIp(ipAt(plane, position));
  return endpoint === undefined ? ip : `${endpoint.id} (${ip})`;
}

function describe(plane: Plane, { from, to }: Pair, sure: TransportSet, possible: TransportSet): string {
  const side = (positions: readonly number[]): string =>
    positions.map((position) => describePosition(plane, position)).join(' or ');
  const unknown = possible.equals(sure) ? '' : `, unknown for ${possible.subtract(sure).toString()}`;
  return `${sure.toString()}${unknown}, from ${side(from)} to ${side(to)}`;
}

function noteOf(fact: object): string[] {
  const note = 'note' in fact ? fact.note : undefined;
  return typeof note === 'string' && note !== '' ? [note] : [];
}
