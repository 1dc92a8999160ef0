import { blockAround, blockOf, overlap } from '../address.ts';
import type { Block } from '../address.ts';
import type { Dice } from './dice.ts';
import type { Features } from './features.ts';
import { idOf } from './ids.ts';

/** One account in one Region. */
export type Target = { readonly account: string; readonly region: string };

export type VpcPlan = {
  readonly id: string;
  readonly target: Target;
  readonly blocks: readonly Block[];
  readonly block6: Block | undefined;
  readonly subnets: readonly SubnetPlan[];
};

export type SubnetPlan = {
  readonly id: string;
  readonly vpcId: string;
  readonly target: Target;
  /** The same number is the same zone in every account of the Region. */
  readonly zone: 1 | 2;
  readonly block: Block;
  readonly block6: Block | undefined;
};

export function isOf(owner: Target, target: Target): boolean {
  return owner.account === target.account && owner.region === target.region;
}

const HOME: Target = { account: '111122223333', region: 'eu-west-1' };
const OTHER_ACCOUNT: Target = { account: '444455556666', region: 'eu-west-1' };
const OTHER_REGION: Target = { account: '111122223333', region: 'eu-central-1' };

const PRIVATE_BLOCKS = ['10.0.0.0/25', '10.0.0.128/25', '10.0.1.0/25', '172.31.255.128/25', '192.168.0.0/25'];
const PUBLIC_BLOCK = '198.51.100.0/25';
/** It takes in two of the private blocks. */
const WIDE_BLOCK = '10.0.0.0/24';
const SECONDARY_BLOCKS = ['100.64.0.0/26', '10.1.0.0/26', '172.16.0.0/26'];

/** One to three VPCs with two to four subnets of /28, rarely /26, in all. */
export function layOut(dice: Dice, features: Features): VpcPlan[] {
  const own = dice.fork('vpcs');
  const picked = features.severalVpcs ? own.pick([1, 1, 2, 2, 2, 3]) : 1;
  // A transit gateway joins nothing where there is but one
  const vpcCount = features.transitGateways ? Math.max(picked, 2) : picked;
  const subnetCounts = Array.from({ length: vpcCount }, () => 1);
  const some = Math.max(own.between(2, 4), vpcCount);
  const total = features.transitGateways && own.fork('roomy').chance(0.7) ? 4 : some;
  for (let spare = total - vpcCount; spare > 0; spare -= 1) {
    const index = own.below(vpcCount);
    subnetCounts[index] = (subnetCounts[index] ?? 0) + 1;
  }
  const vpcs: VpcPlan[] = [];
  for (const [index, subnetCount] of subnetCounts.entries())
    vpcs.push(layOutVpc(dice.fork('vpc', index), features, index, subnetCount, vpcs));
  return vpcs;
}

function layOutVpc(
  dice: Dice,
  features: Features,
  index: number,
  subnetCount: number,
  earlier: readonly VpcPlan[],
): VpcPlan {
  const target = targetOf(dice.fork('target'), features, index);
  const blocks = [primaryBlock(dice.fork('primary'), features, earlier)];
  const secondary = SECONDARY_BLOCKS[index];
  if (features.secondaryCidrs && secondary !== undefined && dice.fork('secondary').chance(0.4))
    blocks.push(blockOf(secondary));
  const block6 = block6Of(dice.fork('v6'), features, index);
  const id = idOf('vpc', index);
  const subnets = Array.from({ length: subnetCount }, (_, at): SubnetPlan => {
    const own = dice.fork('subnet', at);
    // The last subnet may lie in the secondary CIDR
    const within = at === subnetCount - 1 && own.fork('within').chance(0.7) ? blocks.at(-1) : blocks[0];
    // Only a larger subnet has room for a delegated /28 beside the addresses that AWS keeps
    const isLarge =
      at === 0 && subnetCount < 4 && features.delegatedPrefixes && own.fork('large').chance(0.4);
    const slot = at === 0 ? 0 : 32 * at + (subnetCount < 4 ? 32 : 0);
    const first = (within?.first ?? 0n) + BigInt(within === blocks[0] ? slot : 0);
    const has6 = block6 !== undefined && own.fork('v6').chance(0.75);
    return {
      id: idOf('subnet', index * 10 + at),
      vpcId: id,
      target,
      zone: features.severalZones && own.fork('zone').chance(0.35) ? 2 : 1,
      block: blockAround({ family: 4, bits: first }, isLarge ? 26 : 28),
      block6: has6 ? blockAround({ family: 6, bits: block6.first + (BigInt(at) << 64n) }, 64) : undefined,
    };
  });
  return { id, target, blocks, block6, subnets };
}

function targetOf(dice: Dice, features: Features, index: number): Target {
  if (index === 0) return HOME;
  if (features.crossRegion && dice.fork('region').chance(0.3)) return OTHER_REGION;
  if (features.severalTargets && dice.fork('account').chance(0.3)) return OTHER_ACCOUNT;
  return HOME;
}

function primaryBlock(dice: Dice, features: Features, earlier: readonly VpcPlan[]): Block {
  const taken = earlier.flatMap((vpc) => vpc.blocks);
  const first = taken[0];
  if (first !== undefined && features.overlappingVpcs && dice.fork('overlap').chance(0.35))
    return dice.fork('same').chance(0.7) ? first : blockOf(WIDE_BLOCK);
  if (
    features.publicVpcCidrs &&
    dice.fork('public').chance(0.08) &&
    taken.every((block) => !overlap(block, blockOf(PUBLIC_BLOCK)))
  )
    return blockOf(PUBLIC_BLOCK);
  const free = PRIVATE_BLOCKS.map(blockOf).filter((block) => !taken.some((each) => overlap(each, block)));
  return dice.fork('free').pickAny(free) ?? blockOf(WIDE_BLOCK);
}

function block6Of(dice: Dice, features: Features, index: number): Block | undefined {
  if (!features.ipv6 || !dice.fork('has').chance(0.6)) return undefined;
  const isLocal = features.uniqueLocalIpv6 && dice.fork('local').chance(0.2);
  return blockOf(isLocal ? `fd12:3456:789a:${index}00::/56` : `2001:db8:0:${index}00::/56`);
}
