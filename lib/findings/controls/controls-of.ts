import type { CheckId, Finding } from '../finding.ts';
import type { Control, ControlSet } from './control.ts';
import { CONTROL_SETS } from './control-sets.ts';
import { facetsOf, type Facet } from './facet.ts';
import { FRAMEWORK_IDS } from './framework.ts';

/** Every check has its controls, or says why it has none. */
const BY_CHECK: Readonly<Record<CheckId, ControlSet>> = CONTROL_SETS;

/** All controls that a finding touches, in the order of the frameworks; each once. */
export function controlsOf(
  finding: Pick<Finding, 'check' | 'transport' | 'culprits' | 'endpoints'>,
): readonly Control[] {
  return controlsFor(finding.check, facetsOf(finding));
}

/** The same for a check and what is known of the finding beside it. Of two mappings that name one control, a published one counts. */
export function controlsFor(check: CheckId, facets: readonly Facet[]): readonly Control[] {
  const set = BY_CHECK[check];
  if ('none' in set) return [];
  const found = new Map<string, Control>();
  for (const { framework, ids, isOurs, when } of set) {
    if (!when.every((facet) => facets.includes(facet))) continue;
    for (const id of ids) {
      const key = `${framework} ${id}`;
      if (found.get(key)?.isOurs !== false) found.set(key, { framework, id, isOurs });
    }
  }
  return [...found.values()].sort(
    (a, b) => FRAMEWORK_IDS.indexOf(a.framework) - FRAMEWORK_IDS.indexOf(b.framework),
  );
}
