import { parseTransport, type TransportSet } from '#netset';
import type { EndpointId, Network } from '#model';
import {
  connectivity,
  exposures,
  outsidePairs,
  relayedConnections,
  type Analysis,
  type Connection,
  type Exposure,
  type OutsidePair,
  type RelayedConnection,
} from '#engine';
import { plain } from '#report';
import { findNamed, type Named } from './ends.ts';
import { QuestionError } from './question-error.ts';

type Direction = 'ingress' | 'egress';

/** Of what can talk to what, the part that somebody asks for. */
export type ListingFilter = {
  readonly from?: string;
  readonly to?: string;
  /** `tcp/22`. */
  readonly port?: string;
  /** What one end of it is: names, separated by commas. */
  readonly workload?: string;
  /** What the other end is. */
  readonly peer?: string;
  /** Into that workload, or out of it. */
  readonly direction?: Direction;
};

/** What can talk to what. */
export type Listing = {
  readonly exposures: readonly Exposure[];
  readonly connections: readonly Connection[];
  readonly relayed: readonly RelayedConnection[];
  /** What a cluster's policies say of addresses outside, whether a way leads there or not. */
  readonly outside: readonly OutsidePair[];
};

/** @throws QuestionError if a filter names nothing here, or is not a set of flows */
export function listingOf(analysis: Analysis, filter: ListingFilter, isClusterAlone: boolean): Listing {
  const { network } = analysis;
  const wanted = filter.port === undefined ? undefined : parseTransport(filter.port);
  if (filter.port !== undefined && wanted === undefined)
    throw new QuestionError(
      `"${plain(filter.port)}" is not a set of flows; write tcp/22, tcp/20-25, udp/53, icmp/8/0, gre or all`,
    );
  const from = filter.from === undefined ? undefined : findNamed(network, filter.from);
  const to = filter.to === undefined ? undefined : findNamed(network, filter.to);
  if (from?.kind === 'outside' || (to !== undefined && to.kind !== 'endpoints'))
    throw new QuestionError(
      'list goes from the internet or a thing here to a thing here; for other ends see: postern explain',
    );
  const focus = new Focus(network, filter);
  const ofWanted = (set: TransportSet): TransportSet => (wanted === undefined ? set : set.intersect(wanted));
  const cut = <C extends Connection>(all: readonly C[]): readonly C[] =>
    all.flatMap((one) => {
      const possible = ofWanted(one.possible);
      return possible.isEmpty ? [] : [{ ...one, possible, sure: ofWanted(one.sure) }];
    });
  const isFromInternet = from === undefined || from.kind === 'internet';
  const pairs = (direction: Direction, near: Named | undefined): readonly OutsidePair[] =>
    outsidePairs(analysis, direction).flatMap((pair) => {
      const { id, role } = pair.endpoint;
      const [sure, possible] = [ofWanted(pair.sure), ofWanted(pair.possible)];
      const isAsked = role !== 'load-balancer' && isIn(near, id) && focus.isOutsideOf(id, direction);
      return isAsked && !possible.isEmpty ? [{ ...pair, sure, possible }] : [];
    });
  const isAsked = (connection: Connection): boolean =>
    isIn(from, connection.from) && isIn(to, connection.to) && focus.isBetween(connection.from, connection.to);
  return {
    exposures: isFromInternet
      ? exposures(analysis)
          .filter(({ endpoint }) => isIn(to, endpoint.id) && focus.isOutsideOf(endpoint.id, 'ingress'))
          .map((exposure) => narrowed(exposure, wanted))
          .filter(({ possible }) => possible.length > 0)
      : [],
    connections: cut(
      [...connectivity(analysis)].filter((one) => isAsked(one) && !isHandedOn(network, one.from)),
    ),
    relayed: cut(
      relayedConnections(analysis, { into: () => true, by: (id) => isIn(from, id) }).filter(
        (one) => isIn(to, one.to) && focus.isBetween(one.from, one.to),
      ),
    ),
    outside: isClusterAlone
      ? [...(isFromInternet ? pairs('ingress', to) : []), ...(to === undefined ? pairs('egress', from) : [])]
      : [],
  };
}

/** What one end of a connection has to be, and the other. */
class Focus {
  readonly #near: readonly Named[] | undefined;
  readonly #far: readonly Named[] | undefined;
  readonly #direction: Direction | undefined;

  constructor(network: Network, { workload, peer, direction }: ListingFilter) {
    if (peer !== undefined && workload === undefined)
      throw new QuestionError('--peer is the other end of --workload: say that too');
    this.#near = workload === undefined ? undefined : namedIn(network, workload);
    this.#far = peer === undefined ? undefined : namedIn(network, peer);
    this.#direction = direction;
  }

  isBetween(from: EndpointId, to: EndpointId): boolean {
    return this.#is(to, from, 'ingress') || this.#is(from, to, 'egress');
  }

  /** Of what is outside no name is asked for, so that nothing of it is the peer, but the internet that somebody names. */
  isOutsideOf(id: EndpointId, direction: Direction): boolean {
    return (
      this.#isAsked(direction) &&
      isAny(this.#near, id) &&
      (this.#far === undefined || this.#far.some(({ kind }) => kind === 'internet'))
    );
  }

  #is(near: EndpointId, far: EndpointId, direction: Direction): boolean {
    return this.#isAsked(direction) && isAny(this.#near, near) && isAny(this.#far, far);
  }

  #isAsked(direction: Direction): boolean {
    return this.#direction === undefined || this.#direction === direction;
  }
}

function namedIn(network: Network, names: string): readonly Named[] {
  return names.split(',').map((name) => findNamed(network, name.trim()));
}

function isAny(named: readonly Named[] | undefined, id: EndpointId): boolean {
  return named === undefined || named.some((one) => isIn(one, id));
}

function isIn(named: Named | undefined, id: EndpointId): boolean {
  return (
    named === undefined ||
    (named.kind === 'endpoints' && named.endpoints.some((endpoint) => endpoint.id === id))
  );
}

/** What an entrance hands on under its clients' own addresses is theirs: they are listed by what policies admit from outside. */
function isHandedOn({ endpoints, relays }: Network, from: EndpointId): boolean {
  if (endpoints.get(from)?.kind !== 'workload') return false;
  return [...relays.values()].some(
    ({ entrances, listeners }) =>
      entrances.includes(from) &&
      listeners.some(({ handoffs }) => handoffs.some(({ source }) => source === 'client')),
  );
}

/** Of an exposure what concerns some flows; all of it where none are named. */
function narrowed(exposure: Exposure, wanted: TransportSet | undefined): Exposure {
  if (wanted === undefined) return exposure;
  const only = (pieces: Exposure['sure']): Exposure['sure'] =>
    pieces
      .map(({ ips, transport }) => ({ ips, transport: transport.intersect(wanted) }))
      .filter(({ transport }) => !transport.isEmpty);
  return { ...exposure, sure: only(exposure.sure), possible: only(exposure.possible) };
}
