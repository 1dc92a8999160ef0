import { idOf, type BlindSpotId, type Gateway, type NetworkId } from '#model';
import type { CallKey } from '../resources/index.ts';
import type { Draft } from './draft.ts';
import type { GatewayFates } from './gateway-fates.ts';
import type { Place } from './place.ts';
import { nameTagOf, tagsOf } from './tags.ts';
import type { Item } from './target.ts';

/** What of a network's internet traffic is closed by VPC Block Public Access, as far as that could be read. */
export type PublicAccess = { isBlocked(network: NetworkId): boolean };

/**
 * Internet gateways and egress-only ones. One that is attached to no network, or whose network has its public access
 * blocked, carries nothing.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
 */
export function addInternetGateways(draft: Draft, fates: GatewayFates, access: PublicAccess): void {
  for (const kind of ['internet', 'egress-only'] as const) {
    const call = kind === 'internet' ? 'DescribeInternetGateways' : 'DescribeEgressOnlyInternetGateways';
    for (const item of draft.distinct(call).values()) {
      const { networks, unread } = attachedNetworks(item, call);
      const [network, ...more] = networks;
      if (network === undefined && unread !== undefined) {
        fates.isUnknown(item.id, unread);
        continue;
      }
      const isBlocked = network !== undefined && access.isBlocked(network);
      const gateway: Gateway = {
        kind,
        id: idOf<'gateway'>(item.id),
        name: isBlocked ? `${nameOf(item)} (closed by VPC Block Public Access)` : nameOf(item),
        network: isBlocked ? undefined : network,
        at: item.place.ref(item.id),
      };
      draft.gateways.set(gateway.id, gateway);
      // AWS attaches a gateway to one network at a time: which of several is the true one is not known.
      for (const other of more) {
        if (kind === 'internet')
          draft.internetUnknown.set(other, item.place.odd('Attachments', 'one attachment'));
      }
    }
  }
}

/** The networks a gateway is attached to; `unread` where it may be attached to one that could not be read. */
function attachedNetworks(
  { place, target }: Item,
  call: CallKey,
): { networks: NetworkId[]; unread?: BlindSpotId } {
  const attachments = place.list('Attachments');
  let unread = attachments === undefined ? place.odd('Attachments', 'a list') : undefined;
  const networks = new Set<NetworkId>();
  for (const attachment of attachments ?? []) {
    const state = attachment.text('State')?.toLowerCase();
    const network = attachment.text('VpcId');
    if (network === undefined) unread ??= attachment.odd('VpcId', 'an id');
    else if (state === undefined || state === 'available' || state === 'attached') {
      networks.add(idOf<'network'>(network));
    }
  }
  if (unread === undefined) return { networks: [...networks] };
  target.distrust(call, unread);
  return { networks: [...networks], unread };
}

/**
 * VPC endpoints that routes lead to. Gateway endpoints carry packets to the vendor's service; those of a Gateway Load
 * Balancer hand them to an appliance that is not read.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export function addEndpointGateways(draft: Draft, fates: GatewayFates): void {
  for (const item of draft.distinct('DescribeVpcEndpoints').values()) {
    const { id, place } = item;
    const type = place.text('VpcEndpointType')?.toLowerCase();
    const network = place.text('VpcId');
    if (type === 'gateway' && network !== undefined) {
      draft.gateways.set(idOf<'gateway'>(id), {
        kind: 'service',
        id: idOf<'gateway'>(id),
        name: nameTagOf(tagsOf(place)) ?? place.text('ServiceName') ?? id,
        network: idOf<'network'>(network),
        isAvailable: place.text('State')?.toLowerCase() === 'available',
        at: place.ref(id),
      });
    } else if (type === 'gatewayloadbalancer') {
      fates.unmodelled(
        id,
        place,
        `${id} hands packets to an appliance (a Gateway Load Balancer or AWS Network Firewall)`,
      );
    } else {
      fates.unmodelled(id, place, `what the VPC endpoint ${id} does with packets that are routed to it`);
    }
  }
}

export function nameOf({ id, place }: { readonly id: string; readonly place: Place }): string {
  return nameTagOf(tagsOf(place)) ?? id;
}
