import type { TransportSet } from '#netset';
import type { BlindSpotId } from '#model';
import { explain, type Analysis } from '#engine';
import type { Part } from './judgement.ts';

/** So many parts are asked for their doubts: each costs an explanation, and they mostly share them. */
const MOST_ASKED = 20;

/** What keeps parts of a fact unknown: the blind spots, in their own sentences with what to do. */
export function doubtsOfParts(
  parts: readonly Part[],
  asked: TransportSet,
  analysis: Analysis,
): readonly string[] {
  const ids = new Set<string>();
  const unsure = parts.filter(({ sure, possible }) => possible.subtract(sure).overlaps(asked));
  for (const { sure, possible, ends, because = [] } of unsure.slice(0, MOST_ASKED)) {
    for (const id of because) ids.add(id);
    if (ends === undefined) continue;
    const unknown = possible.subtract(sure).intersect(asked);
    for (const id of explain(analysis, ...ends, unknown)?.because ?? []) ids.add(id);
  }
  return [...ids].sort().flatMap((id) => {
    const spot = analysis.network.blindSpots.get(id as BlindSpotId);
    return spot === undefined ? [] : [spot.remedy === '' ? spot.what : `${spot.what}: ${spot.remedy}`];
  });
}
