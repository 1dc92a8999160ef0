import type { TransportSet } from '#netset';
import type { End } from '#engine';

/** What passes between two of those that a fact is about. */
export type Part = {
  /** For people. */
  readonly from: string;
  readonly to: string;
  readonly sure: TransportSet;
  readonly possible: TransportSet;
  /** Two ends between which it is so, to ask why. */
  readonly ends?: readonly [End, End];
  /** Blind spots that are known already to be behind what is not sure. */
  readonly because?: readonly string[];
};

export type Judgement = {
  readonly got: 'allowed' | 'partly allowed' | 'denied' | 'unknown';
  readonly outcome: 'holds' | 'fails' | 'cannot tell';
  /** The part by which it does not hold. */
  readonly culprit?: Part;
};

/**
 * Whether every part is as expected: allowed is all of the flows in every part, denied is none of them in any. Where what is unknown could
 * make it either, it cannot be told.
 */
export function judgementOf(
  parts: readonly Part[],
  asked: TransportSet,
  expect: 'allowed' | 'denied',
): Judgement {
  const verdicts = parts.map((part) => verdictOf(part, asked));
  const [first = 'denied'] = verdicts;
  const got = verdicts.every((verdict) => verdict === first)
    ? first
    : verdicts.includes('unknown')
      ? 'unknown'
      : 'partly allowed';
  const broken = parts.find(({ sure, possible }) =>
    expect === 'denied' ? sure.overlaps(asked) : !asked.isSubsetOf(possible),
  );
  if (broken !== undefined) return { got, outcome: 'fails', culprit: broken };
  const doubtful = parts.find(({ sure, possible }) =>
    expect === 'denied' ? possible.overlaps(asked) : !asked.isSubsetOf(sure),
  );
  return doubtful === undefined
    ? { got, outcome: 'holds' }
    : { got, outcome: 'cannot tell', culprit: doubtful };
}

function verdictOf({ sure, possible }: Part, asked: TransportSet): Judgement['got'] {
  if (asked.isSubsetOf(sure)) return 'allowed';
  if (!possible.overlaps(asked)) return 'denied';
  return sure.equals(possible) ? 'partly allowed' : 'unknown';
}
