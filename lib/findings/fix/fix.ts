import type { Endpoint, PolicyId, RelayId, RelayListener, Route, RouteTableId, Rule } from '#model';
import type { NewPeer, NewPolicy } from '../clusters/new-policy.ts';
import type { Closed } from './closed.ts';

/** What a rule of a group says of the far end and of what passes. */
export type RuleWords = Pick<Rule, 'selector' | 'transport'>;

/** One thing to change. */
export type FixChange =
  /** A rule of a group goes, and these come in its place. */
  | {
      readonly kind: 'rule';
      readonly policy: PolicyId;
      readonly rule: Rule;
      readonly instead: readonly RuleWords[];
    }
  | { readonly kind: 'route'; readonly table: RouteTableId; readonly route: Route }
  /** A load balancer no longer answers on this port. */
  | { readonly kind: 'listener'; readonly relay: RelayId; readonly listener: RelayListener }
  /** A list at the border of a subnet begins with these denials. */
  | { readonly kind: 'acl'; readonly policy: PolicyId; readonly rules: readonly Rule[] }
  /** These endpoints get a group of their own in place of this one, with its rules. */
  | { readonly kind: 'group'; readonly policy: PolicyId; readonly endpoints: readonly Endpoint[] }
  /** A namespace of a cluster gets one policy more, which these endpoints then carry. */
  | { readonly kind: 'new-policy'; readonly wanted: NewPolicy; readonly carriers: readonly Endpoint[] }
  /** A rule of a cluster's policy names these pods instead; nobody, where there is no `instead`. */
  | { readonly kind: 'peer'; readonly policy: PolicyId; readonly rule: Rule; readonly instead?: NewPeer };

/** By what a fix ends a finding; of several means the one that says most. */
export type FixKind =
  'remove' | 'narrow' | 'reference' | 'split' | 'route' | 'listener' | 'acl' | 'group' | 'policy';

/** A way to end a finding. */
export type Fix = {
  readonly kind: FixKind;
  /** What to do, in one sentence. Holds untrusted names: to be escaped for where it is shown. */
  readonly what: string;
  readonly changes: readonly FixChange[];
  /** True if it was tried on the model: the finding goes and nothing opens. */
  readonly isProven: boolean;
  /** What else would be shut by it. */
  readonly alsoCloses: Closed;
  /** The assertions that hold now and would not any more. */
  readonly breaks: readonly string[];
  /** Findings that are only seen once this one is gone: what they tell of was so before. */
  readonly reveals: readonly string[];
};

/** What is known of the ways to end a finding. */
export type Fixes = {
  /** The best first, at most three. */
  readonly fixes: readonly Fix[];
  /** Why none of them is proven, in one sentence without a full stop that may hold untrusted names; absent where one is. */
  readonly unsolved?: string;
};
