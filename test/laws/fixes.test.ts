import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TransportSet } from '#netset';
import type { Network } from '#model';
import { analyse, connectivity, diff, egress, type Analysis, type OutsideReach } from '#engine';
import { audit, changedNetwork, fixesFor, latent, type Finding, type Fix } from '#findings';
import { translate, type AwsSnapshot } from '#sources/aws';
import { WIDENING } from './edits.ts';
import { networkOf } from './engine-answer.ts';
import { worldOf } from './oracle/worlds.ts';
import { seeds, TRIES_ALL } from './seeds.ts';
import { kindOf, WORLD_KINDS } from './world-kinds.ts';

const found = (analysis: Analysis): readonly Finding[] => [...audit(analysis), ...latent(analysis)];

/** By endpoint and not by workload: of two like endpoints one may keep a flow that the other loses. */
function closedFlows(before: Analysis, after: Analysis): Map<string, TransportSet> {
  const { endpoints } = before.network;
  const key = (from: string, to: string, family: number): string => `${from} ${to} ${String(family)}`;
  const left = new Map(
    [...connectivity(after)].map(({ from, to, family, possible }) => [key(from, to, family), possible]),
  );
  const closed = new Map<string, TransportSet>();
  const note = (id: string, lost: TransportSet): void => {
    if (!lost.isEmpty) closed.set(id, (closed.get(id) ?? TransportSet.NONE).union(lost));
  };
  for (const { from, to, family, possible } of connectivity(before)) {
    const lost = possible.subtract(left.get(key(from, to, family)) ?? TransportSet.NONE);
    note(`${endpoints.get(from)!.workload.id} → ${endpoints.get(to)!.workload.id}`, lost);
  }
  return closed;
}

/** What a finding is about between workloads: steps of its path, or what a load balancer hands on to it. */
function isOwn({ path, workload, transport }: Finding, flow: string, lost: TransportSet): boolean {
  if (path === undefined)
    return flow.endsWith(` → ${workload.id}`) && transport !== undefined && lost.isSubsetOf(transport);
  return path.hops.some(
    ({ from, to, transport: flows }) =>
      from !== undefined && flow === `${from.workload.id} → ${to.workload.id}` && lost.isSubsetOf(flows),
  );
}

/** Everything that a proven fix says of itself, held against analyses made anew. */
function problemsOf(network: Network, finding: Finding, fix: Fix): string[] {
  const problems: string[] = [];
  const before = analyse(network);
  const fixed = changedNetwork(network, fix.changes);
  const after = analyse(fixed);
  const left = found(after);
  if (left.some(({ fingerprint }) => fingerprint === finding.fingerprint))
    problems.push('the finding is left');
  const known = new Set(found(before).map(({ fingerprint }) => fingerprint));
  const fresh = left.filter(({ fingerprint }) => !known.has(fingerprint)).map(({ title }) => title);
  if (fresh.toSorted().join() !== fix.reveals.toSorted().join())
    problems.push(`reveals ${fresh.join()} and says ${fix.reveals.join()}`);
  const delta = diff(network, fixed);
  if (delta.opened.length + delta.maybeOpened.length > 0) problems.push('opens something inside');
  if (delta.exposures.some(({ isWider }) => isWider)) problems.push('opens something to the internet');

  const said = new Map(
    fix.alsoCloses.flows.map(({ from, to, transport }) => [`${from.id} → ${to.id}`, transport]),
  );
  const closed = closedFlows(before, after);
  for (const [flow, lost] of closed) {
    const unsaid = lost.subtract(said.get(flow) ?? TransportSet.NONE);
    if (!unsaid.isEmpty && !isOwn(finding, flow, unsaid))
      problems.push(`shuts ${flow} ${unsaid.toString()} without a word`);
  }
  const workloads = new Set([...network.endpoints.values()].map(({ workload }) => workload.id));
  for (const [flow, transport] of said) {
    if (!flow.split(' → ').every((end) => workloads.has(end))) continue;
    if (!transport.isSubsetOf(closed.get(flow) ?? TransportSet.NONE)) problems.push(`does not shut ${flow}`);
  }
  for (const { endpoint, before: was, after: is, through } of delta.exposures) {
    if (through !== undefined) continue;
    const all = (pieces: NonNullable<typeof was>['possible'] = []) =>
      TransportSet.unionOf(pieces.map(({ transport }) => transport));
    const lost = all(was?.possible).subtract(all(is?.possible));
    const id = network.endpoints.get(endpoint)!.workload.id;
    const own = finding.path?.hops[0].transport ?? finding.transport ?? TransportSet.NONE;
    const unsaid = lost.subtract(said.get(`internet → ${id}`) ?? TransportSet.NONE);
    const isAbout = (finding.path?.hops[0].to.workload.id ?? finding.workload.id) === id;
    if (!unsaid.isEmpty && !(isAbout && unsaid.isSubsetOf(own)))
      problems.push(`shuts ${unsaid.toString()} on ${id} to the internet without a word`);
  }
  for (const [id, lost] of lostWaysOut(before, after)) {
    const unsaid = lost.subtract(said.get(`${id} → internet`) ?? TransportSet.NONE);
    const isAbout = finding.check === 'egress-from-crown-jewel' && finding.workload.id === id;
    if (!unsaid.isEmpty && !(isAbout && unsaid.isSubsetOf(finding.transport ?? TransportSet.NONE)))
      problems.push(`shuts ${unsaid.toString()} of ${id} to the internet without a word`);
  }
  return problems;
}

/** By workload what one of its interfaces could open at the internet, and no more can. */
function lostWaysOut(before: Analysis, after: Analysis): Map<string, TransportSet> {
  const all = (pieces: readonly OutsideReach[] = []) =>
    TransportSet.unionOf(pieces.map(({ transport }) => transport));
  const left = new Map(
    egress(after).map(({ endpoint, family, possible }) => [
      `${endpoint.id} ${String(family)}`,
      all(possible),
    ]),
  );
  const lost = new Map<string, TransportSet>();
  for (const { endpoint, family, possible } of egress(before)) {
    const gone = all(possible).subtract(left.get(`${endpoint.id} ${String(family)}`) ?? TransportSet.NONE);
    const { id } = endpoint.workload;
    if (!gone.isEmpty) lost.set(id, (lost.get(id) ?? TransportSet.NONE).union(gone));
  }
  return lost;
}

type Told = { proven: number; unproven: number; kinds: Set<string> };

function check(network: Network, name: string, told: Told): void {
  const analysis = analyse(network);
  for (const finding of found(analysis)) {
    for (const fix of fixesFor(analysis, finding).fixes) {
      if (!fix.isProven) {
        told.unproven += 1;
        continue;
      }
      told.proven += 1;
      told.kinds.add(fix.kind);
      expect({
        name,
        finding: finding.title,
        fix: fix.what,
        problems: problemsOf(network, finding, fix),
      }).toEqual({
        name,
        finding: finding.title,
        fix: fix.what,
        problems: [],
      });
    }
  }
}

describe('a fix ends its finding, opens nothing, and shuts what it says', () => {
  it('in worlds, as they are and with a rule for everybody', () => {
    const told: Told = { proven: 0, unproven: 0, kinds: new Set() };
    // three of each kind
    for (const seed of seeds(3 * WORLD_KINDS.length, 6)) {
      const { name, features } = kindOf(seed);
      const world = worldOf(seed, features);
      check(networkOf(world), `world ${String(seed)} with ${name}`, told);
      const wider = WIDENING[0]!.apply(world, seed);
      if (wider !== undefined) check(networkOf(wider), `wider world ${String(seed)}`, told);
    }
    if (!TRIES_ALL) return;
    expect(told.proven).toBeGreaterThan(100);
  });

  it('in the demo account, with a rule for everybody in each of its groups', () => {
    const snapshot = JSON.parse(readFileSync('examples/demo-account/account.json', 'utf8')) as AwsSnapshot;
    const told: Told = { proven: 0, unproven: 0, kinds: new Set() };
    for (const [at] of (snapshot.DescribeSecurityGroups?.SecurityGroups as unknown[]).entries()) {
      for (const permission of [
        { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
        {
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 23,
          IpRanges: [{ CidrIp: '0.0.0.0/1' }, { CidrIp: '128.0.0.0/1' }],
        },
      ])
        check(translate([withPermission(snapshot, at, permission)]), `group ${String(at)}`, told);
    }
    expect(told.proven).toBeGreaterThan(20);
  });
});

function withPermission(snapshot: AwsSnapshot, at: number, permission: object): AwsSnapshot {
  const groups = snapshot.DescribeSecurityGroups?.SecurityGroups as readonly Record<string, unknown>[];
  return {
    ...snapshot,
    DescribeSecurityGroups: {
      SecurityGroups: groups.map((group, i) =>
        i === at
          ? { ...group, IpPermissions: [...(group['IpPermissions'] as unknown[]), permission] }
          : group,
      ),
    },
  };
}
