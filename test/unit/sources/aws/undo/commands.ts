import { execFileSync } from 'node:child_process';
import type { AwsSnapshot } from '#sources/aws';
import { ACCOUNT, group, snapshot, type Bodies } from '../translate/account.ts';

export const ANY = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

/** An account whose group `sg-1` lets these in, and everything out. */
export const groups = (permissions: readonly unknown[], more: Bodies = {}): AwsSnapshot =>
  snapshot({
    DescribeSecurityGroups: {
      SecurityGroups: [
        group('sg-1', { IpPermissions: permissions, IpPermissionsEgress: [ANY] }),
        group('sg-2', { IpPermissionsEgress: [ANY] }),
      ],
    },
    ...more,
  });
export const record = (id: string, more: Bodies): Bodies => ({
  SecurityGroupRuleId: id,
  GroupId: 'sg-1',
  GroupOwnerId: ACCOUNT,
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  ...more,
});
export const records = (...list: readonly Bodies[]): Bodies => ({
  DescribeSecurityGroupRules: { SecurityGroupRules: list },
});
export const tcp = (port: number, more: Bodies): Bodies => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...more,
});

/** The words of a command as a shell hands them on. */
export const wordsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');
export const valueOf = (command: string, option: string): unknown => {
  const words = wordsOf(command);
  return JSON.parse(words[words.indexOf(option) + 1]!) as unknown;
};
