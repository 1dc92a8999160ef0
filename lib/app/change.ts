import { idOf, type HostId } from '#model';
import { diff, HostGraph, type Diff, type FlowChange } from '#engine';
import {
  frontDoorsOf,
  intentFor,
  opensSomething,
  ruleChanges,
  type Blame,
  type Change,
  type Finding,
  type IntentSettings,
} from '#findings';
import { ownersOf, translate, wayBack, type AwsSnapshot } from '#sources/aws';
import { compare, type Comparison } from './comparison.ts';

/** Compares two reads of the same targets; the blame only says who, never what. */
export function changeBetween(
  before: readonly AwsSnapshot[],
  after: readonly AwsSnapshot[],
  blame: Blame | undefined,
  meant?: IntentSettings,
): Change {
  return changeOf(compare(before, after, meant), blame);
}

/** What a comparison means to people, with the way back. */
export function changeOf(
  { before, after, delta, was, is, meant, newGaps }: Comparison,
  blame: Blame | undefined,
): Change {
  const known = new Map(was.map((finding) => [finding.fingerprint, finding]));
  const left = new Set(is.map(({ fingerprint }) => fingerprint));
  const opened = is.filter((finding) => isNewOrWorse(known.get(finding.fingerprint), finding));
  const { undo, restore } = wayBack(before, after, opensSomething({ opened, diff: delta }));
  return {
    blame,
    diff: delta,
    opened,
    // with less in sight, a finding that is gone may only be out of it
    resolved: newGaps.length > 0 ? [] : was.filter(({ fingerprint }) => !left.has(fingerprint)),
    ...newVictims(delta, meant),
    undo: undo && {
      commands: undo.commands,
      ...ownersOfChange(delta),
      isProven: opensNothing(diff(delta.before.network, translate(undo.undone))),
    },
    restore: restore && { commands: restore.commands },
  };
}

/** What keeps the groups that were changed. */
function ownersOfChange({ before, after }: Diff): { readonly owners?: readonly string[] } {
  const policies = ruleChanges(before.network, after.network).map(({ policy }) => idOf<'policy'>(policy));
  const owners = ownersOf(after.network, policies).map(({ text }) => text);
  return owners.length === 0 ? {} : { owners };
}

function opensNothing({ opened, maybeOpened, exposures }: Diff): boolean {
  return opened.length + maybeOpened.length + exposures.length === 0;
}

function isNewOrWorse(before: Finding | undefined, after: Finding): boolean {
  if (before === undefined || (before.certainty === 'possibly' && after.certainty === 'surely')) return true;
  return (
    after.transport !== undefined &&
    before.transport !== undefined &&
    !after.transport.isSubsetOf(before.transport)
  );
}

/**
 * How much of the network is looked at for new victims, in endpoints: each source costs a search through all of them. In a network of 10,000 that
 * is ten sources, in one of 300 more than it has. What only the other sources could newly get to is then not told, and the alert says so.
 */
const MOST_LOOKS = 100_000;

/** The jewels that sources of the changed flows can newly get to: all sources, or of very many in a large network some, each of another workload. */
function newVictims(
  { before, after, opened }: Diff,
  meant: IntentSettings,
): Pick<Change, 'newVictims' | 'victimSearch'> {
  if (opened.length === 0) return { newVictims: [] };
  const all = sourcesOf(opened, after);
  const sources = someOf(all, after);
  const search = sources.length < all.size ? { victimSearch: { looked: sources.length, of: all.size } } : {};
  const is = waysToJewels(after, sources, meant);
  if (is.size === 0) return { newVictims: [], ...search };
  const was = waysToJewels(before, sources, meant);
  const found = [...is].flatMap(([jewel, hosts]) => {
    const fresh = [...hosts].filter((host) => was.get(jewel)?.has(host) !== true);
    return fresh.length === 0 ? [] : [{ jewel, hosts: fresh.sort() }];
  });
  return { newVictims: found, ...search };
}

/** The hosts that something newly opens from, each with its workload. */
function sourcesOf(opened: readonly FlowChange[], { network }: Diff['after']): ReadonlyMap<HostId, string> {
  const sources = new Map<HostId, string>();
  for (const { from } of opened) {
    const endpoint = network.endpoints.get(from);
    if (endpoint !== undefined) sources.set(endpoint.host, endpoint.workload.id);
  }
  return sources;
}

function someOf(sources: ReadonlyMap<HostId, string>, { network }: Diff['after']): readonly HostId[] {
  const most = Math.max(1, Math.floor(MOST_LOOKS / network.endpoints.size));
  if (sources.size <= most) return [...sources.keys()];
  const ofWorkloads = new Map([...sources].map(([host, workload]) => [workload, host]));
  return [...ofWorkloads.values()].sort().slice(0, most);
}

/** For each crown jewel, by name, those of the hosts that surely fall through to it. */
function waysToJewels(
  analysis: Diff['after'],
  sources: readonly HostId[],
  meant: IntentSettings,
): Map<string, Set<string>> {
  const intent = intentFor(meant, analysis.network);
  const graph = new HostGraph(analysis, { ignores: frontDoorsOf(analysis, intent) });
  const ways = new Map<string, Set<string>>();
  for (const host of sources) {
    const name = graph.endpointsOf(host)[0]?.name ?? host;
    for (const { by } of graph.surelyFallsFrom({ kind: 'host', host })) {
      if (!intent.isCrownJewel(by.to)) continue;
      const known = ways.get(by.to.workload.name) ?? new Set();
      known.add(name);
      ways.set(by.to.workload.name, known);
    }
  }
  return ways;
}
