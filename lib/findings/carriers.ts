import type { Endpoint, Network, PolicyId } from '#model';

/** Who carries each policy, whatever state it is in. */
export function carriersOf({ endpoints }: Network): ReadonlyMap<PolicyId, readonly Endpoint[]> {
  const carriers = new Map<PolicyId, Endpoint[]>();
  for (const endpoint of endpoints.values()) {
    for (const policy of endpoint.policies) {
      const known = carriers.get(policy);
      if (known === undefined) carriers.set(policy, [endpoint]);
      else known.push(endpoint);
    }
  }
  return carriers;
}
