import type { Endpoint, PolicyId, Route, RouteTableId, Rule } from '#model';

/** A change of the model that is to be made in AWS, as whoever proposes it has it. */
export type ModelChange =
  | {
      readonly kind: 'rule';
      readonly policy: PolicyId;
      readonly rule: Rule;
      readonly instead: readonly Pick<Rule, 'selector' | 'transport'>[];
    }
  | { readonly kind: 'route'; readonly table: RouteTableId; readonly route: Route }
  | { readonly kind: 'group'; readonly policy: PolicyId; readonly endpoints: readonly Endpoint[] };
