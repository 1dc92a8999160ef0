import { idOf, type BlindSpot, type BlindSpotId, type Policy, type PolicyId } from '#model';
import {
  enforcementOn,
  NETWORK_POLICY,
  type Enforcement,
  type Note,
  type PolicyKind,
  type Verdict,
} from '../enforcement/index.ts';
import { refOf, type ClusterDraft } from './cluster-draft.ts';
import { doubtPolicy, type Doubt } from './doubt.ts';
import { judgedPolicies } from './judged-policies.ts';
import type { PodSet } from './pods.ts';

/** Who carries which policies once it is asked whether they are enforced. */
export type Application = {
  readonly of: ReadonlyMap<PodSet, readonly PolicyId[]>;
  /** The cluster's policies, with what is to be said of each. */
  readonly policies: readonly Policy[];
  /** What is in doubt, as policies that pods carry besides. */
  readonly doubts: readonly Policy[];
  readonly blindSpots: readonly BlindSpot[];
};

/**
 * Leaves out the policies that nothing enforces where a pod runs, and doubts what nobody can say: `doubts` for all pods, and the policies of which
 * it is not known whether they are enforced for those that carry them. Without a verdict, policies count as enforced.
 */
export function applyPolicies(
  draft: ClusterDraft,
  pods: readonly PodSet[],
  given: { readonly enforcement: Enforcement | undefined; readonly doubts: readonly Doubt[] },
): Application {
  const at = refOf(draft.cluster, draft.cluster, { file: draft.cluster });
  const inDoubt = new Map<BlindSpotId, { readonly spot: BlindSpot; readonly policy: Policy }>();
  const carry = (doubt: Doubt): PolicyId => {
    const known = inDoubt.get(doubt.spot.id) ?? { spot: doubt.spot, policy: doubtPolicy(doubt, at) };
    inDoubt.set(doubt.spot.id, known);
    return known.policy.id;
  };
  const ofAll = given.doubts.map(carry);
  const of = new Map(
    pods.map((pod) => {
      const { policies, doubts } = appliedTo(draft, pod, given.enforcement);
      return [pod, [...policies, ...ofAll, ...doubts.map(carry)]] as const;
    }),
  );
  const judged = judgedPolicies(draft, given.enforcement);
  const spots = [...judged.blindSpots, ...(given.enforcement?.notes ?? []).map(spotOfNote)];
  return {
    of,
    policies: judged.policies,
    doubts: [...inDoubt.values()].map(({ policy }) => policy),
    blindSpots: [...[...inDoubt.values()].map(({ spot }) => spot), ...spots],
  };
}

/** What an engine does besides, and no verdict says. */
function spotOfNote({ text, effect }: Note, i: number): BlindSpot {
  return {
    id: idOf<'blind-spot'>(`enforcement:note:${String(i + 1)}`),
    code: 'not-collected',
    effect,
    what: text,
    remedy: '',
  };
}

/** Pods of one workload on nodes of both kinds are in doubt together. */
function appliedTo(
  draft: ClusterDraft,
  pod: PodSet,
  enforcement: Enforcement | undefined,
): { readonly policies: readonly PolicyId[]; readonly doubts: readonly Doubt[] } {
  const carried = draft.policiesOf(pod);
  if (enforcement === undefined || carried.length === 0) return { policies: carried, doubts: [] };
  const policies: PolicyId[] = [];
  const doubtful = new Set<PolicyKind>();
  for (const id of carried) {
    const kind = draft.kindOf(id);
    const verdict = verdictOn(pod, kind, enforcement);
    if (verdict !== 'not-enforced') policies.push(id);
    if (verdict === 'cannot-tell') doubtful.add(kind);
  }
  if (doubtful.size === 0) return { policies, doubts: [] };
  // NetworkPolicies only take ways away, so that without them there are more; other kinds may be what opens a way
  const mayDeny = [...doubtful].some((kind) => kind !== NETWORK_POLICY);
  return { policies, doubts: [{ spot: spotOf(enforcement, mayDeny), mayAllow: true, mayDeny }] };
}

function verdictOn({ pods, kind: owner }: PodSet, kind: PolicyKind, enforcement: Enforcement): Verdict {
  const isBare = owner === 'Pod';
  const verdicts = new Set(
    pods.length === 0
      ? [enforcementOn(enforcement, { isBare }, kind)]
      : pods.map(({ node }) =>
          enforcementOn(enforcement, { isBare, ...(node !== undefined && { node }) }, kind),
        ),
  );
  const [only] = verdicts;
  return verdicts.size === 1 && only !== undefined ? only : 'cannot-tell';
}

const SOME_NODES =
  'policies are not enforced on every node, and some workloads run on nodes of both kinds, or on which is not known';

function spotOf({ verdict, sentence, remedy, nodes }: Enforcement, ofOtherKinds: boolean): BlindSpot {
  const isWhole = verdict === 'cannot-tell';
  const outside = nodes.filter((node) => node.verdict !== 'enforced');
  const named = outside
    .slice(0, 3)
    .map(({ node, why }) => `${node}: ${why}`)
    .join('; ');
  const more = outside.length > 3 ? `; and ${String(outside.length - 3)} more` : '';
  return {
    id: idOf<'blind-spot'>(`enforcement${isWhole ? '' : ':nodes'}${ofOtherKinds ? ':kinds' : ''}`),
    code: 'not-collected',
    effect: 'hides-ways',
    what: isWhole || outside.length === 0 ? sentence : `${SOME_NODES} (${named}${more})`,
    remedy: isWhole
      ? remedy
      : 'Let the reader list nodes and pods in all namespaces, and see to the nodes that are named.',
  };
}
