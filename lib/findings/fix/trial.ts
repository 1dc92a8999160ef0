import { formatCidr, TransportSet, type IpSet } from '#netset';
import { idOf, type Endpoint, type HostId, type Network, type Policy, type Route, type Rule } from '#model';
import { analyseTogether, exposureChanges, localDiff, reanalyse, wayLeft, type Analysis } from '#engine';
import { findingsAbout } from '../audit.ts';
import type { Audited } from '../audited.ts';
import type { Finding } from '../finding.ts';
import { hostGraphOf } from '../host-graph.ts';
import { intentFor } from '../intent/intent.ts';
import { changedNetwork, ownGroupOf } from './changed-network.ts';
import { closedBy, opensAnything, type Compared } from './closed-by.ts';
import type { Closed } from './closed.ts';
import type { FixChange } from './fix.ts';
import { flowsOfAll, ownFlowsOf } from './own-flows.ts';
import type { TrialBudget } from './trial-budget.ts';

/** Pairs of places that are looked at for what else a change shuts: some tenths of a second. */
const MOST_PAIRS = 100_000;

/** Changes, tried on the model. */
export class Trial {
  readonly changes: readonly FixChange[];
  readonly before: Audited;
  readonly after: Audited;
  #compared: Compared | undefined;

  constructor(audited: Audited, changes: readonly FixChange[]) {
    const { analysis, intent } = audited;
    const [before, after] = reanalyse(analysis, changedNetwork(analysis.network, changes));
    this.changes = changes;
    this.before = before === analysis ? audited : { analysis: before, intent };
    this.after = { analysis: after, intent: intentFor(intent.settings, after.network) };
  }

  /** What is left of a finding; `undefined` if it went. */
  leftOf(finding: Finding): Finding | undefined {
    const jewel = finding.path?.hops.at(-1)?.to;
    // a way by steps that somebody chose is none of it
    const isAnyWay = finding.check !== 'ingress-path-to-crown-jewel';
    if (jewel !== undefined && isAnyWay) return this.#wayLeft(finding, jewel);
    const only = new Set([finding.workload.id]);
    return findingsAbout({ ...this.after, only }, finding.check).find(
      ({ fingerprint }) => fingerprint === finding.fingerprint,
    );
  }

  /** As long as there is a way, the finding is taken to be left: that is more than its check says, and does not look at all ways. */
  #wayLeft(finding: Finding, jewel: Endpoint): Finding | undefined {
    const [before, after] = [hostGraphOf(this.before), hostGraphOf(this.after)];
    const hosts = new Set(
      [...this.before.analysis.network.endpoints.values()]
        .filter(({ workload }) => workload.id === jewel.workload.id)
        .map(({ host }) => host),
    );
    const touched = this.#touched();
    for (const host of hosts) {
      const hops = wayLeft(before, after, host, ({ id }) => touched === undefined || touched.has(id));
      if (hops !== undefined) return { ...finding, path: { hops, isSure: false } };
    }
    return undefined;
  }

  /** The endpoints that carry what was edited; `undefined` for all. */
  #touched(): ReadonlySet<string> | undefined {
    const policies = new Set<string>();
    for (const change of this.changes) {
      if (isOfWhole(change)) return undefined;
      policies.add(change.policy);
    }
    const { endpoints } = this.before.analysis.network;
    return new Set(
      [...endpoints.values()]
        .filter((endpoint) => endpoint.policies.some((policy) => policies.has(policy)))
        .map(({ id }) => id),
    );
  }

  get compared(): Compared {
    const [before, after] = [this.before.analysis, this.after.analysis];
    this.#compared ??= {
      before,
      after,
      changes: localDiff(before, after, MOST_PAIRS),
      exposures: exposureChanges(before, after),
    };
    return this.#compared;
  }

  get opensAnything(): boolean {
    const { network } = this.before.analysis;
    return opensAnything(
      this.compared,
      this.changes.every((change) => isNarrowing(change, network)),
    );
  }

  /** @param left what was left of the finding by fewer of the changes: other ways to the same end */
  closes(finding: Finding, left: readonly Finding[]): Closed {
    const own = { ownOf: ownFlowsOf(finding, this.before), otherWays: flowsOfAll(left, this.before) };
    return closedBy(this.compared, own, this.before.intent);
  }

  /** Findings that were hidden by what goes: about what the internet opens less of, or groups that were edited. */
  reveals(before: (id: string) => readonly Finding[]): readonly Finding[] {
    const { network } = this.before.analysis;
    const ids = new Set<string>(
      this.changes.flatMap((change) => {
        if (change.kind === 'new-policy') return aboutNewPolicy(change);
        if (isOfWhole(change)) return [];
        return change.kind === 'group' ? [change.policy, ownGroupOf(change.policy)] : [change.policy];
      }),
    );
    for (const { endpoint } of this.compared.exposures) {
      const workload = network.endpoints.get(endpoint)?.workload.id;
      if (workload !== undefined) ids.add(workload);
    }
    return findingsAbout({ ...this.after, only: ids }).filter(
      ({ fingerprint, workload }) => !before(workload.id).some((known) => known.fingerprint === fingerprint),
    );
  }
}

/** Tries changes of one network; the same changes once. */
export class Trials {
  readonly audited: Audited;
  readonly #done = new Map<string, Trial>();
  readonly #known = new Map<string, readonly Finding[]>();
  #fallen: ReadonlySet<HostId> | undefined;

  /** @param audited with an analysis whose line is cut at the edges of everything that a change may name: `withEdgesOf` */
  constructor(audited: Audited) {
    this.audited = audited;
  }

  get network(): Network {
    return this.audited.analysis.network;
  }

  /** `undefined` where there is nothing left of the budget. */
  try(changes: readonly FixChange[], budget: TrialBudget): Trial | undefined {
    const key = changes.map(keyOf).join('\n');
    if (budget.isSpent) return undefined;
    const known = this.#done.get(key);
    // what becomes of a finding by it is asked anew
    budget.spend(this.network.endpoints.size, known === undefined && changes.some(isOfWhole));
    if (known !== undefined) return known;
    const trial = new Trial(this.audited, changes);
    this.#done.set(key, trial);
    return trial;
  }

  /** Whether a host may fall to the internet as everything stands. */
  falls(host: HostId): boolean {
    this.#fallen ??= new Set(
      hostGraphOf(this.audited)
        .fallsFrom({ kind: 'internet' })
        .map((fallen) => fallen.host),
    );
    return this.#fallen.has(host);
  }

  /** What is found about a workload or a group as it is. */
  findingsAbout(id: string): readonly Finding[] {
    const known = this.#known.get(id) ?? findingsAbout({ ...this.audited, only: new Set([id]) });
    this.#known.set(id, known);
    return known;
  }
}

function routeWords({ destination, at }: Route): readonly string[] {
  return [destination === undefined ? '' : formatCidr(destination), at.id];
}

/** What is found may be about what carries it, or about its namespace. */
function aboutNewPolicy({ wanted, carriers }: Extract<FixChange, { kind: 'new-policy' }>): readonly string[] {
  return [`namespace/${wanted.namespace}`, ...carriers.map(({ workload }) => workload.id)];
}

type OfWhole = Extract<FixChange, { kind: 'route' | 'listener' | 'acl' | 'new-policy' | 'peer' }>;

/** Whether a change may concern everything: whoever carries a group is known, and for the rest the network is analysed anew. */
export function isOfWhole(change: FixChange): change is OfWhole {
  return change.kind !== 'rule' && change.kind !== 'group';
}

/** Whether a change only takes away: of rules in which everything that is said is let in, that cannot let anything in. */
function isNarrowing(change: FixChange, network: Network): boolean {
  if (change.kind === 'listener' || change.kind === 'acl') return true;
  // what a rule lets in goes or is less; what no policy was about is open, so that any policy takes away
  if (change.kind === 'peer') return change.rule.action === 'allow';
  if (change.kind === 'new-policy')
    return change.carriers.every(({ policies }) =>
      policies.every(
        (id) => network.policies.get(id)?.tier?.applies.includes(change.wanted.direction) !== true,
      ),
    );
  if (change.kind !== 'rule') return false;
  const { selector: was, transport } = change.rule;
  return change.instead.every(
    ({ selector, transport: flows }) =>
      flows.isSubsetOf(transport) &&
      (selector === was ||
        (selector.kind === 'ips' && was.kind === 'ips' && selector.ips.isSubsetOf(was.ips))),
  );
}

function keyOf(change: FixChange): string {
  switch (change.kind) {
    case 'rule':
      return JSON.stringify([
        change.policy,
        change.rule.id,
        ...change.instead.map(({ selector, transport }) => [
          selector.kind === 'ips' ? selector.ips.toString() : selector.kind === 'group' ? selector.group : '',
          transport.toString(),
        ]),
      ]);
    case 'route':
      return JSON.stringify([change.table, ...routeWords(change.route)]);
    case 'listener':
      return JSON.stringify([change.relay, change.listener.at.path]);
    case 'acl':
      return JSON.stringify([change.policy, ...change.rules.map(({ id }) => id)]);
    case 'group':
      return JSON.stringify([change.policy, ...change.endpoints.map(({ id }) => id)]);
    case 'new-policy':
      return JSON.stringify([
        ...[change.wanted.namespace, change.wanted.name, change.wanted.direction],
        [...change.wanted.selects],
        ...change.wanted.allows.map(({ peer, transport }) => [peer, transport.toString()]),
      ]);
    case 'peer':
      return JSON.stringify([change.rule.at.id, change.rule.at.path, change.instead ?? '']);
  }
}

/** The analysis over a line that is cut at the edges of all these sets too: the same one, if it is. */
export function withEdgesOf(analysis: Analysis, sets: readonly IpSet[]): Analysis {
  const { network, planes } = analysis;
  if (sets.every((ips) => planes.every(({ axis }) => axis.hasEdgesOf(ips)))) return analysis;
  const rules = sets.map((ips, i): Rule => ({
    id: idOf<'rule'>(`edge ${String(i)}`),
    direction: 'ingress',
    action: 'allow',
    selector: { kind: 'ips', ips },
    transport: TransportSet.NONE,
    description: '',
    at: NOWHERE,
  }));
  const named: Policy = {
    id: idOf<'policy'>('edges'),
    name: 'edges',
    kind: 'any-allow',
    rules,
    isDefault: false,
    tags: new Map(),
    at: NOWHERE,
  };
  const policies = new Map(network.policies).set(named.id, named);
  return analyseTogether([network, { ...network, policies }] as const)[0];
}

const NOWHERE = { source: '', account: '', region: '', path: '', id: '' };
