/** Where the answer and the truth part. */
export type Difference = {
  /** The fact as the case writes it. */
  readonly fact: string;
  readonly expected: string;
  readonly got: string;
  /** Why Postern answers so, and what the case says about the fact. */
  readonly why: string;
};

/** What came of one statement of a case. `deferred`: it needs something that is not built yet. */
export type Check =
  | { readonly kind: 'holds' }
  | { readonly kind: 'differs'; readonly difference: Difference }
  | { readonly kind: 'deferred'; readonly reason: string };

export type CaseResult =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly differences: readonly Difference[] }
  | { readonly kind: 'skipped'; readonly reason: string };

export const HOLDS: Check = { kind: 'holds' };

export function differs(fact: unknown, expected: string, got: string, why = ''): Check {
  const text =
    typeof fact === 'string'
      ? fact
      : JSON.stringify(fact, (key, value: unknown) => (INFORMING.has(key) ? undefined : value));
  return { kind: 'differs', difference: { fact: text, expected, got, why } };
}

/** Members that say nothing which could differ. */
const INFORMING: ReadonlySet<string> = new Set([
  'note',
  'test',
  'why',
  'name',
  'path',
  'reversePath',
  'disposition',
]);

export function skipped(reason: string): CaseResult {
  return { kind: 'skipped', reason };
}

/** A case that could not even be asked. */
export function broken(what: string, why: string): CaseResult {
  return { kind: 'failed', differences: [{ fact: what, expected: 'something to check', got: why, why: '' }] };
}

/**
 * One difference fails a case. A case passes only if every statement was checked and holds: one that waits for something
 * not built makes the whole case wait, and a case without statements shows nothing.
 */
export function resultOf(checks: readonly Check[]): CaseResult {
  const differences = checks.flatMap((check) => (check.kind === 'differs' ? [check.difference] : []));
  if (differences.length > 0) return { kind: 'failed', differences };
  if (checks.length === 0) return broken('the case', 'it states nothing');
  const reasons = new Set(checks.flatMap((check) => (check.kind === 'deferred' ? [check.reason] : [])));
  return reasons.size === 0 ? { kind: 'passed' } : skipped([...reasons].join('; '));
}
