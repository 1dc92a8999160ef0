import { TransportSet } from '#netset';
import type { Direction, Endpoint, Network, Policy, Rule } from '#model';

/** The label that says in which namespace a workload is: Kubernetes gives it to every namespace. */
export const NAMESPACE = 'kubernetes.io/metadata.name';

/** Workloads and policies of Kubernetes clusters among what an audit looks at; empty where there are none. */
export class Clusters {
  /** Workloads that policies can be about, by name. */
  readonly workloads: readonly Endpoint[];
  readonly #network: Network;
  readonly #members = new Map<string, number>();
  readonly #published = new Map<string, TransportSet>();

  constructor(network: Network) {
    this.#network = network;
    this.workloads = [...network.endpoints.values()].filter(
      ({ kind, role, unaddressed }) =>
        kind === 'workload' && role !== 'load-balancer' && unaddressed?.mayBeNamed === undefined,
    );
    for (const { groups } of this.workloads)
      for (const group of groups) this.#members.set(group, (this.#members.get(group) ?? 0) + 1);
    for (const { entrances, listeners } of network.relays.values()) {
      if (entrances.length === 0) continue;
      for (const { handoffs } of listeners)
        for (const { target, transport } of handoffs)
          this.#published.set(target, (this.#published.get(target) ?? TransportSet.NONE).union(transport));
    }
  }

  namespaceOf({ tags }: Endpoint): string {
    return tags.get(NAMESPACE) ?? '';
  }

  /** Whether something outside hands on to it. */
  isPublished({ id }: Endpoint): boolean {
    return this.#published.has(id);
  }

  /** What something outside hands on to it. */
  publishedOn({ id }: Endpoint): TransportSet {
    return this.#published.get(id) ?? TransportSet.NONE;
  }

  /** The policies that are about a direction of a workload. */
  policiesOf({ policies }: Endpoint, direction: Direction): readonly Policy[] {
    return policies.flatMap((id) => {
      const policy = this.#network.policies.get(id);
      return policy?.tier?.applies.includes(direction) === true && !policy.isDefault ? [policy] : [];
    });
  }

  /** Whether a rule means every pod there is, by whatever words. */
  isBroad({ selector }: Rule): boolean {
    if (selector.kind === 'anyone') return true;
    return (
      selector.kind === 'group' &&
      this.workloads.length > 1 &&
      this.#members.get(selector.group) === this.workloads.length
    );
  }

  /** Whether nobody chose who may open something on a workload: no policy is about it, or a rule admits everybody. */
  isUnguarded(workload: Endpoint, rules: readonly Rule[]): boolean {
    return this.policiesOf(workload, 'ingress').length === 0 || rules.some((rule) => this.isBroad(rule));
  }

  /** The policies that a person wrote and that something applies, each once: one that differs by ports is several in the model. */
  written(): readonly Policy[] {
    const found = new Map<string, Policy>();
    for (const policy of this.#network.policies.values())
      if (
        policy.kind === 'tiered' &&
        !policy.isDefault &&
        policy.inert === undefined &&
        !found.has(policy.at.id)
      )
        found.set(policy.at.id, policy);
    return [...found.values()];
  }

  /** The workloads that carry any of the policies that one object became. */
  carriersOf({ at }: Policy): readonly Endpoint[] {
    return this.workloads.filter(({ policies }) =>
      policies.some((id) => this.#network.policies.get(id)?.at.id === at.id),
    );
  }
}
