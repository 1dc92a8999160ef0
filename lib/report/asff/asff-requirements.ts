import { FRAMEWORK_IDS, FRAMEWORKS, type Control, type FrameworkId } from '#findings';
import { ASFF_LIMITS } from './limits.ts';

/** As Security Hub writes the requirements of its own controls; what is no framework of compliance is left out. */
const PREFIX: Readonly<Partial<Record<FrameworkId, string>>> = {
  'cis-aws-7.0': `CIS AWS Foundations Benchmark v${FRAMEWORKS['cis-aws-7.0'].version}/`,
  'cis-aws-5.0': `CIS AWS Foundations Benchmark v${FRAMEWORKS['cis-aws-5.0'].version}/`,
  'cis-aws-3.0': `CIS AWS Foundations Benchmark v${FRAMEWORKS['cis-aws-3.0'].version}/`,
  'cis-aws-1.4': `CIS AWS Foundations Benchmark v${FRAMEWORKS['cis-aws-1.4'].version}/`,
  'pci-dss-4.0.1': `PCI DSS v${FRAMEWORKS['pci-dss-4.0.1'].version}/`,
  'nist-800-53-r5': 'NIST.800-53.r5 ',
  'soc2-2017': 'SOC 2 ',
  'iso-27001-2022': 'ISO/IEC 27001:2022 ',
};

/** The requirements that a finding touches; as many as fit, some of each framework before more of one. */
export function requirementsOf(controls: readonly Control[]): string[] {
  const byFramework = FRAMEWORK_IDS.flatMap((framework) => {
    const prefix = PREFIX[framework];
    const ids = controls.filter((control) => control.framework === framework).map(({ id }) => id);
    return prefix === undefined || ids.length === 0 ? [] : [ids.map((id) => prefix + id)];
  });
  const inTurns: string[] = [];
  for (let i = 0; inTurns.length < ASFF_LIMITS.requirements; i += 1) {
    const turn = byFramework.flatMap((ids) => ids.slice(i, i + 1));
    if (turn.length === 0) break;
    inTurns.push(...turn);
  }
  return inTurns.slice(0, ASFF_LIMITS.requirements);
}
