import { ALL_IPV4, IpSet, TransportSet } from '#netset';
import type { Endpoint, Gateway, Network, NetworkId, PrivateNetwork } from '#model';
import { reachBetween } from '#engine';
import { isAsked, type Audited } from '../audited.ts';
import type { Culprit, Finding } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { severityOfJoin } from '../severity.ts';

/** One of them alone may be a proxy or a scanner for the other network; several are how it was built. */
const FEWEST = 2;
const TCP = TransportSet.tcp();

/**
 * Networks joined by a peering or a transit gateway with nothing between them: every interface of the far one that answers anything takes all
 * traffic from every address of the near one, and routes carry it.
 *
 * That routes lead to whole networks is how both are built and no finding by itself: only what groups leave open makes one network of two.
 * One group that says no is enough for silence; then the groups that say yes have a finding of their own (`all-traffic-group`).
 */
export function checkWideJoins(audited: Audited): Finding[] {
  const { analysis, intent } = audited;
  const { network } = analysis;
  const pairs = joinsOf(network).filter((join) => isAsked(audited, idOf(join)));
  if (pairs.length === 0) return [];
  const sides = new Sides(network);
  return pairs.flatMap((join): Finding[] => {
    const { gateway, near, far } = join;
    const targets = sides.answering(far.id);
    // nobody comes by IPv6 to a network that has none
    const from = far.cidrs.size6() > 0n ? near.cidrs : near.cidrs.intersect(ALL_IPV4);
    if (targets.length < FEWEST || from.isEmpty || !from.isSubsetOf(sides.openFrom(far.id))) return [];
    const senders = sides.sending(near.id);
    const isReached = (to: Endpoint): boolean =>
      senders.some(({ id }) => TCP.isSubsetOf(reachBetween(analysis, id, to.id).sure));
    if (!targets.every(isReached)) return [];
    const id = idOf(join);
    return [
      {
        check: 'peering-too-wide',
        severity: severityOfJoin(targets.some(intent.isCrownJewel)),
        certainty: 'surely',
        fingerprint: fingerprintOf('peering-too-wide', id, near.id, far.id),
        title: `${gateway.name} makes one network of ${near.name} and ${far.name}: all ${String(targets.length)} interfaces of ${far.name} take all traffic from anywhere in ${near.name}`,
        workload: { id, name: gateway.name },
        endpoints: targets,
        transport: TransportSet.ALL,
        culprits: sides.culprits(far.id, from),
        because: [],
      },
    ];
  });
}

type Join = { readonly gateway: Gateway; readonly near: PrivateNetwork; readonly far: PrivateNetwork };

/** What a finding is about: a transit gateway joins many. */
function idOf({ gateway, far }: Join): string {
  return gateway.kind === 'peering' ? gateway.id : `${gateway.id} ${far.id}`;
}

/** Every two networks that a gateway joins, each way. */
function joinsOf({ gateways, networks }: Network): readonly Join[] {
  return [...gateways.values()].flatMap((gateway) => {
    const joined = joinedBy(gateway).flatMap((id) => networks.get(id) ?? []);
    return joined.flatMap((near) =>
      joined.flatMap((far) => (near.id === far.id ? [] : [{ gateway, near, far }])),
    );
  });
}

function joinedBy(gateway: Gateway): readonly NetworkId[] {
  switch (gateway.kind) {
    case 'peering':
      return gateway.isActive ? gateway.sides : [];
    case 'transit':
      return [...gateway.attachments.values()].flatMap(({ to }) =>
        to.kind === 'network' ? [to.network] : [],
      );
    case 'internet':
    case 'egress-only':
    case 'nat':
    case 'service':
    case 'outlet':
    case 'site':
      return [];
  }
}

/** What each network has to do with a join. */
class Sides {
  readonly #network: Network;
  readonly #byNetwork = new Map<NetworkId, Endpoint[]>();
  readonly #open = new Map<NetworkId, IpSet>();
  readonly #sources = new Map<string, IpSet>();

  constructor(network: Network) {
    this.#network = network;
    for (const endpoint of network.endpoints.values()) {
      const known = this.#byNetwork.get(endpoint.network);
      if (known === undefined) this.#byNetwork.set(endpoint.network, [endpoint]);
      else known.push(endpoint);
    }
  }

  answering(id: NetworkId): readonly Endpoint[] {
    return this.#live(id).filter(({ listens, unfiltered }) => listens && !unfiltered);
  }

  /** One that opens connections for each subnet and list of groups: others of the same get as far. */
  sending(id: NetworkId): readonly Endpoint[] {
    const alike = new Map<string, Endpoint>();
    for (const endpoint of this.#live(id)) {
      if (endpoint.initiates)
        alike.set(`${endpoint.subnet} ${endpoint.policies.toSorted().join()}`, endpoint);
    }
    return [...alike.values()];
  }

  /** The addresses from which everything of a network that answers takes all traffic. */
  openFrom(id: NetworkId): IpSet {
    const known = this.#open.get(id);
    if (known !== undefined) return known;
    const [first, ...rest] = this.answering(id).map((endpoint) => this.#sourcesOf(endpoint));
    const shared = rest.reduce((all, each) => all.intersect(each), first ?? IpSet.NONE);
    this.#open.set(id, shared);
    return shared;
  }

  culprits(id: NetworkId, from: IpSet): readonly Culprit[] {
    const policies = new Set(this.answering(id).flatMap((endpoint) => endpoint.policies));
    return [...policies].flatMap((policy) =>
      this.#allTraffic(policy)
        .filter(({ ips }) => ips.overlaps(from))
        .map(({ rule }) => ({ policy, rule })),
    );
  }

  #live(id: NetworkId): readonly Endpoint[] {
    return (this.#byNetwork.get(id) ?? []).filter(({ liveness }) => liveness === 'live');
  }

  #sourcesOf({ policies }: Endpoint): IpSet {
    const key = policies.join();
    const known = this.#sources.get(key);
    if (known !== undefined) return known;
    const sources = IpSet.unionOf(
      policies.flatMap((policy) => this.#allTraffic(policy).map(({ ips }) => ips)),
    );
    this.#sources.set(key, sources);
    return sources;
  }

  #allTraffic(policy: Endpoint['policies'][number]) {
    return (this.#network.policies.get(policy)?.rules ?? []).flatMap((rule) =>
      rule.direction === 'ingress' &&
      rule.doubt === undefined &&
      rule.selector.kind === 'ips' &&
      rule.transport.equals(TransportSet.ALL)
        ? [{ rule, ips: rule.selector.ips }]
        : [],
    );
  }
}
