import { alarms, isSilent, misses, type Case } from './case.ts';
import { BATFISH, NP_GUARD } from './peer.ts';
import { byFrontDoors, doubt, exposedThrough, exposureText, fallen, verdict } from './questions.ts';
import { ACCOUNT, admits, type Bodies, type CardSketch, type Permission, type Scene } from './scene.ts';

const NLB = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network';
const ALB = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application';
const ARN = `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}`;

type Front = {
  readonly type: 'application' | 'network';
  readonly listens: string;
  /** What the balancer's group admits; none: the balancer has no group. */
  readonly admits?: readonly Permission[];
  readonly targets: 'instance' | 'ip';
  readonly protocol: string;
  readonly preserves?: boolean;
  /** What `app` (10.0.1.10), the target on 8080, admits. */
  readonly app: readonly Permission[];
  readonly health?: string;
};

/** An internet-facing load balancer `shop` that hands on to `app`, which has no public address. */
function behind(front: Front): Scene {
  const isNetwork = front.type === 'network';
  const kind = isNetwork ? 'net' : 'app';
  const balancer = `${ARN}:loadbalancer/${kind}/shop/50dc6c495c0c9188`;
  const group = `${ARN}:targetgroup/app/73e2d6bc24d8a067`;
  const card: CardSketch = {
    ip: '10.0.0.40',
    publicIp: '198.51.100.40',
    instance: 'none',
    InterfaceType: isNetwork ? 'network_load_balancer' : 'interface',
    Description: `ELB ${kind}/shop/50dc6c495c0c9188`,
    RequesterId: 'amazon-elb',
    RequesterManaged: true,
    groups: front.admits === undefined ? [] : ['sg-shop'],
  };
  const [protocol, port] = front.listens.split('/');
  return {
    groups: { ...(front.admits && { 'sg-shop': front.admits }), 'sg-app': front.app },
    cards: { shop: card, app: { ip: '10.0.1.10', groups: ['sg-app'] } },
    more: {
      DescribeLoadBalancers: {
        LoadBalancers: [
          {
            LoadBalancerArn: balancer,
            LoadBalancerName: 'shop',
            Scheme: 'internet-facing',
            Type: front.type,
            VpcId: 'vpc-1',
            State: { Code: 'active' },
            IpAddressType: 'ipv4',
            ...(front.admits && { SecurityGroups: ['sg-shop'] }),
            AvailabilityZones: [{ ZoneName: 'eu-west-1a', SubnetId: 'subnet-a', LoadBalancerAddresses: [] }],
          },
        ],
      },
      DescribeListeners: {
        Listeners: [
          {
            ListenerArn: `${ARN}:listener/${kind}/shop/50dc6c495c0c9188/f2f7dc8efc522ab2`,
            LoadBalancerArn: balancer,
            Port: Number(port),
            Protocol: protocol,
            DefaultActions: [{ Type: 'forward', TargetGroupArn: group, Order: 1 }],
          },
        ],
      },
      DescribeTargetGroups: {
        TargetGroups: [
          {
            TargetGroupArn: group,
            TargetGroupName: 'app',
            Protocol: front.protocol,
            Port: 8080,
            VpcId: 'vpc-1',
            TargetType: front.targets,
            IpAddressType: 'ipv4',
            LoadBalancerArns: [balancer],
            HealthCheckPort: 'traffic-port',
          },
        ],
      },
      DescribeTargetHealth: {
        [group]: {
          TargetHealthDescriptions: [
            {
              Target: { Id: front.targets === 'instance' ? 'i-app' : '10.0.1.10', Port: 8080 },
              TargetHealth: { State: front.health ?? 'healthy' },
            },
          ],
        },
      },
      DescribeTargetGroupAttributes: {
        [group]: {
          Attributes:
            front.preserves === undefined
              ? []
              : [{ Key: 'preserve_client_ip.enabled', Value: String(front.preserves) }],
        },
      },
    },
  };
}

const EVERYBODY = admits('tcp/443', '0.0.0.0/0');
const FROM_FRONT = [admits('tcp/8080', '10.0.0.0/24')];
const FROM_ANYWHERE = [admits('tcp/8080', '0.0.0.0/0')];

export const alb = (more: Partial<Front> = {}): Scene =>
  behind({
    type: 'application',
    listens: 'HTTPS/443',
    protocol: 'HTTP',
    targets: 'instance',
    admits: [EVERYBODY],
    app: [admits('tcp/8080', 'sg-shop')],
    ...more,
  });
export const nlb = (more: Partial<Front>): Scene =>
  behind({
    type: 'network',
    listens: 'TCP/443',
    protocol: 'TCP',
    targets: 'instance',
    app: FROM_ANYWHERE,
    ...more,
  });

const SURELY = ['app: tcp 8080 through shop, surely'];

/** The ways in that are not followed, as `exposure` lists them. */
const toldOf = (scene: Scene): string[] =>
  exposureText(scene).filter((line) => line.includes('is not followed'));

export const FRONTS: readonly Case[] = [
  {
    id: 'LB1',
    name: 'what an Application Load Balancer hands on to falls after it',
    page: `${ALB}/load-balancer-update-security-groups.html`,
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Has no load balancer of AWS.'),
      misses(BATFISH, 'LoadBalancer.java', 'Supports no Application Load Balancer, and says so.'),
    ],
    ask: () =>
      [alb(), alb({ app: [] })].map((scene) => fallen(scene).filter((line) => line.startsWith('app '))),
    right: [['app on tcp 8080'], []],
  },
  {
    id: 'LB5',
    name: 'a private host behind an internet-facing load balancer is among what is exposed',
    page: `${ALB}/introduction.html`,
    mistakes: [
      isSilent(
        NP_GUARD,
        'pkg/awsvpc/parser.go',
        'Has no load balancer of AWS, so that what is behind one looks private.',
      ),
    ],
    ask: () => [exposedThrough(alb()), exposedThrough(alb({ app: [] }))],
    right: [SURELY, []],
  },
  {
    id: 'LB2',
    name: 'a Network Load Balancer with a group is closed by its group',
    page: `${NLB}/load-balancer-security-groups.html`,
    mistakes: [
      alarms(
        BATFISH,
        'LoadBalancer.java',
        'Has no member for the groups of a Network Load Balancer, so that each is open to all.',
      ),
    ],
    ask: () => verdict(nlb({ admits: [admits('tcp/443', '203.0.113.0/24')] }), 'internet', 'shop', 'tcp/443'),
    right: 'denied',
  },
  {
    id: 'LB2',
    name: 'a Network Load Balancer without a group is open, and not closed as a host would be',
    page: `${NLB}/load-balancer-security-groups.html`,
    mistakes: [isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Has no load balancer of AWS.')],
    ask: () => verdict(nlb({}), 'internet', 'shop', 'tcp/443'),
    right: 'allowed',
  },
  {
    id: 'LB3',
    name: 'a target by instance whose group preserves no client is asked from the load balancer',
    page: `${NLB}/edit-target-group-attributes.html`,
    mistakes: [
      misses(
        BATFISH,
        'LoadBalancer.java',
        "Takes the client's address for the source with targets by instance, and never reads the attribute that says otherwise.",
      ),
    ],
    ask: () => [
      exposedThrough(nlb({ preserves: false, app: FROM_FRONT })),
      exposedThrough(nlb({ preserves: true, app: FROM_FRONT })),
    ],
    right: [SURELY, []],
  },
  {
    id: 'LB3',
    name: "a UDP target by address sees the client's address",
    page: `${NLB}/edit-target-group-attributes.html`,
    mistakes: [
      misses(
        BATFISH,
        'LoadBalancer.java',
        "Takes the load balancer's address for the source with targets by address, whatever the protocol.",
      ),
    ],
    ask: () => {
      const udp = (app: readonly Permission[]) =>
        exposedThrough(nlb({ listens: 'UDP/53', protocol: 'UDP', targets: 'ip', app }));
      return [udp([admits('udp/8080', '0.0.0.0/0')]), udp([admits('udp/8080', '10.0.0.0/24')])];
    },
    right: [['app: udp 8080 through shop, surely'], []],
  },
  {
    id: 'SG7',
    name: "a target that names the balancer's group admits what comes through it, client's address and all",
    page: `${NLB}/load-balancer-security-groups.html`,
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Has no load balancer of AWS.'),
      isSilent(BATFISH, 'LoadBalancer.java', 'Knows no groups of a load balancer.'),
    ],
    ask: () =>
      exposedThrough(nlb({ admits: [EVERYBODY], preserves: true, app: [admits('tcp/8080', 'sg-shop')] })),
    right: SURELY,
  },
  {
    id: 'LB6',
    name: 'a Global Accelerator in the network is a way in that is told of',
    page: 'https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.sipp-caveats.html',
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Knows no front door of AWS.'),
      isSilent(BATFISH, 'Region.java', 'Knows no accelerator.'),
    ],
    ask: () => [doubt(accelerated(), 'internet', 'app', 'tcp/443'), ...toldOf(accelerated())],
    right: ['unknown: gateway-not-modelled', 'what a Global Accelerator brings into vpc-1 is not followed'],
  },
  {
    id: 'LB6',
    name: 'an EC2 Instance Connect Endpoint is a way to SSH of private hosts',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-with-ec2-instance-connect-endpoint.html',
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Knows no front door of AWS.'),
      isSilent(BATFISH, 'Region.java', 'Knows no Instance Connect Endpoint.'),
    ],
    ask: () => [verdict(connectable(), 'internet', 'app', 'tcp/22'), ...byFrontDoors(connectable())],
    right: ['denied', 'app: tcp 22 by EC2 Instance Connect Endpoint eice-0a1b2c3d4e5f60718, surely'],
  },
  {
    id: 'RT12',
    name: 'an endpoint service is a way in from other accounts that no route shows',
    page: 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html',
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Has no PrivateLink of AWS.'),
      isSilent(
        BATFISH,
        'VpcEndpointInterface.java',
        'Knows endpoints as hosts, and neither who offers nor who uses a service.',
      ),
    ],
    ask: () => toldOf(offered()),
    right: [
      'who reaches shop from other accounts by the endpoint service vpce-svc-0a1b2c3d4e5f60718 is not followed',
    ],
  },
];

function accelerated(): Scene {
  return {
    groups: { 'sg-app': [admits('tcp/443', '0.0.0.0/0')] },
    cards: {
      app: { ip: '10.0.1.10', groups: ['sg-app'] },
      ga: {
        ip: '10.0.1.60',
        groups: [],
        instance: 'none',
        InterfaceType: 'global_accelerator_managed',
        Description: 'GlobalAccelerator managed ENI',
      },
    },
  };
}

function connectable(): Scene {
  return {
    groups: { 'sg-eice': [], 'sg-app': [admits('tcp/22', 'sg-eice')] },
    cards: {
      app: { ip: '10.0.1.10', groups: ['sg-app'] },
      eice: {
        ip: '10.0.1.61',
        groups: ['sg-eice'],
        instance: 'none',
        InterfaceType: 'ec2_instance_connect_endpoint',
        Description: 'EC2 Instance Connect Endpoint eice-0a1b2c3d4e5f60718',
      },
    },
    more: {
      DescribeInstanceConnectEndpoints: {
        InstanceConnectEndpoints: [
          {
            InstanceConnectEndpointId: 'eice-0a1b2c3d4e5f60718',
            VpcId: 'vpc-1',
            SubnetId: 'subnet-b',
            State: 'create-complete',
            PreserveClientIp: false,
            NetworkInterfaceIds: ['eni-eice'],
            SecurityGroupIds: ['sg-eice'],
          },
        ],
      },
    } satisfies Bodies,
  };
}

export function offered(): Scene {
  const scene = nlb({ admits: [], app: FROM_FRONT, preserves: false });
  const [balancer] = (
    scene.more?.['DescribeLoadBalancers'] as { LoadBalancers: { LoadBalancerArn: string }[] }
  ).LoadBalancers;
  return {
    ...scene,
    more: {
      ...scene.more,
      DescribeVpcEndpointServiceConfigurations: {
        ServiceConfigurations: [
          {
            ServiceId: 'vpce-svc-0a1b2c3d4e5f60718',
            ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718',
            ServiceState: 'Available',
            AcceptanceRequired: false,
            NetworkLoadBalancerArns: [balancer?.LoadBalancerArn],
          },
        ],
      },
    },
  };
}
