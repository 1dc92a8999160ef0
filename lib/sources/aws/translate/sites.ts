import type { BlindSpotId, Site } from '#model';
import type { Draft } from './draft.ts';
import type { Place } from './place.ts';

/** A VPN connection, virtual interface or attachment in such a state carries nothing and will not again. */
export const GONE = /^(?:delet|detach|fail|reject|expir)/i;

/** The far end of a way out of AWS. One blind spot for each gateway: nobody can see from here what stands behind it. */
export function siteBehind(
  draft: Draft,
  gateway: string,
  isConnected: boolean | BlindSpotId,
  by: readonly string[],
  place: Place,
): Site {
  const beyond = draft.blindSpots.note(`site-not-seen:${gateway}`, {
    code: 'site-not-seen',
    effect: 'hides-ways',
    what: `what the site behind ${gateway} lets through cannot be seen from AWS: whether the internet comes in by it, and whether it passes packets on to other networks`,
    remedy: '',
    at: place.ref(gateway),
  });
  return { by, isConnected, beyond };
}

/** The VPN connections that end at a gateway, with the customer gateways at their far ends. */
export function vpnsAt(
  draft: Draft,
  member: 'VpnGatewayId' | 'VpnConnectionId',
  id: string,
): readonly string[] {
  const ids = draft.targets.flatMap((target) =>
    target.has('DescribeVpnConnections')
      ? target
          .items('DescribeVpnConnections')
          .filter(({ place }) => place.words(member) === id && !GONE.test(place.words('State')))
          .flatMap(({ place }) => [place.words('VpnConnectionId'), place.words('CustomerGatewayId')])
          .filter((each) => each !== '')
      : [],
  );
  // both accounts of a shared thing may list it
  return [...new Set(ids)];
}
