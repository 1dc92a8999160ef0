import type { Direction, Network, Policy, Rule } from '#model';
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

/** The command that takes rules out of a security group, where AWS gave each an id. */
function revokeCommand(policy: Policy, direction: Direction, rules: readonly Rule[]): string | undefined {
  const ids = rules.map(({ id }) => id as string).filter((id) => /^sgr-[0-9a-f]+$/.test(id));
  if (
    policy.at.source !== 'aws' ||
    ids.length === 0 ||
    ids.length !== new Set(rules.map(({ id }) => id)).size
  )
    return undefined;
  return revokeByIds(policy.at.region, policy.id, direction, ids);
}

/** The commands that remove these rules, one for each group and direction. Rules without an id of their own have none. */
export function removalCommands(
  network: Network,
  culprits: readonly { readonly policy: string; readonly rule: Rule }[],
): readonly string[] {
  const commands: string[] = [];
  for (const policy of network.policies.values()) {
    for (const direction of ['ingress', 'egress'] as const) {
      const rules = culprits
        .filter(({ policy: id, rule }) => id === policy.id && rule.direction === direction)
        .map(({ rule }) => rule);
      const command =
        rules.length === 0 || policy.kind !== 'any-allow'
          ? undefined
          : revokeCommand(policy, direction, rules);
      if (command !== undefined) commands.push(command);
    }
  }
  return commands;
}
