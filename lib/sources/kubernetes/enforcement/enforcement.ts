/** Whether policies have an effect. `cannot-tell` is never as good as `enforced`. */
export type Verdict = 'enforced' | 'not-enforced' | 'cannot-tell';

/** A kind of policy, as `networking.k8s.io/NetworkPolicy`. */
export type PolicyKind = `${string}/${string}`;

export const NETWORK_POLICY: PolicyKind = 'networking.k8s.io/NetworkPolicy';

/** Something that a NetworkPolicy may say and that an engine does not do as it is written. */
export type Unhonoured = { readonly feature: 'endPort' | 'SCTP'; readonly why: string };

/** A network plugin or policy engine that was found, and what it does with policies. */
export type Sighting = {
  /** `Cilium 1.15.3`, `Flannel`. */
  readonly engine: string;
  readonly enforces: 'yes' | 'no' | 'unknown';
  /** The second half of a sentence: `it has no policy engine`, `its policy engine is switched off by …`; empty for a plain yes. */
  readonly why: string;
  /** What to do about a no or an unknown. */
  readonly remedy: string;
  /** The objects by which this is known: `DaemonSet kube-system/aws-node`. */
  readonly evidence: readonly string[];
  /** The DaemonSets that enforce on the nodes where they run; none: what enforces is part of the node itself (`runsOn`). */
  readonly agents: readonly AgentRef[];
  /** Of an engine without a DaemonSet: whether it is on this node. */
  readonly runsOn?: (node: NodeFacts) => boolean;
  /** What it makes of kinds of policy besides NetworkPolicy; a kind that is not here it does not read. */
  readonly kinds: ReadonlyMap<PolicyKind, 'yes' | 'unknown'>;
  readonly unhonoured: readonly Unhonoured[];
  /** Pods that nothing owns are left out by it. */
  readonly sparesBarePods?: true;
  /** No policy of pods is ever applied to pods on the network of their node; without it, that is not known. */
  readonly sparesHostPods?: true;
  /** Whom a block of addresses in a NetworkPolicy means; without it, that is not known. */
  readonly blocks?: BlocksMean;
  /** Pods that no policy selects are shut too. */
  readonly closesUnselected?: true;
  /** What else to know of it. */
  readonly notes: readonly Note[];
};

/**
 * `outside`: only addresses outside the cluster, never pods. `anybody`: whoever has such an address, pods too.
 *
 * Kubernetes says that blocks should be of addresses outside, and leaves to the plugin what they mean for pods.
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
 */
export type BlocksMean = 'outside' | 'anybody';

/** Something about an engine that no verdict says. `hides-ways`: more may pass than is shown; `only-narrows`: less, if anything. */
export type Note = { readonly text: string; readonly effect: 'hides-ways' | 'only-narrows' };

export type AgentRef = { readonly namespace: string; readonly name: string };

export type NodeFacts = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly kubeletVersion: string;
  readonly providerId: string;
  readonly isWindows: boolean;
  /** `Fargate`, `virtual kubelet`: no DaemonSet runs there. */
  readonly serverless: string | undefined;
};

export type NodeEnforcement = { readonly node: string; readonly verdict: Verdict; readonly why: string };

/** Policies that nothing reads, or perhaps nothing. */
export type WithoutEffect = {
  readonly kind: PolicyKind;
  /** `not-enforced` or `cannot-tell`. */
  readonly verdict: Verdict;
  /** `shop/allow-web`, in order of name. */
  readonly objects: readonly string[];
  readonly why: string;
};

/** What NetworkPolicies say and the engine does not do as it is written. */
export type Misread = {
  readonly feature: Unhonoured['feature'];
  readonly objects: readonly string[];
  readonly why: string;
};

/** Why an answer that a policy decides is unknown. */
export type EnforcementBlindSpot = {
  readonly what: string;
  readonly remedy: string;
  readonly effect: 'hides-ways';
  /** Only pods on these nodes; absent: all pods. */
  readonly nodes?: readonly string[];
};

/** Whether this cluster does what its policies say, by what was read of it. */
export type Enforcement = {
  /** Of NetworkPolicies, on the nodes in general; `nodes` has the exceptions. */
  readonly verdict: Verdict;
  /**
   * `cluster`: the input is of a cluster, with its nodes or its network plugin. `manifests`: it holds applications only, so that it says nothing of
   * where they will run; the verdict is then `cannot-tell`.
   */
  readonly basis: 'cluster' | 'manifests';
  /** One sentence: enforced by whom, or not and why, or why it cannot be told. */
  readonly sentence: string;
  readonly remedy: string;
  readonly evidence: readonly string[];
  readonly sightings: readonly Sighting[];
  /** Every node that was read. */
  readonly nodes: readonly NodeEnforcement[];
  /** Of each kind of policy in the input. */
  readonly kinds: ReadonlyMap<PolicyKind, Verdict>;
  readonly withoutEffect: readonly WithoutEffect[];
  readonly misread: readonly Misread[];
  readonly notes: readonly Note[];
  readonly blindSpots: readonly EnforcementBlindSpot[];
};
