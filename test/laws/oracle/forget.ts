import type { Account, IpPermission, Meta } from './responses.ts';
import { Dice } from './world/dice.ts';

/**
 * A way to know less about a world than there is to know, as a failed or partial read would leave it.
 *
 * The law: on the poorer world an answer is either the one on the full world, or unknown. `apply` takes what
 * it takes from one target, chosen by the seed, and returns undefined where there is nothing to take.
 * With `onlyNarrows` the poorer world may also be judged as if the missing thing were at its widest: an
 * instance whose state was not read counts as running.
 */
export type Forgetting = {
  readonly name: string;
  readonly onlyNarrows?: true;
  readonly apply: (targets: readonly Account[], seed: number) => Account[] | undefined;
};

type Mutable = { -readonly [Key in keyof Account]: Account[Key] };
type Call = Exclude<keyof Account, '_meta'>;

const CALLS = [
  'DescribeNetworkAcls',
  'DescribeRouteTables',
  'DescribeInternetGateways',
  'DescribeEgressOnlyInternetGateways',
  'DescribeNatGateways',
  'DescribeVpcPeeringConnections',
  'DescribeManagedPrefixLists',
  'GetManagedPrefixListEntries',
  'DescribeVpcEndpoints',
  'DescribeSubnets',
  'DescribeVpcs',
  'DescribeInstances',
] as const satisfies readonly Call[];

export const FORGETTINGS: readonly Forgetting[] = [
  ...CALLS.map(forgetCall),
  forgetOne('the entries of one prefix list', (target) =>
    Object.keys(target.GetManagedPrefixListEntries ?? {}).map((id) => ({
      ...target,
      GetManagedPrefixListEntries: Object.fromEntries(
        Object.entries(target.GetManagedPrefixListEntries ?? {}).filter(([each]) => each !== id),
      ),
    })),
  ),
  forgetOne('one security group', (target) =>
    without(target.DescribeSecurityGroups?.SecurityGroups, (group, SecurityGroups) => ({
      ...target,
      DescribeSecurityGroups: { SecurityGroups },
      ...(target.DescribeSecurityGroupRules === undefined
        ? {}
        : {
            DescribeSecurityGroupRules: {
              SecurityGroupRules: target.DescribeSecurityGroupRules.SecurityGroupRules.filter(
                (rule) => rule.GroupId !== group.GroupId,
              ),
            },
          }),
    })),
  ),
  forgetOne('one network ACL', (target) =>
    without(target.DescribeNetworkAcls?.NetworkAcls, (_, NetworkAcls) => ({
      ...target,
      DescribeNetworkAcls: { NetworkAcls },
    })),
  ),
  forgetOne('one route table', (target) =>
    without(target.DescribeRouteTables?.RouteTables, (_, RouteTables) => ({
      ...target,
      DescribeRouteTables: { RouteTables },
    })),
  ),
  forgetOne('one NAT gateway', (target) =>
    without(target.DescribeNatGateways?.NatGateways, (_, NatGateways) => ({
      ...target,
      DescribeNatGateways: { NatGateways },
    })),
  ),
  forgetPeering(),
  garble('the protocol of one rule', (permission) => ({ ...permission, IpProtocol: 'banana' })),
  garble('the CIDR of one rule', ({ IpRanges: [range, ...ranges], ...rest }) =>
    range === undefined ? undefined : { ...rest, IpRanges: [{ ...range, CidrIp: '10.0.0.0/33' }, ...ranges] },
  ),
  garble('the IPv6 CIDR of one rule', ({ Ipv6Ranges: [range, ...ranges], ...rest }) =>
    range === undefined ? undefined : { ...rest, Ipv6Ranges: [{ ...range, CidrIpv6: 'banana' }, ...ranges] },
  ),
];

/** The whole answer of one call is gone, and the target says so. */
function forgetCall(call: Call): Forgetting {
  return {
    name: call,
    ...(call === 'DescribeInstances' ? { onlyNarrows: true } : {}),
    apply: (targets, seed) =>
      replaceOne(targets, seed, (target) => {
        const { [call]: gone, ...rest } = target;
        return gone === undefined ? [] : [{ ...rest, _meta: blinded(target._meta, call) }];
      }),
  };
}

function blinded(meta: Meta | undefined, call: string): Meta {
  const blindSpot = { code: 'call-failed', call, why: 'AccessDenied' };
  return { ...meta, blindSpots: [...(meta?.blindSpots ?? []), blindSpot] };
}

/** One record is missing from a response that is otherwise whole. */
function forgetOne(name: string, poorer: (target: Account) => Account[]): Forgetting {
  return { name, apply: (targets, seed) => replaceOne(targets, seed, poorer) };
}

/** Both sides may describe a peering, so it goes from each. */
function forgetPeering(): Forgetting {
  return {
    name: 'one peering',
    apply: (targets, seed) => {
      const ids = targets
        .flatMap((target) => target.DescribeVpcPeeringConnections?.VpcPeeringConnections ?? [])
        .map((peering) => peering.VpcPeeringConnectionId);
      const gone = new Dice(seed).fork('peering').pickAny([...new Set(ids)]);
      if (gone === undefined) return undefined;
      return targets.map((target) => ({
        ...target,
        DescribeVpcPeeringConnections: {
          VpcPeeringConnections: (target.DescribeVpcPeeringConnections?.VpcPeeringConnections ?? []).filter(
            (peering) => peering.VpcPeeringConnectionId !== gone,
          ),
        },
      }));
    },
  };
}

/** One rule says something that cannot be read; the listing of rules, which would still tell, is left out. */
function garble(name: string, spoil: (permission: IpPermission) => IpPermission | undefined): Forgetting {
  return forgetOne(name, (whole) => {
    const target: Mutable = { ...whole };
    delete target.DescribeSecurityGroupRules;
    return (target.DescribeSecurityGroups?.SecurityGroups ?? []).flatMap((group, at, groups) =>
      (['IpPermissions', 'IpPermissionsEgress'] as const).flatMap((direction) =>
        group[direction].flatMap((permission, number) => {
          const spoilt = spoil(permission);
          if (spoilt === undefined) return [];
          const poorer = { ...group, [direction]: group[direction].with(number, spoilt) };
          return { ...target, DescribeSecurityGroups: { SecurityGroups: groups.with(at, poorer) } };
        }),
      ),
    );
  });
}

/** For each item, what becomes of the target without it. */
function without<T>(items: readonly T[] = [], poorer: (gone: T, rest: T[]) => Account): Account[] {
  return items.map((item) =>
    poorer(
      item,
      items.filter((each) => each !== item),
    ),
  );
}

/** One of all the poorer worlds that differ from this one in one target. */
function replaceOne(
  targets: readonly Account[],
  seed: number,
  poorerOf: (target: Account) => Account[],
): Account[] | undefined {
  const choices = targets.flatMap((target, at) => poorerOf(target).map((poorer) => targets.with(at, poorer)));
  return new Dice(seed).fork('forget').pickAny(choices);
}
