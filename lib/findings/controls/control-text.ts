import type { Control } from './control.ts';
import { FRAMEWORKS, type FrameworkId } from './framework.ts';

/** What an alert has room for: the frameworks that people ask about first, and of each the controls that say most, best first. */
const LEADING: readonly {
  readonly frameworks: readonly FrameworkId[];
  readonly best: readonly string[];
  readonly most: number;
}[] = [
  {
    frameworks: ['cis-aws-7.0', 'cis-aws-5.0', 'cis-aws-3.0', 'cis-aws-1.4'],
    best: ['6.3', '6.4', '6.1.2', '6.5', '6.6', '3.2.3'],
    most: 2,
  },
  { frameworks: ['pci-dss-4.0.1'], best: ['1.4.4', '1.3.1', '1.4.2', '1.2.5', '1.3.2', '1.2.1'], most: 2 },
  { frameworks: ['nist-800-53-r5'], best: ['SC-7(5)', 'AC-4(21)', 'AU-9'], most: 1 },
  { frameworks: ['mitre-attack'], best: ['T1133', 'T1190', 'T1021', 'T1048', 'T1685.002'], most: 1 },
];

/** The controls of a finding as an alert names them: `CIS 7.0 6.3 · PCI 1.3.1, 1.4.2 · NIST SC-7(5) · ATT&CK T1133`. Empty if it has none. */
export function controlText(controls: readonly Control[]): string {
  return LEADING.flatMap(({ frameworks, best, most }) => {
    // of several versions the newest
    const framework = frameworks.find((one) => controls.some((control) => control.framework === one));
    if (framework === undefined) return [];
    const ids = controls.filter((control) => control.framework === framework).map(({ id }) => id);
    const leading = best.filter((id) => ids.includes(id));
    const shown = (leading.length > 0 ? leading : ids).slice(0, most);
    return [`${FRAMEWORKS[framework].short} ${shown.join(', ')}`];
  }).join(' · ');
}
