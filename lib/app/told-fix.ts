import type { Network } from '#model';
import type { Fix } from '#findings';
import { reportFix, type ReportFix } from '#report';
import { fixForms } from '#sources/aws';

/** A fix as reports tell it, with the commands that make it. */
export function toldFix(network: Network, fix: Fix): ReportFix {
  const { awsCli, terraform, cloudFormation, owners } = fixForms(network, fix.changes);
  return reportFix(fix, {
    commands: awsCli,
    ...(terraform !== undefined && { terraform }),
    ...(cloudFormation !== undefined && { cloudFormation }),
    owners: owners.map(({ text }) => text),
  });
}
