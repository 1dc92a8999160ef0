import { shellWord } from './shell-word.ts';

/** A prefix list as it was and as it is. */
export type PrefixListChange = {
  readonly id: string;
  readonly region: string;
  /** The version after the change: what AWS wants named by whoever changes it next. */
  readonly version: number;
  readonly added: readonly string[];
  readonly removed: readonly { readonly cidr: string; readonly description: string }[];
};

/**
 * The command that brings a prefix list's entries back.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyManagedPrefixList.html
 */
export function restoreEntriesCommand({ id, region, version, added, removed }: PrefixListChange): string {
  return [
    'aws ec2 modify-managed-prefix-list',
    `--region ${shellWord(region)}`,
    `--prefix-list-id ${shellWord(id)}`,
    `--current-version ${String(version)}`,
    ...(added.length === 0
      ? []
      : [`--remove-entries ${added.map((cidr) => `Cidr=${shellWord(cidr)}`).join(' ')}`]),
    ...(removed.length === 0
      ? []
      : [
          `--add-entries ${removed.map(({ cidr, description }) => shellWord(`Cidr=${cidr},Description=${description}`)).join(' ')}`,
        ]),
  ].join(' ');
}
