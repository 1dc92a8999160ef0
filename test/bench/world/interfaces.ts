import { addressOf, addressText } from './address.ts';
import type { Ids } from './ids.ts';
import { subnetsOf, type SubnetPlan } from './layout.ts';
import { Random } from './random.ts';
import type { WorkloadPlan } from './workloads.ts';

export type PublicAddress = {
  readonly ip: string;
  /** Who holds it: EC2's pool, a service, or (with an allocation) the account. */
  readonly owner: 'amazon' | 'amazon-elb' | 'account';
  readonly allocation?: string;
  readonly association?: string;
};

export type InterfacePlan = {
  readonly id: string;
  readonly workload: WorkloadPlan;
  /** 1 for the first interface of its workload. */
  readonly number: number;
  readonly subnet: SubnetPlan;
  /** Primary first. */
  readonly addresses: readonly string[];
  readonly publicAddress: PublicAddress | undefined;
  readonly attachment: string | undefined;
  readonly instance: InstancePlan | undefined;
  /** 0 for the first interface of an instance. */
  readonly deviceIndex: number;
};

export type InstancePlan = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly isRunning: boolean;
  readonly workload: WorkloadPlan;
  readonly interfaces: InterfacePlan[];
};

const STOPPED_SHARE = 0.02;
const POD_ADDRESSES = 3;
const INSTANCE_TYPES = ['t3.medium', 'm6i.large', 'm7g.xlarge', 'c7g.large', 'r6i.xlarge'];

/** Puts each workload's interfaces into the subnets of its tier, zone by zone. */
export function placeInterfaces(seed: number, workloads: readonly WorkloadPlan[], ids: Ids): InterfacePlan[] {
  const placing = new Placing(seed, ids);
  return workloads.flatMap((workload) => placing.placeAll(workload));
}

class Placing {
  readonly #random: Random;
  readonly #ids: Ids;
  #publicAddresses = 0;

  constructor(seed: number, ids: Ids) {
    this.#random = new Random(seed, 'interfaces');
    this.#ids = ids;
  }

  placeAll(workload: WorkloadPlan): InterfacePlan[] {
    const subnets = subnetsOf(workload.vpc, workload.tier);
    const start =
      workload.kind === 'endpoint' || workload.kind === 'transit' ? 0 : this.#random.between(0, 3);
    const type = this.#random.pick(INSTANCE_TYPES);
    let instance: InstancePlan | undefined;
    return Array.from({ length: workload.count }, (_, i) => {
      const isNode = workload.kind === 'node';
      // A Kubernetes node has a second interface, in the first one's subnet, for its pods.
      const isSecond = isNode && i % 2 === 1 && instance !== undefined;
      if (!isSecond) instance = this.#instanceOf(workload, type, i);
      const zone = start + (isNode ? Math.floor(i / 2) : i);
      const placed: InterfacePlan = {
        id: this.#ids.next('eni'),
        workload,
        number: i + 1,
        ...this.#address(workload, subnets, zone, isSecond ? POD_ADDRESSES : 1),
        publicAddress: workload.hasPublicIp ? this.#publicAddress(workload) : undefined,
        attachment: workload.kind === 'spare' ? undefined : this.#ids.next('eni-attach'),
        instance,
        deviceIndex: isSecond ? 1 : 0,
      };
      instance?.interfaces.push(placed);
      return placed;
    });
  }

  #instanceOf(workload: WorkloadPlan, type: string, number: number): InstancePlan | undefined {
    if (workload.kind !== 'instance' && workload.kind !== 'node') return undefined;
    return {
      id: this.#ids.next('i'),
      name: `${workload.name}-${number + 1}`,
      type,
      isRunning: workload.hasPublicIp || workload.kind === 'node' || !this.#random.chance(STOPPED_SHARE),
      workload,
      interfaces: [],
    };
  }

  /** The zone's subnet, or the next one with room: in its tier first, then anywhere in the VPC. */
  #address(workload: WorkloadPlan, subnets: readonly SubnetPlan[], zone: number, count: number) {
    const order = subnets.map((_, i) => subnets[(zone + i) % subnets.length] as SubnetPlan);
    const hasRoom = ({ pool }: SubnetPlan): boolean => pool.free >= count;
    const subnet = order.find(hasRoom) ?? workload.vpc.subnets.find(hasRoom);
    if (subnet === undefined) throw new Error(`no room in ${workload.vpc.name}`);
    return { subnet, addresses: Array.from({ length: count }, () => addressText(subnet.pool.take())) };
  }

  /** Scattered over a /13, each address once. */
  #publicAddress({ kind, tier, vpc, app }: WorkloadPlan): PublicAddress {
    const offset = (this.#publicAddresses * 7_919) % 0x8_0000;
    this.#publicAddresses += 1;
    const ip = addressText(addressOf(34, 240) + offset);
    if (kind === 'load-balancer') return { ip, owner: 'amazon-elb' };
    const isElastic = kind === 'nat' || (app === undefined && tier === 'public' && !vpc.isDefault);
    if (!isElastic) return { ip, owner: 'amazon' };
    return {
      ip,
      owner: 'account',
      allocation: this.#ids.next('eipalloc'),
      association: this.#ids.next('eipassoc'),
    };
  }
}
