import { idOf, type BlindSpot, type Policy } from '#model';
import { NETWORK_POLICY, type Enforcement, type PolicyKind } from '../enforcement/index.ts';
import { refOf, type ClusterDraft } from './cluster-draft.ts';

/**
 * The cluster's policies as its engine takes them: those that nothing applies say so, and so do kinds of which no rule is translated; and what
 * says something that the engine does not do as it is written, says at most that.
 */
export function judgedPolicies(
  draft: ClusterDraft,
  enforcement: Enforcement | undefined,
): { readonly policies: readonly Policy[]; readonly blindSpots: readonly BlindSpot[] } {
  const written = [...draft.policies.values()];
  if (enforcement === undefined) return { policies: written, blindSpots: [] };
  const misread = misreadSpots(enforcement);
  return {
    policies: [
      ...written.map((policy) => judged(policy, draft.kindOf(policy.id), enforcement, misread)),
      ...unreadKinds(draft, enforcement),
    ],
    blindSpots: [...new Set(misread.values())],
  };
}

function judged(
  policy: Policy,
  kind: PolicyKind,
  enforcement: Enforcement,
  misread: ReadonlyMap<string, BlindSpot>,
): Policy {
  if (policy.isDefault) return policy;
  if (enforcement.kinds.get(kind) === 'not-enforced') return { ...policy, inert: inertOf(kind, enforcement) };
  const spot = kind === NETWORK_POLICY ? misread.get(policy.name) : undefined;
  if (spot === undefined) return policy;
  return { ...policy, rules: policy.rules.map((rule) => ({ ...rule, doubt: rule.doubt ?? spot.id })) };
}

function inertOf(
  kind: PolicyKind,
  { sentence, remedy, withoutEffect }: Enforcement,
): NonNullable<Policy['inert']> {
  const own = withoutEffect.find((each) => each.kind === kind);
  return own === undefined
    ? { why: sentence, remedy }
    : { why: own.why, remedy: 'Say the same in a kind that the engine here reads.' };
}

/** Kinds that no engine here reads, where nobody has translated them: each object by its name, without rules. */
function unreadKinds(draft: ClusterDraft, { withoutEffect }: Enforcement): readonly Policy[] {
  const known = new Set([...draft.policies.keys()].map((id) => draft.kindOf(id)));
  return withoutEffect.flatMap(({ kind, verdict, objects, why }) =>
    verdict !== 'not-enforced' || known.has(kind)
      ? []
      : objects.map((name): Policy => {
          const title = `${kind.slice(kind.indexOf('/') + 1)} ${name}`;
          return {
            id: idOf<'policy'>(`${kind} ${name}`),
            name,
            kind: 'tiered',
            tier: { rank: 0, name: kind, order: 0, applies: [], otherwise: 'next' },
            inert: { why, remedy: 'Say the same in a kind that the engine here reads.' },
            rules: [],
            isDefault: false,
            tags: new Map(),
            at: refOf(draft.cluster, title, { file: draft.cluster }),
          };
        }),
  );
}

/** By the name of the policy that uses it, what its engine does not do as it is written. */
function misreadSpots({ misread }: Enforcement): ReadonlyMap<string, BlindSpot> {
  return new Map(
    misread.flatMap(({ feature, objects, why }) => {
      const spot: BlindSpot = {
        id: idOf<'blind-spot'>(`misread:${feature}`),
        code: 'rule-not-understood',
        effect: 'hides-ways',
        what: `${objects.join(', ')}: ${why}, so that less may pass than the policy says`,
        remedy: 'Update the network plugin, or write the policy without it.',
      };
      return objects.map((name) => [name, spot] as const);
    }),
  );
}
