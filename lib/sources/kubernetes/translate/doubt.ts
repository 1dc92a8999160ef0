import { TransportSet } from '#netset';
import {
  idOf,
  type BlindSpot,
  type Direction,
  type Policy,
  type Rule,
  type Selector,
  type SourceRef,
} from '#model';

/** Something about policies that is not known: then what they decide is no answer. */
export type Doubt = {
  readonly spot: BlindSpot;
  /** There may be ways that the policies which were read do not open. */
  readonly mayAllow: boolean;
  /** There may be ways that are seen and are closed. */
  readonly mayDeny: boolean;
  /** Only these; absent: both. */
  readonly directions?: readonly Direction[];
  /** Only what is exchanged with these; absent: with anyone. */
  readonly of?: Selector;
};

/** Before every tier of Kubernetes' own, since nothing that they decide stands against a doubt about them. */
const RANK = 0;
const NAME = 'what is not known';

/** A doubt as a policy for whoever is in it: rules for everything of which nobody knows whether they match. */
export function doubtPolicy(
  { spot, mayAllow, mayDeny, directions = ['ingress', 'egress'], of = { kind: 'anyone' } }: Doubt,
  at: SourceRef,
): Policy {
  const id = `doubt ${spot.id}`;
  const actions = [...(mayAllow ? (['allow'] as const) : []), ...(mayDeny ? (['deny'] as const) : [])];
  return {
    id: idOf<'policy'>(id),
    name: NAME,
    kind: 'tiered',
    tier: {
      rank: RANK,
      name: NAME,
      order: 0,
      applies: directions,
      otherwise: 'next',
    },
    rules: actions.flatMap((action) =>
      directions.map((direction): Rule => ({
        id: idOf<'rule'>(`${id} ${action} ${direction}`),
        direction,
        action,
        selector: of,
        transport: TransportSet.ALL,
        description: '',
        doubt: spot.id,
        at,
      })),
    ),
    isDefault: true,
    tags: new Map(),
    at,
  };
}
