import { addressOf } from './address.ts';
import type { Ids } from './ids.ts';
import { Random } from './random.ts';
import type { WorldSize } from './sizes.ts';

/** `public` routes to the internet gateway, `app` to the NAT gateway, `data` to neither. */
export type Tier = 'public' | 'app' | 'data';
export const TIERS: readonly Tier[] = ['public', 'app', 'data'];

/** The usable addresses of one /20 (AWS keeps five), given out in a scattered order, each once. */
class AddressPool {
  static readonly SIZE = 4_091; // a prime, so that every stride comes by every address
  readonly #base: number;
  readonly #start: number;
  readonly #stride: number;
  #used = 0;

  constructor(base: number, random: Random) {
    this.#base = base;
    this.#start = random.between(0, AddressPool.SIZE - 1);
    this.#stride = random.between(1, 97);
  }

  get free(): number {
    return AddressPool.SIZE - this.#used;
  }

  take(): number {
    if (this.free === 0) throw new Error('a subnet is full');
    const offset = 4 + ((this.#start + this.#used * this.#stride) % AddressPool.SIZE);
    this.#used += 1;
    return this.#base + offset;
  }
}

export type SubnetPlan = {
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
  readonly zone: number;
  readonly base: number;
  readonly pool: AddressPool;
};

export type VpcPlan = {
  readonly id: string;
  readonly name: string;
  /** The first address of its /16. */
  readonly base: number;
  readonly zones: number;
  /** Has the CIDR block of a default VPC, 172.31.0.0/16, and public subnets only; all such VPCs overlap. */
  readonly isDefault: boolean;
  /** Its share of applications and interfaces, against the other VPCs. */
  readonly weight: number;
  readonly subnets: readonly SubnetPlan[];
  readonly internetGateway: string;
  readonly natGateway: string | undefined;
  readonly transitAttachment: string | undefined;
  readonly storageEndpoint: string;
  /** Services with an interface endpoint in this VPC. */
  readonly endpoints: readonly { readonly id: string; readonly service: string }[];
  /** Peered VPC → the id of the peering connection. */
  readonly peers: Map<VpcPlan, string>;
};

type Peering = { readonly id: string; readonly requester: VpcPlan; readonly accepter: VpcPlan };

export type Layout = {
  readonly vpcs: readonly VpcPlan[];
  readonly peerings: readonly Peering[];
  readonly transitGateway: string | undefined;
};

const DEFAULT_VPC_SHARE = 0.08;
const PEERED_SHARE = 0.3;
const TRANSIT_SHARE = 0.6;
const PURPOSES = ['shop', 'billing', 'search', 'media', 'ledger', 'fleet', 'mail', 'lab', 'risk', 'tools'];
const ENDPOINT_SERVICES = ['ecr.dkr', 'ecr.api', 'ssm', 'logs', 'sts', 'secretsmanager'];

/** Subnets of a tier; a VPC without that tier uses the ones it has. */
export function subnetsOf(vpc: VpcPlan, tier: Tier): readonly SubnetPlan[] {
  const subnets = vpc.subnets.filter((subnet) => subnet.tier === tier);
  return subnets.length > 0 ? subnets : vpc.subnets;
}

/** Lays out VPCs, subnets and the ways between VPCs. */
export function planLayout(size: WorldSize, transitGateways: boolean, ids: Ids): Layout {
  const random = new Random(size.seed, 'layout');
  const defaults = size.vpcs < 4 ? 0 : Math.max(1, Math.round(size.vpcs * DEFAULT_VPC_SHARE));
  const ordinary = size.vpcs - defaults;
  const attached = transitGateways ? Math.round(ordinary * TRANSIT_SHARE) : 0;
  const isAttached = random.shuffled(Array.from({ length: ordinary }, (_, i) => i < attached));
  const vpcs = Array.from({ length: size.vpcs }, (_, i) =>
    planVpc(i, i >= ordinary, isAttached[i] === true, random, ids),
  );
  return {
    vpcs,
    peerings: planPeerings(vpcs, new Random(size.seed, 'peerings'), ids),
    transitGateway: transitGateways ? ids.next('tgw') : undefined,
  };
}

function planVpc(index: number, isDefault: boolean, isAttached: boolean, random: Random, ids: Ids): VpcPlan {
  const base = isDefault ? addressOf(172, 31) : addressOf(10, index + 1);
  const purpose = PURPOSES[index % PURPOSES.length] ?? '';
  const name = isDefault ? `default-${index}` : `${purpose}-${index}`;
  const zones = random.between(3, 4);
  const tiers = isDefault ? TIERS.slice(0, 1) : TIERS;
  return {
    id: ids.next('vpc'),
    name,
    base,
    zones,
    isDefault,
    weight: isDefault ? 0.15 : 1 / Math.sqrt(index + 1),
    subnets: tiers.flatMap((tier, t) =>
      Array.from({ length: zones }, (_, zone) => {
        const subnetBase = base + (t * 4 + zone) * 4_096;
        const subnetName = `${name}-${tier}-${'abcd'.charAt(zone)}`;
        const pool = new AddressPool(subnetBase, random);
        return { id: ids.next('subnet'), name: subnetName, tier, zone, base: subnetBase, pool };
      }),
    ),
    internetGateway: ids.next('igw'),
    natGateway: isDefault ? undefined : ids.next('nat'),
    transitAttachment: isAttached ? ids.next('tgw-attach') : undefined,
    storageEndpoint: ids.next('vpce'),
    endpoints: random
      .shuffled(ENDPOINT_SERVICES)
      .slice(0, isDefault ? 0 : random.between(2, 4))
      .map((service) => ({ id: ids.next('vpce'), service })),
    peers: new Map(),
  };
}

function planPeerings(vpcs: readonly VpcPlan[], random: Random, ids: Ids): Peering[] {
  const pairs = vpcs.flatMap((requester, i) =>
    vpcs.slice(i + 1).map((accepter) => ({ requester, accepter })),
  );
  return pairs
    .filter(() => random.chance(PEERED_SHARE))
    .filter(({ requester, accepter }) => requester.base !== accepter.base)
    .map(({ requester, accepter }) => {
      const id = ids.next('pcx');
      requester.peers.set(accepter, id);
      accepter.peers.set(requester, id);
      return { id, requester, accepter };
    });
}
