import { describe, expect, it } from 'vitest';
import { formatCidr, INTERNET, type IpSet } from '#netset';
import { analyse, relayedExposures } from '#engine';
import type { Network } from '#model';
import { acl, ACCOUNT, card, group, mainTable, subnet, table, translated, type Bodies } from './account.ts';
import { faultsOf } from './integrity.ts';

const ELB = `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}`;
const WEB = `${ELB}:targetgroup/web/1`;
const MORE = `${ELB}:targetgroup/more/2`;
const ANY4 = [{ CidrIp: '0.0.0.0/0' }];
const all = (more: Bodies): Bodies => ({ IpProtocol: '-1', ...more });

type Balancer = {
  readonly type?: 'application' | 'network';
  readonly listener?: Bodies;
  readonly listeners?: readonly Bodies[];
  /** By listener, the rules beside the default one; `undefined`: none was read. */
  readonly rules?: readonly Bodies[];
  readonly group?: Bodies;
  readonly groups?: readonly Bodies[];
  readonly targets?: readonly Bodies[] | null;
  readonly attributes?: Readonly<Record<string, string>> | null;
  /** What the groups of the load balancer and of the target let in. */
  readonly balancerLets?: readonly Bodies[];
  readonly targetLets?: readonly Bodies[];
  readonly balancerGroups?: readonly string[];
  readonly more?: Bodies;
  readonly targetCard?: Bodies;
};

const forwardTo = (arn: string, more: Bodies = {}) => ({ Type: 'forward', TargetGroupArn: arn, ...more });

/** A load balancer in a public subnet, open to all on its ports, and an instance in a private one that lets in the load balancer's group. */
function account({
  type = 'application',
  listener = {},
  listeners = [listener],
  rules,
  group: more = {},
  groups = [more],
  targets = [{ Target: { Id: 'i-1' }, TargetHealth: { State: 'healthy' } }],
  attributes = { 'preserve_client_ip.enabled': 'true' },
  balancerLets = [all({ IpRanges: ANY4 })],
  targetLets = [all({ UserIdGroupPairs: [{ GroupId: 'sg-lb', UserId: ACCOUNT }] })],
  balancerGroups = ['sg-lb'],
  more: others = {},
  targetCard = {},
}: Balancer = {}): Network {
  const kind = type === 'application' ? 'app' : 'net';
  const arn = `${ELB}:loadbalancer/${kind}/front/50dc`;
  const isHttp = type === 'application';
  const named = balancerGroups.map((id) => ({ GroupId: id, GroupName: id }));
  const out = [all({ IpRanges: ANY4, Ipv6Ranges: [{ CidrIpv6: '::/0' }] })];
  const listenerArn = (i: number): string => `${ELB}:listener/${kind}/front/50dc/${String(i)}`;
  return translated({
    DescribeSubnets: { Subnets: [subnet('subnet-a', '10.0.0.0/24'), subnet('subnet-b', '10.0.1.0/24')] },
    DescribeRouteTables: {
      RouteTables: [
        mainTable([]),
        table(
          'rtb-public',
          [{ SubnetId: 'subnet-a', AssociationState: { State: 'associated' } }],
          [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }],
        ),
      ],
    },
    DescribeNetworkAcls: {
      NetworkAcls: [
        acl(
          'acl-1',
          ['subnet-a', 'subnet-b'],
          [true, false].map((Egress) => ({
            RuleNumber: 100,
            Egress,
            RuleAction: 'allow',
            Protocol: '-1',
            CidrBlock: '0.0.0.0/0',
          })),
        ),
      ],
    },
    DescribeSecurityGroups: {
      SecurityGroups: [
        group('sg-lb', { IpPermissions: balancerLets, IpPermissionsEgress: out }),
        group('sg-web', { IpPermissions: targetLets, IpPermissionsEgress: out }),
      ],
    },
    DescribeNetworkInterfaces: {
      NetworkInterfaces: [
        card('eni-lb', {
          InterfaceType: isHttp ? 'interface' : 'network_load_balancer',
          Description: `ELB ${kind}/front/50dc`,
          RequesterId: 'amazon-elb',
          RequesterManaged: true,
          Groups: named,
          PrivateIpAddresses: [
            {
              PrivateIpAddress: '10.0.0.10',
              Primary: true,
              Association: { PublicIp: '203.0.113.10' },
            },
          ],
        }),
        card('eni-web', {
          SubnetId: 'subnet-b',
          Groups: [{ GroupId: 'sg-web', GroupName: 'sg-web' }],
          Attachment: { InstanceId: 'i-1', DeviceIndex: 0, Status: 'attached' },
          PrivateIpAddresses: [{ PrivateIpAddress: '10.0.1.10', Primary: true }],
          ...targetCard,
        }),
      ],
    },
    DescribeInstances: {
      Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name: 'running' } }] }],
    },
    DescribeLoadBalancers: {
      LoadBalancers: [
        { LoadBalancerArn: arn, LoadBalancerName: 'front', Type: type, Scheme: 'internet-facing' },
      ],
    },
    DescribeListeners: {
      Listeners: listeners.map((each, i) => ({
        ListenerArn: listenerArn(i),
        LoadBalancerArn: arn,
        Protocol: isHttp ? 'HTTPS' : 'TCP',
        Port: 443,
        DefaultActions: [forwardTo(WEB)],
        ...each,
      })),
    },
    ...(rules === undefined
      ? {}
      : { DescribeRules: { [listenerArn(0)]: { Rules: [{ IsDefault: true, Actions: [] }, ...rules] } } }),
    DescribeTargetGroups: {
      TargetGroups: groups.map((each) => ({
        TargetGroupArn: WEB,
        Protocol: isHttp ? 'HTTP' : 'TCP',
        Port: 8080,
        VpcId: 'vpc-1',
        TargetType: 'instance',
        LoadBalancerArns: [arn],
        ...each,
      })),
    },
    ...(targets === null ? {} : { DescribeTargetHealth: { [WEB]: { TargetHealthDescriptions: targets } } }),
    ...(attributes === null
      ? {}
      : {
          DescribeTargetGroupAttributes: {
            [WEB]: { Attributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })) },
          },
        }),
    ...others,
  });
}

/** `tcp 8080 via tcp 443 from internet`, surely; `?` before what is only possible. */
function reached(network: Network): string[] {
  expect(faultsOf(network)).toEqual([]);
  return relayedExposures(analyse(network)).flatMap(({ endpoint, dialled, sure, possible }) => {
    const text = (reach: typeof sure, mark: string) =>
      reach.map(
        ({ ips, transport }) =>
          `${mark}${endpoint.id} ${transport.toString()} by ${dialled.toString()} from ${words(ips)}`,
      );
    const surely = text(sure, '');
    return [
      ...surely,
      ...text(possible, '')
        .filter((one) => !surely.includes(one))
        .map((one) => `? ${one}`),
    ];
  });
}

function words(ips: IpSet): string {
  return INTERNET.isSubsetOf(ips) || ips.size4() > 2 ** 31
    ? 'internet'
    : ips.toCidrs().map(formatCidr).join();
}

const spots = (network: Network): string[] => [...network.blindSpots.values()].map(({ what }) => what);

const WAY = 'eni-web tcp 8080 by tcp 443 from internet';

describe('LB1, LB5: an Application Load Balancer', () => {
  it('shows the internet an instance that has no public address, and leaves no blind spot', () => {
    const network = account();
    expect(reached(network)).toEqual([WAY]);
    expect(spots(network)).toEqual([]);
  });

  it.each<[string, Balancer, string[]]>([
    [
      'the target is dialled on the port it was registered with',
      { targets: [{ Target: { Id: 'i-1', Port: 9000 } }] },
      ['eni-web tcp 9000 by tcp 443 from internet'],
    ],
    [
      'its own group decides who gets in',
      { balancerLets: [all({ IpRanges: [{ CidrIp: '198.51.100.0/24' }] })] },
      ['eni-web tcp 8080 by tcp 443 from 198.51.100.0/24'],
    ],
    [
      'its group must admit the port of the listener',
      { balancerLets: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: ANY4 }] },
      [],
    ],
    [
      'the target must admit the load balancer, not the client',
      { targetLets: [all({ IpRanges: [{ CidrIp: '203.0.113.0/24' }] })] },
      [],
    ],
    ['by its address too', { targetLets: [all({ IpRanges: [{ CidrIp: '10.0.0.0/24' }] })] }, [WAY]],
    [
      'a redirect hands nothing on',
      { listener: { DefaultActions: [{ Type: 'redirect' }] }, group: { LoadBalancerArns: [] } },
      [],
    ],
    [
      'nor does a fixed response',
      { listener: { DefaultActions: [{ Type: 'fixed-response' }] }, group: { LoadBalancerArns: [] } },
      [],
    ],
    [
      'a login comes before the forward',
      { listener: { DefaultActions: [{ Type: 'authenticate-oidc' }, forwardTo(WEB)] } },
      [WAY],
    ],
    [
      'of groups by weight one of weight 0 gets nothing',
      {
        listener: {
          DefaultActions: [
            { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: WEB, Weight: 0 }] } },
          ],
        },
        rules: [],
      },
      [],
    ],
    [
      'others do',
      {
        listener: {
          DefaultActions: [
            { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: WEB, Weight: 1 }] } },
          ],
        },
      },
      [WAY],
    ],
    ['a function is no host', { group: { TargetType: 'lambda' }, targets: null }, []],
    [
      'an address of an interface',
      { group: { TargetType: 'ip' }, targets: [{ Target: { Id: '10.0.1.10' } }] },
      [WAY],
    ],
    [
      'an address of a block that an interface holds',
      {
        group: { TargetType: 'ip' },
        targets: [{ Target: { Id: '10.0.1.85' } }],
        targetCard: { Ipv4Prefixes: [{ Ipv4Prefix: '10.0.1.80/28' }] },
      },
      [WAY],
    ],
  ])('%s', (_, balancer, ways) => {
    const network = account(balancer);
    expect(reached(network)).toEqual(ways);
    // whoever holds a block hands it on to containers
    expect(spots(network).filter((what) => !what.includes('addresses for containers'))).toEqual([]);
  });
});

describe('listener rules', () => {
  const redirects: Balancer = {
    listener: { Port: 80, Protocol: 'HTTP', DefaultActions: [{ Type: 'redirect' }] },
  };
  const rule = (more: Bodies): Bodies => ({ Priority: '1', Actions: [forwardTo(WEB)], ...more });

  it('lead where the default action does not', () => {
    const network = account({ ...redirects, rules: [rule({ Conditions: [{ Field: 'path-pattern' }] })] });
    expect(reached(network)).toEqual(['eni-web tcp 8080 by tcp 80 from internet']);
  });

  it('for some clients only', () => {
    const condition = { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8', '198.51.100.7/32'] } };
    const network = account({ ...redirects, rules: [rule({ Conditions: [condition] })] });
    expect(reached(network)).toEqual(['eni-web tcp 8080 by tcp 80 from 198.51.100.7/32']);
  });

  it('may lead to any group that names the load balancer if they were not read', () => {
    const network = account(redirects);
    expect(reached(network)).toEqual(['? eni-web tcp 8080 by tcp 80 from internet']);
    expect(spots(network)).toEqual([
      'what front hands on to its targets is not followed in full: its listener rules were not read',
    ]);
  });

  it('with an action that nobody knows', () => {
    const network = account({ ...redirects, rules: [rule({ Actions: [{ Type: 'teleport' }] })] });
    expect(spots(network)).toEqual([
      "what front hands on to its targets is not followed in full: a listener rule's action is not understood: teleport",
    ]);
  });
});

it.each<[string, Bodies[], boolean]>([
  ['that asks for it', [{ Type: 'authenticate-oidc', AuthenticateOidcConfig: {} }], true],
  [
    'that turns others away',
    [{ Type: 'authenticate-cognito', AuthenticateCognitoConfig: { OnUnauthenticatedRequest: 'deny' } }],
    true,
  ],
  [
    'that lets others through is none',
    [{ Type: 'authenticate-oidc', AuthenticateOidcConfig: { OnUnauthenticatedRequest: 'allow' } }],
    false,
  ],
  ['that is not there', [], false],
])('a login %s', (_, before, expected) => {
  const network = account({ listener: { DefaultActions: [...before, forwardTo(WEB)] } });
  const guarded = relayedExposures(analyse(network)).map(({ isGuarded }) => isGuarded);
  expect(guarded).toEqual([expected]);
});

describe('LB2, LB3, SG7: a Network Load Balancer', () => {
  const network: Balancer = { type: 'network' };
  const open = [all({ IpRanges: ANY4 })];
  const office = [all({ IpRanges: [{ CidrIp: '198.51.100.0/24' }] })];
  const fromVpc = [all({ IpRanges: [{ CidrIp: '10.0.0.0/16' }] })];
  const none: Balancer = { ...network, balancerGroups: [] };
  const address: Balancer = {
    ...network,
    group: { TargetType: 'ip' },
    targets: [{ Target: { Id: '10.0.1.10' } }],
  };
  const udp: Balancer = {
    ...none,
    listener: { Protocol: 'TCP_UDP', Port: 53 },
    group: { Protocol: 'TCP_UDP', Port: 53 },
    attributes: null,
  };

  it.each<[string, Balancer, string[]]>([
    ['without groups is open to all who can route to it', { ...none, targetLets: open }, [WAY]],
    [
      'an instance sees the client: its group must admit it',
      { ...none, targetLets: office },
      ['eni-web tcp 8080 by tcp 443 from 198.51.100.0/24'],
    ],
    ['and not the load balancer', { ...none, targetLets: fromVpc }, []],
    ['unless its rule names the group of the load balancer', network, [WAY]],
    [
      'the client must get into the load balancer first',
      { ...network, balancerLets: office, targetLets: open },
      ['eni-web tcp 8080 by tcp 443 from 198.51.100.0/24'],
    ],
    ['kept addresses are the default for instances', { ...none, attributes: {}, targetLets: fromVpc }, []],
    [
      'but can be turned off',
      { ...none, attributes: { 'preserve_client_ip.enabled': 'false' }, targetLets: fromVpc },
      [WAY],
    ],
    [
      'not the default for addresses',
      { ...address, balancerGroups: [], attributes: {}, targetLets: fromVpc },
      [WAY],
    ],
    ['but can be turned on', { ...address, balancerGroups: [], targetLets: fromVpc }, []],
    ['UDP always keeps them', { ...udp, targetLets: fromVpc }, []],
    [
      'a listener for both is one of each',
      { ...udp, targetLets: [{ IpProtocol: 'udp', FromPort: 53, ToPort: 53, IpRanges: ANY4 }] },
      ['eni-web udp 53 by udp 53 from internet'],
    ],
  ])('%s', (_, balancer, ways) => {
    const found = account(balancer);
    expect(reached(found)).toEqual(ways);
    expect(spots(found)).toEqual([]);
  });

  it.each([
    ['neither would do', fromVpc, ['? eni-web tcp 8080 by tcp 443 from internet']],
    ['either would do', [...fromVpc, ...open], [WAY]],
  ])('whose address is seen was not read, and %s', (_, targetLets, ways) => {
    const found = account({ ...none, attributes: null, targetLets });
    expect(reached(found)).toEqual(ways);
    expect(spots(found)).toEqual([
      "what front hands on to its targets is not followed in full: whether targets in web see the client's address was not read",
    ]);
  });
});

describe('LB4: the targets', () => {
  it.each(['healthy', 'unhealthy', 'initial', 'unavailable', 'unhealthy.draining', undefined])(
    'that are %s count as reachable',
    (State) => {
      expect(reached(account({ targets: [{ Target: { Id: 'i-1' }, TargetHealth: { State } }] }))).toEqual([
        WAY,
      ]);
    },
  );

  it.each(['draining', 'unused'])('that are %s get nothing new', (State) => {
    const network = account({ targets: [{ Target: { Id: 'i-1' }, TargetHealth: { State } }] });
    expect([reached(network), spots(network)]).toEqual([[], []]);
  });

  it('none at all', () => {
    const network = account({ targets: [] });
    expect([reached(network), spots(network)]).toEqual([[], []]);
  });

  it.each<[string, Balancer, string]>([
    ['were not read', { targets: null }, 'the targets in web were not read'],
    [
      'are an address of nothing here',
      { group: { TargetType: 'ip' }, targets: [{ Target: { Id: '192.168.7.7' } }] },
      'web holds 192.168.7.7, which is no interface that was read',
    ],
    [
      'are in a group that was not read',
      { listener: { DefaultActions: [forwardTo(MORE)] }, rules: [] },
      'the target group more was not read',
    ],
    [
      'are in groups that were not read',
      { more: { DescribeTargetGroups: undefined } },
      'the target group web was not read; the target groups were not read',
    ],
    [
      'are behind listeners that were not read',
      { more: { DescribeListeners: undefined } },
      'its listeners were not read',
    ],
    ['are behind listeners of which none was told', { listeners: [] }, 'its listeners were not read'],
  ])('%s: one blind spot for the load balancer', (_, balancer, why) => {
    const network = account(balancer);
    const own = [...network.blindSpots.values()].filter(({ code }) => code === 'load-balancer-targets');
    expect(own.map(({ what, effect }) => [what, effect])).toEqual([
      [`what front hands on to its targets is not followed in full: ${why}`, 'hides-ways'],
    ]);
  });

  it('of an address of nothing here hide nothing of what is here', () => {
    const hides = (balancer: Balancer) => [...account(balancer).relays.values()][0]?.hidesTargets;
    const group = { TargetType: 'ip' };
    expect(hides({ group, targets: [{ Target: { Id: '192.168.7.7' } }] })).toBeUndefined();
    expect(hides({ group, targets: [{ Target: { Id: 'nobody' } }] })).toBe(true);
    expect(hides({ group, targets: null })).toBe(true);
  });

  it('a stopped instance gets nothing', () => {
    const DescribeInstances = {
      Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name: 'stopped' } }] }],
    };
    expect(reached(account({ more: { DescribeInstances } }))).toEqual([]);
  });
});

it('LB6: a Classic Load Balancer ends every connection, and every instance has the same port', () => {
  const classic = account({
    more: {
      DescribeLoadBalancers: { LoadBalancers: [] },
      DescribeListeners: { Listeners: [] },
      'ElasticLoadBalancing.DescribeLoadBalancers': {
        LoadBalancerDescriptions: [
          {
            LoadBalancerName: 'app/front/50dc',
            ListenerDescriptions: [
              {
                Listener: {
                  Protocol: 'TCP',
                  LoadBalancerPort: 25,
                  InstanceProtocol: 'TCP',
                  InstancePort: 2525,
                },
              },
            ],
            Instances: [{ InstanceId: 'i-1' }],
          },
        ],
      },
    },
  });
  expect(reached(classic)).toEqual(['eni-web tcp 2525 by tcp 25 from internet']);
  expect(spots(classic)).toEqual([]);
});

it('an interface that somebody made, with a description like those of AWS, is no way in', () => {
  const network = account({
    targetCard: {
      Attachment: { Status: 'attached' },
      Description: 'ELB app/front/50dc',
      RequesterManaged: false,
      RequesterId: 'AIDAEXAMPLE',
    },
  });
  const entrances = [...network.relays.values()].flatMap((relay) => relay.entrances);
  expect(entrances).toEqual(['eni-lb']);
});
