import type { TransportSet } from '#netset';
import type { BlindSpotId, PolicyId, RuleId } from './id.ts';
import type { SourceRef } from './provenance.ts';
import type { Selector } from './selector.ts';

export type Direction = 'ingress' | 'egress';

/** One line of a policy. In a `first-match` policy the rules' order in the list is their order of evaluation. */
export type Rule = {
  readonly id: RuleId;
  readonly direction: Direction;
  readonly action: 'allow' | 'deny';
  readonly selector: Selector;
  readonly transport: TransportSet;
  readonly description: string;
  /** Set when the rule was only partly understood: it matches at most what it says here, perhaps less. */
  readonly doubt?: BlindSpotId;
  /** True where the vendor says that what the rule names is out of its reach for good. */
  readonly isStale?: true;
  readonly at: SourceRef;
};

/**
 * Rules and how they combine.
 *
 * `any-allow`: what any rule of any attached policy allows is allowed, replies included (AWS security groups).
 * `first-match`: the first rule that matches decides, no match denies, replies are judged by themselves (network ACLs).
 */
export type Policy = {
  readonly id: PolicyId;
  readonly name: string;
  readonly kind: 'any-allow' | 'first-match';
  readonly rules: readonly Rule[];
  /** True for the policy that a network has before anyone writes one (AWS: the default group, the default ACL). */
  readonly isDefault: boolean;
  /** Set where not everything was read that may carry it: then "nothing carries it" is unknown. */
  readonly carriersUnread?: BlindSpotId;
  readonly tags: ReadonlyMap<string, string>;
  readonly at: SourceRef;
};
