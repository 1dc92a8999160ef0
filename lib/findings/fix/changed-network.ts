import { idOf, type Endpoint, type Network, type PolicyId, type Route, type Rule } from '#model';
import { isMember, selectorOf, withNewPolicy } from '../clusters/new-policy.ts';
import type { Culprit } from '../finding.ts';
import type { FixChange } from './fix.ts';

/** The network as it would be after these changes. */
export function changedNetwork(network: Network, changes: readonly FixChange[]): Network {
  return changes.reduce(changed, network);
}

/** The network as it would be without these rules. */
export function withoutRules(network: Network, culprits: readonly Culprit[]): Network {
  return changedNetwork(
    network,
    culprits.map(({ policy, rule }) => ({ kind: 'rule', policy: policy as PolicyId, rule, instead: [] })),
  );
}

function changed(network: Network, change: FixChange): Network {
  switch (change.kind) {
    case 'rule':
      return withRules(network, change);
    case 'route': {
      const table = network.routeTables.get(change.table);
      if (table === undefined) return network;
      const routes = table.routes.filter((route) => !isSameRoute(route, change.route));
      return {
        ...network,
        routeTables: new Map(network.routeTables).set(table.id, { ...table, routes }),
      };
    }
    case 'listener': {
      const relay = network.relays.get(change.relay);
      if (relay === undefined) return network;
      // the vendor's one listener may be several here, one for each protocol
      const listeners = relay.listeners.filter(({ at }) => at.path !== change.listener.at.path);
      return { ...network, relays: new Map(network.relays).set(relay.id, { ...relay, listeners }) };
    }
    case 'acl': {
      const policy = network.policies.get(change.policy);
      if (policy === undefined) return network;
      const rules = [...change.rules, ...policy.rules];
      return { ...network, policies: new Map(network.policies).set(policy.id, { ...policy, rules }) };
    }
    case 'group':
      return withOwnGroup(network, change);
    case 'new-policy':
      return withNewPolicy(network, change.wanted, change.carriers);
    case 'peer':
      return withPeer(network, change);
  }
}

/** One object of a cluster is several policies here where its pods have other numbers for its ports: the rule is changed in all. */
function withPeer(
  network: Network,
  { policy: id, rule, instead }: Extract<FixChange, { kind: 'peer' }>,
): Network {
  const written = network.policies.get(id)?.at.id;
  const policies = new Map(network.policies);
  for (const policy of network.policies.values()) {
    if (policy.at.id !== written || policy.kind !== 'tiered') continue;
    const rules = policy.rules.flatMap((each): Rule[] => {
      if (each.at.path !== rule.at.path) return [each];
      return instead === undefined ? [] : [{ ...each, selector: selectorOf(instead) }];
    });
    policies.set(policy.id, { ...policy, rules });
  }
  if (instead === undefined) return { ...network, policies };
  const selector = selectorOf(instead);
  const endpoints = new Map(network.endpoints);
  if (selector.kind === 'group')
    for (const endpoint of network.endpoints.values())
      if (isMember(endpoint, instead) && !endpoint.groups.includes(selector.group))
        endpoints.set(endpoint.id, { ...endpoint, groups: [...endpoint.groups, selector.group] });
  return { ...network, policies, endpoints };
}

function withRules(
  network: Network,
  { policy: id, rule, instead }: Extract<FixChange, { kind: 'rule' }>,
): Network {
  const policy = network.policies.get(id);
  if (policy === undefined) return network;
  const at = policy.rules.findIndex((each) => isSame(each, rule));
  const put = instead.map((words, i): Rule => ({
    ...rule,
    ...words,
    id: idOf<'rule'>(`${rule.id}/instead${String(i + 1)}`),
  }));
  const rules = policy.rules.filter((each) => !isSame(each, rule));
  return {
    ...network,
    policies: new Map(network.policies).set(id, {
      ...policy,
      rules: at < 0 ? policy.rules : rules.toSpliced(at, 0, ...put),
    }),
  };
}

/** Whether two routes are one at the vendor's: a list of blocks makes one for each. */
export function isSameRoute(a: Route, b: Route): boolean {
  return a === b || (a.list !== undefined && a.list === b.list && a.at === b.at);
}

/** Whether two rules are one at the vendor's: of one that names a group, a part may be in doubt and is then a rule of the model's own. */
export function isSame(a: Rule, b: Rule): boolean {
  return a.id === b.id || a.at === b.at;
}

/** The id of the group that a `group` change makes, until the vendor gives it one. */
export function ownGroupOf(policy: PolicyId): PolicyId {
  return idOf<'policy'>(`own group in place of ${policy}`);
}

function withOwnGroup(
  network: Network,
  { policy: id, endpoints: members }: Extract<FixChange, { kind: 'group' }>,
): Network {
  const policy = network.policies.get(id);
  if (policy === undefined) return network;
  const own = ownGroupOf(id);
  const group = idOf<'group'>(own);
  const named = idOf<'group'>(id);
  const rules = policy.rules.map((rule, i): Rule => ({
    ...rule,
    id: idOf<'rule'>(`${own}/${String(i + 1)}`),
    selector:
      rule.selector.kind === 'group' && rule.selector.group === named
        ? { kind: 'group', group }
        : rule.selector,
  }));
  const endpoints = new Map(network.endpoints);
  const isMember = new Set(members.map((member) => member.id));
  for (const endpoint of network.endpoints.values()) {
    if (!isMember.has(endpoint.id)) continue;
    const swapped: Endpoint = {
      ...endpoint,
      policies: endpoint.policies.map((each) => (each === id ? own : each)),
      groups: endpoint.groups.map((each) => (each === named ? group : each)),
    };
    endpoints.set(endpoint.id, swapped);
  }
  return {
    ...network,
    endpoints,
    policies: new Map(network.policies).set(own, {
      ...policy,
      id: own,
      name: `own group of ${members[0]?.workload.name ?? ''}`,
      isDefault: false,
      rules,
    }),
  };
}
