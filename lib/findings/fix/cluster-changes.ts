import { TransportSet } from '#netset';
import type { Direction, Endpoint, Network, PolicyId } from '#model';
import { Clusters } from '../clusters/cluster.ts';
import type { NewPeer, NewPolicy } from '../clusters/new-policy.ts';
import { hasAll, selectingLabels } from '../clusters/selecting-labels.ts';
import { culpritsBetween } from '../culprits.ts';
import type { Culprit, Finding } from '../finding.ts';
import type { FixChange, FixKind } from './fix.ts';

/** Changes of a cluster's policies that may end a finding, and by what. */
export type ClusterChanges = { readonly kind: FixKind; readonly changes: readonly FixChange[] };

/** More policies than that are no small change. */
const MOST_POLICIES = 6;

/**
 * Changes of a cluster's policies that may end a finding about its workloads, those first that shut least: a rule that admits everybody names the pods of
 * its own namespace, or nobody; what no policy is about gets one, for its namespace's own pods and for what is handed on to it.
 */
export function clusterChanges(finding: Finding, network: Network): readonly ClusterChanges[] {
  const clusters = new Clusters(network);
  if (clusters.workloads.length === 0) return [];
  const writer = new PolicyWriter(network, clusters);
  const { check, endpoints, path, culprits } = finding;
  // what nothing applies ends nothing
  if ([...network.policies.values()].some(({ inert }) => inert !== undefined)) return [];
  if (check === 'namespace-without-default-deny') {
    const [first] = endpoints;
    return first === undefined ? [] : writer.shutNamespace(clusters.namespaceOf(first));
  }
  const workloads = endpoints.filter(({ kind, role }) => kind === 'workload' && role !== 'load-balancer');
  if (check === 'egress-from-crown-jewel')
    return workloads.flatMap((workload) =>
      culprits.length > 0 ? peerChanges(culprits, network, ['cluster']) : writer.shut(workload, 'egress'),
    );
  if (check === 'ingress-path-to-crown-jewel')
    return (path?.hops ?? [])
      .toReversed()
      .flatMap(({ from, to, transport }) =>
        from === undefined || from.role === 'load-balancer' || to.kind !== 'workload'
          ? []
          : writer.between(to, culpritsBetween(network, from, to, transport)),
      );
  return culprits.length === 0 ? [] : workloads.flatMap((workload) => writer.between(workload, culprits));
}

/** The rules name other pods, or nobody any more. */
function peerChanges(
  culprits: readonly Culprit[],
  { policies }: Network,
  peers: readonly NewPeer[],
): readonly ClusterChanges[] {
  const written = new Map(
    culprits
      .filter(
        ({ policy, rule }) =>
          policies.get(policy as PolicyId)?.kind === 'tiered' &&
          policies.get(policy as PolicyId)?.isDefault === false &&
          rule.action === 'allow',
      )
      .map((culprit) => [`${culprit.rule.at.id} ${culprit.rule.at.path}`, culprit]),
  );
  if (written.size === 0) return [];
  const changed = (instead?: NewPeer): readonly FixChange[] =>
    [...written.values()].map(({ policy, rule }) => ({
      kind: 'peer',
      policy: policy as PolicyId,
      rule,
      ...(instead !== undefined && { instead }),
    }));
  return [
    ...peers.map((peer): ClusterChanges => ({ kind: 'narrow', changes: changed(peer) })),
    { kind: 'remove', changes: changed() },
  ];
}

/** Writes the policies that are missing. */
class PolicyWriter {
  readonly #network: Network;
  readonly #clusters: Clusters;
  readonly #names: ReadonlySet<string>;

  constructor(network: Network, clusters: Clusters) {
    this.#network = network;
    this.#clusters = clusters;
    this.#names = new Set([...network.policies.values()].map(({ at }) => at.id));
  }

  /** What lets others get to a workload: rules, or that no policy is about it. */
  between(workload: Endpoint, culprits: readonly Culprit[]): readonly ClusterChanges[] {
    if (this.#clusters.policiesOf(workload, 'ingress').length === 0) return this.shut(workload, 'ingress');
    return peerChanges(culprits, this.#network, [{ namespace: this.#clusters.namespaceOf(workload) }]);
  }

  /** A workload that no policy is about gets one. */
  shut(workload: Endpoint, direction: Direction): readonly ClusterChanges[] {
    const namespace = this.#clusters.namespaceOf(workload);
    const selects = selectingLabels(workload, this.#neighbours(namespace));
    if (selects === undefined || this.#clusters.policiesOf(workload, direction).length > 0) return [];
    const peer: NewPeer = direction === 'egress' ? 'cluster' : { namespace };
    const wanted: NewPolicy = {
      namespace,
      name: this.#nameFor(
        namespace,
        direction === 'egress'
          ? `${shortName(workload)}-in-cluster-only`
          : `${shortName(workload)}-own-namespace-only`,
      ),
      selects,
      direction,
      allows: [
        { peer, transport: TransportSet.ALL },
        ...(direction === 'egress' ? [] : this.#handedOn(workload)),
      ],
    };
    return [{ kind: 'policy', changes: [this.#change(wanted)] }];
  }

  /**
   * A namespace denies by default. First its own pods go on reaching each other, then not; what is handed on from outside goes on both times. Where a policy
   * is about some of its pods already, to admit all would open those: then each of the others gets its own.
   */
  shutNamespace(namespace: string): readonly ClusterChanges[] {
    const all = this.#neighbours(namespace);
    const open = all.filter((workload) => this.#clusters.policiesOf(workload, 'ingress').length === 0);
    const published = open.flatMap((workload) => {
      const allows = this.#handedOn(workload);
      const selects = selectingLabels(workload, all);
      if (allows.length === 0 || selects === undefined) return [];
      const name = this.#nameFor(namespace, `allow-to-${shortName(workload)}`);
      return [this.#change({ namespace, name, selects, direction: 'ingress', allows })];
    });
    const denied = this.#change({
      namespace,
      name: this.#nameFor(namespace, 'default-deny-ingress'),
      selects: new Map(),
      direction: 'ingress',
      allows: [],
    });
    const admitting = (selects: ReadonlyMap<string, string>, name: string): FixChange =>
      this.#change({
        namespace,
        name: this.#nameFor(namespace, name),
        selects,
        direction: 'ingress',
        allows: [{ peer: { namespace }, transport: TransportSet.ALL }],
      });
    const each = open.flatMap((workload) => {
      const selects = selectingLabels(workload, all);
      return selects === undefined
        ? []
        : [admitting(selects, `allow-own-namespace-to-${shortName(workload)}`)];
    });
    const own =
      open.length === all.length
        ? [admitting(new Map(), 'allow-own-namespace')]
        : each.length === open.length
          ? each
          : undefined;
    return [...(own === undefined ? [] : [[denied, ...own, ...published]]), [denied, ...published]]
      .filter((changes) => changes.length <= MOST_POLICIES)
      .map((changes): ClusterChanges => ({ kind: 'policy', changes }));
  }

  #change(wanted: NewPolicy): FixChange {
    const carriers = this.#neighbours(wanted.namespace).filter(({ labels }) =>
      hasAll(labels, wanted.selects),
    );
    return { kind: 'new-policy', wanted, carriers };
  }

  #neighbours(namespace: string): readonly Endpoint[] {
    return this.#clusters.workloads.filter((workload) => this.#clusters.namespaceOf(workload) === namespace);
  }

  /** What entrances hand on to a workload, for whoever comes by them: a controller may have the address of a node. */
  #handedOn({ id }: Endpoint): NewPolicy['allows'] {
    const transport = TransportSet.unionOf(
      [...this.#network.relays.values()].flatMap(({ entrances, listeners }) =>
        entrances.length === 0
          ? []
          : listeners.flatMap(({ handoffs }) =>
              handoffs.flatMap((handoff) => (handoff.target === id ? [handoff.transport] : [])),
            ),
      ),
    );
    return transport.isEmpty ? [] : [{ peer: 'anyone', transport }];
  }

  #nameFor(namespace: string, name: string): string {
    // https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
    const short = name.slice(0, 60).replace(/[^a-z0-9]+$/, '');
    for (let n = 1; ; n += 1) {
      const tried = n === 1 ? short : `${short}-${String(n)}`;
      if (!this.#names.has(`NetworkPolicy ${namespace}/${tried}`)) return tried;
    }
  }
}

/** `wordpress` of `marketing/wordpress[Deployment]`. */
function shortName({ name }: Endpoint): string {
  const own = name.slice(name.indexOf('/') + 1).replace(/\[[^\]]*\]$/, '');
  return own.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
}
