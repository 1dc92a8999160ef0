import { isSameAddress, parseAddress } from './address.ts';
import type { Address } from './address.ts';
import { between } from './between.ts';
import type { Party } from './between.ts';
import { accepts, canListen, enters, leaves, sends, known } from './crossing.ts';
import { holds } from './interfaces.ts';
import type { Interface } from './interfaces.ts';
import { answerOf } from './journey.ts';
import { doubted, every, NO, oneOf, some, UNKNOWN } from './maybe.ts';
import type { Maybe } from './maybe.ts';
import type { Network } from './network.ts';
import { forwardsOf, preservesClient } from './relay-rules.ts';
import type { Account } from './responses.ts';
import type { Listener, LoadBalancer, TargetGroup } from './responses-relay.ts';
import { replyTo, TCP, UDP } from './traffic.ts';
import type { Packet } from './traffic.ts';
import { travelTo } from './travel.ts';

/** Who comes by which load balancer to which target: `port` is the listener's, `targetPort` the target's. */
export type Relayed = {
  readonly balancer: string;
  readonly protocol: number;
  readonly port: number;
  readonly targetPort: number;
  readonly to: Party;
};

/** What comes of a client's call to one of the load balancer's own interfaces, as any other answer. */
export type AskFront = (front: Party, packet: Packet) => Maybe;

/** LB1 to LB5: some interface of the load balancer takes the call and passes it on; health does not count. */
export function relayed(
  network: Network,
  accounts: readonly Account[],
  client: Address,
  { balancer: arn, protocol, port, targetPort, to }: Relayed,
  ask: AskFront,
): Maybe {
  const balancer = accounts
    .flatMap((account) => account.DescribeLoadBalancers?.LoadBalancers ?? [])
    .find((each) => each.LoadBalancerArn === arn);
  // One that is being set up counts, as an instance does that is about to run (EN2)
  if (balancer === undefined || balancer.State.Code === 'failed') return NO;
  const listeners = accounts
    .flatMap((account) => account.DescribeListeners?.Listeners ?? [])
    .filter((each) => each.LoadBalancerArn === arn && each.Port === port && speaks(each.Protocol, protocol));
  const fronts = frontsOf(network, balancer, client);
  return some(
    listeners.flatMap((listener) =>
      forwardsOf(accounts, balancer, listener).flatMap(({ group, isSure }) =>
        fronts.map((front) => {
          const entry = ask(front, { protocol, port });
          const exit = passesOn(
            network,
            accounts,
            { balancer, listener, group, front, client },
            protocol,
            targetPort,
            to,
          );
          return isSure ? every([entry, exit]) : doubted(every([entry, exit]));
        }),
      ),
    ),
  );
}

type Pass = {
  readonly balancer: LoadBalancer;
  readonly listener: Listener;
  readonly group: TargetGroup;
  readonly front: Party;
  readonly client: Address;
};

function passesOn(
  network: Network,
  accounts: readonly Account[],
  pass: Pass,
  protocol: number,
  port: number,
  to: Party,
): Maybe {
  const { balancer, group, front, client } = pass;
  if (!isTarget(accounts, group, to, port) || !speaks(group.Protocol, protocol)) return NO;
  const packet = { protocol, port };
  // Targets are called in their own family, whichever the client came by
  // https://docs.aws.amazon.com/whitepapers/latest/ipv6-on-aws/scaling-the-dual-stack-network-design-in-aws.html
  const own = front.at.addresses.filter(({ address }) => address.family === to.address.family);
  const fromSelf = (): Maybe =>
    some(
      own.map(({ address }) => {
        const ways = between(network, { at: front.at, address }, to, packet);
        return answerOf(ways, packet, network.clientPorts).bounds.session;
      }),
    );
  if (balancer.Type !== 'network') return fromSelf(); // LB1
  const preserves = client.family === to.address.family ? preservesClient(accounts, group, protocol) : NO;
  const found = oneOf([
    ...(preserves.possible ? [asClient(network, pass, to, packet)] : []),
    ...(preserves.sure ? [] : [fromSelf()]),
  ]);
  // LB4: by default a node passes on within its own zone; whether this one does more was not read
  const isNear = network.zoneOf(front.at.subnet) === network.zoneOf(to.at.subnet);
  return isNear ? found : doubted(found);
}

/**
 * LB3, SG7: the target and its subnet's ACL see the client; a rule that names the load balancer's groups
 * matches all the same. The way back is the load balancer's, whatever the target's table says.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
function asClient(network: Network, { front, client }: Pass, to: Party, packet: Packet): Maybe {
  if (isSameAddress(client, to.address)) return UNKNOWN; // a target that calls itself
  const isWithin = front.at.vpc === to.at.vpc;
  const isStraight = goesStraight(network, front, to, client);
  const { subnet } = to.at;
  const crosses = front.at.subnet !== subnet;
  const far = known({ address: client, carries: front.at.carries });
  const there = every([
    isStraight,
    sends(front.at, packet, known({ address: to.address, carries: to.at.carries })).admits(),
    !crosses || leaves(network, front.at.subnet, packet, to.address),
    !crosses || enters(network, subnet, packet, client),
    accepts(to.at, packet, far).admits(),
    canListen(to.at).admits(),
  ]);
  const back = some(
    network.clientPorts.map((clientPort) => {
      const reply = replyTo(packet, clientPort);
      if (reply === undefined || !crosses) return true;
      // Which of the two subnets' ACLs see the client on the way back is told for the target's alone
      return every([
        leaves(network, subnet, reply, client),
        enters(network, front.at.subnet, reply, to.address) && enters(network, front.at.subnet, reply, client)
          ? true
          : UNKNOWN,
      ]);
    }),
  );
  // Preserving is for targets of the same VPC or a peered one
  return isWithin ? every([there, back]) : doubted(every([there, back]));
}

/**
 * What keeps its client must flow directly from the load balancer to the target: by the VPC's own routes, or a peering. What comes of a way
 * through something else that would lead there is not told.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
function goesStraight(network: Network, front: Party, to: Party, client: Address): Maybe {
  const header = { from: client, to: to.address };
  return oneOf(
    travelTo(network, front.at, to.at, header).map((arrival) => {
      if (arrival.kind === 'unknown') return UNKNOWN;
      if (arrival.kind !== 'vpc' || arrival.vpc !== to.at.vpc) return NO;
      return arrival.referring === 'peered' ? true : UNKNOWN;
    }),
  );
}

/** EN8: the interfaces of a load balancer say its name and id. */
export function frontsOf(network: Network, balancer: LoadBalancer, client: Address): Party[] {
  const name = balancer.LoadBalancerArn.split(':loadbalancer/')[1] ?? '';
  const cards = [...network.interfaces.values()].filter(
    (card) => card.isLive && card.description === `ELB ${name}`,
  );
  return cards.flatMap((at) =>
    at.addresses
      .filter(({ address }) => address.family === client.family)
      .map(({ address }): Party => ({ at, address })),
  );
}

/**
 * An instance is a target by the primary address of its primary interface.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-type
 */
function isTarget(accounts: readonly Account[], group: TargetGroup, to: Party, port: number): boolean {
  const targets = accounts.flatMap(
    (account) => account.DescribeTargetHealth?.[group.TargetGroupArn]?.TargetHealthDescriptions ?? [],
  );
  return targets.some(({ Target: target }) => {
    if (target.Port !== port) return false;
    if (group.TargetType === 'instance')
      return isPrimary(accounts, to.at, target.Id) && isFirst(to.at, to.address);
    if (group.TargetType !== 'ip') return false;
    const address = parseAddress(target.Id);
    return (
      address !== undefined &&
      isSameAddress(address, to.address) &&
      holds(to.at, address) &&
      to.at.vpc === group.VpcId
    );
  });
}

function isPrimary(accounts: readonly Account[], card: Interface, instance: string): boolean {
  return accounts
    .flatMap((account) => account.DescribeNetworkInterfaces?.NetworkInterfaces ?? [])
    .some(
      (raw) =>
        raw.NetworkInterfaceId === card.id &&
        raw.Attachment?.InstanceId === instance &&
        raw.Attachment.DeviceIndex === 0,
    );
}

function isFirst(card: Interface, address: Address): boolean {
  const first = card.addresses[0];
  return first !== undefined && isSameAddress(first.address, address);
}

const SPOKEN: Readonly<Record<string, readonly number[]>> = {
  HTTP: [TCP],
  HTTPS: [TCP],
  TCP: [TCP],
  TLS: [TCP],
  UDP: [UDP],
  TCP_UDP: [TCP, UDP],
};

function speaks(name: string, protocol: number): boolean {
  return SPOKEN[name]?.includes(protocol) ?? false;
}
