import type { Culprit } from './finding.ts';

/** Checks about lists that are untidy: nothing is open by it, and somebody may be misled by it. */
export type RemarkId =
  | 'acl-rule-shadowed'
  | 'group-rule-implied'
  | 'group-rule-out-of-range'
  | 'acl-rule-out-of-range'
  | 'group-unattached'
  | 'duplicate-group'
  | 'single-address-admitted'
  | 'acl-unattached'
  | 'reply-blocked'
  | 'ranges-overlap'
  | 'stale-group-reference'
  | 'policy-selects-nothing'
  | 'policy-names-pod-addresses'
  | 'service-port-named'
  | 'dns-cut-off';

/**
 * Something worth tidying up, one for each list or network that it is about. It is no finding: nobody is alerted to it, it has no life
 * cycle, and a run does not fail by it.
 */
export type Remark = {
  readonly check: RemarkId;
  /** `low`: the list does not do what it seems to say. `info`: it does, with something to spare. */
  readonly severity: 'low' | 'info';
  /** Stable over time: eight hexadecimal digits of check and subject. */
  readonly fingerprint: string;
  /** One sentence. Holds untrusted names: to be escaped for where it is shown. */
  readonly title: string;
  readonly subject: { readonly id: string; readonly name: string };
  readonly rules: readonly Culprit[];
};
