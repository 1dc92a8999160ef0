import type { Direction } from '#model';
import { shellWord } from './shell-word.ts';

/** The command that takes rules out of a security group by their ids, each named once. */
export function revokeByIds(
  region: string,
  group: string,
  direction: Direction,
  ids: readonly string[],
): string {
  return [
    `aws ec2 revoke-security-group-${direction}`,
    `--region ${shellWord(region)}`,
    `--group-id ${shellWord(group)}`,
    `--security-group-rule-ids ${[...new Set(ids)].map(shellWord).join(' ')}`,
  ].join(' ');
}
