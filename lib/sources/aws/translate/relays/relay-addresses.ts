import type { Ip } from '#netset';
import { idOf, type Endpoint, type EndpointId, type NetworkId } from '#model';
import type { Draft } from '../draft.ts';
import type { InterfaceRecord } from '../interface-records.ts';

/** An endpoint, and the address of it that a load balancer dials. */
export type Dialled = { readonly target: EndpointId; readonly ip: Ip };

/** Finds endpoints the ways in which targets are registered: by instance, or by address. */
export class RelayAddresses {
  readonly #draft: Draft;
  readonly #firstOfInstance = new Map<string, InterfaceRecord>();
  readonly #byAddress = new Map<string, Endpoint[]>();
  readonly #blocks: Endpoint[] = [];

  constructor(draft: Draft, interfaces: Iterable<InterfaceRecord>) {
    this.#draft = draft;
    for (const record of interfaces) {
      if (record.instance === undefined) continue;
      const isFirst = record.place.child('Attachment').raw('DeviceIndex') === 0;
      if (isFirst || !this.#firstOfInstance.has(record.instance))
        this.#firstOfInstance.set(record.instance, record);
    }
    for (const endpoint of draft.endpoints.values()) {
      if (endpoint.addresses.some(({ first, last }) => first.value !== last.value))
        this.#blocks.push(endpoint);
      for (const { first } of endpoint.addresses) {
        const key = keyOf(first);
        this.#byAddress.set(key, [...(this.#byAddress.get(key) ?? []), endpoint]);
      }
    }
  }

  /**
   * An instance is dialled by the primary address of its first interface.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-type
   */
  ofInstance(instance: string, family: 4 | 6): Dialled | undefined {
    const record = this.#firstOfInstance.get(instance);
    if (record === undefined) return undefined;
    const own = record.addresses.filter(({ first }) => first.family === family);
    const address = own.find(({ isPrimary }) => isPrimary) ?? own[0];
    return address === undefined ? undefined : { target: idOf<'endpoint'>(record.id), ip: address.first };
  }

  /** The address of an endpoint of that family that comes first. */
  ofEndpoint(id: EndpointId, family: 4 | 6): Dialled | undefined {
    const own = this.#draft.endpoints.get(id)?.addresses.filter(({ first }) => first.family === family) ?? [];
    const address = own.find(({ isPrimary }) => isPrimary) ?? own[0];
    return address === undefined ? undefined : { target: id, ip: address.first };
  }

  /** Networks may overlap: an address is first looked for in the group's own, then in those that are peered with it, then anywhere. */
  ofAddress(ip: Ip, network: string): Dialled | undefined {
    const exact = this.#byAddress.get(keyOf(ip)) ?? [];
    const holders = exact.length > 0 ? exact : this.#blocks.filter((endpoint) => holds(endpoint, ip));
    const near = holders.filter((endpoint) => endpoint.network === network);
    const peered = holders.filter((endpoint) => this.#arePeered(idOf<'network'>(network), endpoint.network));
    const [found] = near.length > 0 ? near : peered.length > 0 ? peered : holders;
    return found === undefined ? undefined : { target: found.id, ip };
  }

  #arePeered(a: NetworkId, b: NetworkId): boolean {
    return [...this.#draft.gateways.values()].some(
      (gateway) =>
        gateway.kind === 'peering' &&
        gateway.isActive &&
        gateway.sides.includes(a) &&
        gateway.sides.includes(b),
    );
  }
}

function keyOf({ family, value }: Ip): string {
  return `${String(family)} ${String(value)}`;
}

function holds({ addresses }: Endpoint, ip: Ip): boolean {
  return addresses.some(
    ({ first, last }) => first.family === ip.family && first.value <= ip.value && ip.value <= last.value,
  );
}
