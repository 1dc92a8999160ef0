import type { Analysis } from '#engine';
import { intentFor } from './intent/intent.ts';
import { NOTHING_SAID, type IntentSettings } from './intent/settings.ts';
import type { Remark } from './remark.ts';
import { checkAclRanges } from './remarks/acl-rule-out-of-range.ts';
import { checkShadowedRules } from './remarks/acl-rule-shadowed.ts';
import { checkUnattachedAcls } from './remarks/acl-unattached.ts';
import { checkDnsCutOff } from './remarks/dns-cut-off.ts';
import { checkDuplicateGroups } from './remarks/duplicate-group.ts';
import { checkImpliedRules } from './remarks/group-rule-implied.ts';
import { checkGroupRanges } from './remarks/group-rule-out-of-range.ts';
import { checkUnattachedGroups } from './remarks/group-unattached.ts';
import { checkPodAddresses } from './remarks/policy-names-pod-addresses.ts';
import { checkPoliciesWithoutPods } from './remarks/policy-selects-nothing.ts';
import { checkOverlaps } from './remarks/ranges-overlap.ts';
import { checkReplies } from './remarks/reply-blocked.ts';
import { checkServicePorts } from './remarks/service-port-named.ts';
import { checkSingleAddresses } from './remarks/single-address-admitted.ts';
import { checkStaleReferences } from './remarks/stale-group-reference.ts';

const CHECKS = [
  checkReplies,
  checkShadowedRules,
  checkStaleReferences,
  checkOverlaps,
  checkGroupRanges,
  checkAclRanges,
  checkSingleAddresses,
  checkImpliedRules,
  checkDuplicateGroups,
  checkUnattachedGroups,
  checkUnattachedAcls,
  checkPoliciesWithoutPods,
  checkServicePorts,
  checkPodAddresses,
  checkDnsCutOff,
];

/** What is worth tidying up: by check, the more misleading checks first; of each, `low` first, then by name. */
export function remarks(analysis: Analysis, meant: IntentSettings = NOTHING_SAID): Remark[] {
  const audited = { analysis, intent: intentFor(meant, analysis.network) };
  return CHECKS.flatMap((check) =>
    check(audited).sort(
      (a, b) =>
        (a.severity === b.severity ? 0 : a.severity === 'low' ? -1 : 1) ||
        compareText(a.subject.name, b.subject.name) ||
        compareText(a.subject.id, b.subject.id),
    ),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
