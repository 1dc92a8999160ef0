import type { PolicyId } from '#model';
import type { Culprit } from '../finding.ts';
import type { Cut } from './cut.ts';
import { pieces, selectorsFor, type FarEnds } from './far-ends.ts';
import type { FixChange, FixKind, RuleWords } from './fix.ts';

/** A way to change the rules of a cut. */
export type Variant = {
  /** Whom they name instead; absent: nobody. */
  readonly far?: FarEnds;
  /** Whether what else they let pass stays as it is. */
  readonly keepsRest: boolean;
};

export function kindOf({ far, keepsRest }: Variant): FixKind {
  return keepsRest ? 'split' : (far?.kind ?? 'remove');
}

/** The changes that a variant makes of a cut's rules; `undefined` where some rule cannot be said in that way. */
export function changesOf({ culprits, bad }: Cut, variant: Variant): readonly FixChange[] | undefined {
  const changes: FixChange[] = [];
  for (const culprit of culprits) {
    const instead = insteadOf(culprit, bad, variant);
    if (instead === undefined) return undefined;
    changes.push({ kind: 'rule', policy: culprit.policy as PolicyId, rule: culprit.rule, instead });
  }
  return changes;
}

function insteadOf(
  { rule }: Culprit,
  bad: Cut['bad'],
  { far, keepsRest }: Variant,
): readonly RuleWords[] | undefined {
  const selectors = far === undefined ? [] : selectorsFor(rule, far);
  if (selectors === undefined) return undefined;
  const [rest, shut] = keepsRest
    ? [rule.transport.subtract(bad), rule.transport.intersect(bad)]
    : [rule.transport.subtract(rule.transport), rule.transport];
  const [kept, narrowed] = [pieces(rest), selectors.length === 0 ? [] : pieces(shut)];
  if (kept === undefined || narrowed === undefined) return undefined;
  return [
    ...kept.map((transport): RuleWords => ({ selector: rule.selector, transport })),
    ...narrowed.flatMap((transport) => selectors.map((selector): RuleWords => ({ selector, transport }))),
  ];
}
