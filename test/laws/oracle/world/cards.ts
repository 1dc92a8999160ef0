import { blockAround, formatAddress, formatBlock } from '../address.ts';
import type { Address } from '../address.ts';
import type { NatGateway, NetworkInterface } from '../responses.ts';
import type { Dice } from './dice.ts';
import type { Features } from './features.ts';
import { idOf } from './ids.ts';
import type { SubnetPlan, VpcPlan } from './layout.ts';
import { nth, publicAddress } from './picks.ts';

type Kind = 'host' | 'database' | 'lambda' | 'nat' | 'transit' | 'load-balancer';

/** Interfaces before their groups and attachments are known, and the NAT gateways that own some of them. */
export type Card = {
  readonly id: string;
  readonly kind: Kind;
  readonly subnet: SubnetPlan;
  readonly raw: Pick<
    NetworkInterface,
    'PrivateIpAddress' | 'PrivateIpAddresses' | 'Ipv6Addresses' | 'Ipv4Prefixes' | 'Ipv6Prefixes'
  >;
  /** Every address held; of a delegated prefix the first and the last. */
  readonly addresses: readonly Address[];
};

/** At most ten interfaces, NAT gateways' included. */
export function dealCards(
  dice: Dice,
  features: Features,
  vpcs: readonly VpcPlan[],
  { translated, apart }: { readonly translated: boolean; readonly apart: boolean },
): { cards: Card[]; nats: NatGateway[] } {
  const everywhere = vpcs.flatMap((vpc) => vpc.subnets);
  // Where the last subnet of a VPC is kept free of hosts, its ACL and table count for others alone
  const subnets = apart
    ? vpcs.flatMap((vpc) => vpc.subnets.slice(0, Math.max(1, vpc.subnets.length - 1)))
    : everywhere;
  // The same order everywhere, so that overlapping VPCs hold equal addresses
  const order = dice.fork('seats').shuffled(SEATS);
  const seats = new Map(everywhere.map((subnet) => [subnet.id, [...order]]));
  const count = features.manyInterfaces ? dice.fork('count').between(4, 8) : dice.fork('count').between(2, 3);
  const cards = Array.from({ length: count }, (_, number) => {
    const own = dice.fork('card', number);
    // The first two make sure that there is somewhere to go to
    const subnet = subnets[number < 2 ? number % subnets.length : own.below(subnets.length)];
    return deal(own, features, number, kindOf(own.fork('kind'), features), subnet, seats);
  });
  // A NAT gateway has clients only in other subnets of its VPC
  const roomy = vpcs.filter((vpc) => vpc.subnets.length > 1).flatMap((vpc) => vpc.subnets);
  const least = translated ? 1 : 0;
  const natCount = features.natGateways ? dice.fork('nats').pick([least, 1, 1, 1, 2]) : 0;
  const nats = Array.from({ length: natCount }, (_, number) =>
    dealNat(
      dice.fork('nat', number),
      count + number,
      roomy.length > 0 ? roomy : everywhere,
      seats,
      translated,
    ),
  );
  return {
    cards: [...cards, ...nats.flatMap(({ card }) => card ?? [])],
    nats: nats.map(({ nat }) => nat),
  };
}

/** AWS keeps the first four addresses of a subnet and the last to itself. */
const SEATS = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];
const MOST_CARDS = 10;
type Seats = ReadonlyMap<string, number[]>;

function kindOf(dice: Dice, features: Features): Kind {
  const kind = dice.below(100);
  if (kind < 10 && features.managedInterfaces) return 'database';
  if (kind >= 10 && kind < 18 && features.lambda) return 'lambda';
  if (kind >= 18 && kind < 23 && features.transitGatewayInterfaces) return 'transit';
  if (kind >= 23 && kind < 28 && features.loadBalancersWithoutGroups) return 'load-balancer';
  return 'host';
}

function deal(
  dice: Dice,
  features: Features,
  number: number,
  kind: Kind,
  subnet: SubnetPlan | undefined,
  seats: Seats,
): Card {
  if (subnet === undefined) throw new RangeError('a world without subnets');
  const first = seat(seats, subnet);
  const wantsMore = features.secondaryAddresses && dice.fork('second').chance(0.3);
  const seats4 = wantsMore && hasSpare(seats, subnet, number) ? [first, seat(seats, subnet)] : [first];
  const lendable = features.publicAddresses && kind !== 'transit';
  const privates = seats4.map((offset, at) => {
    const isPublic = lendable && dice.fork('public', at).chance(0.55);
    return {
      Primary: at === 0,
      PrivateIpAddress: formatAddress(nth(subnet.block, offset)),
      ...(isPublic
        ? {
            Association: {
              PublicIp: formatAddress(publicAddress(number * 2 + at)),
              IpOwnerId: at === 0 ? 'amazon' : subnet.target.account,
            },
          }
        : {}),
    };
  });
  const own6 = dice.fork('v6');
  const has6 = subnet.block6 !== undefined && own6.chance(0.7);
  const offsets6 = has6 ? [0x10 + first, ...(own6.chance(0.2) ? [0x40 + first] : [])] : [];
  const addresses6 = offsets6.flatMap((offset) =>
    subnet.block6 === undefined ? [] : nth(subnet.block6, offset),
  );
  const prefixes = delegated(dice.fork('delegated'), features, number, subnet, kind);
  return {
    id: idOf('eni', number),
    kind,
    subnet,
    raw: {
      PrivateIpAddress: formatAddress(nth(subnet.block, first)),
      PrivateIpAddresses: privates,
      Ipv6Addresses: addresses6.map((address) => ({
        Ipv6Address: formatAddress(address),
        IsPrimaryIpv6: false,
      })),
      ...(prefixes.v4 === undefined ? {} : { Ipv4Prefixes: [{ Ipv4Prefix: formatBlock(prefixes.v4) }] }),
      ...(prefixes.v6 === undefined ? {} : { Ipv6Prefixes: [{ Ipv6Prefix: formatBlock(prefixes.v6) }] }),
    },
    addresses: [
      ...seats4.map((offset) => nth(subnet.block, offset)),
      ...addresses6,
      ...[prefixes.v4, prefixes.v6].flatMap((block) =>
        block === undefined
          ? []
          : [
              { family: block.family, bits: block.first },
              { family: block.family, bits: block.last },
            ],
      ),
    ],
  };
}

/** The second /28 of a large subnet may be handed to one interface; IPv6 prefixes are /80 and plentiful. */
function delegated(dice: Dice, features: Features, number: number, subnet: SubnetPlan, kind: Kind) {
  if (!features.delegatedPrefixes || kind !== 'host') return { v4: undefined, v6: undefined };
  const isFree = subnet.block.length < 28 && number === 0;
  const has4 = isFree && dice.fork('v4').chance(0.7);
  const has6 = dice.fork('v6').chance(0.25);
  return {
    v4: has4 ? blockAround(nth(subnet.block, 16), 28) : undefined,
    v6:
      has6 && subnet.block6 !== undefined
        ? blockAround(nth(subnet.block6, BigInt(number + 1) << 48n), 80)
        : undefined,
  };
}

function dealNat(
  dice: Dice,
  number: number,
  subnets: readonly SubnetPlan[],
  seats: Seats,
  isUsable: boolean,
) {
  const subnet = dice.pickAny(subnets);
  if (subnet === undefined) throw new RangeError('a world without subnets');
  const state = isUsable || dice.chance(0.6) ? 'available' : dice.pick(['pending', 'failed', 'deleted']);
  const isPublic = dice.chance(0.7);
  const first = seat(seats, subnet);
  const wantsMore = dice.chance(0.45) && hasSpare(seats, subnet, number);
  const offsets = wantsMore ? [first, seat(seats, subnet)] : [first];
  const eni = idOf('eni', number);
  const held = offsets.map((offset, at) => ({
    address: nth(subnet.block, offset),
    publicIp: isPublic ? formatAddress(publicAddress(number * 2 + at)) : undefined,
  }));
  const nat: NatGateway = {
    NatGatewayId: idOf('nat', number),
    VpcId: subnet.vpcId,
    SubnetId: subnet.id,
    State: state,
    ConnectivityType: isPublic ? 'public' : 'private',
    NatGatewayAddresses: held.map(({ address, publicIp }, at) => ({
      NetworkInterfaceId: eni,
      PrivateIp: formatAddress(address),
      ...(publicIp === undefined
        ? {}
        : { PublicIp: publicIp, AllocationId: idOf('eipalloc', number * 2 + at) }),
      IsPrimary: at === 0,
      Status: 'succeeded',
    })),
  };
  const card: Card = {
    id: eni,
    kind: 'nat',
    subnet,
    raw: {
      PrivateIpAddress: nat.NatGatewayAddresses[0]?.PrivateIp ?? '',
      PrivateIpAddresses: held.map(({ address, publicIp }, at) => ({
        Primary: at === 0,
        PrivateIpAddress: formatAddress(address),
        ...(publicIp === undefined
          ? {}
          : { Association: { PublicIp: publicIp, IpOwnerId: subnet.target.account } }),
      })),
      Ipv6Addresses: [],
    },
    addresses: held.map(({ address }) => address),
  };
  // A NAT gateway that failed or was deleted has no interface any more
  return { nat, card: state === 'available' || state === 'pending' ? card : undefined };
}

/** A second seat is to be had only if all cards to come could still sit down here. */
function hasSpare(seats: Seats, subnet: SubnetPlan, number: number): boolean {
  return (seats.get(subnet.id)?.length ?? 0) > MOST_CARDS - 1 - number;
}

function seat(seats: Seats, subnet: SubnetPlan): number {
  const offset = seats.get(subnet.id)?.pop();
  if (offset === undefined) throw new RangeError('a full subnet');
  return offset;
}
