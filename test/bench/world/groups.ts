import type { Ids } from './ids.ts';
import type { Layout, VpcPlan } from './layout.ts';
import { Random } from './random.ts';
import type { WorldSize } from './sizes.ts';

/** The groups that each VPC has once. */
const SHARED_ROLES = ['default', 'bastion', 'monitor', 'vpce', 'admin', 'eksnode'] as const;
/** The groups of one application, from the front to the back. */
const APP_ROLES = ['alb', 'web', 'app', 'db', 'cache'] as const;
type SharedRole = (typeof SHARED_ROLES)[number];
export type AppRole = (typeof APP_ROLES)[number];

export type PeerPlan =
  | { readonly kind: 'block'; readonly cidr: string }
  | { readonly kind: 'group'; readonly group: GroupPlan }
  | { readonly kind: 'list'; readonly list: string };

/** What a rule lets through. For `icmp` the ports are type and code; `-1` has none. */
export type Service = {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | '-1';
  readonly from?: number;
  readonly to?: number;
};

export type RulePlan = Service & { readonly peer: PeerPlan; readonly description?: string };

export type GroupPlan = {
  readonly id: string;
  readonly name: string;
  readonly role: SharedRole | AppRole;
  readonly vpc: VpcPlan;
  readonly app: AppPlan | undefined;
  /** Lacks the rule that lets everything out. */
  readonly isRestricted: boolean;
  readonly ingress: RulePlan[];
  readonly egress: RulePlan[];
};

export type AppPlan = {
  readonly name: string;
  readonly vpc: VpcPlan;
  /** Has a front that faces the internet. */
  readonly isPublic: boolean;
  readonly appPort: number;
  readonly databasePort: number;
  readonly groups: Map<AppRole, GroupPlan>;
};

export type VpcGroups = {
  readonly shared: Readonly<Record<SharedRole, GroupPlan>>;
  readonly apps: AppPlan[];
  /** Shared and application groups, for rules that name any of them. */
  readonly all: GroupPlan[];
};

const PUBLIC_APP_SHARE = 0.4;
const RESTRICTED_SHARE = 0.2;
const WORDS = [
  'cart',
  'price',
  'stock',
  'quote',
  'claim',
  'track',
  'index',
  'photo',
  'order',
  'login',
  'audit',
  'route',
];

/** Plans every security group, without rules. The last application may lack its back tiers, to meet the count. */
export function planGroups(size: WorldSize, layout: Layout, ids: Ids): Map<VpcPlan, VpcGroups> {
  const random = new Random(size.seed, 'groups');
  const byVpc = new Map<VpcPlan, VpcGroups>();
  for (const vpc of layout.vpcs) {
    const all: GroupPlan[] = [];
    const make = (role: SharedRole): GroupPlan => {
      const name = role === 'default' ? 'default' : `${vpc.name}-${role}`;
      const group = planGroup(
        name,
        role,
        vpc,
        undefined,
        role !== 'default' && random.chance(RESTRICTED_SHARE),
        ids,
      );
      all.push(group);
      return group;
    };
    const shared = {
      default: make('default'),
      bastion: make('bastion'),
      monitor: make('monitor'),
      vpce: make('vpce'),
      admin: make('admin'),
      eksnode: make('eksnode'),
    };
    byVpc.set(vpc, { shared, apps: [], all });
  }

  const weights = layout.vpcs.map((vpc) => [vpc.weight, vpc] as const);
  let left = size.groups - layout.vpcs.length * SHARED_ROLES.length;
  for (let number = 1; left > 0; number += 1) {
    const vpc = random.pickWeighted(weights);
    const groups = byVpc.get(vpc) as VpcGroups;
    const app: AppPlan = {
      name: `${random.pick(WORDS)}-${number}`,
      vpc,
      isPublic: random.chance(PUBLIC_APP_SHARE),
      appPort: random.pick([8443, 9000, 8081, 3000]),
      databasePort: random.pick([5432, 5432, 3306]),
      groups: new Map(),
    };
    for (const role of APP_ROLES.slice(0, left)) {
      const group = planGroup(`${app.name}-${role}`, role, vpc, app, random.chance(RESTRICTED_SHARE), ids);
      app.groups.set(role, group);
      groups.all.push(group);
    }
    groups.apps.push(app);
    left -= app.groups.size;
  }
  return byVpc;
}

function planGroup(
  name: string,
  role: GroupPlan['role'],
  vpc: VpcPlan,
  app: AppPlan | undefined,
  isRestricted: boolean,
  ids: Ids,
): GroupPlan {
  return { id: ids.next('sg'), name, role, vpc, app, isRestricted, ingress: [], egress: [] };
}
