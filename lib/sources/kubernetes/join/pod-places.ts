import { compareIps, type Ip } from '#netset';
import type { Endpoint, EndpointId, HostId, Network } from '#model';
import type { RunningPod } from '../translate/pods.ts';
import type { ClusterNode } from './cluster-nodes.ts';

/** The interface of an account that has a pod's address, or why none is found. */
export type PodPlace =
  | {
      readonly kind: 'found';
      readonly interface: Endpoint;
      readonly ips: readonly Ip[];
      readonly isOwn: boolean;
    }
  /** `account`: the node's instance is not in the account that was read. `overlay`: it is, and the address is none of its. `pending`: it has no address. */
  | { readonly kind: 'account' | 'overlay' | 'pending' };

/**
 * Finds the interfaces of an account that have pods' addresses. By the node's instance, since two VPCs may have the same addresses; a pod with
 * an interface of its own by that, and one on Fargate, which is no instance, by an address that exactly one interface has.
 */
export class PodPlaces {
  readonly #network: Network;
  readonly #byHost = new Map<HostId, Endpoint[]>();

  constructor(network: Network) {
    this.#network = network;
    for (const endpoint of network.endpoints.values()) {
      const known = this.#byHost.get(endpoint.host);
      if (known === undefined) this.#byHost.set(endpoint.host, [endpoint]);
      else known.push(endpoint);
    }
  }

  interfacesOf(instance: string): readonly Endpoint[] {
    return this.#byHost.get(instance as HostId) ?? [];
  }

  find({ ips, interfaceId }: RunningPod, node: ClusterNode | undefined): PodPlace {
    if (ips.length === 0) return { kind: 'pending' };
    const own =
      interfaceId === undefined ? undefined : this.#network.endpoints.get(interfaceId as EndpointId);
    if (own !== undefined) return placeIn([own], ips, true) ?? { kind: 'overlay' };
    const instance = node?.instance;
    if (instance !== undefined) {
      const interfaces = this.interfacesOf(instance);
      return interfaces.length === 0
        ? { kind: 'account' }
        : (placeIn(interfaces, ips, false) ?? { kind: 'overlay' });
    }
    if (node?.isAws !== true) return { kind: 'account' };
    const holders = [...this.#network.endpoints.values()].filter((endpoint) => holds(endpoint, ips[0]));
    const [only] = holders;
    if (only === undefined || holders.length > 1) return { kind: 'account' };
    return placeIn([only], ips, true) ?? { kind: 'account' };
  }
}

function placeIn(interfaces: readonly Endpoint[], ips: readonly Ip[], isOwn: boolean): PodPlace | undefined {
  const holder = interfaces.find((endpoint) => ips.some((ip) => holds(endpoint, ip)));
  if (holder === undefined) return undefined;
  return { kind: 'found', interface: holder, ips: ips.filter((ip) => holds(holder, ip)), isOwn };
}

function holds({ addresses }: Endpoint, ip: Ip | undefined): boolean {
  if (ip === undefined) return false;
  return addresses.some(
    ({ first, last }) =>
      first.family === ip.family && compareIps(first, ip) <= 0 && compareIps(ip, last) <= 0,
  );
}
