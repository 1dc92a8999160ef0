import { IpSet } from '#netset';
import type { Gateway, Network, NetworkId } from '#model';

/** Addresses that no network routes to by the internet. RFC 1918, RFC 6598, RFC 4193. */
export const PRIVATE = IpSet.parse(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
);

/** Gateways of which it is known what lies behind them: nothing private, or a network that is known too. */
const PLAIN: ReadonlySet<Gateway['kind']> = new Set(['internet', 'egress-only', 'nat', 'peering', 'service']);

/**
 * The private addresses that can be the far end of something in a network: its own blocks and those of its peers. `undefined` where it has a
 * way to somewhere else (a site outside, a transit gateway, an appliance), from where any private address may come.
 */
export class Ranges {
  readonly #network: Network;
  readonly #elsewhere = new Set<NetworkId>();
  readonly #memo = new Map<NetworkId, IpSet | undefined>();

  constructor(network: Network) {
    this.#network = network;
    for (const door of network.sideDoors) this.#elsewhere.add(door.network);
    for (const { network: home, routes } of network.routeTables.values()) {
      const leadsOn = routes.some(({ target }) => {
        if (target.kind !== 'gateway') return target.kind === 'unknown';
        const gateway = network.gateways.get(target.gateway);
        return gateway === undefined || !PLAIN.has(gateway.kind);
      });
      if (leadsOn) this.#elsewhere.add(home);
    }
  }

  of(id: NetworkId): IpSet | undefined {
    if (this.#elsewhere.has(id)) return undefined;
    if (!this.#memo.has(id)) this.#memo.set(id, this.#read(id));
    return this.#memo.get(id);
  }

  /** Those of several networks together. */
  ofAll(ids: Iterable<NetworkId>): IpSet | undefined {
    let all = IpSet.NONE;
    for (const id of new Set(ids)) {
      const own = this.of(id);
      if (own === undefined) return undefined;
      all = all.union(own);
    }
    return all;
  }

  #read(id: NetworkId): IpSet | undefined {
    const { networks, gateways } = this.#network;
    const own = networks.get(id)?.cidrs;
    // a network whose blocks were not read may have any
    if (own === undefined || own.isEmpty) return undefined;
    let all = own;
    for (const gateway of gateways.values()) {
      if (gateway.kind !== 'peering' || !gateway.sides.includes(id)) continue;
      const [first, second] = gateway.sides;
      const far = networks.get(first === id ? second : first)?.cidrs;
      if (far === undefined || far.isEmpty) return undefined;
      all = all.union(far);
    }
    return all;
  }
}
