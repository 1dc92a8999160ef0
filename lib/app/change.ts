import { diff, HostGraph, type Diff, type FlowChange } from '#engine';
import { isCrownJewel, opensSomething, type Blame, type Change, type Finding } from '#findings';
import { translate, wayBack, type AwsSnapshot } from '#sources/aws';
import { compare, type Comparison } from './comparison.ts';

/** Compares two reads of the same targets; the blame only says who, never what. */
export function changeBetween(
  before: readonly AwsSnapshot[],
  after: readonly AwsSnapshot[],
  blame: Blame | undefined,
): Change {
  return changeOf(compare(before, after), blame);
}

/** What a comparison means to people, with the way back. */
export function changeOf(
  { before, after, delta, was, is, newGaps }: Comparison,
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
    newVictims: newVictims(delta),
    undo: undo && {
      commands: undo.commands,
      isProven: opensNothing(diff(delta.before.network, translate(undo.undone))),
    },
    restore: restore && { commands: restore.commands },
  };
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

function newVictims({ before, after, opened }: Diff): Change['newVictims'] {
  if (opened.length === 0) return [];
  const was = waysToJewels(before, opened);
  return [...waysToJewels(after, opened)].flatMap(([jewel, hosts]) => {
    const fresh = [...hosts].filter((host) => was.get(jewel)?.has(host) !== true);
    return fresh.length === 0 ? [] : [{ jewel, hosts: fresh.sort() }];
  });
}

/** For each crown jewel, by name, the hosts among the changed flows' sources that surely fall through to it. */
function waysToJewels(analysis: Diff['after'], opened: readonly FlowChange[]): Map<string, Set<string>> {
  const graph = new HostGraph(analysis);
  const ways = new Map<string, Set<string>>();
  for (const host of new Set(opened.flatMap(({ from }) => graph.hostOf(from) ?? []))) {
    const name = graph.endpointsOf(host)[0]?.name ?? host;
    for (const { by, isSure } of graph.fallsFrom({ kind: 'host', host })) {
      if (!isSure || !isCrownJewel(by.to)) continue;
      const known = ways.get(by.to.workload.name) ?? new Set();
      known.add(name);
      ways.set(by.to.workload.name, known);
    }
  }
  return ways;
}
