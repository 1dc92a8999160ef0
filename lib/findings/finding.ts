import type { Flow, TransportSet } from '#netset';
import type { BlindSpotId, Endpoint, Rule } from '#model';
import type { Path } from '#engine';

export type CheckId =
  | 'admin-port-exposed'
  | 'database-exposed'
  | 'public-database'
  | 'high-risk-port-exposed'
  | 'unintended-exposure'
  | 'lateral-path'
  | 'segmentation-broken'
  | 'egress-from-crown-jewel'
  | 'peering-too-wide'
  | 'all-traffic-group'
  | 'default-group-in-use'
  | 'ingress-path-to-crown-jewel'
  | 'namespace-without-default-deny'
  | 'open-to-cluster'
  | 'policies-not-enforced'
  | LatentCheckId;

/** Checks about what is not open now and would be by the next ordinary step: starting a machine, attaching an interface, launching with a group. */
export type LatentCheckId = 'latent-exposure' | 'open-group-unused';

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** A rule that a finding rests on, with the policy that holds it. */
export type Culprit = { readonly policy: string; readonly rule: Rule };

/** What a check found. Its identity is the check and the workload, never an interface, a time or an order. */
export type Finding = {
  readonly check: CheckId;
  readonly severity: Severity;
  /** `surely` it is so, or it is `possibly` so because of blind spots. */
  readonly certainty: 'surely' | 'possibly';
  /** Stable over time: eight hexadecimal digits of check and workload. */
  readonly fingerprint: string;
  /** The effect, in one sentence. Holds untrusted names: to be escaped for where it is shown. */
  readonly title: string;
  readonly workload: { readonly id: string; readonly name: string };
  readonly endpoints: readonly Endpoint[];
  /** What can be opened, where ports are the matter. */
  readonly transport?: TransportSet;
  /** One flow that proves it. */
  readonly witness?: Flow;
  readonly path?: Path;
  readonly culprits: readonly Culprit[];
  readonly because: readonly BlindSpotId[];
};
