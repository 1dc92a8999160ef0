import type { TransportSet } from '#netset';
import type { BlindSpotId, PolicyId, RuleId } from './id.ts';
import type { SourceRef } from './provenance.ts';
import type { Selector } from './selector.ts';

export type Direction = 'ingress' | 'egress';

/** `pass`, in a `tiered` policy only: the tiers below decide. */
export type Action = 'allow' | 'deny' | 'pass';

/** One line of a policy. In a `first-match` policy the rules' order in the list is their order of evaluation. */
export type Rule = {
  readonly id: RuleId;
  readonly direction: Direction;
  readonly action: Action;
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
 * `tiered`: one of an order of policies, see `Tier`; replies pass with the flow (Kubernetes). What carries both this kind and
 * `any-allow` needs the consent of both.
 */
export type Policy = {
  readonly id: PolicyId;
  readonly name: string;
  readonly kind: 'any-allow' | 'first-match' | 'tiered';
  /** Set for a `tiered` policy and for no other. */
  readonly tier?: Tier;
  /** Set where it is written and nothing applies it: then nothing carries it. */
  readonly inert?: Inert;
  readonly rules: readonly Rule[];
  /** True for the policy that a network has before anyone writes one (AWS: the default group, the default ACL). */
  readonly isDefault: boolean;
  /** Set where not everything was read that may carry it: then "nothing carries it" is unknown. */
  readonly carriersUnread?: BlindSpotId;
  readonly tags: ReadonlyMap<string, string>;
  readonly at: SourceRef;
};

/**
 * Where a `tiered` policy stands. Of all that an endpoint carries and that applies to a direction, the tiers are asked from the lowest rank
 * up, and in each tier the rules of its policies in their order: the first that matches allows, denies, or passes to the next tier. What no
 * rule of the tier matches is denied if any of these policies says so, and otherwise goes to the next tier. What the last tier leaves open is
 * allowed.
 *
 * A union of allows that shuts out everything else is such a tier: only allow rules, and `otherwise` denied.
 */
export type Tier = {
  readonly rank: number;
  /** What people call the tier. */
  readonly name: string;
  /** Lower is asked first; between equal ones the order makes no difference. */
  readonly order: number;
  /** The directions in which the policy applies to what carries it, be it without a rule. */
  readonly applies: readonly Direction[];
  readonly otherwise: 'deny' | 'next';
};

/** Why nothing applies a policy that is written, in one sentence, and what to do about it. */
export type Inert = { readonly why: string; readonly remedy: string };
