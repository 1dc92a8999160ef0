import { formatAddress } from '../address.ts';
import type { NetworkInterface } from '../responses.ts';
import type { RelayResponses } from '../responses-relay.ts';
import type { Dice } from './dice.ts';
import type { Features } from './features.ts';
import type { Target, VpcPlan } from './layout.ts';
import { publicAddress } from './picks.ts';

/** Load balancers, and the interfaces of the world, some of which have become theirs. */
export type RelayPlan = {
  readonly interfaces: readonly NetworkInterface[];
  readonly relays: readonly {
    readonly front: NetworkInterface;
    readonly region: string;
    readonly responses: Relay;
  }[];
};

type Relay = Required<RelayResponses>;

/** Up to two hosts become fronts, each of a load balancer of its own; the others of its VPC are targets. */
export function buildRelays(
  dice: Dice,
  features: Features,
  cards: readonly NetworkInterface[],
  vpcs: readonly VpcPlan[],
): RelayPlan {
  if (!features.relays) return { interfaces: cards, relays: [] };
  const hosts = cards.filter(({ Attachment: attachment }) => attachment?.InstanceId !== undefined);
  const chosen = fronts(dice, hosts).slice(0, hosts.length > 4 ? dice.pick([1, 2, 2]) : 1);
  const plans = chosen.map((card, number) => {
    const own = dice.fork(number);
    const isNetwork = own.fork('type').chance(0.55);
    const name = `${isNetwork ? 'net' : 'app'}/front-${number}/${card.NetworkInterfaceId.slice(-16)}`;
    const attachment = { AttachmentId: 'ela-attach', DeviceIndex: 1, InstanceOwnerId: 'amazon-elb' };
    const front: NetworkInterface = {
      ...card,
      Description: `ELB ${name}`,
      // Each of its interfaces has one address of a family
      PrivateIpAddresses: card.PrivateIpAddresses.slice(0, 1).map((each) =>
        own.fork('public').chance(0.5) ? { ...each, Association: lent(number) } : each,
      ),
      Ipv6Addresses: card.Ipv6Addresses.slice(0, 1),
      Ipv4Prefixes: [],
      Ipv6Prefixes: [],
      InterfaceType: isNetwork ? 'network_load_balancer' : 'interface',
      RequesterManaged: true,
      RequesterId: 'amazon-elb',
      Attachment: { ...attachment, Status: 'attached' },
      Groups: isNetwork && own.fork('bare').chance(0.35) ? [] : card.Groups,
    };
    // An instance that lost its first interface to a load balancer is none any more
    const mates = hosts.filter(
      (each) => each.VpcId === card.VpcId && chosen.every((front) => !isOfOne(front, each)),
    );
    const region = vpcs.find(({ id }) => id === card.VpcId)?.target.region ?? '';
    return { front, relay: relayOf(own.fork('relay'), front, name, isNetwork, mates, region) };
  });
  return {
    interfaces: cards.map(
      (card) =>
        plans.find(({ front }) => front.NetworkInterfaceId === card.NetworkInterfaceId)?.front ?? card,
    ),
    relays: plans.map(({ front, relay }) => ({
      front,
      region: relay.region,
      responses: relay.responses,
    })),
  };
}

/** Those first that leave another instance of their VPC to be a target. */
function fronts(dice: Dice, hosts: readonly NetworkInterface[]): NetworkInterface[] {
  const shuffled = dice.shuffled(hosts);
  const hasMates = (card: NetworkInterface) =>
    hosts.some((each) => each.VpcId === card.VpcId && !isOfOne(each, card));
  return [...shuffled.filter(hasMates), ...shuffled.filter((card) => !hasMates(card))];
}

/** What AWS lends to load balancers that face the internet; other than what it lends to hosts. */
function lent(number: number) {
  return { PublicIp: formatAddress(publicAddress(300 + number)), IpOwnerId: 'amazon-elb' };
}

function relayOf(
  dice: Dice,
  front: NetworkInterface,
  name: string,
  isNetwork: boolean,
  mates: readonly NetworkInterface[],
  region: string,
): { region: string; responses: Relay } {
  const arn = `arn:aws:elasticloadbalancing:${region}:${front.OwnerId}:loadbalancer/${name}`;
  const listener = arn.replace(':loadbalancer/', ':listener/');
  const protocol = isNetwork ? dice.pick(['TCP', 'TCP', 'TLS', 'UDP', 'TCP_UDP']) : 'HTTP';
  // A group of both protocols serves listeners of either
  const spoken = ['TCP', 'UDP'].includes(protocol) && dice.fork('both').chance(0.4) ? 'TCP_UDP' : protocol;
  const kind = dice.fork('kind').chance(0.6) ? 'instance' : 'ip';
  const groups = [0, 1].map((number) => {
    const own = dice.fork('group', number);
    const isSaid = own.fork('said').chance(0.5);
    return {
      arn: `${arn.replace(':loadbalancer/', ':targetgroup/')}/${number}`,
      port: own.pick([80, 443, 5432, 22]),
      targets: own.some(mates, 0.7),
      attributes: isSaid
        ? [{ Key: 'preserve_client_ip.enabled', Value: own.fork('value').chance(0.5) ? 'true' : 'false' }]
        : [],
    };
  });
  const forward = (number: number) => [{ Type: 'forward', TargetGroupArn: groups[number]?.arn ?? '' }];
  const isRuled = !isNetwork && dice.fork('ruled').chance(0.6);
  return {
    region,
    responses: {
      DescribeLoadBalancers: {
        LoadBalancers: [
          {
            LoadBalancerArn: arn,
            LoadBalancerName: name.split('/')[1] ?? name,
            Type: isNetwork ? 'network' : 'application',
            Scheme: front.PrivateIpAddresses[0]?.Association === undefined ? 'internal' : 'internet-facing',
            VpcId: front.VpcId,
            State: { Code: dice.fork('state').chance(0.9) ? 'active' : 'provisioning' },
            SecurityGroups: front.Groups.map(({ GroupId }) => GroupId),
            AvailabilityZones: [{ ZoneName: `${region}a`, SubnetId: front.SubnetId }],
          },
        ],
      },
      DescribeListeners: {
        Listeners: [
          {
            ListenerArn: listener,
            LoadBalancerArn: arn,
            Port: dice.fork('port').pick([80, 443]),
            Protocol: protocol,
            DefaultActions: forward(0),
          },
        ],
      },
      DescribeRules: {
        [listener]: {
          Rules: isRuled
            ? [{ RuleArn: `${listener}/r`, Priority: '1', IsDefault: false, Actions: forward(1) }]
            : [],
        },
      },
      DescribeTargetGroups: {
        TargetGroups: groups.map((group, number) => ({
          TargetGroupArn: group.arn,
          TargetGroupName: `group-${number}`,
          Protocol: spoken,
          Port: group.port,
          VpcId: front.VpcId,
          TargetType: kind,
          LoadBalancerArns: number === 0 || isRuled ? [arn] : [],
        })),
      },
      DescribeTargetHealth: Object.fromEntries(
        groups.map((group) => [
          group.arn,
          {
            TargetHealthDescriptions: group.targets.map((card) => ({
              Target: {
                Id: (kind === 'ip' ? card.PrivateIpAddress : card.Attachment?.InstanceId) ?? '',
                Port: group.port,
              },
              TargetHealth: {
                State: dice.fork('health', card.NetworkInterfaceId).pick(['healthy', 'unhealthy']),
              },
            })),
          },
        ]),
      ),
      DescribeTargetGroupAttributes: Object.fromEntries(
        groups.map((group) => [group.arn, { Attributes: group.attributes }]),
      ),
    },
  };
}

function isOfOne({ Attachment: a }: NetworkInterface, { Attachment: b }: NetworkInterface): boolean {
  return a?.InstanceId === b?.InstanceId;
}

/** All of one account's, each call's answers joined. */
export function describeRelays({ relays }: RelayPlan, target: Target): RelayResponses {
  const own = relays
    .filter(({ front, region }) => front.OwnerId === target.account && region === target.region)
    .map(({ responses }) => responses);
  return {
    DescribeLoadBalancers: { LoadBalancers: own.flatMap((each) => each.DescribeLoadBalancers.LoadBalancers) },
    DescribeListeners: { Listeners: own.flatMap((each) => each.DescribeListeners.Listeners) },
    DescribeRules: Object.assign({}, ...own.map((each) => each.DescribeRules)) as Relay['DescribeRules'],
    DescribeTargetGroups: { TargetGroups: own.flatMap((each) => each.DescribeTargetGroups.TargetGroups) },
    DescribeTargetHealth: Object.assign(
      {},
      ...own.map((each) => each.DescribeTargetHealth),
    ) as Relay['DescribeTargetHealth'],
    DescribeTargetGroupAttributes: Object.assign(
      {},
      ...own.map((each) => each.DescribeTargetGroupAttributes),
    ) as Relay['DescribeTargetGroupAttributes'],
  };
}
