import { describe, expect, it } from 'vitest';
import { formatIp } from '#netset';
import { ACCOUNT, card, codesOf, endpointOf, policyOf, translated, type Bodies } from './account.ts';

function withCard(more: Bodies, bodies: Bodies = {}) {
  return translated({ DescribeNetworkInterfaces: { NetworkInterfaces: [card('eni-1', more)] }, ...bodies });
}

function withInstance(instance: Bodies, more: Bodies = {}) {
  const attachment = { InstanceId: 'i-1', InstanceOwnerId: ACCOUNT, Status: 'attached', DeviceIndex: 0 };
  return withCard(
    { Attachment: attachment, ...more },
    { DescribeInstances: { Reservations: [{ Instances: [{ InstanceId: 'i-1', ...instance }] }] } },
  );
}

const UUID = '5c9c2f0e-7a42-4a5f-9d0c-2a7d0f1b6e11';
const PEER = { InstanceOwnerId: '444455556666', Status: 'attached' };

describe('EN8: what stands behind an interface', () => {
  it.each([
    { card: { InterfaceType: 'nat_gateway', Groups: [] }, role: 'nat', does: '' },
    {
      card: { Description: 'Interface for NAT Gateway nat-1', Groups: [] },
      role: 'nat',
      name: 'nat-1',
      does: '',
    },
    { card: { InterfaceType: 'lambda' }, role: 'function', does: 'initiates' },
    {
      card: { Description: `AWS Lambda VPC ENI-resize-${UUID}` },
      role: 'function',
      name: 'resize',
      does: 'initiates',
    },
    { card: { InterfaceType: 'transit_gateway', Groups: [] }, role: 'transit', does: '' },
    {
      card: { Description: 'Network Interface for Transit Gateway Attachment tgw-attach-1' },
      role: 'transit',
      name: 'tgw-attach-1',
      does: '',
    },
    {
      card: { Description: 'ELB app/shop/50dc', RequesterId: 'amazon-elb' },
      role: 'load-balancer',
      name: 'shop',
      does: 'initiates listens',
    },
    {
      card: { Description: 'ELB old-classic' },
      role: 'load-balancer',
      name: 'old-classic',
      does: 'initiates listens',
    },
    {
      card: { InterfaceType: 'network_load_balancer', Description: 'ELB net/fast/1' },
      role: 'load-balancer',
      name: 'fast',
      does: 'initiates listens',
    },
    {
      card: { InterfaceType: 'vpc_endpoint', Description: 'VPC Endpoint Interface vpce-1' },
      role: 'service-endpoint',
      name: 'vpce-1',
      does: 'listens',
    },
    {
      card: { InterfaceType: 'gateway_load_balancer_endpoint', Groups: [] },
      role: 'service-endpoint',
      does: '',
    },
    {
      card: { Description: 'RDSNetworkInterface' },
      role: 'database',
      name: 'rds:sg-1',
      does: 'initiates listens',
    },
    {
      card: { Description: 'ElastiCache orders-001' },
      role: 'cache',
      name: 'orders-001',
      does: 'initiates listens',
    },
    {
      card: { Description: 'EFS mount target for fs-1 (fsmt-2)' },
      role: 'file-system',
      name: 'fs-1',
      does: 'initiates listens',
    },
    { card: { Description: 'ES logs' }, role: 'search', name: 'logs', does: 'initiates listens' },
    {
      card: { Description: 'RedshiftNetworkInterface' },
      role: 'database',
      name: 'redshift:sg-1',
      does: 'initiates listens',
    },
    {
      card: { Description: 'DMSNetworkInterface' },
      role: 'other',
      name: 'dms:sg-1',
      does: 'initiates listens',
    },
    {
      card: { Description: 'Amazon EKS prod', Attachment: PEER },
      role: 'control-plane',
      name: 'eks:prod',
      does: 'initiates listens',
    },
    {
      card: { InterfaceType: 'quicksight', RequesterManaged: true },
      role: 'other',
      does: 'initiates',
    },
    {
      card: { Description: 'arn:aws:ecs:eu-west-1:1:attachment/x' },
      role: 'host',
      does: 'initiates listens pivots',
    },
    {
      card: { InterfaceType: 'branch', Description: 'aws-k8s-branch-eni' },
      role: 'host',
      does: 'initiates listens pivots',
    },
    {
      card: { Description: 'Created By Amazon Workspaces for AWS Account ID 1' },
      role: 'host',
      does: 'initiates listens pivots',
    },
    { card: {}, role: 'other', name: 'eni-1 (sg-1)', does: 'initiates listens pivots' },
    {
      card: { RequesterManaged: true, Description: 'somebody new' },
      role: 'other',
      does: 'initiates listens pivots',
    },
    {
      card: { Attachment: { InstanceId: 'i-1', Status: 'attached' } },
      role: 'host',
      name: 'i-1',
      does: 'initiates listens pivots',
    },
    // Whoever makes an interface writes its description: it must not hide a host.
    {
      card: { Description: 'RDSNetworkInterface', Attachment: { InstanceId: 'i-1' } },
      role: 'host',
      name: 'i-1',
      does: 'initiates listens pivots',
    },
    {
      card: { Description: `AWS Lambda VPC ENI-x-${UUID}`, Attachment: { InstanceId: 'i-1' } },
      role: 'host',
      name: 'i-1',
      does: 'initiates listens pivots',
    },
  ])('$role: $card', ({ card: more, role, name, does }) => {
    const endpoint = endpointOf(withCard(more));
    const doing = [
      endpoint.initiates && 'initiates',
      endpoint.listens && 'listens',
      endpoint.canPivot && 'pivots',
    ];
    expect([endpoint.role, doing.filter(Boolean).join(' ')]).toEqual([role, does]);
    if (name !== undefined) expect(endpoint.name).toBe(name);
  });

  it.each([
    { card: { InterfaceType: 'nat_gateway', Groups: [] }, unfiltered: true },
    { card: { InterfaceType: 'transit_gateway', Groups: [] }, unfiltered: true },
    { card: { InterfaceType: 'gateway_load_balancer', Groups: [] }, unfiltered: true },
    { card: { Description: 'ELB net/fast/1', Groups: [] }, unfiltered: true },
    { card: { Description: 'ELB net/fast/1' }, unfiltered: false },
    { card: { Description: 'ELB net/fast/1', Groups: undefined }, unfiltered: false },
    { card: { Description: 'ELB app/shop/1', Groups: [] }, unfiltered: false },
    { card: { Groups: [] }, unfiltered: false },
  ])('LB2, SG20: groups do not apply to $card: $unfiltered', ({ card: more, unfiltered }) => {
    expect(endpointOf(withCard(more)).unfiltered).toBe(unfiltered);
  });

  it('without groups nothing is allowed', () => {
    expect(endpointOf(withCard({ Groups: [] })).policies).toEqual([]);
  });

  it('with groups that cannot be read anything may be', () => {
    const network = withCard({ Groups: [{ GroupId: 'sg-1' }, { GroupId: 7 }] });
    expect(endpointOf(network).policies).toEqual(['sg-1', 'not-read:groups:eni-1']);
    expect(policyOf(network, 'not-read:groups:eni-1').rules).toMatchObject([
      { selector: { kind: 'unresolved' } },
      { action: 'allow' },
    ]);
  });

  it('SG5: an interface whose groups cannot be read may be a member of any', () => {
    const permission = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-1' }] };
    const network = withCard(
      { Groups: 'sg-1' },
      {
        DescribeSecurityGroups: {
          SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: [permission], IpPermissionsEgress: [] }],
        },
      },
    );
    expect(
      policyOf(network).rules.map(({ selector, doubt }) => [selector.kind, doubt !== undefined]),
    ).toEqual([
      ['group', false],
      ['ips', true],
    ]);
  });
});

describe('names and workloads', () => {
  it.each([
    { tags: {}, name: 'i-1', id: 'i-1', workload: 'i-1' },
    { tags: { Name: 'web-1' }, name: 'web-1', id: 'i-1', workload: 'web-1' },
    { tags: { Name: ' ' }, name: 'i-1', id: 'i-1', workload: 'i-1' },
    {
      tags: { Name: 'web', 'aws:autoscaling:groupName': 'web-asg' },
      name: 'web',
      id: `auto-scaling-group:${ACCOUNT}/eu-west-1/web-asg`,
      workload: 'web-asg',
    },
    {
      tags: {
        'eks:cluster-name': 'prod',
        'eks:nodegroup-name': 'big',
        'aws:autoscaling:groupName': 'eks-big-1',
      },
      name: 'i-1',
      id: `auto-scaling-group:${ACCOUNT}/eu-west-1/eks-big-1`,
      workload: 'prod/big',
    },
    {
      tags: { 'eks:cluster-name': 'prod', 'karpenter.sh/nodepool': 'spot', 'aws:ec2:fleet-id': 'fleet-1' },
      name: 'i-1',
      id: `node-pool:${ACCOUNT}/eu-west-1/prod/spot`,
      workload: 'prod/spot',
    },
    // tags that anybody may write do not put a host behind another workload's findings
    {
      tags: { 'eks:cluster-name': 'prod', 'eks:nodegroup-name': 'big' },
      name: 'i-1',
      id: 'i-1',
      workload: 'i-1',
    },
    { tags: { 'karpenter.sh/nodepool': 'spot' }, name: 'i-1', id: 'i-1', workload: 'i-1' },
    {
      tags: { 'karpenter.sh/nodepool': 'spot', 'aws:ec2:fleet-id': 'f', 'aws:autoscaling:groupName': 'web' },
      name: 'i-1',
      id: `auto-scaling-group:${ACCOUNT}/eu-west-1/web`,
      workload: 'web',
    },
  ])('of an instance tagged $tags', ({ tags, name, id, workload }) => {
    const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const endpoint = endpointOf(withInstance({ Tags: list }));
    expect([endpoint.name, endpoint.host, endpoint.workload]).toEqual([name, 'i-1', { id, name: workload }]);
  });

  it('a second interface may have its own name, a first one has the name of its host', () => {
    const tags = { Tags: [{ Key: 'Name', Value: 'gate' }] };
    const TagSet = [{ Key: 'Name', Value: 'gate-inside' }];
    expect(endpointOf(withInstance(tags, { TagSet })).name).toBe('gate');
    const second = { InstanceId: 'i-1', Status: 'attached', DeviceIndex: 1 };
    expect(endpointOf(withInstance(tags, { TagSet, Attachment: second })).name).toBe('gate-inside');
    expect(endpointOf(withInstance(tags, { Attachment: second })).name).toBe('gate');
  });

  it('tags are those of the instance and the interface', () => {
    const endpoint = endpointOf(
      withInstance(
        {
          Tags: [
            { Key: 'a', Value: '1' },
            { Key: 'b', Value: '1' },
          ],
        },
        { TagSet: [{ Key: 'b', Value: '2' }] },
      ),
    );
    expect([...endpoint.tags]).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  const database = (id: string, more: Bodies) => ({
    DBInstanceIdentifier: id,
    DBInstanceStatus: 'available',
    AvailabilityZone: 'eu-west-1a',
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
    DBSubnetGroup: { VpcId: 'vpc-1', Subnets: [{ SubnetIdentifier: 'subnet-a' }] },
    ...more,
  });

  it.each([
    { what: 'the only one', databases: [database('orders', {})], name: 'orders' },
    {
      what: 'the only one of its zone',
      databases: [database('orders', {}), database('copy', { AvailabilityZone: 'eu-west-1b' })],
      name: 'orders',
    },
    { what: 'one of two', databases: [database('orders', {}), database('users', {})], name: 'rds:sg-1' },
    {
      what: 'one of two, one of which may stand in any zone',
      databases: [
        database('orders', {}),
        database('users', { AvailabilityZone: 'eu-west-1b', MultiAZ: true }),
      ],
      name: 'rds:sg-1',
    },
    { what: 'of other groups', databases: [database('orders', { VpcSecurityGroups: [] })], name: 'rds:sg-1' },
    {
      what: 'in other subnets',
      databases: [
        database('orders', {
          DBSubnetGroup: { VpcId: 'vpc-1', Subnets: [{ SubnetIdentifier: 'subnet-b' }] },
        }),
      ],
      name: 'rds:sg-1',
    },
  ])('a database is called by its name if it is $what', ({ databases, name }) => {
    const network = withCard(
      { Description: 'RDSNetworkInterface', AvailabilityZone: 'eu-west-1a' },
      { DescribeDBInstances: { DBInstances: databases } },
    );
    expect(endpointOf(network).name).toBe(name);
  });
});

describe('EN2 and EN3: liveness', () => {
  const attached = { InstanceId: 'i-1', InstanceOwnerId: ACCOUNT, Status: 'attached' };

  it.each([
    { state: 'running', liveness: 'live' },
    { state: 'pending', liveness: 'live' },
    { state: 'stopping', liveness: 'dormant' },
    { state: 'stopped', liveness: 'dormant' },
    { state: 'terminated', liveness: 'detached' },
    { state: undefined, liveness: 'live' },
  ])('of an interface whose instance is $state', ({ state, liveness }) => {
    expect(endpointOf(withInstance({ State: { Name: state } })).liveness).toBe(liveness);
  });

  it.each([
    { card: { Status: 'available' }, liveness: 'detached' },
    { card: { Status: 'in-use', Attachment: { Status: 'detaching' } }, liveness: 'detached' },
    { card: { Status: 'in-use' }, liveness: 'live' },
    { card: { Status: undefined, Attachment: attached }, liveness: 'live' },
    { card: { Status: 7 }, liveness: 'live' },
  ])('of $card', ({ card: more, liveness }) => {
    expect(endpointOf(withCard(more)).liveness).toBe(liveness);
  });

  it('of an instance that was not read is live, and only less can be true', () => {
    const network = withCard({ Attachment: attached }, { DescribeInstances: undefined });
    expect(endpointOf(network).liveness).toBe('live');
    expect([...network.blindSpots.values()]).toMatchObject([
      { code: 'not-collected', effect: 'only-narrows' },
    ]);
  });

  it('of an instance that is not listed is live, and only less can be true', () => {
    const network = withCard({ Attachment: attached });
    expect(endpointOf(network).liveness).toBe('live');
    expect([...network.blindSpots.values()]).toMatchObject([{ code: 'dangling', effect: 'only-narrows' }]);
  });
});

describe('EN4 to EN6: addresses', () => {
  const addressesOf = (more: Bodies) =>
    endpointOf(withCard(more)).addresses.map(
      ({ first, last, publicIp, isPrimary }) =>
        `${formatIp(first)}-${formatIp(last)}${isPrimary ? ' primary' : ''}${publicIp === undefined ? '' : ` by ${formatIp(publicIp)}`}`,
    );

  it.each([
    {
      what: 'secondary ones, each with its own public one',
      card: {
        PrivateIpAddresses: [
          { PrivateIpAddress: '10.0.0.10', Primary: true, Association: { PublicIp: '203.0.113.1' } },
          { PrivateIpAddress: '10.0.0.11', Primary: false, Association: { PublicIp: '203.0.113.2' } },
          { PrivateIpAddress: '10.0.0.12' },
        ],
      },
      addresses: [
        '10.0.0.10-10.0.0.10 primary by 203.0.113.1',
        '10.0.0.11-10.0.0.11 by 203.0.113.2',
        '10.0.0.12-10.0.0.12',
      ],
    },
    {
      what: 'a carrier address',
      card: {
        PrivateIpAddresses: [
          { PrivateIpAddress: '10.0.0.10', Primary: true, Association: { CarrierIp: '203.0.113.3' } },
        ],
      },
      addresses: ['10.0.0.10-10.0.0.10 primary by 203.0.113.3'],
    },
    {
      what: 'the primary one at the top alone',
      card: {
        PrivateIpAddresses: undefined,
        PrivateIpAddress: '10.0.0.9',
        Association: { PublicIp: '203.0.113.4' },
      },
      addresses: ['10.0.0.9-10.0.0.9 primary by 203.0.113.4'],
    },
    {
      what: 'IPv6, public and not',
      card: { Ipv6Addresses: [{ Ipv6Address: 'fd00::1' }, { Ipv6Address: '2001:db8::1' }] },
      addresses: [
        '10.0.0.10-10.0.0.10 primary',
        'fd00::1-fd00::1 primary',
        '2001:db8::1-2001:db8::1 by 2001:db8::1',
      ],
    },
    {
      what: 'IPv6 that the internet may not dial',
      card: { DenyAllIgwTraffic: true, Ipv6Addresses: [{ Ipv6Address: '2001:db8::1' }] },
      addresses: ['10.0.0.10-10.0.0.10 primary', '2001:db8::1-2001:db8::1 primary'],
    },
    {
      what: 'delegated blocks',
      card: {
        Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.32/28' }],
        Ipv6Prefixes: [{ Ipv6Prefix: '2001:db8::/80' }],
      },
      addresses: [
        '10.0.0.10-10.0.0.10 primary',
        '10.0.0.32-10.0.0.47',
        '2001:db8::-2001:db8::ffff:ffff:ffff by 2001:db8::',
      ],
    },
  ])('$what', ({ card: more, addresses }) => {
    expect(addressesOf(more)).toEqual(addresses);
  });

  it('one that cannot be read is noted and the rest goes on', () => {
    const network = withCard({
      PrivateIpAddresses: [
        { PrivateIpAddress: '10.0.0.1000', Primary: true },
        { PrivateIpAddress: '10.0.0.11' },
      ],
    });
    expect(endpointOf(network).addresses).toHaveLength(1);
    expect([...network.blindSpots.values()].map(({ at }) => at?.path)).toEqual([
      'DescribeNetworkInterfaces.NetworkInterfaces[0].PrivateIpAddresses[0].PrivateIpAddress',
    ]);
  });
});

describe('what is not followed', () => {
  it('EN9: a public database without a public address to be seen', () => {
    const body = {
      DBInstances: [
        {
          DBInstanceIdentifier: 'orders',
          DBInstanceStatus: 'available',
          PubliclyAccessible: true,
          VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
          DBSubnetGroup: { VpcId: 'vpc-1' },
        },
      ],
    };
    const hidden = translated({ DescribeDBInstances: body });
    expect([...hidden.blindSpots.values()]).toMatchObject([{ effect: 'hides-ways', at: { id: 'orders' } }]);
    const shown = withCard(
      {
        Description: 'RDSNetworkInterface',
        PrivateIpAddresses: [
          { PrivateIpAddress: '10.0.0.8', Primary: true, Association: { PublicIp: '203.0.113.8' } },
        ],
      },
      { DescribeDBInstances: body },
    );
    expect(shown.blindSpots.size).toBe(0);
  });

  it('LB1: a load balancer hands on to its targets, one blind spot for each', () => {
    const balancer = (name: string) => ({ LoadBalancerArn: `arn:${name}`, LoadBalancerName: name });
    const network = translated({
      DescribeLoadBalancers: { LoadBalancers: [balancer('front'), balancer('idle')] },
      DescribeTargetGroups: {
        TargetGroups: [
          { TargetGroupArn: 'a', LoadBalancerArns: ['arn:front'] },
          { TargetGroupArn: 'b', LoadBalancerArns: ['arn:front'] },
        ],
      },
    });
    expect([...network.blindSpots.values()].map(({ what }) => what)).toEqual([
      'what front hands on to its targets is not followed in full: its listeners were not read',
    ]);
  });

  it('LB1: also where only its interfaces tell of it', () => {
    expect(codesOf(withCard({ Description: 'ELB app/shop/1' }))).toEqual(['load-balancer-targets']);
  });

  it('LB6: a Global Accelerator in the network', () => {
    expect(codesOf(withCard({ InterfaceType: 'global_accelerator_managed' }))).toEqual([
      'gateway-not-modelled',
    ]);
  });

  it.each([
    'DescribeVpcs',
    'DescribeNetworkInterfaces',
    'DescribeTransitGatewayAttachments',
    'DescribeVpnGateways',
  ])('%s, if it was not collected', (call) => {
    const spot = [...translated({ [call]: undefined }).blindSpots.values()].find(({ what }) =>
      what.startsWith(`${call} was not collected`),
    );
    expect(spot).toMatchObject({
      code: 'not-collected',
      effect: 'hides-ways',
      remedy: expect.stringContaining(`ec2:${call}`) as string,
    });
  });

  it('takes over what the collector could not read', () => {
    const failed = {
      code: 'denied',
      call: 'DescribeRouteTables',
      what: 'DescribeRouteTables was denied',
      remedy: 'Ask.',
      narrows: false,
      error: '',
    };
    const network = translated({ DescribeRouteTables: undefined }, { blindSpots: [failed] });
    expect([...network.blindSpots.values()]).toMatchObject([
      { code: 'call-failed', what: 'DescribeRouteTables was denied', remedy: 'Ask.' },
    ]);
  });

  it('reads the interfaces of instances where the interfaces themselves were not collected', () => {
    const nested = { ...card('eni-9', {}), Attachment: { Status: 'attached', DeviceIndex: 0 } };
    const network = translated({
      DescribeNetworkInterfaces: undefined,
      DescribeInstances: {
        Reservations: [
          { Instances: [{ InstanceId: 'i-9', State: { Name: 'running' }, NetworkInterfaces: [nested] }] },
        ],
      },
    });
    expect(endpointOf(network, 'eni-9')).toMatchObject({ host: 'i-9', role: 'host', liveness: 'live' });
  });
});
