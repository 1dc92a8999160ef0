import { addressOf, blockAround, blockOf, isWithin, widthOf } from '../address.ts';
import type { Address, Block, Family } from '../address.ts';
import type { Dice } from './dice.ts';
import type { Features } from './features.ts';
import type { VpcPlan } from './layout.ts';

/** What rules, ACL entries, lists and routes of one world choose from. */
export type Material = {
  readonly features: Features;
  readonly vpcs: readonly VpcPlan[];
  /** Every address that an interface holds, and an edge of every delegated prefix. */
  readonly addresses: readonly Address[];
  /** Worlds where groups or ACLs hardly filter, so that routes decide. */
  readonly openGroups: boolean;
  readonly openAcls: boolean;
  /** The hosts of each VPC, for routes to point at. */
  readonly hosts: readonly { readonly id: string; readonly vpcId: string }[];
  /** Worlds where NAT gateways work and most routes lead to them. */
  readonly translated: boolean;
  /** Worlds where no host is in the last subnet of a VPC, which transit gateways are attached to. */
  readonly apart: boolean;
};

export const PUBLIC_RANGES: Readonly<Record<Family, readonly [string, ...string[]]>> = {
  4: ['8.8.8.0/24', '8.8.8.8/32', '203.0.113.128/25', '9.0.0.0/8', '52.216.0.0/15'],
  6: ['2606:4700::/32', '2606:4700:4700::1111/128', '2000::/3', '2a00::/12'],
};
/** What sites outside AWS announce: private space, a piece of public space, and a block around some VPCs. */
export const SITE_BLOCKS = ['192.168.128.0/24', '203.0.113.128/25', '10.0.0.0/9'].map(blockOf);
const HALVES: Readonly<Record<Family, readonly [string, string]>> = {
  4: ['0.0.0.0/1', '128.0.0.0/1'],
  6: ['::/1', '8000::/1'],
};
const LENGTHS: Readonly<Record<Family, readonly [number, ...number[]]>> = {
  4: [28, 29, 30, 31, 32, 32],
  6: [64, 80, 112, 126, 127, 128, 128],
};

/** A block that the world's own addresses lie in, at the edge of, or just beside; or a very wide one. */
export function pickBlock(dice: Dice, material: Material, family: Family): Block {
  return pickFrom(dice.below(100), dice, material, family);
}

/** The same without the very wide ones: what to deny, if anything else is to get through. */
export function pickNarrowBlock(dice: Dice, material: Material, family: Family): Block {
  return pickFrom(dice.between(40, 99), dice, material, family);
}

function pickFrom(kind: number, dice: Dice, material: Material, family: Family): Block {
  const address = dice.pickAny(material.addresses.filter((each) => each.family === family));
  if (kind < 30 || address === undefined) return blockOf(family === 4 ? '0.0.0.0/0' : '::/0');
  if (kind < 40) return blockOf(dice.pick(HALVES[family]));
  const hasSites = material.features.siteGateways || material.features.transitSites;
  if (kind < 46 && family === 4 && hasSites)
    return SITE_BLOCKS[kind % SITE_BLOCKS.length] ?? blockAround(address, 24);
  if (kind < 50) return blockOf(dice.pick(PUBLIC_RANGES[family]));
  if (kind < 60) return dice.pickAny(subnetBlocks(material, family)) ?? blockAround(address, 24);
  if (kind < 90) return blockAround(address, dice.pick(LENGTHS[family]));
  const length = dice.pick(LENGTHS[family]);
  const size = 1n << BigInt(widthOf(family) - length);
  const beside = address.bits + (dice.chance(0.5) ? size : -size);
  return blockAround({ family, bits: beside }, length);
}

export function subnetBlocks(material: Material, family: Family): Block[] {
  return material.vpcs
    .flatMap((vpc) => vpc.subnets.map((subnet) => (family === 4 ? subnet.block : subnet.block6)))
    .filter((block) => block !== undefined);
}

/** The address at that distance from the first one of a block. */
export function nth(block: Block, offset: number | bigint): Address {
  const address = { family: block.family, bits: block.first + BigInt(offset) };
  if (!isWithin(address, block)) throw new RangeError('address beyond its block');
  return address;
}

/** Public addresses that AWS lends to interfaces; none lies in a VPC. */
export function publicAddress(number: number): Address {
  const first = addressOf('54.240.0.10');
  return { family: 4, bits: first.bits + BigInt(number) };
}

/** Of what a rule speaks; `name` is a number as text where `asNumber` wants one. */
export type TrafficPick = {
  readonly name: string;
  readonly ports?: readonly [number, number];
  readonly icmp?: readonly [type: number, code: number];
};

const PORTS = [22, 80, 443, 5432, 50000] as const;
const REPLY_RANGES = [
  [1024, 65535],
  [32768, 60999],
  [49152, 65535],
  [1025, 5000],
  [1024, 1024],
  [65535, 65535],
] as const;
const ICMP_KINDS = [
  [-1, -1],
  [8, -1],
  [8, 0],
  [0, 0],
  [0, -1],
  [3, 4],
  [13, -1],
  [14, 0],
  [255, 255],
] as const;
const ICMPV6_KINDS = [
  [-1, -1],
  [128, -1],
  [128, 0],
  [129, 0],
  [1, -1],
  [255, 255],
] as const;

export function pickTraffic(dice: Dice, features: Features, asNumber: boolean): TrafficPick {
  const kind = dice.below(100);
  if (kind < 20) return { name: '-1' };
  if (kind < (asNumber ? 36 : 30) && features.icmp) {
    if (features.ipv6 && dice.chance(0.4))
      return {
        name: asNumber || wantsNumber(dice, features) ? '58' : 'icmpv6',
        icmp: dice.pick(ICMPV6_KINDS),
      };
    return { name: asNumber || wantsNumber(dice, features) ? '1' : 'icmp', icmp: dice.pick(ICMP_KINDS) };
  }
  if (kind < 42 && features.oddProtocols) return { name: dice.pick(['47', '50', '0', '132']) };
  const isTcp = dice.chance(0.75);
  const number = isTcp ? '6' : '17';
  return {
    name: asNumber || wantsNumber(dice, features) ? number : isTcp ? 'tcp' : 'udp',
    ports: asNumber && dice.chance(0.4) ? dice.pick(REPLY_RANGES) : pickPorts(dice),
  };
}

function wantsNumber(dice: Dice, features: Features): boolean {
  return dice.chance(0.1) && features.oddProtocols;
}

function pickPorts(dice: Dice): readonly [number, number] {
  const kind = dice.below(10);
  if (kind === 0) return [0, 65535];
  const near = dice.pick(PORTS) + dice.pick([0, 0, 0, -1, 1]);
  if (kind < 5) return [near, near];
  const other = dice.pick([...PORTS, 0, 65535]) + dice.pick([0, 0, -1, 1]);
  const far = Math.min(Math.max(other, 0), 65535);
  return near < far ? [near, far] : [far, near];
}
