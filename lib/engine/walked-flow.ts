import { NONE, type Flow } from '#netset';
import type { BlindSpotId, Rule } from '#model';
import type { Plane } from './plane.ts';

/** One flow between two positions, and what was found to be in doubt on its way. */
export type WalkedFlow = {
  readonly plane: Plane;
  readonly from: number;
  readonly to: number;
  readonly flow: Flow;
  readonly doubts: Set<BlindSpotId>;
};

/** Most ICMP messages have no reply that would need a way. */
export function needsNoReply({ plane: { rows, replyable }, flow }: WalkedFlow): boolean {
  return rows.sets.has(replyable(NONE), flow.point);
}

export function doubtRules({ doubts }: WalkedFlow, rules: readonly Rule[]): void {
  for (const { doubt, selector } of rules) {
    if (doubt !== undefined) doubts.add(doubt);
    if (selector.kind === 'unresolved') doubts.add(selector.because);
    if (selector.kind === 'group' && selector.beyond !== undefined) doubts.add(selector.beyond);
  }
}

/** Whatever is not known of how gateways bring something from outside to a position. */
export function doubtWaysInto({ plane, doubts }: WalkedFlow, position: number): void {
  for (const each of plane.wide.into(position).flatMap((way) => way.doubts)) doubts.add(each);
}
