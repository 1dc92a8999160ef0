import type { Account } from './oracle/index.ts';
import { Dice } from './oracle/world/dice.ts';

/** A small change of a world, of the kind that people make. */
export type Edit = {
  readonly name: string;
  /** `undefined` where the world has nothing of the kind. */
  readonly apply: (targets: readonly Account[], seed: number) => Account[] | undefined;
};

type Permission = NonNullable<
  Account['DescribeSecurityGroups']
>['SecurityGroups'][number]['IpPermissions'][number];

const ANYONE: Permission = {
  IpProtocol: '-1',
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  Ipv6Ranges: [{ CidrIpv6: '::/0' }],
  PrefixListIds: [],
  UserIdGroupPairs: [],
};

/** Adds an allow rule to one group; nothing that passed may stop by it. */
export const WIDENING: readonly Edit[] = [
  edit('an ingress rule more', (target) =>
    groupsWith(target, 'IpPermissions', (rules) => [[...rules, ANYONE]]),
  ),
  edit('an egress rule more', (target) =>
    groupsWith(target, 'IpPermissionsEgress', (rules) => [[...rules, ANYONE]]),
  ),
];

export const EDITS: readonly Edit[] = [
  ...WIDENING,
  edit('an ingress rule less', (target) => groupsWith(target, 'IpPermissions', eachLeftOut)),
  edit('an egress rule less', (target) => groupsWith(target, 'IpPermissionsEgress', eachLeftOut)),
  edit('an ACL entry less', (target) =>
    eachChanged(target.DescribeNetworkAcls?.NetworkAcls, (acl) =>
      eachLeftOut(acl.Entries).map((Entries) => ({ ...acl, Entries })),
    ).map((NetworkAcls) => ({ ...target, DescribeNetworkAcls: { NetworkAcls } })),
  ),
  edit('a route less', (target) =>
    eachChanged(target.DescribeRouteTables?.RouteTables, (table) =>
      eachLeftOut(table.Routes)
        .filter((routes) => routes.filter(isLocal).length === table.Routes.filter(isLocal).length)
        .map((Routes) => ({ ...table, Routes })),
    ).map((RouteTables) => ({ ...target, DescribeRouteTables: { RouteTables } })),
  ),
  edit('an instance stopped', (target) =>
    eachChanged(target.DescribeInstances?.Reservations, (reservation) => [
      {
        ...reservation,
        Instances: reservation.Instances.map((each) => ({ ...each, State: { Code: 80, Name: 'stopped' } })),
      },
    ]).map((Reservations) => ({ ...target, DescribeInstances: { Reservations } })),
  ),
  edit('an interface less', (target) =>
    eachLeftOut(target.DescribeNetworkInterfaces?.NetworkInterfaces ?? []).map((NetworkInterfaces) => ({
      ...target,
      DescribeNetworkInterfaces: { NetworkInterfaces },
    })),
  ),
  edit('a group less on an interface', (target) =>
    eachChanged(target.DescribeNetworkInterfaces?.NetworkInterfaces, (raw) =>
      eachLeftOut(raw.Groups).map((Groups) => ({ ...raw, Groups })),
    ).map((NetworkInterfaces) => ({ ...target, DescribeNetworkInterfaces: { NetworkInterfaces } })),
  ),
  edit('an internet gateway detached', (target) =>
    eachChanged(target.DescribeInternetGateways?.InternetGateways, (gateway) => [
      { ...gateway, Attachments: [] },
    ]).map((InternetGateways) => ({ ...target, DescribeInternetGateways: { InternetGateways } })),
  ),
];

function edit(name: string, choicesIn: (target: Account) => readonly Account[]): Edit {
  return {
    name,
    apply: (targets, seed) => {
      const choices = targets.flatMap((target, at) =>
        choicesIn(target).map((changed) => targets.with(at, changed)),
      );
      return new Dice(seed).fork('edit').pickAny(choices);
    },
  };
}

/** The listing of rules, which would still tell of the old ones, is left out. */
function groupsWith(
  { DescribeSecurityGroupRules: _, ...target }: Account,
  direction: 'IpPermissions' | 'IpPermissionsEgress',
  changes: (rules: readonly Permission[]) => readonly (readonly Permission[])[],
): Account[] {
  return eachChanged(target.DescribeSecurityGroups?.SecurityGroups, (group) =>
    changes(group[direction]).map((rules) => ({ ...group, [direction]: rules })),
  ).map((SecurityGroups) => ({ ...target, DescribeSecurityGroups: { SecurityGroups } }));
}

function isLocal(route: { readonly GatewayId?: string }): boolean {
  return route.GatewayId === 'local';
}

/** Every list that differs from this one in one item. */
function eachChanged<T>(items: readonly T[] = [], changes: (item: T) => readonly T[]): T[][] {
  return items.flatMap((item, at) => changes(item).map((changed) => items.with(at, changed)));
}

function eachLeftOut<T>(items: readonly T[]): T[][] {
  return items.map((_, at) => items.toSpliced(at, 1));
}
