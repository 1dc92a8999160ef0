import { review, TrialBudget, type Blame, type Change, type Review } from '#findings';
import type { AwsSnapshot } from '#sources/aws';
import { fixOfWorst } from './alert-fix.ts';
import { isAnsweredFor } from './answered.ts';
import { changeBetween } from './change.ts';
import { exceptionsOf } from './config/exceptions-of.ts';
import { intentOf } from './config/intent-of.ts';
import { loadConfig } from './config/load-config.ts';

/** By what a change is judged. */
export type Judge = {
  /** The configuration; by default the `postern.yml` that is here, if one is. */
  readonly config?: string;
  readonly clock?: () => Date;
};

/** A change whose findings are those that nobody answers for; the others that it opened are apart. Flows are told of in any case. */
export type JudgedChange = Change & {
  readonly accepted: Review['accepted'];
  /** Whether all that it opened, flows too, was accepted or is meant. */
  readonly isAnsweredFor: boolean;
};

/**
 * Compares two reads of the same targets by what a configuration means and accepts.
 *
 * @throws QuestionError if the configuration cannot be read
 */
export async function judgedChange(
  before: readonly AwsSnapshot[],
  after: readonly AwsSnapshot[],
  blame: Blame | undefined,
  { config: file, clock = () => new Date() }: Judge = {},
): Promise<JudgedChange> {
  const { config } = await loadConfig(file);
  const meant = intentOf(config);
  const change = changeBetween(before, after, blame, meant);
  const { open, accepted } = review(change.opened, exceptionsOf(config.exceptions), clock().toISOString());
  // with a proven undo nothing else is to be done
  const fix =
    change.undo?.isProven === true
      ? undefined
      : fixOfWorst(open, change.diff.after, { meant, budget: new TrialBudget() });
  const judged = { ...change, opened: open, accepted, ...(fix && { fix }) };
  return {
    ...judged,
    isAnsweredFor: isAnsweredFor(
      judged,
      accepted.map(({ finding }) => finding),
      meant,
    ),
  };
}
