import { describe, expect, it } from 'vitest';
import { describeSelector } from '#model';
import { translate } from '#sources/aws';
import {
  ACCOUNT,
  card,
  codesOf,
  group,
  ingressOf,
  policyOf,
  snapshot,
  translated,
  vpc,
  withRules,
} from './account.ts';

const SSH = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };

describe('the rules of a group', () => {
  it('SG16: each source of a permission is a rule, and a permission without sources is none', () => {
    const network = translated({
      ...withRules([
        {
          ...SSH,
          IpRanges: [{ CidrIp: '192.0.2.0/24', Description: 'office' }, { CidrIp: '198.51.100.7/32' }],
          Ipv6Ranges: [{ CidrIpv6: '::/0' }],
          UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: ACCOUNT }],
          PrefixListIds: [{ PrefixListId: 'pl-1' }],
        },
        { ...SSH, IpRanges: [], Ipv6Ranges: [], UserIdGroupPairs: [], PrefixListIds: [] },
      ]),
      DescribeManagedPrefixLists: { PrefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'partners' }] },
      GetManagedPrefixListEntries: {
        'pl-1': { Entries: [{ Cidr: '203.0.113.0/24' }, { Cidr: '2001:db8::/32' }] },
      },
    });
    expect(
      ingressOf(network).map(({ id, selector, description }) => [
        id,
        describeSelector(selector),
        description,
      ]),
    ).toEqual([
      ['sg-1/ingress/tcp/22-22/192.0.2.0/24', '192.0.2.0/24', 'office'],
      ['sg-1/ingress/tcp/22-22/198.51.100.7/32', '198.51.100.7', ''],
      ['sg-1/ingress/tcp/22-22/::/0', '::/0', ''],
      ['sg-1/ingress/tcp/22-22/pl-1', 'pl-1 "partners"', ''],
      ['sg-1/ingress/tcp/22-22/sg-1', 'members of sg-1', ''],
    ]);
    expect(network.blindSpots.size).toBe(0);
  });

  it('SG3: no egress permission means no egress rule', () => {
    expect(policyOf(translated()).rules).toEqual([]);
  });

  it('SG3: egress permissions that were not read are unknown, not none', () => {
    const network = translated({
      DescribeSecurityGroups: { SecurityGroups: [group('sg-1', { IpPermissionsEgress: undefined })] },
      DescribeSecurityGroupRules: undefined,
    });
    expect(policyOf(network).rules).toMatchObject([
      { direction: 'egress', selector: { kind: 'unresolved' } },
    ]);
  });

  it.each([
    {
      what: 'a block that is none',
      source: { IpRanges: [{ CidrIp: '10.0.0.0/33' }] },
      path: 'IpRanges[0].CidrIp',
    },
    {
      what: 'a block that is no text',
      source: { Ipv6Ranges: [{ CidrIpv6: 6 }] },
      path: 'Ipv6Ranges[0].CidrIpv6',
    },
    { what: 'a source that is no object', source: { IpRanges: ['10.0.0.0/8'] }, path: 'IpRanges[0]' },
    {
      what: 'a group without id',
      source: { UserIdGroupPairs: [{ UserId: ACCOUNT }] },
      path: 'UserIdGroupPairs[0].GroupId',
    },
    { what: 'sources that are no list', source: { IpRanges: '0.0.0.0/0' }, path: 'IpRanges' },
  ])('keeps a rule of which it cannot read $what', ({ source, path }) => {
    const network = translated(withRules([{ ...SSH, ...source }]));
    expect(ingressOf(network)).toMatchObject([{ selector: { kind: 'unresolved' } }]);
    const [spot] = network.blindSpots.values();
    expect(spot?.at?.path).toBe(`DescribeSecurityGroups.SecurityGroups[0].IpPermissions[0].${path}`);
    expect(spot?.effect).toBe('hides-ways');
  });

  it('keeps a rule whose ports are odd, in doubt and at its widest', () => {
    const network = translated(
      withRules([{ IpProtocol: 'tcp', FromPort: 90, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]),
    );
    const [rule] = ingressOf(network);
    expect(rule?.transport.toString()).toBe('tcp');
    expect(network.blindSpots.get(rule!.doubt!)?.what).toContain('90 to 80 is not a range of ports');
  });

  it('keeps a permission that is no object', () => {
    expect(ingressOf(translated(withRules([null, 'all'])))).toMatchObject([
      { selector: { kind: 'unresolved' } },
      { selector: { kind: 'unresolved' } },
    ]);
  });
});

describe('rule ids', () => {
  const record = (id: string, more: object) => ({
    SecurityGroupRuleId: id,
    GroupId: 'sg-1',
    IsEgress: false,
    ...SSH,
    ...more,
  });

  it('come from the record that says the same', () => {
    const network = translated({
      ...withRules([
        { ...SSH, IpRanges: [{ CidrIp: '0.0.0.0/0' }], UserIdGroupPairs: [{ GroupId: 'sg-1' }] },
        { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      ]),
      DescribeSecurityGroupRules: {
        SecurityGroupRules: [
          record('sgr-egress', { IsEgress: true, CidrIpv4: '0.0.0.0/0' }),
          record('sgr-all', { IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' }),
          record('sgr-ssh', { CidrIpv4: '0.0.0.0/0', Description: 'for now' }),
          record('sgr-self', { ReferencedGroupInfo: { GroupId: 'sg-1' } }),
        ],
      },
    });
    expect(ingressOf(network).map(({ id, description, at }) => [id, description, at.id])).toEqual([
      ['sgr-ssh', 'for now', 'sgr-ssh'],
      ['sgr-self', '', 'sgr-self'],
      ['sgr-all', '', 'sgr-all'],
    ]);
  });

  it('name one rule each, also where a file says a rule twice', () => {
    const twice = { ...SSH, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    expect(ingressOf(translated(withRules([twice, twice]))).map(({ id }) => id)).toEqual([
      'sg-1/ingress/tcp/22-22/0.0.0.0/0',
      'sg-1/ingress/tcp/22-22/0.0.0.0/0#2',
    ]);
  });

  it('and rules come from the records where the groups were not collected', () => {
    const network = translated({
      DescribeSecurityGroups: undefined,
      DescribeSecurityGroupRules: {
        SecurityGroupRules: [
          record('sgr-1', { CidrIpv6: '::/0', Description: 'v6' }),
          record('sgr-2', { IsEgress: true, PrefixListId: 'pl-x' }),
        ],
      },
    });
    expect(policyOf(network).rules).toMatchObject([
      { id: 'sgr-1', direction: 'ingress', description: 'v6' },
      { id: 'sgr-2', direction: 'egress', selector: { kind: 'unresolved' } },
    ]);
  });
});

describe('SG11: prefix lists', () => {
  const named = withRules([{ ...SSH, PrefixListIds: [{ PrefixListId: 'pl-1' }] }]);
  const list = { PrefixListId: 'pl-1', PrefixListName: 'office' };

  it.each([
    {
      form: 'entries',
      bodies: { GetManagedPrefixListEntries: { 'pl-1': { Entries: [{ Cidr: '192.0.2.0/25' }] } } },
    },
    {
      form: 'an AWS-managed list',
      bodies: { DescribePrefixLists: { PrefixLists: [{ ...list, Cidrs: ['192.0.2.0/25'] }] } },
    },
  ])('are known by $form', ({ bodies }) => {
    const network = translated({ ...named, DescribeManagedPrefixLists: { PrefixLists: [list] }, ...bodies });
    const [rule] = ingressOf(network);
    expect(rule?.selector).toMatchObject({ kind: 'ips', text: 'pl-1 "office"' });
    expect(rule?.selector.kind === 'ips' && rule.selector.ips.toString()).toBe('192.0.2.0/25');
  });

  it.each([
    { why: 'not collected', bodies: {}, code: 'not-collected' },
    {
      why: 'unreadable',
      bodies: { GetManagedPrefixListEntries: { 'pl-1': 7 } },
      code: 'member-not-understood',
    },
    {
      why: 'unreadable in one entry',
      bodies: {
        GetManagedPrefixListEntries: { 'pl-1': { Entries: [{ Cidr: '10.0.0.0/8' }, { Cidr: 'ten' }] } },
      },
      code: 'member-not-understood',
    },
  ])('that are $why are unresolved', ({ bodies, code }) => {
    const network = translated({ ...named, ...bodies });
    expect(ingressOf(network)).toMatchObject([{ selector: { kind: 'unresolved' } }]);
    expect(codesOf(network)).toContain(code);
  });

  it('take the reason that the collector gave', () => {
    const spot = {
      code: 'denied',
      call: 'GetManagedPrefixListEntries',
      parent: 'pl-1',
      what: 'denied',
      remedy: 'ask',
      narrows: false,
    };
    const network = translated(named, { blindSpots: [spot] });
    expect([...network.blindSpots.values()]).toMatchObject([
      { code: 'call-failed', what: 'denied', remedy: 'ask' },
    ]);
  });
});

describe('SG8 and SG10: rules that name a group', () => {
  const naming = (pair: object) => withRules([{ ...SSH, UserIdGroupPairs: [pair] }]);

  it.each([
    { whose: 'its own', pair: { GroupId: 'sg-1', UserId: ACCOUNT }, beyond: undefined },
    {
      whose: 'an account that was not collected',
      pair: { GroupId: 'sg-9', UserId: '999999999999' },
      beyond: 'account-not-collected',
    },
    {
      whose: 'the far side of a peering that is over',
      pair: { GroupId: 'sg-9', UserId: '999999999999', PeeringStatus: 'deleted' },
      beyond: undefined,
    },
    {
      whose: 'the far side of a peering that is active',
      pair: { GroupId: 'sg-9', UserId: '999999999999', PeeringStatus: 'active' },
      beyond: 'account-not-collected',
    },
    { whose: 'nobody any more', pair: { GroupId: 'sg-9', UserId: ACCOUNT }, beyond: 'dangling' },
  ])('of $whose', ({ pair, beyond }) => {
    const network = translated(naming(pair));
    const [rule] = ingressOf(network);
    const spot = rule?.selector.kind === 'group' ? rule.selector.beyond : undefined;
    expect(spot === undefined ? undefined : network.blindSpots.get(spot)?.code).toBe(beyond);
  });

  it('say so where the interfaces of its account were not read', () => {
    const network = translated({
      ...naming({ GroupId: 'sg-1', UserId: ACCOUNT }),
      DescribeNetworkInterfaces: undefined,
    });
    expect(ingressOf(network)).toMatchObject([
      { selector: { kind: 'group', beyond: expect.stringContaining('DescribeNetworkInterfaces') as string } },
    ]);
  });

  it('find the group in another account that was collected', () => {
    const other = snapshot(
      {
        DescribeVpcs: { Vpcs: [vpc('vpc-2', '10.2.0.0/16', { OwnerId: '999999999999' })] },
        DescribeSecurityGroups: {
          SecurityGroups: [group('sg-9', { OwnerId: '999999999999', VpcId: 'vpc-2' })],
        },
        DescribeNetworkInterfaces: { NetworkInterfaces: [] },
      },
      { account: '999999999999' },
    );
    const network = translate([snapshot(naming({ GroupId: 'sg-9', UserId: '999999999999' })), other]);
    expect(ingressOf(network)).toMatchObject([{ selector: { kind: 'group', group: 'sg-9' } }]);
    expect(ingressOf(network)[0]?.selector).not.toHaveProperty('beyond');
  });

  const twoNetworks = {
    DescribeVpcs: { Vpcs: [vpc('vpc-1', '10.0.0.0/16'), vpc('vpc-2', '10.2.0.0/16')] },
    DescribeSecurityGroups: {
      SecurityGroups: [
        group('sg-1', { IpPermissions: [{ ...SSH, UserIdGroupPairs: [{ GroupId: 'sg-2' }] }] }),
        group('sg-2', { VpcId: 'vpc-2' }),
      ],
    },
    DescribeNetworkInterfaces: {
      NetworkInterfaces: [
        card('eni-1', {}),
        card('eni-2', {
          VpcId: 'vpc-2',
          SubnetId: 'subnet-2',
          Groups: [{ GroupId: 'sg-2' }],
          PrivateIpAddresses: [{ PrivateIpAddress: '10.2.0.5', Primary: true }],
        }),
      ],
    },
  };

  it('leave members in another network to the peerings that were read', () => {
    expect(ingressOf(translated(twoNetworks))).toHaveLength(1);
  });

  it('may match members in another network where the peerings were not read', () => {
    const [sure, maybe, ...rest] = ingressOf(
      translated({ ...twoNetworks, DescribeVpcPeeringConnections: undefined }),
    );
    expect(rest).toEqual([]);
    expect(sure).not.toHaveProperty('doubt');
    expect(maybe).toMatchObject({
      doubt: expect.stringContaining('DescribeVpcPeeringConnections') as string,
    });
    expect(maybe?.selector.kind === 'ips' && maybe.selector.ips.toString()).toBe('10.2.0.5');
  });

  it.each([
    { support: 'enable', rules: 2 },
    { support: 'disable', rules: 1 },
    { support: undefined, rules: 1 },
  ])('SG9: across a transit gateway whose group referencing is $support: $rules', ({ support, rules }) => {
    // in which subnets it stands, and whether the attachments let groups be named, was not read
    const attachment = (ResourceId: string) => ({
      TransitGatewayAttachmentId: `tgw-attach-${ResourceId}`,
      TransitGatewayId: 'tgw-1',
      ResourceType: 'vpc',
      ResourceId,
      State: 'available',
    });
    const network = translated({
      ...twoNetworks,
      DescribeTransitGatewayAttachments: {
        TransitGatewayAttachments: [attachment('vpc-1'), attachment('vpc-2')],
      },
      DescribeTransitGateways: {
        TransitGateways: [
          { TransitGatewayId: 'tgw-1', Options: { SecurityGroupReferencingSupport: support } },
        ],
      },
    });
    expect(ingressOf(network)).toHaveLength(rules);
  });
});

describe('groups that were not read', () => {
  it.each([
    {
      why: 'the call was not made',
      bodies: { DescribeSecurityGroups: undefined, DescribeSecurityGroupRules: undefined },
      code: 'not-collected',
    },
    { why: 'it is not listed', bodies: { DescribeSecurityGroups: { SecurityGroups: [] } }, code: 'dangling' },
  ])('may admit anything: $why', ({ bodies, code }) => {
    const network = translated(bodies);
    expect(policyOf(network).rules).toMatchObject([
      { direction: 'ingress', action: 'allow', selector: { kind: 'unresolved' } },
      { direction: 'egress', action: 'allow', selector: { kind: 'unresolved' } },
    ]);
    expect(codesOf(network)).toContain(code);
  });

  it('SG17: a group is found whichever network it is in', () => {
    const network = translated({
      DescribeSecurityGroups: {
        SecurityGroups: [group('sg-1', { VpcId: 'vpc-elsewhere', GroupName: 'shared' })],
      },
    });
    expect(policyOf(network).name).toBe('shared');
    expect(network.blindSpots.size).toBe(0);
  });
});
