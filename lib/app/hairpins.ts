import { formatIp, type Ip } from '#netset';
import { idOf, type BlindSpot, type Network } from '#model';
import { analyse, breadthOf, exposures, type Analysis } from '#engine';

/** Compiles a network for questions, and adds the blind spots that only show once its exposure is known. */
export function analyseWithHairpins(network: Network): Analysis {
  const analysis = analyse(network);
  const spots = hairpins(analysis);
  if (spots.length === 0) return analysis;
  const blindSpots = new Map([...network.blindSpots, ...spots.map((spot) => [spot.id, spot] as const)]);
  return { ...analysis, network: { ...network, blindSpots } };
}

/**
 * Ways that leave by the internet and come back: something here admits a public address that is also from here (a NAT gateway's, another
 * host's). Whoever the whole internet reaches needs no such way.
 */
function hairpins(analysis: Analysis): BlindSpot[] {
  const own = publicAddresses(analysis.network);
  const found = new Map<string, BlindSpot>();
  for (const { endpoint, family, possible } of exposures(analysis)) {
    for (const { ips, transport } of possible) {
      if (breadthOf(ips, family) === 'whole') continue;
      const admitted = own.filter(
        ({ ip, owner, network }) =>
          ips.has(ip) && owner !== endpoint.id && (family === 4 || network !== endpoint.network),
      );
      const [first] = admitted;
      if (first === undefined) continue;
      const id = `public-hairpin:${endpoint.id}:${String(family)}`;
      found.set(id, {
        id: idOf<'blind-spot'>(id),
        code: 'public-hairpin',
        effect: 'hides-ways',
        what: `${endpoint.name} admits ${transport.toString()} from ${formatIp(first.ip)}, an address of ${first.owner}: ways that leave by the internet and come back are not followed`,
        remedy: `look at what may use ${first.owner}`,
        at: endpoint.at,
      });
    }
  }
  return [...found.values()];
}

function publicAddresses(
  network: Network,
): { readonly ip: Ip; readonly owner: string; readonly network: string }[] {
  const ofEndpoints = [...network.endpoints.values()].flatMap((endpoint) =>
    endpoint.addresses.flatMap(({ publicIp }) =>
      publicIp === undefined ? [] : [{ ip: publicIp, owner: endpoint.id, network: endpoint.network }],
    ),
  );
  const ofGateways = [...network.gateways.values()].flatMap((gateway) =>
    gateway.kind !== 'nat'
      ? []
      : gateway.addresses.flatMap(({ publicIp }) =>
          publicIp === undefined ? [] : [{ ip: publicIp, owner: gateway.id, network: gateway.network }],
        ),
  );
  return [...ofGateways, ...ofEndpoints];
}
