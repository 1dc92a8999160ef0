import { formatBlock } from '../address.ts';
import type { Family } from '../address.ts';
import type { PrefixList, PrefixListEntries } from '../responses.ts';
import type { Dice } from './dice.ts';
import { s3List } from './edges.ts';
import { idOf } from './ids.ts';
import type { Target, VpcPlan } from './layout.ts';
import { pickBlock, PUBLIC_RANGES } from './picks.ts';
import type { Material } from './picks.ts';

export type ListPlan = {
  readonly target: Target;
  readonly family: Family;
  readonly use: 'rules' | 'routes' | 's3';
  readonly list: PrefixList;
  readonly entries: PrefixListEntries;
};

/** For each target: lists for group rules, one for routes, and AWS's own list of S3 addresses. */
export function buildLists(dice: Dice, material: Material, targets: readonly Target[]): ListPlan[] {
  const { features, vpcs } = material;
  return targets.flatMap((target, at) => {
    const make = (
      number: number,
      family: Family,
      use: ListPlan['use'],
      cidrs: readonly string[],
    ): ListPlan => ({
      target,
      family,
      use,
      list: {
        PrefixListId: idOf('pl', at * 10 + number),
        PrefixListName: `${use}-${number}`,
        AddressFamily: family === 4 ? 'IPv4' : 'IPv6',
        State: 'create-complete',
        OwnerId: target.account,
        Version: 1,
        MaxEntries: 10,
      },
      entries: { Entries: [...new Set(cidrs)].map((Cidr) => ({ Cidr })) },
    });
    const choose = (number: number, family: Family): string[] => {
      const own = dice.fork(target.account, target.region, number);
      return Array.from({ length: own.between(1, 3) }, () => formatBlock(pickBlock(own, material, family)));
    };
    const own = dice.fork('routes', at);
    return [
      ...(features.prefixLists ? [make(0, 4, 'rules', choose(0, 4)), make(1, 4, 'rules', choose(1, 4))] : []),
      ...(features.prefixLists && features.ipv6 ? [make(2, 6, 'rules', choose(2, 6))] : []),
      ...(features.prefixListRoutes ? [make(3, 4, 'routes', routeEntries(own, vpcs))] : []),
      ...(features.prefixListRoutes && features.ipv6
        ? [make(4, 6, 'routes', [own.pick(PUBLIC_RANGES[6]), ...own.some(PUBLIC_RANGES[6], 0.4)])]
        : []),
      ...(features.gatewayEndpoints ? [s3ListOf(target)] : []),
    ];
  });
}

/** Public ranges, and now and then a subnet to be reached by peering. */
function routeEntries(dice: Dice, vpcs: readonly VpcPlan[]): string[] {
  const subnet = dice.pickAny(vpcs.flatMap((vpc) => vpc.subnets));
  const inner = dice.chance(0.5) && subnet !== undefined ? [formatBlock(subnet.block)] : [];
  // Which of two lists wins an equal entry is AWS's secret, so none of S3's here
  const ranges = PUBLIC_RANGES[4].filter((range) => !S3_RANGES.includes(range));
  return [...dice.some(ranges, 0.6), '9.9.9.9/32', ...inner];
}

const S3_RANGES = ['52.216.0.0/15', '8.8.8.0/30'];

function s3ListOf(target: Target): ListPlan {
  return {
    target,
    family: 4,
    use: 's3',
    list: {
      PrefixListId: s3List(target.region),
      PrefixListName: `com.amazonaws.${target.region}.s3`,
      AddressFamily: 'IPv4',
      State: 'create-complete',
      OwnerId: 'AWS',
    },
    entries: { Entries: S3_RANGES.map((Cidr) => ({ Cidr })) },
  };
}
