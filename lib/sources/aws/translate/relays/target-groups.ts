import { parseIp, TransportSet } from '#netset';
import type { Handoff } from '#model';
import type { Draft } from '../draft.ts';
import type { Item } from '../target.ts';
import type { Dialled, RelayAddresses } from './relay-addresses.ts';
import type { RelayDraft } from './relay-draft.ts';
import type { RelayEntrances } from './relay-entrances.ts';

/** A registered target, with the port on which it is dialled. */
type Registered = Dialled & { readonly port: number };

type Doubt = readonly [reason: string, ...call: ('DescribeTargetHealth' | 'DescribeNetworkInterfaces')[]];

type Members = {
  readonly registered: readonly Registered[];
  readonly doubts: readonly Doubt[];
  /** What is said of targets that are none of the interfaces that were read. */
  readonly elsewhere: readonly string[];
};

/** States in which a target gets no new connections. An unhealthy one gets them again once it is well, or if no other is. */
const NOT_USED = new Set(['draining', 'unused']);

/** Protocols of a group whose targets always see the client's address; it cannot be turned off. */
const ALWAYS_KEPT = new Set(['UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC']);

/** Target groups, each resolved once however many listeners hand on to it. */
export class TargetGroups {
  readonly #groups: ReadonlyMap<string, Item>;
  readonly #addresses: RelayAddresses;
  readonly #entrances: RelayEntrances;
  readonly #members = new Map<string, Members>();
  readonly #ofBalancer = new Map<string, Set<string>>();
  /** Whether the addresses of all that is here are known. */
  readonly #knowsAll: boolean;

  constructor(draft: Draft, addresses: RelayAddresses, entrances: RelayEntrances) {
    this.#groups = draft.whereRead('DescribeTargetGroups');
    this.#addresses = addresses;
    this.#entrances = entrances;
    this.#knowsAll = draft.targets.every(
      (target) => target.unread('DescribeNetworkInterfaces') === undefined,
    );
    for (const { id, place } of this.#groups.values()) {
      for (const { value } of place.items('LoadBalancerArns')) {
        if (typeof value !== 'string') continue;
        const groups = this.#ofBalancer.get(value) ?? new Set();
        groups.add(id);
        this.#ofBalancer.set(value, groups);
      }
    }
  }

  /** The groups that name a load balancer: those that some rule of some listener of it hands on to. */
  ofBalancer(balancer: string): ReadonlySet<string> {
    return this.#ofBalancer.get(balancer) ?? new Set();
  }

  /** What a listener of this kind of load balancer hands on to the members of a group. */
  handoffs(
    group: string,
    transport: 'tcp' | 'udp',
    isNetwork: boolean,
    relay: RelayDraft,
  ): readonly Handoff[] {
    const item = this.#groups.get(group);
    if (item === undefined) {
      relay.doubt(`the target group ${nameOf(group)} was not read`, 'DescribeTargetGroups');
      return [];
    }
    const { registered, doubts, elsewhere } = this.#membersOf(item);
    for (const [reason, call] of doubts) relay.doubt(reason, call);
    for (const reason of elsewhere) relay.doubtElsewhere(reason);
    const source = isNetwork ? this.#sourceSeen(item, relay) : 'relay';
    return registered.map(({ target, ip, port }) => ({
      target,
      ip,
      transport: TransportSet[transport](port),
      group,
      source,
    }));
  }

  #membersOf(item: Item): Members {
    let members = this.#members.get(item.id);
    if (members === undefined) this.#members.set(item.id, (members = this.#read(item)));
    return members;
  }

  #read({ id, place, target }: Item): Members {
    const type = place.words('TargetType') || 'instance';
    if (type === 'lambda') return { registered: [], doubts: [], elsewhere: [] };
    const answer = target.body('DescribeTargetHealth').child(id);
    const list = answer.has('TargetHealthDescriptions') ? answer.list('TargetHealthDescriptions') : undefined;
    if (list === undefined) {
      return {
        registered: [],
        doubts: [[`the targets in ${nameOf(id)} were not read`, 'DescribeTargetHealth']],
        elsewhere: [],
      };
    }
    const registered: Registered[] = [];
    const doubts: Doubt[] = [];
    const elsewhere: string[] = [];
    for (const each of list) {
      if (NOT_USED.has(each.child('TargetHealth').words('State').toLowerCase())) continue;
      const dialled = each.child('Target');
      const named = dialled.words('Id');
      const port = numberOf(dialled.raw('Port')) ?? numberOf(place.raw('Port'));
      const found = this.#find(type, named, { id, place, target });
      if (found === undefined && this.#knowsAll && type === 'ip' && parseIp(named) !== undefined)
        elsewhere.push(`${nameOf(id)} holds ${shortOf(named)}, which is no interface that was read`);
      else if (found === undefined || port === undefined)
        doubts.push([`${nameOf(id)} holds ${shortOf(named)}, which is no interface that was read`]);
      else for (const one of found) registered.push({ ...one, port });
    }
    return { registered, doubts, elsewhere };
  }

  #find(type: string, named: string, { place, target }: Item): readonly Dialled[] | undefined {
    const family = place.words('IpAddressType') === 'ipv6' ? 6 : 4;
    switch (type) {
      case 'instance': {
        const found = this.#addresses.ofInstance(named, family);
        return found && [found];
      }
      case 'ip': {
        const ip = parseIp(named);
        const found = ip && this.#addresses.ofAddress(ip, place.words('VpcId'));
        return found && [found];
      }
      case 'alb': {
        const found = this.#entrances
          .of(target, named.slice(named.indexOf('loadbalancer/') + 'loadbalancer/'.length))
          .flatMap((id) => this.#addresses.ofEndpoint(id, family) ?? []);
        return found.length === 0 ? undefined : found;
      }
      default:
        return undefined;
    }
  }

  /**
   * A Network Load Balancer keeps the client's address for instances, and for UDP; for TCP and TLS it can be set either way.
   *
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
   */
  #sourceSeen({ id, place, target }: Item, relay: RelayDraft): Handoff['source'] {
    if (ALWAYS_KEPT.has(place.words('Protocol').toUpperCase())) return 'client';
    const answer = target.body('DescribeTargetGroupAttributes').child(id);
    const attributes = answer.has('Attributes') ? answer.list('Attributes') : undefined;
    if (attributes === undefined) {
      relay.doubt(
        `whether targets in ${nameOf(id)} see the client's address was not read`,
        'DescribeTargetGroupAttributes',
      );
      return 'unknown';
    }
    const set = attributes.find((each) => each.raw('Key') === 'preserve_client_ip.enabled')?.raw('Value');
    if (set === 'true') return 'client';
    if (set === 'false') return 'relay';
    return place.words('TargetType') === 'ip' ? 'relay' : 'client';
  }
}

/** `shop-web` of `arn:…:targetgroup/shop-web/73e2d6bc24d8a067`. */
function nameOf(arn: string): string {
  return arn.split('/').at(-2) ?? arn;
}

/** Ids are ids or addresses; anything longer is cut. */
function shortOf(named: string): string {
  return named === '' ? 'something unreadable' : named.length > 60 ? `${named.slice(0, 60)}…` : named;
}

function numberOf(value: unknown): number | undefined {
  const isPort = typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 65_535;
  return isPort ? value : undefined;
}
