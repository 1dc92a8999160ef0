import { TransportSet } from '#netset';
import type { Endpoint, EndpointId, Network, Relay } from '#model';
import { gains, reachBetween, relayedConnections, type Analysis, type Diff, type FlowChange } from '#engine';

/**
 * What of a difference is news about workloads that were there, and alive, before it.
 *
 * More machines of a group, and a machine that is new or was started, bring their ways with them: no rule was changed for that, so it is no
 * news here. Nor is what was unknown before. (What a new one shows to the whole internet is a finding of its own.)
 */
export function newsOf(delta: Diff): Diff {
  const { before, opened, maybeOpened, exposures } = delta;
  const old = liveByWorkload(before.network);
  const alive = new Set([...old.values()].flatMap((machines) => machines.map(({ id }) => id)));
  const isNews = denials(delta, old, alive);
  return {
    ...delta,
    opened: opened.filter(isNews),
    maybeOpened: maybeOpened.filter(isNews),
    exposures: exposures.filter(
      ({ endpoint, before: was, after: is }) =>
        alive.has(endpoint) && gains(was?.possible ?? [], is?.possible ?? []),
    ),
  };
}

type Live = ReadonlyMap<string, readonly Endpoint[]>;

/**
 * Tells whether some of a flow was impossible before, between any machines of the same two workloads. What was possible and has turned out to
 * be so was opened by nobody. Machines of a group that grew by many bring the same flows: each question is answered once.
 */
function denials(delta: Diff, old: Live, alive: ReadonlySet<EndpointId>): (flow: FlowChange) => boolean {
  const { before, after } = delta;
  const answers = new Map<string, boolean>();
  let relayed: ReadonlyMap<string, TransportSet> | undefined;
  return ({ from, to, family, transport, through }) => {
    // a machine that came brings ways that no rule was changed for
    if (!alive.has(from) || !alive.has(to)) return false;
    const ends = [from, to].map((id) => after.network.endpoints.get(id)?.workload.id);
    const key = JSON.stringify([...ends, family, transport.spans, through?.map(({ id }) => id)]);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const [sources, targets] = [formerly(from, after, old), formerly(to, after, old)];
    const way = JSON.stringify([...ends, family, through?.map(({ id }) => id)]);
    const answer =
      through === undefined
        ? wasDenied({ family, transport }, sources, targets, before)
        : !transport.isSubsetOf((relayed ??= relayedBefore(delta)).get(way) ?? TransportSet.NONE);
    answers.set(key, answer);
    return answer;
  };
}

function wasDenied(
  { family, transport }: Pick<FlowChange, 'family' | 'transport'>,
  sources: readonly Endpoint[],
  targets: readonly Endpoint[],
  before: Analysis,
): boolean {
  if (sources.length === 0 || targets.length === 0) return false;
  let left: TransportSet = transport;
  for (const source of sources) {
    for (const target of targets) {
      if (source.id === target.id) continue;
      left = left.subtract(reachBetween(before, source.id, target.id, family).possible);
      if (left.isEmpty) return false;
    }
  }
  return true;
}

/** What workloads opened on each other through relays, by workloads, family and way; only those ways of which a flow is asked about. */
function relayedBefore({ before, opened, maybeOpened }: Diff): ReadonlyMap<string, TransportSet> {
  const dialled = new Set([...opened, ...maybeOpened].flatMap(({ through }) => through?.[0]?.id ?? []));
  const asked = { into: ({ id }: Relay) => dialled.has(id), by: () => true };
  const known = new Map<string, TransportSet>();
  for (const { from, to, family, through, possible } of relayedConnections(before, asked)) {
    const ends = [from, to].map((id) => before.network.endpoints.get(id)?.workload.id);
    const key = JSON.stringify([...ends, family, through.map(({ id }) => id)]);
    known.set(key, (known.get(key) ?? TransportSet.NONE).union(possible));
  }
  return known;
}

/** The machines that a workload had. */
function formerly(id: EndpointId, { network }: Analysis, old: Live): readonly Endpoint[] {
  const workload = network.endpoints.get(id)?.workload.id;
  return workload === undefined ? [] : (old.get(workload) ?? []);
}

function liveByWorkload({ endpoints }: Network): Live {
  const live = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints.values()) {
    if (endpoint.liveness !== 'live') continue;
    const { id } = endpoint.workload;
    const known = live.get(id);
    if (known === undefined) live.set(id, [endpoint]);
    else known.push(endpoint);
  }
  return live;
}
