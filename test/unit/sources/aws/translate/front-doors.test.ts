import { describe, expect, it } from 'vitest';
import { byFrontDoors, doubt, exposed, findings, through, verdict } from '../../../../peers/questions.ts';
import { alb, offered } from '../../../../peers/fronts.ts';
import { admits, entry, OPEN, type CardSketch, type Scene } from '../../../../peers/scene.ts';
import type { Bodies } from './account.ts';

const EICE = 'EC2 Instance Connect Endpoint eice-1';

/** A door's interface: of a service, so that no instance is behind it. */
const door = (type: string, more: Partial<CardSketch> = {}): CardSketch => ({
  ip: '10.0.0.60',
  groups: ['sg-door'],
  instance: 'none',
  InterfaceType: type,
  RequesterManaged: true,
  ...more,
});

function tunnel(app: readonly Bodies[], more: Partial<Scene> = {}, endpoint: Bodies = {}): Scene {
  return {
    groups: { 'sg-door': [], 'sg-app': app },
    cards: { app: { ip: '10.0.1.10', groups: ['sg-app'] }, eice: door('ec2_instance_connect_endpoint') },
    more: {
      DescribeInstanceConnectEndpoints: {
        InstanceConnectEndpoints: [
          {
            InstanceConnectEndpointId: 'eice-1',
            State: 'create-complete',
            VpcId: 'vpc-1',
            PreserveClientIp: false,
            NetworkInterfaceIds: ['eni-eice'],
            ...endpoint,
          },
        ],
      },
    },
    ...more,
  };
}

describe('LB6: an EC2 Instance Connect Endpoint opens SSH and RDP for whom IAM lets tunnel', () => {
  const SURELY = [`app: tcp 22 by ${EICE}, surely`];
  const keeps = { PreserveClientIp: true };

  it.each<[string, readonly Bodies[], Bodies, readonly string[]]>([
    ['a rule that names its group', [admits('tcp/22', 'sg-door')], {}, SURELY],
    ['a rule for its address', [admits('tcp/22', '10.0.0.60/32')], {}, SURELY],
    [
      "not a rule for the client's address, which the host does not see",
      [admits('tcp/22', '8.8.0.0/16')],
      {},
      [],
    ],
    ['no other port', [admits('tcp/5432', 'sg-door')], {}, []],
    ['and of all ports only those', [OPEN], {}, [`app: tcp 22,3389 by ${EICE}, surely`]],
    ['its group, also where the client keeps its address', [admits('tcp/22', 'sg-door')], keeps, SURELY],
    ["the client's address, where it is kept", [admits('tcp/22', '8.8.0.0/16')], keeps, SURELY],
    ['not its own address, where the client keeps its own', [admits('tcp/22', '10.0.0.60/32')], keeps, []],
    ['one that is gone', [OPEN], { State: 'delete-complete' }, []],
  ])('%s', (_, app, endpoint, expected) => {
    expect(byFrontDoors(tunnel(app, {}, endpoint))).toEqual(expected);
  });

  it('asks what its group lets out, and never what that lets in', () => {
    const shut = tunnel([OPEN], { out: { 'sg-door': [admits('tcp/3389', '10.0.0.0/16')] } });
    expect(byFrontDoors(shut)).toEqual([`app: tcp 3389 by ${EICE}, surely`]);
  });

  it('is no way from the internet', () => {
    const scene = tunnel([admits('tcp/22', 'sg-door')]);
    expect([exposed(scene), verdict(scene, 'internet', 'app', 'tcp/22')]).toEqual([[], 'denied']);
  });

  it.each<[string, Bodies, string]>([
    ['the call was not made', {}, 'perhaps'],
    [
      'it is not among those that were read',
      { DescribeInstanceConnectEndpoints: { InstanceConnectEndpoints: [] } },
      'perhaps',
    ],
  ])('is unknown where %s, whosever address is admitted', (_, more, how) => {
    for (const source of ['sg-door', '10.0.0.60/32', '8.8.0.0/16']) {
      const ways = byFrontDoors(tunnel([admits('tcp/22', source)], { more }));
      expect(ways).toEqual([`app: tcp 22 by EC2 Instance Connect Endpoint, ${how}`]);
    }
  });
});

describe('LB6: what the internet may come in by is unknown, and never denied', () => {
  const IGW = {
    DescribeInternetGateways: {
      InternetGateways: [
        { InternetGatewayId: 'igw-1', Attachments: [{ VpcId: 'vpc-1', State: 'available' }] },
      ],
    },
  };
  const scene = (card: CardSketch, app: readonly Bodies[], more: Partial<Scene> = {}): Scene => ({
    groups: { 'sg-door': [], 'sg-app': app },
    cards: { app: { ip: '10.0.0.10', groups: ['sg-app'] }, door: card },
    more: IGW,
    ...more,
  });
  const accelerator = door('global_accelerator_managed');
  const cloudFront = door('interface', { TagSet: [{ Key: 'aws.cloudfront.vpcorigin', Value: 'enabled' }] });
  const UNKNOWN = 'unknown: gateway-not-modelled';

  it.each<[string, CardSketch, readonly Bodies[], string]>([
    ['an accelerator to whoever admits the client', accelerator, [admits('tcp/443', '0.0.0.0/0')], UNKNOWN],
    ['not one that does not', accelerator, [admits('tcp/443', '10.0.0.0/16')], 'denied'],
    ['not in another subnet', door('global_accelerator_managed', { ip: '10.0.1.60' }), [OPEN], 'denied'],
    ['CloudFront to whoever admits its interface', cloudFront, [admits('tcp/443', 'sg-door')], UNKNOWN],
    ['not whoever admits the internet alone', cloudFront, [admits('tcp/443', '8.0.0.0/8')], 'denied'],
    ['API Gateway', door('api_gateway_managed'), [admits('tcp/443', 'sg-door')], UNKNOWN],
    [
      'nobody by what asks who it is',
      door('interface', { Description: 'Verified Access' }),
      [OPEN],
      'denied',
    ],
  ])('%s', (_, card, app, expected) => {
    expect(doubt(scene(card, app), 'internet', 'app', 'tcp/443')).toBe(expected);
  });

  it('whatever ACLs say, by an accelerator: they are not asked', () => {
    const entries = [entry(100, { CidrBlock: '10.0.0.0/16' })];
    const shut = scene(accelerator, [OPEN], { entries });
    expect(doubt(shut, 'internet', 'app', 'tcp/443')).toBe(UNKNOWN);
  });

  it('nothing by an accelerator into a network without an internet gateway', () => {
    const more = { DescribeInternetGateways: { InternetGateways: [] } };
    expect(doubt(scene(accelerator, [OPEN], { more }), 'internet', 'app', 'tcp/443')).toBe('denied');
  });

  it('only the ports that it carries', () => {
    expect(doubt(scene(cloudFront, [OPEN]), 'internet', 'app', 'tcp/22')).toBe('denied');
  });

  it('what is surely open stays so', () => {
    const open = scene(accelerator, [OPEN]);
    const cards = { ...open.cards, app: { ...open.cards['app']!, publicIp: '198.51.100.10' } };
    expect(doubt({ ...open, cards }, 'internet', 'app', 'tcp/443')).toBe('allowed');
  });

  it.each<[string, CardSketch, readonly Bodies[], readonly string[]]>([
    [
      'where the internet is admitted and an accelerator stands',
      accelerator,
      [admits('tcp/22', '0.0.0.0/0')],
      [
        'critical admin-port-exposed: SSH on app may be open to the whole internet through Global Accelerator',
      ],
    ],
    [
      'where a rule names the group of what CloudFront comes by',
      cloudFront,
      [admits('tcp/9200', 'sg-door')],
      [
        'high database-exposed: Elasticsearch on app may be open to the whole internet through CloudFront VPC origins',
      ],
    ],
    ['none where a rule is for the whole network', cloudFront, [admits('tcp/9200', '10.0.0.0/16')], []],
    ['none of a port that is no trouble', accelerator, [admits('tcp/443', '0.0.0.0/0')], []],
  ])('a finding %s', (_, card, app, expected) => {
    expect(findings(scene(card, app))).toEqual(expected);
  });
});

describe('LB6: what stands behind a load balancer', () => {
  const inside = (front: Scene): Scene['cards'] => {
    const { publicIp: _, ...shop } = front.cards['shop']!;
    return { ...front.cards, shop };
  };

  it('may be reached where something brings the internet to that', () => {
    const front = alb({ admits: [admits('tcp/443', 'sg-door')] });
    const cards = {
      ...inside(front),
      cdn: door('interface', { TagSet: [{ Key: 'aws.cloudfront.vpcorigin', Value: 'enabled' }] }),
    };
    const scene = { ...front, cards, groups: { ...front.groups, 'sg-door': [] } };
    expect(byFrontDoors(scene)).toEqual([
      'shop: tcp 443 by CloudFront VPC origins, perhaps',
      'app: tcp 8080 by CloudFront VPC origins and shop, perhaps',
    ]);
    expect(doubt(scene, 'internet', 'shop', 'tcp/443')).toBe('unknown: gateway-not-modelled');
    expect(through(scene, 'app', 'tcp/8080')).toEqual(['shop unknown']);
  });

  it('may be reached from other accounts by an endpoint service, and not from the internet', () => {
    const scene = { ...offered(), cards: inside(offered()) };
    expect(byFrontDoors(scene)).toEqual([
      'shop: tcp 443 by endpoint service vpce-svc-0a1b2c3d4e5f60718, perhaps',
      'app: tcp 8080 by endpoint service vpce-svc-0a1b2c3d4e5f60718 and shop, perhaps',
    ]);
    expect(verdict(scene, 'internet', 'shop', 'tcp/443')).toBe('denied');
  });

  it.each<[string, (scene: Scene) => Scene, string]>([
    ['all was read', (scene) => scene, 'denied'],
    ['its targets were not read', without('DescribeTargetHealth'), 'unknown: load-balancer-targets'],
    ['its target groups were not read', without('DescribeTargetGroups'), 'unknown: load-balancer-targets'],
    ['it was not read', without('DescribeLoadBalancers'), 'unknown: load-balancer-targets'],
    [
      'it is not reached',
      (scene) => without('DescribeTargetHealth')({ ...scene, cards: inside(scene) }),
      'denied',
    ],
  ])('what hosts it hands on to is unknown, and never denied, where %s', (_, change, expected) => {
    const front = alb();
    const other = { ip: '10.0.1.20', groups: ['sg-app'] };
    const scene = change({ ...front, cards: { ...front.cards, other } });
    expect(doubt(scene, 'internet', 'other', 'tcp/8080')).toBe(expected);
  });
});

function without(call: string): (scene: Scene) => Scene {
  return ({ more = {}, ...scene }) => {
    const { [call]: _, ...rest } = more;
    return { ...scene, more: rest };
  };
}
