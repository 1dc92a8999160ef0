import { blockText } from './address.ts';
import type { OutsideBlocks } from './blocks.ts';
import type { GroupPlan, PeerPlan, RulePlan, Service, VpcGroups } from './groups.ts';
import type { VpcPlan } from './layout.ts';
import { Random } from './random.ts';
import type { WorldSize } from './sizes.ts';

type Filler =
  | 'own-group'
  | 'peer-group'
  | 'subnet'
  | 'vpc'
  | 'ten'
  | 'host'
  | 'on-premises'
  | 'partner'
  | 'list'
  | 'any'
  | 'other-vpc';

/** Whom the rules name that pile up over the years, in hundredths. */
const MIX: readonly (readonly [number, Filler])[] = [
  [32, 'own-group'],
  [2, 'peer-group'],
  [10, 'subnet'],
  [6, 'vpc'],
  [3, 'ten'],
  [9, 'host'],
  [10, 'on-premises'],
  [18, 'partner'],
  [3, 'list'],
  [0.5, 'any'],
  [3.5, 'other-vpc'],
];
const RANDOM_PORTS_SHARE = 0.2;
const DESCRIBED_SHARE = 0.25;
/** AWS's usual quota of rules a group in each direction. */
const RULE_QUOTA = 60;
const COMMON_PORTS = [22, 80, 443, 3306, 3389, 5432, 6379, 8080, 8443, 9090, 9092, 9100, 9200, 27017];
const TICKETS = ['OPS', 'NET', 'SEC', 'APP'];

/** Adds rules to all groups, unevenly and without repeats, until the world has as many as its size asks for. */
export function addFillerRules(
  size: WorldSize,
  byVpc: ReadonlyMap<VpcPlan, VpcGroups>,
  outside: OutsideBlocks,
): void {
  const random = new Random(size.seed, 'filler');
  const groups = [...byVpc.values()].flatMap(({ all }) => all);
  const weights = groups.map(() => Math.exp(1.6 * (random.fraction() + random.fraction() - 1)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = size.rules - groups.reduce((sum, group) => sum + group.ingress.length + group.egress.length, 0);
  const spread = left;
  const filler = new FillerRules(random, byVpc, outside);
  groups.forEach((group, i) => {
    const share = Math.floor((spread * (weights[i] ?? 0)) / total);
    for (let added = 0; added < share && filler.addTo(group); added += 1) left -= 1;
  });
  for (let tries = 0; left > 0; tries += 1) {
    if (tries > size.rules * 10) throw new Error('the groups have no room for so many rules');
    if (filler.addTo(random.pick(groups))) left -= 1;
  }
}

class FillerRules {
  readonly #random: Random;
  readonly #byVpc: ReadonlyMap<VpcPlan, VpcGroups>;
  readonly #outside: OutsideBlocks;
  readonly #vpcs: readonly VpcPlan[];
  readonly #written = new Map<readonly RulePlan[], Set<string>>();

  constructor(random: Random, byVpc: ReadonlyMap<VpcPlan, VpcGroups>, outside: OutsideBlocks) {
    this.#random = random;
    this.#byVpc = byVpc;
    this.#outside = outside;
    this.#vpcs = [...byVpc.keys()];
  }

  /** False where the group has no room left. */
  addTo(group: GroupPlan): boolean {
    const rules = group.isRestricted && this.#random.chance(0.5) ? group.egress : group.ingress;
    if (rules.length >= RULE_QUOTA) return false;
    const written = this.#writtenIn(rules);
    for (let tries = 0; tries < 20; tries += 1) {
      const rule = this.#draw(group);
      const key = keyOf(rule);
      if (written.has(key)) continue;
      written.add(key);
      rules.push(rule);
      return true;
    }
    return false;
  }

  #writtenIn(rules: readonly RulePlan[]): Set<string> {
    let written = this.#written.get(rules);
    if (written === undefined) {
      written = new Set(rules.map(keyOf));
      this.#written.set(rules, written);
    }
    return written;
  }

  #draw(group: GroupPlan): RulePlan {
    const random = this.#random;
    const peer = this.#drawPeer(random.pickWeighted(MIX), group.vpc);
    const service = this.#drawService();
    if (!random.chance(DESCRIBED_SHARE)) return { ...service, peer };
    return { ...service, peer, description: `${random.pick(TICKETS)}-${random.between(100, 9_999)}` };
  }

  #drawService(): Service {
    const random = this.#random;
    const kind = random.fraction();
    if (kind < 0.01) return { protocol: '-1' };
    if (kind < 0.03) return { protocol: 'icmp', from: random.pick([8, 3, -1]), to: -1 };
    const protocol = kind < 0.09 ? 'udp' : 'tcp';
    if (random.chance(RANDOM_PORTS_SHARE)) {
      const from = random.between(1_024, 60_000);
      return { protocol, from, to: from + random.between(1, 2_000) };
    }
    const port = protocol === 'udp' ? random.pick([53, 123, 161, 514, 4789]) : random.pick(COMMON_PORTS);
    return { protocol, from: port, to: port };
  }

  #drawPeer(filler: Filler, vpc: VpcPlan): PeerPlan {
    const random = this.#random;
    const block = (cidr: string): PeerPlan => ({ kind: 'block', cidr });
    switch (filler) {
      case 'own-group':
        return this.#memberOf(vpc);
      case 'peer-group':
        return this.#memberOf(vpc.peers.size > 0 ? random.pick([...vpc.peers.keys()]) : vpc);
      case 'subnet':
        return block(blockText(random.pick(vpc.subnets).base, 20));
      case 'vpc':
        return block(blockText(vpc.base, 16));
      case 'other-vpc':
        return block(blockText(random.pick(this.#vpcs).base, 16));
      case 'host': {
        const near = random.chance(0.6) ? vpc : random.pick(this.#vpcs);
        const address = random.pick(near.subnets).base + random.between(4, 4_094);
        return block(blockText(address, random.between(24, 32)));
      }
      case 'ten':
        return block('10.0.0.0/8');
      case 'on-premises':
        return block(random.pick(this.#outside.onPremises));
      case 'partner':
        return block(random.pick(random.chance(0.15) ? this.#outside.offices : this.#outside.partners));
      case 'list':
        return { kind: 'list', list: random.pick(this.#outside.lists).id };
      case 'any':
        return block('0.0.0.0/0');
    }
  }

  #memberOf(vpc: VpcPlan): PeerPlan {
    const groups = this.#byVpc.get(vpc)?.all ?? [];
    return { kind: 'group', group: this.#random.pick(groups) };
  }
}

/** AWS refuses two rules of a group that agree in all of this. */
function keyOf({ protocol, from, to, peer }: RulePlan): string {
  const end = peer.kind === 'block' ? peer.cidr : peer.kind === 'group' ? peer.group.id : peer.list;
  return `${protocol} ${from ?? ''} ${to ?? ''} ${end}`;
}
