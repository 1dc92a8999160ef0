import type { ReportAssertion } from '#report';
import type { FactResult } from './check-facts.ts';

/** An assertion as reports tell it. */
export function toldAssertion({ fact, holds, cannotTell, why, example }: FactResult): ReportAssertion {
  return {
    ...fact,
    outcome: holds ? 'holds' : cannotTell ? 'unknown' : 'fails',
    why,
    ...(example !== undefined && { example }),
  };
}
