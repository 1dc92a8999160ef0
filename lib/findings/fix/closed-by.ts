import { TransportSet } from '#netset';
import type { Endpoint, Network } from '#model';
import type { Analysis, ChangedEnd, ExposureChange, LocalDiff, OutsideReach } from '#engine';
import type { Intent } from '../intent/intent.ts';
import { ClosedFlows, type Closed } from './closed.ts';
import { meantOf } from './meant.ts';
import type { FlowEnd, OwnFlows } from './own-flows.ts';

/** What is compared: both analyses, and what differs at the endpoints that were edited. */
export type Compared = {
  readonly before: Analysis;
  readonly after: Analysis;
  readonly changes: LocalDiff;
  /** How what the internet reaches changed, through relays too. */
  readonly exposures: readonly ExposureChange[];
};

/**
 * What a change shuts, less what it is made to shut.
 *
 * @param otherWays the steps of other ways to the same end: told, and yet nothing that is needed
 */
export function closedBy(
  compared: Compared,
  { ownOf, otherWays }: { readonly ownOf: OwnFlows; readonly otherWays: OwnFlows },
  intent: Intent,
): Closed {
  const { before, changes } = compared;
  const flows = new ClosedFlows();
  const { network } = before;
  const handoffs = handoffsOf(network);
  for (const { from, to, closed } of changes.changes) {
    const [source, target] = [endpointOf(from, network), endpointOf(to, network)];
    const flowEnds = [endOf(from, source), endOf(to, target)] as const;
    const own = ownIn(ownOf, ...flowEnds);
    const others = ownIn(otherWays, ...flowEnds);
    const ends = { from: nameOf(from, source), to: nameOf(to, target) };
    // what somebody means is no part of what is wrong, though the finding may have it among the rest
    const meant =
      from.kind === 'outside' && target !== undefined
        ? meantOf(intent, target, from.ips, closed)
        : TransportSet.NONE;
    flows.add({ ...ends, transport: meant }, 'meant');
    const transport = closed.subtract(own).subtract(meant);
    flows.add(
      { ...ends, transport },
      isHandedOn(from, to, transport.subtract(others), handoffs) ? 'load-balancer' : undefined,
    );
  }
  for (const { endpoint, through, transport: lost, ips } of lostThroughRelays(compared)) {
    const name = `internet through ${through.map((relay) => relay.name).join(' and ')}`;
    const ends = { from: { id: name, name }, to: endpoint.workload };
    const meant = meantOf(intent, endpoint, ips, lost);
    flows.add({ ...ends, transport: meant }, 'meant');
    flows.add({ ...ends, transport: lost.subtract(ownOf('relays', endpoint)).subtract(meant) });
  }
  return { flows: flows.worstFirst(), isWhole: changes.isWhole };
}

/** An end that a finding may be about; `undefined` for private addresses of nobody here. */
function endOf(end: ChangedEnd, endpoint: Endpoint | undefined): FlowEnd | undefined {
  return end.kind === 'outside' ? (end.isInternet ? 'internet' : undefined) : endpoint;
}

function ownIn(ownOf: OwnFlows, from: FlowEnd | undefined, to: FlowEnd | undefined): TransportSet {
  return from === undefined || to === undefined ? TransportSet.NONE : ownOf(from, to);
}

/** Whether anything may pass that could not. What was not looked at may, unless the change is of a kind that only takes away. */
export function opensAnything({ changes, exposures }: Compared, isNarrowing: boolean): boolean {
  return (
    (!changes.isWhole && !isNarrowing) ||
    changes.changes.some(({ opened }) => !opened.isEmpty) ||
    exposures.some(({ isWider }) => isWider)
  );
}

function endpointOf(end: ChangedEnd, network: Network): Endpoint | undefined {
  return end.kind === 'endpoint' ? network.endpoints.get(end.id) : undefined;
}

function nameOf(
  end: ChangedEnd,
  endpoint: Endpoint | undefined,
): { readonly id: string; readonly name: string } {
  if (endpoint !== undefined) return endpoint.workload;
  const name = end.kind === 'outside' && !end.isInternet ? 'private addresses outside' : 'internet';
  return { id: name, name };
}

function isHandedOn(
  from: ChangedEnd,
  to: ChangedEnd,
  transport: TransportSet,
  handoffs: ReadonlyMap<string, TransportSet>,
): boolean {
  if (from.kind === 'outside' || to.kind === 'outside') return false;
  return handoffs.get(`${from.id} ${to.id}`)?.overlaps(transport) === true;
}

/** By relay's interface and target, what it hands on. */
function handoffsOf({ relays }: Network): ReadonlyMap<string, TransportSet> {
  const handoffs = new Map<string, TransportSet>();
  for (const { entrances, listeners } of relays.values()) {
    for (const { target, transport } of listeners.flatMap((listener) => listener.handoffs)) {
      for (const entrance of entrances) {
        const key = `${entrance} ${target}`;
        handoffs.set(key, (handoffs.get(key) ?? TransportSet.NONE).union(transport));
      }
    }
  }
  return handoffs;
}

/** What is lost of what the internet reaches through relays. */
function lostThroughRelays({ exposures }: Compared) {
  return exposures.flatMap(({ through, before, after }) =>
    through === undefined || before === undefined
      ? []
      : lostReach(before.possible, after?.possible ?? []).map((piece) => ({
          ...piece,
          endpoint: before.endpoint,
          through,
        })),
  );
}

/** What addresses can open by the earlier pieces and not by the later. */
function lostReach(
  before: readonly OutsideReach[],
  after: readonly OutsideReach[],
): readonly Pick<OutsideReach, 'ips' | 'transport'>[] {
  return before.flatMap(({ ips, transport }) => {
    const kept = after.filter((piece) => piece.ips.overlaps(ips));
    const rest = kept.reduce((left, piece) => left.subtract(piece.ips), ips);
    return [
      { ips: rest, transport },
      ...kept.map((piece) => ({
        ips: piece.ips.intersect(ips),
        transport: transport.subtract(piece.transport),
      })),
    ].filter((lost) => !lost.ips.isEmpty && !lost.transport.isEmpty);
  });
}
