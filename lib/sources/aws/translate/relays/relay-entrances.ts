import type { EndpointId } from '#model';
import type { Draft } from '../draft.ts';
import type { InterfaceRecord } from '../interface-records.ts';

/**
 * The interfaces of load balancers, by what their description names: `app/shop-alb/50dc…`, or the name of a classic one. A description is
 * anybody's text, so interfaces that AWS says it did not make are left out.
 */
export class RelayEntrances {
  readonly #byName = new Map<string, EndpointId[]>();

  constructor(draft: Draft, interfaces: Iterable<InterfaceRecord>) {
    for (const record of interfaces) {
      const name = /^ELB (\S+)/.exec(record.description)?.[1];
      if (name === undefined || record.instance !== undefined || isSomebodys(record)) continue;
      const endpoint = draft.endpoints.get(record.id as EndpointId);
      if (endpoint?.role !== 'load-balancer') continue;
      const key = keyOf(record.target, name);
      this.#byName.set(key, [...(this.#byName.get(key) ?? []), endpoint.id]);
    }
  }

  of(scope: { readonly account: string; readonly region: string }, name: string): readonly EndpointId[] {
    return this.#byName.get(keyOf(scope, name)) ?? [];
  }
}

function isSomebodys({ place }: InterfaceRecord): boolean {
  const requester = place.raw('RequesterId');
  return place.raw('RequesterManaged') === false && requester !== 'amazon-elb' && requester !== undefined;
}

function keyOf({ account, region }: { account: string; region: string }, name: string): string {
  return `${account}/${region}/${name}`;
}
