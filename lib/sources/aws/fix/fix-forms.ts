import type { Network } from '#model';
import type { ModelChange } from './change.ts';
import { cliCommands } from './cli.ts';
import { cloudFormationText } from './cloud-formation.ts';
import { ownersOf, type OwnerMark } from './owner.ts';
import { terraformText } from './terraform.ts';

/** How changes are made in AWS, in each of the languages in which networks are kept. */
export type FixForms = {
  /** To be pasted into a shell as they are, in order. Empty where there is no command. */
  readonly awsCli: readonly string[];
  readonly terraform?: string;
  readonly cloudFormation?: string;
  /** Who keeps what is to be changed, by its marks: there it is to be changed, or the change will not last. */
  readonly owners: readonly OwnerMark[];
};

export function fixForms(network: Network, changes: readonly ModelChange[]): FixForms {
  const terraform = terraformText(network, changes);
  const cloudFormation = cloudFormationText(network, changes);
  const policies = changes.flatMap((change) => ('policy' in change ? [change.policy] : []));
  return {
    awsCli: cliCommands(network, changes),
    ...(terraform !== undefined && { terraform }),
    ...(cloudFormation !== undefined && { cloudFormation }),
    owners: ownersOf(network, policies),
  };
}
