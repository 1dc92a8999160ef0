import type { Network, Policy, PolicyId, Subnet } from '#model';

/** The lists in order that stand at the border of some subnet, with those subnets. */
export function aclsInUse({
  policies,
  subnets,
}: Network): readonly { readonly policy: Policy; readonly subnets: readonly Subnet[] }[] {
  const used = new Map<PolicyId, Subnet[]>();
  for (const subnet of subnets.values()) {
    const known = used.get(subnet.policy);
    if (known === undefined) used.set(subnet.policy, [subnet]);
    else known.push(subnet);
  }
  return [...used].flatMap(([id, of]) => {
    const policy = policies.get(id);
    return policy?.kind === 'first-match' ? [{ policy, subnets: of }] : [];
  });
}
