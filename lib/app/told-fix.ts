import type { Network } from '#model';
import type { Fix, Fixes } from '#findings';
import { reportFix, type ReportFix } from '#report';
import { fixForms } from '#sources/aws';
import { policyForms } from '#sources/kubernetes';

/** Ways to end a finding as reports tell them. */
export type ToldFixes = { readonly fixes: readonly ReportFix[]; readonly unsolved?: string };

export function toldFixes(network: Network, { fixes, unsolved }: Fixes): ToldFixes {
  // rules that say the same make the same words, which are told once
  const told = new Map(fixes.map((fix) => toldFix(network, fix)).map((fix) => [JSON.stringify(fix), fix]));
  return {
    fixes: [...told.values()],
    ...(unsolved !== undefined && { unsolved }),
  };
}

/** A fix as reports tell it, with the commands that make it. */
function toldFix(network: Network, fix: Fix): ReportFix {
  const ofCluster = fix.changes.filter((change) => change.kind === 'new-policy' || change.kind === 'peer');
  if (ofCluster.length > 0) {
    const { kubectl, owners } = policyForms(network, ofCluster);
    return reportFix(fix, { kind: 'kubectl', commands: kubectl, owners });
  }
  const ofAccount = fix.changes.filter((change) => change.kind !== 'new-policy' && change.kind !== 'peer');
  const { awsCli, terraform, cloudFormation, owners } = fixForms(network, ofAccount);
  return reportFix(fix, {
    kind: 'aws-cli',
    commands: awsCli,
    ...(terraform !== undefined && { terraform }),
    ...(cloudFormation !== undefined && { cloudFormation }),
    owners: owners.map(({ text }) => text),
  });
}
