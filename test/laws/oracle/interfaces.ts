import { addressOf, blockOf, isSameAddress, isWithin } from './address.ts';
import type { Address, Block } from './address.ts';
import type { Group, GroupRule } from './groups.ts';
import type { NetworkInterface } from './responses.ts';

/** What stands behind an interface, as far as it changes what the interface takes part in. */
export type Role = 'host' | 'nat-gateway' | 'lambda' | 'transit-gateway';

/** The unit of analysis is the interface, never the instance (EN1). */
export type Interface = {
  readonly id: string;
  readonly vpc: string;
  readonly subnet: string;
  readonly role: Role;
  readonly description: string;
  readonly isLive: boolean;
  /** EN7: off, it may send and receive what is not its own, as an appliance does. */
  readonly checksAddresses: boolean;
  readonly addresses: readonly HeldAddress[];
  readonly delegated: readonly Block[];
  readonly carries: ReadonlySet<string>;
  /** All rules of all its groups; undefined where security groups do not filter (SG20, LB2). */
  readonly ingress: readonly GroupRule[] | undefined;
  readonly egress: readonly GroupRule[] | undefined;
};

type HeldAddress = { readonly address: Address; readonly hasPublic: boolean };

/** `stateOf` names an instance's state, or undefined for an instance that is not known. */
export function readInterface(
  raw: NetworkInterface,
  groups: ReadonlyMap<string, Group>,
  stateOf: (instance: string) => string | undefined,
): Interface {
  const carried = raw.Groups.flatMap((group) => groups.get(group.GroupId) ?? []);
  const isFiltered = raw.Groups.length > 0 || !UNFILTERED_WITHOUT_GROUPS.has(raw.InterfaceType);
  return {
    id: raw.NetworkInterfaceId,
    vpc: raw.VpcId,
    subnet: raw.SubnetId,
    role: roleOf(raw),
    description: raw.Description,
    isLive: isLive(raw, stateOf),
    checksAddresses: raw.SourceDestCheck,
    addresses: addressesOf(raw),
    delegated: [
      ...(raw.Ipv4Prefixes ?? []).map((prefix) => blockOf(prefix.Ipv4Prefix)),
      ...(raw.Ipv6Prefixes ?? []).map((prefix) => blockOf(prefix.Ipv6Prefix)),
    ],
    carries: new Set(raw.Groups.map((group) => group.GroupId)), // SG17: looked up by id, whatever the VPC
    ingress: isFiltered ? carried.flatMap((group) => group.ingress) : undefined,
    egress: isFiltered ? carried.flatMap((group) => group.egress) : undefined,
  };
}

export function holds(holder: Interface, address: Address): boolean {
  return (
    holder.addresses.some((held) => isSameAddress(held.address, address)) ||
    holder.delegated.some((block) => isWithin(address, block))
  );
}

/** EN5: each private address has a public one of its own, or none; a delegated prefix never has. */
export function hasPublicAddress(holder: Interface, address: Address): boolean {
  return holder.addresses.some((held) => held.hasPublic && isSameAddress(held.address, address));
}

/** SG20, LB2: a load balancer of this kind that has no group lets everything through. */
const UNFILTERED_WITHOUT_GROUPS: ReadonlySet<string> = new Set([
  'network_load_balancer',
  'gateway_load_balancer',
  'gateway_load_balancer_endpoint',
]);

/** EN8: older records have the plain type `interface`, so the description counts too. */
function roleOf({ InterfaceType: type, Description: description }: NetworkInterface): Role {
  if (type === 'nat_gateway' || description.startsWith('Interface for NAT Gateway nat-'))
    return 'nat-gateway';
  if (type === 'lambda' || description.startsWith('AWS Lambda VPC ENI-')) return 'lambda';
  if (
    type === 'transit_gateway' ||
    description.startsWith('Network Interface for Transit Gateway Attachment tgw-attach-')
  )
    return 'transit-gateway';
  return 'host';
}

/** EN3: attached; EN2: its instance, if known, runs or is about to. */
function isLive(raw: NetworkInterface, stateOf: (instance: string) => string | undefined): boolean {
  const { Attachment: attachment } = raw;
  if (raw.Status !== 'in-use') return false;
  if (attachment === undefined) return true;
  if (attachment.Status !== 'attached') return false;
  const state = attachment.InstanceId === undefined ? undefined : stateOf(attachment.InstanceId);
  return state === undefined || state === 'running' || state === 'pending';
}

/** EN4: secondary private addresses count like the first. */
function addressesOf(raw: NetworkInterface): HeldAddress[] {
  const private4 = raw.PrivateIpAddresses.map((each) => ({
    address: addressOf(each.PrivateIpAddress),
    hasPublic: each.Association?.PublicIp !== undefined,
  }));
  const ipv6 = raw.Ipv6Addresses.map((each) => ({ address: addressOf(each.Ipv6Address), hasPublic: false }));
  if (private4.length > 0 || raw.PrivateIpAddress === undefined) return [...private4, ...ipv6];
  const alone = {
    address: addressOf(raw.PrivateIpAddress),
    hasPublic: raw.Association?.PublicIp !== undefined,
  };
  return [alone, ...ipv6];
}
