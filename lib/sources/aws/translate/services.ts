import { Databases } from './databases.ts';
import type { Draft } from './draft.ts';
import { nameTagOf, tagsOf } from './tags.ts';

type EndpointFacts = {
  readonly service: string;
  readonly type: string;
  readonly tags: ReadonlyMap<string, string>;
};

/** What the account tells of the services behind interfaces that the interfaces themselves do not. */
export class Services {
  readonly databases: Databases;
  readonly #natNames = new Map<string, string>();
  readonly #natOfInterface = new Map<string, string>();
  readonly #endpoints = new Map<string, EndpointFacts>();
  readonly #endpointOfInterface = new Map<string, string>();
  readonly #replicationGroups = new Map<string, string>();

  constructor(draft: Draft) {
    this.databases = new Databases(draft);
    for (const { id, place } of draft.distinct('DescribeNatGateways').values()) {
      this.#natNames.set(id, nameTagOf(tagsOf(place)) ?? id);
      for (const address of place.items('NatGatewayAddresses')) {
        this.#natOfInterface.set(address.words('NetworkInterfaceId'), id);
      }
    }
    for (const { id, place } of draft.distinct('DescribeVpcEndpoints').values()) {
      const service = shortService(place.words('ServiceName')) || id;
      this.#endpoints.set(id, {
        service,
        type: place.words('VpcEndpointType').toLowerCase(),
        tags: tagsOf(place),
      });
      const interfaces = place.raw('NetworkInterfaceIds');
      for (const each of Array.isArray(interfaces) ? (interfaces as unknown[]) : []) {
        if (typeof each === 'string') this.#endpointOfInterface.set(each, id);
      }
    }
    for (const target of draft.targets) {
      if (!target.has('DescribeCacheClusters')) continue;
      for (const { id, place } of target.items('DescribeCacheClusters')) {
        const group = place.words('ReplicationGroupId');
        if (group !== '') this.#replicationGroups.set(id, group);
      }
    }
  }

  natOfInterface(id: string): string | undefined {
    return this.#natOfInterface.get(id);
  }

  nameOfNat(id: string): string | undefined {
    return this.#natNames.get(id);
  }

  endpoint(id: string): EndpointFacts | undefined {
    return this.#endpoints.get(id);
  }

  endpointOfInterface(id: string): string | undefined {
    return this.#endpointOfInterface.get(id);
  }

  isGatewayLoadBalancerEndpoint(id: string): boolean {
    return this.#endpoints.get(id)?.type === 'gatewayloadbalancer';
  }

  replicationGroupOf(cacheCluster: string): string | undefined {
    return this.#replicationGroups.get(cacheCluster);
  }
}

/** `com.amazonaws.eu-west-1.ecr.dkr` is known as `ecr.dkr`. */
function shortService(name: string): string {
  return name.replace(/^(?:com|cn\.com)\.amazonaws\.[a-z0-9-]+\./, '');
}
