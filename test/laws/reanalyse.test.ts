import { describe, expect, it } from 'vitest';
import { IpSet, TransportSet } from '#netset';
import { idOf, type Endpoint, type Network, type Policy } from '#model';
import {
  analyse,
  connectivity,
  egress,
  exposures,
  HostGraph,
  localDiff,
  reanalyse,
  relayedExposures,
  wayLeft,
  type Analysis,
  type EndChange,
  type OutsideReach,
} from '#engine';
import { networkOf } from './engine-answer.ts';
import { worldOf } from './oracle/worlds.ts';
import { seeds, TRIES_ALL } from './seeds.ts';

/** Networks that differ in the groups of one, in every way that a fix makes of them, and one that differs in a route. */
function editsOf(network: Network): Network[] {
  const groups = [...network.policies.values()].filter(({ kind }) => kind === 'any-allow');
  const withPolicy = (policy: Policy): Network => ({
    ...network,
    policies: new Map(network.policies).set(policy.id, policy),
  });
  const edits = groups.flatMap((policy): Network[] => [
    withPolicy({ ...policy, rules: policy.rules.slice(1) }),
    withPolicy({
      ...policy,
      rules: policy.rules.map((rule) => ({ ...rule, transport: TransportSet.tcp(22) })),
    }),
    // edges that no line has yet
    withPolicy({
      ...policy,
      rules: policy.rules.map((rule) => ({
        ...rule,
        selector: { kind: 'ips', ips: IpSet.parse('10.0.0.5/32', '203.0.112.0/21') },
      })),
    }),
  ]);
  const [first] = groups;
  const [someone] = network.endpoints.values();
  if (first !== undefined && someone !== undefined) {
    const joined: Endpoint = {
      ...someone,
      policies: [first.id],
      groups: [idOf<'group'>(first.id)],
    };
    edits.push({ ...network, endpoints: new Map(network.endpoints).set(someone.id, joined) });
  }
  for (const table of network.routeTables.values())
    edits.push({
      ...network,
      routeTables: new Map(network.routeTables).set(table.id, { ...table, routes: table.routes.slice(1) }),
    });
  return edits;
}

const reach = (pieces: readonly OutsideReach[]): string =>
  pieces
    .map(({ ips, transport }) => `${ips.toString()} ${transport.toString()}`)
    .sort()
    .join('; ');

/** Everything that is asked of an analysis, as lines. */
function answersOf(analysis: Analysis): string[] {
  return [
    ...[...connectivity(analysis)].map(
      ({ from, to, family, sure, possible }) =>
        `${from} → ${to} ${String(family)} ${sure.toString()} | ${possible.toString()}`,
    ),
    ...[...exposures(analysis), ...relayedExposures(analysis), ...egress(analysis)].map(
      ({ endpoint, family, sure, possible }) =>
        `${endpoint.id} ${String(family)} ${reach(sure)} | ${reach(possible)}`,
    ),
    ...new HostGraph(analysis)
      .fallsFrom({ kind: 'internet' })
      .map(({ host, depth, isSure }) => `${host} falls ${String(depth)} ${String(isSure)}`),
  ].sort();
}

/** What closed and what opened between endpoints, found by asking about all. */
function differences(before: Analysis, after: Analysis): string[] {
  const of = (analysis: Analysis) =>
    new Map(
      [...connectivity(analysis)].map((each) => [`${each.from} → ${each.to} ${String(each.family)}`, each]),
    );
  const [was, is] = [of(before), of(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [old, now] = [was.get(key), is.get(key)];
    const none = TransportSet.NONE;
    const closed = (old?.possible ?? none).subtract(now?.possible ?? none);
    const opened = (now?.possible ?? none)
      .subtract(old?.possible ?? none)
      .union((now?.sure ?? none).subtract(old?.sure ?? none));
    return closed.isEmpty && opened.isEmpty ? [] : [`${key} -${closed.toString()} +${opened.toString()}`];
  });
}

function told(changes: readonly EndChange[]): string[] {
  return changes.flatMap(({ from, to, family, closed, opened }) =>
    from.kind === 'endpoint' && to.kind === 'endpoint'
      ? [`${from.id} → ${to.id} ${String(family)} -${closed.toString()} +${opened.toString()}`]
      : [],
  );
}

describe('an analysis that is edited', () => {
  it('answers as one that is made anew, and says what differs', () => {
    let found = 0;
    for (const seed of seeds(25, 4)) {
      const base = analyse(networkOf(worldOf(seed)));
      for (const [at, network] of editsOf(base.network).entries()) {
        const anew = analyse(network);
        const [before, after] = reanalyse(base, network);
        expect({ seed, at, answers: answersOf(after) }).toEqual({ seed, at, answers: answersOf(anew) });
        const { changes, isWhole } = localDiff(before, after, 1_000_000);
        const expected = differences(base, anew).sort();
        expect({ seed, at, isWhole, changes: told(changes).sort() }).toEqual({
          seed,
          at,
          isWhole: true,
          changes: expected,
        });
        found += expected.length;
      }
    }
    if (TRIES_ALL) expect(found).toBeGreaterThan(100);
  });

  it('has a way left to a host exactly if that falls', () => {
    let fell = 0;
    for (const seed of seeds(25, 4)) {
      const base = analyse(networkOf(worldOf(seed)));
      const graph = new HostGraph(base);
      for (const [at, network] of editsOf(base.network).entries()) {
        const [, after] = reanalyse(base, network);
        const edited = new HostGraph(after);
        const falls = new Set(edited.fallsFrom({ kind: 'internet' }).map(({ host }) => host));
        const changed = new Set(
          [...network.endpoints.values()]
            .filter(
              (endpoint) =>
                endpoint !== base.network.endpoints.get(endpoint.id) ||
                endpoint.policies.some((id) => network.policies.get(id) !== base.network.policies.get(id)),
            )
            .map(({ id }) => id),
        );
        const isRoute = network.routeTables !== base.network.routeTables;
        const joined = network.endpoints !== base.network.endpoints;
        for (const { host } of network.endpoints.values()) {
          const way = wayLeft(graph, edited, host, ({ id }) => isRoute || joined || changed.has(id));
          expect({ seed, at, host, isLeft: way !== undefined }).toEqual({
            seed,
            at,
            host,
            isLeft: falls.has(host),
          });
          fell += way === undefined ? 0 : 1;
        }
      }
    }
    if (TRIES_ALL) expect(fell).toBeGreaterThan(100);
  });
});
