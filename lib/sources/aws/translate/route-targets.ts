import { formatIp } from '#netset';
import {
  idOf,
  type BlindSpotId,
  type EndpointId,
  type Gateway,
  type GatewayId,
  type NetworkId,
  type RouteTarget,
} from '#model';
import { quote } from './blind-spots.ts';
import type { CallKey } from '../resources/index.ts';
import type { Draft } from './draft.ts';
import type { GatewayFates } from './gateway-fates.ts';
import type { InstanceRecord } from './instances.ts';
import type { InterfaceRecord } from './interface-records.ts';
import { livenessOf } from './liveness.ts';
import { natNamedBy } from './managed-identity.ts';
import type { Place } from './place.ts';
import type { Target } from './target.ts';
import { gatewayNotModelled, openDoorOf } from './unmodelled-gateways.ts';

/** The members of a route that may name where it leads; an interface says more than the instance that it is on. */
const TARGET_MEMBERS = [
  'GatewayId',
  'NatGatewayId',
  'VpcPeeringConnectionId',
  'EgressOnlyInternetGatewayId',
  'TransitGatewayId',
  'NetworkInterfaceId',
  'InstanceId',
  'CarrierGatewayId',
  'LocalGatewayId',
  'CoreNetworkArn',
  'OdbNetworkArn',
] as const;

/** Which call tells of a gateway, by the member that names it and by the beginning of its id. */
const CALL_OF_MEMBER: ReadonlyMap<string, CallKey> = new Map<string, CallKey>([
  ['NatGatewayId', 'DescribeNatGateways'],
  ['VpcPeeringConnectionId', 'DescribeVpcPeeringConnections'],
  ['EgressOnlyInternetGatewayId', 'DescribeEgressOnlyInternetGateways'],
]);
const CALL_OF_PREFIX: readonly (readonly [string, CallKey])[] = [
  ['igw-', 'DescribeInternetGateways'],
  ['eigw-', 'DescribeEgressOnlyInternetGateways'],
  ['nat-', 'DescribeNatGateways'],
  ['pcx-', 'DescribeVpcPeeringConnections'],
  ['vpce-', 'DescribeVpcEndpoints'],
  ['tgw-', 'DescribeTransitGateways'],
  ['vgw-', 'DescribeVpnGateways'],
];

/** Gateways behind which other networks lie, so that what routes lead to may also come in. */
const TWO_WAY = /^(?:tgw-|vgw-|cagw-|lgw-)|:core-network\/|:odb-network\//;

/** Tells where routes lead. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html */
export class RouteTargets {
  readonly #draft: Draft;
  readonly #fates: GatewayFates;
  readonly #interfaces: ReadonlyMap<string, InterfaceRecord>;
  readonly #instances: ReadonlyMap<string, InstanceRecord>;

  constructor(
    draft: Draft,
    fates: GatewayFates,
    interfaces: ReadonlyMap<string, InterfaceRecord>,
    instances: ReadonlyMap<string, InstanceRecord>,
  ) {
    this.#draft = draft;
    this.#fates = fates;
    this.#interfaces = interfaces;
    this.#instances = instances;
  }

  of(route: Place, network: string, target: Target): RouteTarget {
    const member = TARGET_MEMBERS.find((key) => route.has(key)) ?? otherMember(route);
    const raw = member === undefined ? undefined : route.raw(member);
    const id = typeof raw === 'string' ? raw : '';
    const state = route.raw('State');
    if (state === 'blackhole') return { kind: 'blackhole', text: id };
    if (state !== undefined && state !== 'active')
      return unknown(id, route.odd('State', 'active or blackhole'));
    if (id === 'local') return { kind: 'local' };
    if (member === undefined || id === '')
      return unknown(quote(raw), route.odd(member ?? 'GatewayId', 'the id of a target'));

    const gateway = this.#draft.gateways.get(idOf<'gateway'>(id));
    if (gateway?.kind === 'nat' && route.has('DestinationIpv6CidrBlock')) return this.#nat64(id, route);
    if (gateway !== undefined && !isAttached(gateway, network)) return this.#unattached(id, network, route);
    if (gateway !== undefined) return { kind: 'gateway', gateway: gateway.id };
    const call = CALL_OF_MEMBER.get(member) ?? CALL_OF_PREFIX.find(([prefix]) => id.startsWith(prefix))?.[1];
    const appliances = call === 'DescribeNatGateways' ? this.#interfacesOfNat(id, network) : [];
    const fate = this.#fates.of(id);
    if (fate !== undefined) return fate.kind === 'unknown' ? { ...fate, appliances } : fate;
    if (call !== undefined) {
      const because = target.unread(call) ?? this.#dangling(id, call, route);
      if (TWO_WAY.test(id)) this.#draft.openSideDoor(network, id, id, because);
      return { kind: 'unknown', text: id, because, appliances };
    }
    return this.#notModelled(id, member, network, route);
  }

  /** Whoever in a network may send packets on under an address of its own: where a route is not known, they may be meant. */
  hopsIn(network: NetworkId): (EndpointId | GatewayId)[] {
    const nats = [...this.#draft.gateways.values()].filter(
      (gateway) => gateway.kind === 'nat' && gateway.network === network && gateway.isAvailable,
    );
    const read = new Set<string>(
      nats.flatMap((nat) => (nat.kind === 'nat' ? nat.addresses : [])).map(({ ip }) => formatIp(ip)),
    );
    const others = [...this.#interfaces.values()].filter(
      (record) =>
        record.network === network &&
        (isAppliance(record) ||
          (isOfNat(record) && !record.addresses.some(({ first }) => read.has(formatIp(first))))),
    );
    return [...nats.map(({ id }) => id), ...others.map(({ id }) => idOf<'endpoint'>(id))];
  }

  /** Of a NAT gateway that was not read: whose addresses the far end may see. */
  #interfacesOfNat(gateway: string, network: string): EndpointId[] {
    const all = [...this.#interfaces.values()].filter(
      (record) => record.network === network && isOfNat(record),
    );
    const own = all.filter(({ description }) => natNamedBy(description) === gateway);
    return (own.length > 0 ? own : all).map(({ id }) => idOf<'endpoint'>(id));
  }

  #dangling(id: string, call: CallKey, route: Place): BlindSpotId {
    const because = this.#draft.blindSpots.note(`dangling:${id}`, {
      code: 'dangling',
      effect: 'hides-ways',
      what: `${id} is the target of an active route, but ${call} does not list it`,
      remedy: 'Collect the account again: something changed while it was read.',
      at: route.ref(id),
    });
    // one that is missing may join any two networks, and lets rules of one name groups of the other
    if (call === 'DescribeVpcPeeringConnections')
      for (const target of this.#draft.targets) target.distrust(call, because);
    return because;
  }

  /** A route to a gateway that the network is not attached to would be a blackhole: the attachment was not understood. */
  #unattached(id: string, network: string, route: Place): RouteTarget {
    const because = this.#draft.blindSpots.note(`dangling:${id}:${network}`, {
      code: 'dangling',
      effect: 'hides-ways',
      what: `${network} has an active route to ${id}, but no attachment of it there was read`,
      remedy: 'Collect the account again, and with it the account that owns the gateway.',
      at: route.ref(id),
    });
    this.#draft.openSideDoor(network, id, id, because);
    return unknown(id, because);
  }

  #notModelled(id: string, member: string, network: string, route: Place): RouteTarget {
    const cards = this.#cardsOf(id, member);
    const lost = cards === undefined ? undefined : this.#lostAt(cards);
    if (lost !== undefined) return lost;
    const because = gatewayNotModelled(this.#draft, id, route);
    if (TWO_WAY.test(id)) openDoorOf(this.#draft, id, network, route);
    const appliances = (cards ?? []).filter(mayForward).map((card) => idOf<'endpoint'>(card.id));
    return { kind: 'unknown', text: id, because, appliances };
  }

  /**
   * AWS drops what reaches an interface that does not run, or that it is not meant for, unless the interface's
   * source/destination check is off.
   *
   * https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html#EIP_Disable_SrcDestCheck
   */
  #lostAt(cards: readonly InterfaceRecord[]): RouteTarget | undefined {
    const [card] = cards;
    if (
      card === undefined ||
      cards.some(({ target }) => target.unread('DescribeNetworkInterfaces') !== undefined)
    )
      return undefined;
    if (cards.every((each) => livenessOf(each, this.#instances) !== 'live'))
      return { kind: 'blackhole', text: card.id, why: 'it does not run' };
    if (cards.length > 1 || mayForward(card)) return undefined;
    const why = 'its source/destination check is on';
    return { kind: 'blackhole', text: card.id, why, except: idOf<'endpoint'>(card.id) };
  }

  /** The interfaces that a route may lead to; `undefined` where it leads to something else. */
  #cardsOf(id: string, member: string): readonly InterfaceRecord[] | undefined {
    if (member === 'NetworkInterfaceId') {
      const card = this.#interfaces.get(id);
      return card === undefined ? [] : [card];
    }
    if (member !== 'InstanceId') return undefined;
    return [...this.#interfaces.values()].filter((record) => record.instance === id);
  }

  /** https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html */
  #nat64(id: string, route: Place): RouteTarget {
    const because = this.#draft.blindSpots.note(`route-not-modelled:nat64:${id}`, {
      code: 'route-not-modelled',
      effect: 'hides-ways',
      what: `${id} translates from IPv6 to IPv4 (NAT64), of which only TCP and UDP to single addresses of the internet are followed: whoever routes there may reach IPv4 addresses by it, also with IPv6 alone`,
      remedy: '',
      at: route.ref(id),
    });
    return { kind: 'unknown', text: id, because, appliances: [], translatedBy: idOf<'gateway'>(id) };
  }
}

/** Whether it may pass on what is not meant for it, which it may unless it is known that the check is on. */
function mayForward({ place }: InterfaceRecord): boolean {
  return place.flag('SourceDestCheck') !== true;
}

/** Whether a way out of the network by a gateway that needs an attachment exists; others tell by themselves. */
function isAttached(gateway: Gateway, network: string): boolean {
  if (gateway.kind === 'site') return gateway.network === network;
  if (gateway.kind !== 'transit') return true;
  return [...gateway.attachments.values()].some(({ to }) => to.kind === 'network' && to.network === network);
}

function isAppliance({ place }: InterfaceRecord): boolean {
  return place.flag('SourceDestCheck') === false;
}

function isOfNat({ type, description }: InterfaceRecord): boolean {
  return type === 'nat_gateway' || natNamedBy(description) !== undefined;
}

/** A kind of target that AWS added later still ends in `Id` or `Arn`. */
function otherMember(route: Place): string | undefined {
  if (!route.isObject) return undefined;
  return Object.keys(route.value as object).find(
    (key) =>
      /(?:Id|Arn)$/.test(key) &&
      !/^(?:Destination|InstanceOwner)/.test(key) &&
      typeof route.raw(key) === 'string',
  );
}

function unknown(text: string, because: BlindSpotId): RouteTarget {
  return { kind: 'unknown', text, because, appliances: [] };
}
