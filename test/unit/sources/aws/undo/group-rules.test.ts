import { describe, expect, it } from 'vitest';
import { wayBack } from '#sources/aws';
import { ACCOUNT, group, snapshot, type Bodies } from '../translate/account.ts';
import { ANY, groups, record, records, tcp, valueOf, wordsOf } from './commands.ts';

describe('a rule that was removed', () => {
  it.each<[string, Bodies]>([
    ['a block', tcp(22, { IpRanges: [{ CidrIp: '198.51.100.0/24', Description: 'office' }] })],
    ['an IPv6 block', tcp(22, { Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }] })],
    ['a prefix list', tcp(443, { PrefixListIds: [{ PrefixListId: 'pl-1', Description: 'a, b' }] })],
    ['a group', tcp(22, { UserIdGroupPairs: [{ GroupId: 'sg-2' }] })],
    [
      'a group of another account',
      tcp(22, { UserIdGroupPairs: [{ UserId: '444455556666', GroupId: 'sg-9' }] }),
    ],
    ['everything', ANY],
    ['a range of ports', { ...tcp(0, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] }), ToPort: 65535 }],
    ['any ICMP', { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['an echo', { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['a protocol without ports', { IpProtocol: '50', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    [
      'a quote, a backslash and $(a command) in its description',
      tcp(22, { IpRanges: [{ CidrIp: '10.0.0.0/8', Description: `it's "so" \\ $(id) \`id\` <x>` }] }),
    ],
  ])('of %s comes back as it was', (_, permission) => {
    const { undo, restore } = wayBack([groups([permission])], [groups([])], false);
    expect(undo).toBeUndefined();
    expect(restore?.commands).toHaveLength(1);
    const [command] = restore!.commands;
    expect(command).toMatch(
      /^aws ec2 authorize-security-group-ingress --region eu-west-1 --group-id sg-1 --ip-permissions '/,
    );
    expect(valueOf(command!, '--ip-permissions')).toEqual([permission]);
  });

  it('leaves out the account of a group that is the own one', () => {
    const pair = { GroupId: 'sg-2', UserId: ACCOUNT, VpcId: 'vpc-1', PeeringStatus: 'active' };
    const { restore } = wayBack([groups([tcp(22, { UserIdGroupPairs: [pair] })])], [groups([])], false);
    expect(valueOf(restore!.commands[0]!, '--ip-permissions')).toEqual([
      tcp(22, { UserIdGroupPairs: [{ GroupId: 'sg-2' }] }),
    ]);
  });

  it('shares a command with the others of its group and direction, and a permission with those of its ports', () => {
    const office = [{ CidrIp: '198.51.100.0/24' }, { CidrIp: '192.0.2.0/24' }];
    const before = groups([tcp(22, { IpRanges: office }), tcp(443, { IpRanges: [office[0]] })]);
    const after = snapshot({
      DescribeSecurityGroups: { SecurityGroups: [group('sg-1', {}), group('sg-2', {})] },
    });
    const { restore } = wayBack([before], [after], false);
    expect(restore?.commands.map((command) => wordsOf(command).slice(2, 7).join(' '))).toEqual([
      'authorize-security-group-ingress --region eu-west-1 --group-id sg-1',
      'authorize-security-group-egress --region eu-west-1 --group-id sg-1',
      'authorize-security-group-egress --region eu-west-1 --group-id sg-2',
    ]);
    expect(valueOf(restore!.commands[0]!, '--ip-permissions')).toEqual([
      tcp(22, { IpRanges: office }),
      tcp(443, { IpRanges: [office[0]] }),
    ]);
  });

  it('is not presumed of a group, or an account, that was not read', () => {
    const before = groups([tcp(22, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] })]);
    for (const bodies of [
      { DescribeSecurityGroups: undefined },
      { DescribeSecurityGroups: { SecurityGroups: [] } },
    ])
      expect(wayBack([before], [snapshot(bodies)], false)).toEqual({});
    expect(wayBack([], [before], true)).toEqual({});
  });
});

describe('a rule that was added', () => {
  const office = tcp(22, { IpRanges: [{ CidrIp: '198.51.100.0/24' }] });
  const world = tcp(22, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] });

  it('goes by its id, or by what it says where its record was not read', () => {
    const named = groups([world], records(record('sgr-1', { CidrIpv4: '0.0.0.0/0' })));
    expect(wayBack([groups([])], [named], true).undo?.commands).toEqual([
      'aws ec2 revoke-security-group-ingress --region eu-west-1 --group-id sg-1 --security-group-rule-ids sgr-1',
    ]);
    const [command] = wayBack([groups([])], [groups([world])], true).undo!.commands;
    expect(command).toMatch(/^aws ec2 revoke-security-group-ingress .*--ip-permissions/);
    expect(valueOf(command!, '--ip-permissions')).toEqual([world]);
  });

  it.each<[string, Bodies, Bodies]>([
    ['everything', ANY, { IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' }],
    [
      'a protocol without ports',
      { IpProtocol: '50', Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
      { IpProtocol: '50', FromPort: -1, ToPort: -1, CidrIpv6: '::/0' },
    ],
    [
      'ICMP without a type',
      { IpProtocol: 'icmp', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' },
    ],
    [
      'a group of the same account',
      tcp(22, { UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: ACCOUNT }] }),
      { ReferencedGroupInfo: { GroupId: 'sg-2', UserId: ACCOUNT } },
    ],
    ['a prefix list', tcp(22, { PrefixListIds: [{ PrefixListId: 'pl-1' }] }), { PrefixListId: 'pl-1' }],
  ])('of %s is known by its record', (_, permission, more) => {
    const after = groups([permission], records(record('sgr-1', more)));
    expect(wayBack([groups([])], [after], true).undo?.commands.join()).toMatch(
      /--security-group-rule-ids sgr-1$/,
    );
  });

  it('in the place of another is taken back by one command and the other restored by the next', () => {
    const { undo, restore } = wayBack([groups([office])], [groups([world])], true);
    expect(undo?.commands.join()).toContain('revoke-security-group-ingress');
    expect(restore?.commands.join()).toContain('authorize-security-group-ingress');
  });

  it('by editing another under its id is edited back', () => {
    const before = groups(
      [tcp(22, { IpRanges: [{ CidrIp: '198.51.100.0/24', Description: 'office' }] })],
      records(record('sgr-1', { CidrIpv4: '198.51.100.0/24', Description: 'office' })),
    );
    const after = groups([world], records(record('sgr-1', { CidrIpv4: '0.0.0.0/0' })));
    const { undo, restore } = wayBack([before], [after], true);
    expect(restore).toBeUndefined();
    expect(undo?.commands[0]).toMatch(
      /^aws ec2 modify-security-group-rules --region eu-west-1 --group-id sg-1 --security-group-rules '/,
    );
    expect(valueOf(undo!.commands[0]!, '--security-group-rules')).toEqual([
      {
        SecurityGroupRuleId: 'sgr-1',
        SecurityGroupRule: tcp(22, { CidrIpv4: '198.51.100.0/24', Description: 'office' }),
      },
    ]);
    expect(wayBack([before], [after], false).restore?.commands).toEqual(undo?.commands);
  });
});
