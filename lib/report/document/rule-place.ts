import type { SourceRef } from '#model';

/** A source whose rules have no id and no description of their own: they are found by file, line and field. */
const BY_PLACE = 'kubernetes';

/**
 * Where a rule is written, as its author finds it: `sgr-0abc in sg-0def`; of a manifest `ingress[0].from[0] of NetworkPolicy shop/web
 * (shop.yaml:12)`. Untrusted text.
 */
export function rulePlace(rule: string, policy: string, at: SourceRef): string {
  if (at.source !== BY_PLACE) return `${rule} in ${policy}`;
  const field = /^(\S+) (?:spec\.)?(\S+)$/.exec(at.path);
  return field === null ? `${rule} of ${at.id}` : `${field[2] ?? ''} of ${at.id} (${field[1] ?? ''})`;
}

/** What is to be said of a rule's description; `undefined` where rules have none. */
export function ruleDescription(description: string, at: SourceRef): 'none' | 'given' | undefined {
  if (description !== '') return 'given';
  return at.source === BY_PLACE ? undefined : 'none';
}
