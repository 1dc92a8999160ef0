import type { Endpoint, PolicyId, RelayId, RelayListener, Route, RouteTableId, Rule } from '#model';

/** A change of the model that is to be made in AWS, as whoever proposes it has it. */
export type ModelChange =
  | {
      readonly kind: 'rule';
      readonly policy: PolicyId;
      readonly rule: Rule;
      readonly instead: readonly Pick<Rule, 'selector' | 'transport'>[];
    }
  | { readonly kind: 'route'; readonly table: RouteTableId; readonly route: Route }
  | { readonly kind: 'listener'; readonly relay: RelayId; readonly listener: RelayListener }
  | { readonly kind: 'acl'; readonly policy: PolicyId; readonly rules: readonly Rule[] }
  | { readonly kind: 'group'; readonly policy: PolicyId; readonly endpoints: readonly Endpoint[] };
