import type { BlindSpotCode, Network } from '#model';
import { diff, HostGraph, type Diff, type FlowChange } from '#engine';
import { audit, isCrownJewel, opensSomething, type Blame, type Change, type Finding } from '#findings';
import { translate, wayBack, type AwsSnapshot } from '#sources/aws';

/** Compares two reads of the same targets; the blame only says who, never what. */
export function changeBetween(
  before: readonly AwsSnapshot[],
  after: readonly AwsSnapshot[],
  blame: Blame | undefined,
): Change {
  const old = translate(before);
  const now = translate(after);
  const delta = diff(old, now);
  const was = audit(delta.before);
  const is = audit(delta.after);
  const known = new Map(was.map((finding) => [finding.fingerprint, finding]));
  const left = new Set(is.map(({ fingerprint }) => fingerprint));
  const opened = is.filter((finding) => isNewOrWorse(known.get(finding.fingerprint), finding));
  const { undo, restore } = wayBack(before, after, opensSomething({ opened, diff: delta }));
  return {
    blame,
    diff: delta,
    opened,
    resolved: seesLess(old, now) ? [] : was.filter(({ fingerprint }) => !left.has(fingerprint)),
    newVictims: newVictims(delta),
    undo: undo && { commands: undo.commands, isProven: opensNothing(diff(old, translate(undo.undone))) },
    restore: restore && { commands: restore.commands },
  };
}

/** What a blind spot says when something that was read before was not, or not understood, this time. */
const FAILED_READS: ReadonlySet<BlindSpotCode> = new Set([
  'call-failed',
  'not-collected',
  'dangling',
  'rule-not-understood',
  'member-not-understood',
  'account-not-collected',
]);

/** Whether the later read missed something that the earlier did not: then a finding that is gone may only be out of sight. */
function seesLess(before: Network, after: Network): boolean {
  return [...after.blindSpots.values()].some(
    ({ id, code }) => FAILED_READS.has(code) && !before.blindSpots.has(id),
  );
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
