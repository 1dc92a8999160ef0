import type { Endpoint, EndpointId } from '#model';
import type { Analysis } from './analysis.ts';
import { exposuresOf, type Exposure } from './exposure.ts';
import { Plane } from './plane.ts';
import { enteredBy, relayedFrom, type RelayedExposure } from './relayed.ts';

/** What the internet would reach on an endpoint that takes no part now, were it started or attached as everything stands. */
export type WakingExposure = Exposure & {
  /** How the endpoint would come by the address that is dialled. */
  readonly address: NonNullable<Endpoint['publicOnStart']> | 'kept';
};

/**
 * Whom the internet would reach of those that take no part now. The same engine is asked about the network as it would be, over the line and
 * the rows that are there already; without a sleeper that may be dialled nothing is asked.
 */
export function exposuresOnWaking(analysis: Analysis): readonly WakingExposure[] {
  const { network } = analysis;
  const sleepers = [...network.endpoints.values()].filter(
    (endpoint) => endpoint.liveness !== 'live' && mayBeDialled(endpoint),
  );
  if (sleepers.length === 0) return [];
  const asleep = new Map(sleepers.map((endpoint) => [endpoint.id, endpoint]));
  const endpoints = new Map(network.endpoints);
  for (const endpoint of sleepers) endpoints.set(endpoint.id, awake(endpoint));
  const supposed = { ...network, endpoints };
  const planes = analysis.planes.map(({ axis, rows }) => new Plane(supposed, axis, rows));
  const found = exposuresOf({ network: supposed, planes }, new Set(asleep.keys()));
  return found.flatMap((exposure) => {
    const endpoint = asleep.get(exposure.endpoint.id);
    if (endpoint === undefined) return [];
    const address = (exposure.family === 4 ? endpoint.publicOnStart : undefined) ?? 'kept';
    // an address that it may or may not be given makes nothing certain
    const sure = address === 'kept' ? exposure.sure : [];
    return [{ ...exposure, endpoint, sure, address }];
  });
}

/** Whom the internet would reach through relays of those that take no part now, as everything else stands. */
export function relayedOnWaking({ network, planes }: Analysis): readonly RelayedExposure[] {
  const relays = [...network.relays.values()];
  const targets = new Set(
    relays.flatMap(({ listeners }) =>
      listeners.flatMap(({ handoffs }) => handoffs.map(({ target }) => target)),
    ),
  );
  const endpoints = new Map(network.endpoints);
  const asleep = new Map<EndpointId, Endpoint>();
  for (const id of targets) {
    const endpoint = network.endpoints.get(id);
    if (endpoint === undefined || endpoint.liveness === 'live') continue;
    asleep.set(id, endpoint);
    endpoints.set(id, { ...endpoint, liveness: 'live' });
  }
  if (asleep.size === 0) return [];
  const supposed = { ...network, endpoints };
  const analysis: Analysis = {
    network: supposed,
    planes: planes.map(({ axis, rows }) => new Plane(supposed, axis, rows)),
  };
  const doors = new Set(relays.flatMap(({ entrances }) => entrances));
  return relayedFrom(analysis, enteredBy(analysis, exposuresOf(analysis, doors))).flatMap((relayed) => {
    const endpoint = asleep.get(relayed.endpoint.id);
    return endpoint === undefined ? [] : [{ ...relayed, endpoint }];
  });
}

function mayBeDialled({ addresses, publicOnStart }: Endpoint): boolean {
  return publicOnStart !== undefined || addresses.some(({ publicIp }) => publicIp !== undefined);
}

/** The address that it would be given is not known; that it has one is all that the engine asks. */
function awake(endpoint: Endpoint): Endpoint {
  const { publicOnStart } = endpoint;
  const addresses = endpoint.addresses.map((address) =>
    publicOnStart !== undefined && address.isPrimary && address.first.family === 4
      ? { ...address, publicIp: address.publicIp ?? address.first }
      : address,
  );
  return { ...endpoint, addresses, liveness: 'live' };
}
