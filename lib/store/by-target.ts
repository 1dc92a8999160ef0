import { byCodeUnits } from './code-units.ts';
import type { TargetKey } from './contracts.ts';

/** By account, then Region. 0 for the same target only. */
export function byTarget(a: TargetKey, b: TargetKey): number {
  return byCodeUnits(a.account, b.account) || byCodeUnits(a.region, b.region);
}
