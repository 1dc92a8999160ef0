import type { BlindSpot, BlindSpotCode, Network } from '#model';
import { diff, type Diff } from '#engine';
import { audit, NOTHING_SAID, type Finding, type IntentSettings } from '#findings';
import { translate, type AwsSnapshot } from '#sources/aws';

/** Two reads of the same targets, both judged by the checks of today. */
export type Comparison = {
  readonly before: readonly AwsSnapshot[];
  readonly after: readonly AwsSnapshot[];
  readonly delta: Diff;
  readonly was: readonly Finding[];
  readonly is: readonly Finding[];
  /** What both were compared with. */
  readonly meant: IntentSettings;
  /** Reads that failed, or were not understood, in the later read. */
  readonly gaps: readonly BlindSpot[];
  /** Those of them that the earlier read did not have. */
  readonly newGaps: readonly BlindSpot[];
};

/** What a blind spot says when something was not read, or not understood. */
export const FAILED_READS: ReadonlySet<string> = new Set<BlindSpotCode>([
  'call-failed',
  'not-collected',
  'dangling',
  'rule-not-understood',
  'member-not-understood',
  'account-not-collected',
]);

export function compare(
  before: readonly AwsSnapshot[],
  after: readonly AwsSnapshot[],
  meant: IntentSettings = NOTHING_SAID,
): Comparison {
  const old = translate(before);
  const now = translate(after);
  const delta = diff(old, now);
  const gaps = gapsIn(now);
  return {
    before,
    after,
    delta,
    was: audit(delta.before, meant),
    is: audit(delta.after, meant),
    meant,
    gaps,
    newGaps: gaps.filter(({ id }) => !old.blindSpots.has(id)),
  };
}

/** What of a network was not read, or not understood. */
export function gapsIn({ blindSpots }: Network): readonly BlindSpot[] {
  return [...blindSpots.values()].filter(({ code }) => FAILED_READS.has(code));
}
