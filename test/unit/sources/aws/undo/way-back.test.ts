import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diff } from '#engine';
import { translate, wayBack, type AwsSnapshot } from '#sources/aws';
import { ACCOUNT, acl, mainTable, snapshot, type Bodies } from '../translate/account.ts';
import { groups, record, records, tcp } from './commands.ts';

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
