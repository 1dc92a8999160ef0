import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diff } from '#engine';
import { translate, wayBack, type AwsSnapshot } from '#sources/aws';
import { ACCOUNT, acl, group, mainTable, snapshot, type Bodies } from '../translate/account.ts';

const ANY = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

/** An account whose group `sg-1` lets these in, and everything out. */
const groups = (permissions: readonly unknown[], more: Bodies = {}): AwsSnapshot =>
  snapshot({
    DescribeSecurityGroups: {
      SecurityGroups: [
        group('sg-1', { IpPermissions: permissions, IpPermissionsEgress: [ANY] }),
        group('sg-2', { IpPermissionsEgress: [ANY] }),
      ],
    },
    ...more,
  });
const record = (id: string, more: Bodies): Bodies => ({
  SecurityGroupRuleId: id,
  GroupId: 'sg-1',
  GroupOwnerId: ACCOUNT,
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  ...more,
});
const records = (...list: readonly Bodies[]): Bodies => ({
  DescribeSecurityGroupRules: { SecurityGroupRules: list },
});
const tcp = (port: number, more: Bodies): Bodies => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...more,
});

/** The words of a command as a shell hands them on. */
const wordsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');
const valueOf = (command: string, option: string): unknown => {
  const words = wordsOf(command);
  return JSON.parse(words[words.indexOf(option) + 1]!) as unknown;
};

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

describe('a prefix list', () => {
  const list = (entries: readonly Bodies[], version: number): AwsSnapshot =>
    snapshot({
      DescribeManagedPrefixLists: { PrefixLists: [{ PrefixListId: 'pl-1', Version: version }] },
      GetManagedPrefixListEntries: { 'pl-1': { Entries: entries } },
    });
  const office = { Cidr: '198.51.100.0/24', Description: 'office, Paris' };

  it('that lost an entry gets it back', () => {
    const { undo, restore } = wayBack([list([office], 3)], [list([], 4)], false);
    expect(undo).toBeUndefined();
    expect(restore?.commands[0]).toContain('--prefix-list-id pl-1 --current-version 4 --add-entries');
    expect(valueOf(restore!.commands[0]!, '--add-entries')).toEqual([office]);
  });

  it('that lost one and gained one goes back in one command, since the next would name a version that is over', () => {
    const { undo, restore } = wayBack([list([office], 3)], [list([{ Cidr: '0.0.0.0/1' }], 4)], true);
    expect(restore).toBeUndefined();
    expect(undo?.commands).toHaveLength(1);
    expect(undo?.commands[0]).toContain('--remove-entries Cidr=0.0.0.0/1 --add-entries');
  });
});

describe('an entry of a network ACL', () => {
  const entry = (number: number, more: Bodies): Bodies => ({
    RuleNumber: number,
    Egress: false,
    Protocol: '6',
    RuleAction: 'allow',
    CidrBlock: '0.0.0.0/0',
    ...more,
  });
  const acls = (...entries: readonly Bodies[]): AwsSnapshot =>
    snapshot({ DescribeNetworkAcls: { NetworkAcls: [acl('acl-1', ['subnet-a'], entries)] } });
  const START = '--region eu-west-1 --network-acl-id acl-1';

  it.each<[string, readonly Bodies[], readonly Bodies[], string]>([
    ['added', [], [entry(90, {})], `delete-network-acl-entry ${START} --ingress --rule-number 90`],
    [
      'removed',
      [entry(90, { RuleAction: 'deny', PortRange: { From: 22, To: 23 } })],
      [],
      `create-network-acl-entry ${START} --ingress --rule-number 90 --protocol 6 --rule-action deny --cidr-block 0.0.0.0/0 --port-range From=22,To=23`,
    ],
    [
      'replaced',
      [
        entry(90, {
          CidrBlock: undefined,
          Ipv6CidrBlock: '::/0',
          Protocol: '58',
          IcmpTypeCode: { Type: 128, Code: -1 },
        }),
      ],
      [entry(90, {})],
      `replace-network-acl-entry ${START} --ingress --rule-number 90 --protocol 58 --rule-action allow --ipv6-cidr-block ::/0 --icmp-type-code Type=128,Code=-1`,
    ],
    [
      'removed on the way out',
      [entry(90, { Egress: true, Protocol: '-1' })],
      [entry(32767, { Egress: true })],
      `create-network-acl-entry ${START} --egress --rule-number 90 --protocol -1 --rule-action allow --cidr-block 0.0.0.0/0`,
    ],
  ])('%s', (_, before, after, command) => {
    const way = wayBack([acls(...before)], [acls(...after)], true);
    expect(way.undo?.commands).toEqual([`aws ec2 ${command}`]);
    expect(way.restore).toBeUndefined();
    expect(wayBack([acls(...before)], [acls(...after)], false)).toMatchObject({
      undo: undefined,
      restore: { commands: way.undo?.commands },
    });
  });

  it('that is the same, or stands elsewhere in the list, needs nothing', () => {
    expect(wayBack([acls(entry(1, {}), entry(2, {}))], [acls(entry(2, {}), entry(1, {}))], true)).toEqual({});
  });
});

describe('a route', () => {
  const routes = (...list: readonly Bodies[]): AwsSnapshot =>
    snapshot({ DescribeRouteTables: { RouteTables: [mainTable(list)] } });
  const any = (more: Bodies): Bodies => ({ DestinationCidrBlock: '0.0.0.0/0', ...more });
  const START = '--region eu-west-1 --route-table-id rtb-main';

  it.each<[string, readonly Bodies[], readonly Bodies[], string]>([
    ['added', [], [any({ GatewayId: 'igw-1' })], `delete-route ${START} --destination-cidr-block 0.0.0.0/0`],
    [
      'led to a NAT gateway',
      [any({ NatGatewayId: 'nat-1' })],
      [any({ GatewayId: 'igw-1' })],
      `replace-route ${START} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-1`,
    ],
    [
      'removed',
      [{ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' }],
      [],
      `create-route ${START} --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id eigw-1`,
    ],
    [
      'removed, by a prefix list to an instance',
      [{ DestinationPrefixListId: 'pl-1', InstanceId: 'i-1', NetworkInterfaceId: 'eni-1' }],
      [],
      `create-route ${START} --destination-prefix-list-id pl-1 --network-interface-id eni-1`,
    ],
    [
      'removed, to the endpoint of an appliance',
      [any({ GatewayId: 'vpce-1' })],
      [],
      `create-route ${START} --destination-cidr-block 0.0.0.0/0 --vpc-endpoint-id vpce-1`,
    ],
    [
      'of the network itself',
      [{ DestinationCidrBlock: '10.0.0.0/24', GatewayId: 'local' }],
      [{ DestinationCidrBlock: '10.0.0.0/24', NetworkInterfaceId: 'eni-9' }],
      `replace-route ${START} --destination-cidr-block 10.0.0.0/24 --local-target`,
    ],
  ])('%s', (_, before, after, command) => {
    expect(wayBack([routes(...before)], [routes(...after)], true).undo?.commands).toEqual([
      `aws ec2 ${command}`,
    ]);
  });

  it('that no route command makes has none', () => {
    const propagated = any({ GatewayId: 'vgw-1', Origin: 'EnableVgwRoutePropagation' });
    const endpoint = { DestinationPrefixListId: 'pl-s3', GatewayId: 'vpce-1' };
    expect(wayBack([routes()], [routes(propagated, endpoint)], true)).toEqual({});
    const dead = any({ NatGatewayId: 'nat-1', State: 'blackhole' });
    expect(wayBack([routes(any({ NatGatewayId: 'nat-1' }))], [routes(dead)], true)).toEqual({});
  });
});

describe('what comes of typing it', () => {
  const wide = tcp(22, { IpRanges: [{ CidrIp: '0.0.0.0/0' }, { CidrIp: '198.51.100.0/24' }] });
  const office = tcp(22, { IpRanges: [{ CidrIp: '198.51.100.0/24' }] });
  const allow = { RuleNumber: 1, Egress: false, Protocol: '-1', RuleAction: 'allow', CidrBlock: '0.0.0.0/0' };
  const out = { ...allow, Egress: true };
  const igw = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' };
  const world = (
    permissions: readonly unknown[],
    entries: readonly unknown[],
    routes: readonly Bodies[],
    more: Bodies = {},
  ): AwsSnapshot =>
    groups(permissions, {
      DescribeNetworkAcls: { NetworkAcls: [acl('acl-1', ['subnet-a', 'subnet-b'], entries)] },
      DescribeRouteTables: { RouteTables: [mainTable(routes)] },
      DescribeNetworkInterfaces: {
        NetworkInterfaces: [
          {
            NetworkInterfaceId: 'eni-1',
            InterfaceType: 'interface',
            Status: 'in-use',
            OwnerId: ACCOUNT,
            VpcId: 'vpc-1',
            SubnetId: 'subnet-a',
            Groups: [{ GroupId: 'sg-1' }],
            PrivateIpAddresses: [
              { PrivateIpAddress: '10.0.0.10', Primary: true, Association: { PublicIp: '203.0.113.1' } },
            ],
          },
        ],
      },
      ...more,
    });
  const shut = world([office], [allow, out], [igw]);
  const edited = (cidr: string, description?: string) =>
    world(
      [tcp(22, { IpRanges: [{ CidrIp: cidr, Description: description }] })],
      [allow, out],
      [igw],
      records(record('sgr-1', { CidrIpv4: cidr })),
    );

  it.each<[string, AwsSnapshot, AwsSnapshot]>([
    ['a rule', shut, world([wide], [allow, out], [igw])],
    ['an edited rule', edited('198.51.100.0/24', 'office'), edited('0.0.0.0/0')],
    ['a route', world([wide], [allow, out], []), world([wide], [allow, out], [igw])],
    ['an ACL entry', world([wide], [out], [igw]), world([wide], [allow, out], [igw])],
    [
      'an ACL entry that denied',
      world([wide], [{ ...allow, RuleNumber: 2 }, { ...allow, RuleAction: 'deny' }, out], [igw]),
      world([wide], [{ ...allow, RuleNumber: 2 }, out], [igw]),
    ],
  ])('%s opens, the undo shuts it; backwards it shuts, and restoring opens it', (_, closed, open) => {
    const [old, now] = [translate([closed]), translate([open])];
    expect(diff(old, now).exposures).not.toEqual([]);
    const { undo } = wayBack([closed], [open], true);
    expect(diff(old, translate(undo!.undone)).exposures).toEqual([]);
    const { restore } = wayBack([open], [closed], false);
    expect(diff(now, translate(restore!.undone)).exposures).toEqual([]);
  });
});

describe('a snapshot from a file', () => {
  const anything = fc.jsonValue({ maxDepth: 3 });
  const group = fc.record(
    {
      GroupId: fc.oneof(fc.constant('sg-1'), anything),
      IpPermissions: fc.oneof(
        anything,
        fc.array(
          fc.record(
            {
              IpProtocol: fc.oneof(fc.constantFrom('tcp', 'icmp', '-1'), anything),
              FromPort: anything,
              IpRanges: fc.oneof(
                anything,
                fc.array(
                  fc.record({ CidrIp: fc.oneof(fc.constant('10.0.0.0/8'), anything), Description: anything }),
                ),
              ),
              UserIdGroupPairs: fc.oneof(
                anything,
                fc.array(fc.record({ GroupId: anything, UserId: anything })),
              ),
            },
            { requiredKeys: [] },
          ),
        ),
      ),
    },
    { requiredKeys: [] },
  );
  const entries = fc.array(
    fc.oneof(
      anything,
      fc.record({ RuleNumber: fc.oneof(fc.integer(), anything), Egress: fc.boolean(), Protocol: anything }),
    ),
  );
  const bodies = fc.record(
    {
      DescribeSecurityGroups: fc.oneof(
        anything,
        fc.record({ SecurityGroups: fc.oneof(anything, fc.array(group)) }),
      ),
      DescribeSecurityGroupRules: fc.oneof(anything, fc.record({ SecurityGroupRules: fc.array(anything) })),
      DescribeNetworkAcls: fc.oneof(
        anything,
        fc.record({
          NetworkAcls: fc.array(fc.record({ NetworkAclId: fc.constant('acl-1'), Entries: entries })),
        }),
      ),
      DescribeRouteTables: fc.oneof(
        anything,
        fc.record({
          RouteTables: fc.array(
            fc.record({
              RouteTableId: fc.constant('rtb-1'),
              Routes: fc.array(
                fc.oneof(anything, fc.record({ DestinationCidrBlock: fc.string(), GatewayId: fc.string() })),
              ),
            }),
          ),
        }),
      ),
      DescribeManagedPrefixLists: anything,
      GetManagedPrefixListEntries: fc.oneof(
        anything,
        fc.record({
          'pl-1': fc.record({ Entries: fc.array(fc.oneof(anything, fc.record({ Cidr: fc.string() }))) }),
        }),
      ),
    },
    { requiredKeys: [] },
  );
  const whole = bodies.map((body) => ({ ...snapshot(), ...body }) as AwsSnapshot);

  it('may hold anything: there is a command or none, each on one line, and never an error', () => {
    fc.assert(
      fc.property(whole, whole, fc.boolean(), (before, after, isOpening) => {
        const { undo, restore } = wayBack([before], [after], isOpening);
        for (const way of [undo, restore]) {
          expect(way?.undone.length ?? 1).toBe(1);
          for (const command of way?.commands ?? [])
            expect(command).toMatch(/^aws ec2 [a-z-]+ --region eu-west-1 /);
        }
      }),
    );
  });

  it('that is read twice needs nothing', () => {
    fc.assert(
      fc.property(whole, (once) => {
        expect(wayBack([once], [structuredClone(once)], true)).toEqual({});
      }),
    );
  });
});
