import type { AppPlan, AppRole, GroupPlan, VpcGroups } from './groups.ts';
import { subnetsOf, type Layout, type Tier, type VpcPlan } from './layout.ts';
import type { Ids } from './ids.ts';
import { Random } from './random.ts';
import type { WorldSize } from './sizes.ts';

/** `spare` interfaces are attached to nothing; `endpoint`, `nat` and `transit` ones come with the VPC. */
export type WorkloadKind =
  | 'load-balancer'
  | 'instance'
  | 'task'
  | 'function'
  | 'node'
  | 'database'
  | 'cache'
  | 'spare'
  | 'endpoint'
  | 'nat'
  | 'transit';

/** Interfaces that share a purpose, and so their security groups. */
export type WorkloadPlan = {
  readonly name: string;
  readonly kind: WorkloadKind;
  readonly vpc: VpcPlan;
  readonly tier: Tier;
  readonly groups: readonly GroupPlan[];
  readonly app: AppPlan | undefined;
  readonly hasPublicIp: boolean;
  /** The id of the gateway, endpoint, attachment or load balancer behind it; the workload's name where there is none. */
  readonly service: string;
  /** How many interfaces. */
  readonly count: number;
};

type Growing = { -readonly [Key in keyof WorkloadPlan]: WorkloadPlan[Key] };

/** Plans who has interfaces and how many: a few workloads have very many (Zipf's law), most have some. */
export function planWorkloads(
  size: WorldSize,
  layout: Layout,
  byVpc: ReadonlyMap<VpcPlan, VpcGroups>,
  ids: Ids,
): WorkloadPlan[] {
  const random = new Random(size.seed, 'workloads');
  const planned = layout.vpcs.map((vpc) => {
    const groups = byVpc.get(vpc) as VpcGroups;
    return {
      fixed: planVpcServices(vpc, groups),
      growing: [...planShared(vpc, groups, random), ...planApps(groups, random, ids)],
    };
  });
  const fixed = planned.flatMap((part) => part.fixed);
  const growing = planned.flatMap((part) => part.growing);
  grow(growing, size.interfaces - countOf(fixed), random);
  return [...fixed, ...growing];
}

function planVpcServices(vpc: VpcPlan, { shared }: VpcGroups): WorkloadPlan[] {
  const common = { vpc, app: undefined, hasPublicIp: false };
  const zones = subnetsOf(vpc, 'app').length;
  const services: WorkloadPlan[] = vpc.endpoints.map(({ id, service }) => ({
    ...common,
    name: `${vpc.name}-${service}`,
    kind: 'endpoint',
    tier: 'app',
    groups: [shared.vpce],
    service: id,
    count: zones,
  }));
  if (vpc.natGateway !== undefined) {
    const name = `${vpc.name}-nat`;
    const nat = {
      name,
      kind: 'nat',
      tier: 'public',
      hasPublicIp: true,
      service: vpc.natGateway,
      count: 1,
    } as const;
    services.push({ ...common, ...nat, groups: [] });
  }
  if (vpc.transitAttachment !== undefined) {
    const name = `${vpc.name}-transit`;
    const transit = {
      name,
      kind: 'transit',
      tier: 'app',
      service: vpc.transitAttachment,
      count: zones,
    } as const;
    services.push({ ...common, ...transit, groups: [] });
  }
  return services;
}

function planShared(vpc: VpcPlan, { shared }: VpcGroups, random: Random): Growing[] {
  const plan = (group: GroupPlan, kind: WorkloadKind, tier: Tier, hasPublicIp = false): Growing => {
    const name = `${vpc.name}-${kind === 'spare' ? 'left-over' : group.role}`;
    return { name, kind, vpc, tier, groups: [group], app: undefined, hasPublicIp, service: name, count: 1 };
  };
  return [
    plan(shared.default, 'spare', 'app'),
    plan(shared.default, 'instance', 'app', vpc.isDefault && random.chance(0.6)),
    plan(shared.bastion, 'instance', 'public', true),
    plan(shared.monitor, 'instance', 'app'),
    plan(shared.admin, 'instance', 'app'),
    plan(shared.eksnode, 'node', 'app'),
  ];
}

const UNUSED_GROUP_SHARE = 0.04;
const SECOND_WORKLOAD_SHARE = 0.18;
const EXTRA_GROUP_SHARE = 0.3;
const LEGACY_PUBLIC_SHARE = 0.06;

function planApps(groups: VpcGroups, random: Random, ids: Ids): Growing[] {
  const appGroups = groups.all.filter(({ app }) => app !== undefined);
  const { default: everyone, monitor, admin } = groups.shared;
  return appGroups.flatMap((group) => {
    if (random.chance(UNUSED_GROUP_SHARE)) return [];
    const extra = (): GroupPlan =>
      random.pick([everyone, monitor, admin, random.pick(appGroups), random.pick(appGroups)]);
    const first = planAppWorkload(group, random.chance(EXTRA_GROUP_SHARE) ? [extra()] : [], '', random, ids);
    if (!random.chance(SECOND_WORKLOAD_SHARE)) return [first];
    return [first, planAppWorkload(group, [extra()], '-b', random, ids)];
  });
}

function planAppWorkload(
  group: GroupPlan,
  extra: readonly GroupPlan[],
  suffix: string,
  random: Random,
  ids: Ids,
): Growing {
  const app = group.app as AppPlan;
  const role = group.role as AppRole;
  const kind = kindOf(role, random);
  const isFront = role === 'alb' && app.isPublic;
  const isLegacy = kind === 'instance' && random.chance(app.vpc.isDefault ? 0.6 : LEGACY_PUBLIC_SHARE);
  const name = `${group.name}${suffix}`;
  return {
    name,
    kind,
    vpc: app.vpc,
    tier: isFront || isLegacy ? 'public' : role === 'db' || role === 'cache' ? 'data' : 'app',
    groups: [...new Set([group, ...extra])],
    app,
    hasPublicIp: isFront || isLegacy,
    service: kind === 'load-balancer' ? `app/${name}/${ids.next('lb').slice(-16)}` : name,
    count: kind === 'load-balancer' ? 2 : 1,
  };
}

function kindOf(role: AppRole, random: Random): WorkloadKind {
  switch (role) {
    case 'alb':
      return 'load-balancer';
    case 'db':
      return 'database';
    case 'cache':
      return 'cache';
    case 'web':
      return random.pickWeighted([
        [60, 'task'],
        [40, 'instance'],
      ] as const);
    case 'app':
      return random.pickWeighted([
        [50, 'task'],
        [35, 'instance'],
        [15, 'function'],
      ] as const);
  }
}

/** How steeply Zipf's law falls, and by how much its first ranks are flattened. */
const STEEPNESS = 0.8;
const FLATTENING = 4;
/** How readily a kind grows, against the others. */
const APPETITE: Partial<Record<WorkloadKind, number>> = {
  'load-balancer': 0.25,
  database: 0.25,
  cache: 0.25,
  function: 0.4,
  spare: 0.05,
  node: 4,
};

/** Shares out interfaces until there are `target` of them, leaving every workload those it has. */
function grow(workloads: readonly Growing[], target: number, random: Random): void {
  const left = target - countOf(workloads);
  if (left < 0) throw new Error(`${workloads.length} workloads need more than ${target} interfaces`);
  const ranks = random.shuffled(workloads.map((_, rank) => rank));
  const weights = workloads.map(
    ({ kind, groups }, i) =>
      (APPETITE[kind] ?? (groups[0]?.app === undefined ? 0.15 : 1)) /
      ((ranks[i] ?? 0) + FLATTENING) ** STEEPNESS,
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let carried = 0;
  workloads.forEach((workload, i) => {
    const share = carried + (left * (weights[i] ?? 0)) / total;
    const whole = Math.floor(share + 1e-6);
    carried = share - whole;
    workload.count += whole;
  });
}

function countOf(workloads: readonly { readonly count: number }[]): number {
  return workloads.reduce((sum, { count }) => sum + count, 0);
}
