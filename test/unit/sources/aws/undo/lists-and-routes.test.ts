import { describe, expect, it } from 'vitest';
import { wayBack, type AwsSnapshot } from '#sources/aws';
import { acl, mainTable, snapshot, type Bodies } from '../translate/account.ts';
import { valueOf } from './commands.ts';

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
