import { idOf, type BlindSpotId } from '#model';
import type { Draft } from './draft.ts';
import type { GatewayFates } from './gateway-fates.ts';
import { nameOf } from './gateways.ts';
import { GONE, siteBehind, vpnsAt } from './sites.ts';
import type { Item, Target } from './target.ts';

/**
 * Virtual private gateways that are attached to a network. Whatever is routed to one leaves AWS; AWS announces the whole
 * network to the far end, so that every subnet can be reached from there, whether or not its own routes lead back.
 *
 * https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html
 */
export function addVpnGateways(draft: Draft, fates: GatewayFates): void {
  for (const item of draft.distinct('DescribeVpnGateways').values()) {
    const { id, place } = item;
    const attached = place
      .items('VpcAttachments')
      .filter((attachment) => !GONE.test(attachment.words('State')))
      .map((attachment) => attachment.text('VpcId'));
    const [network, ...more] = attached;
    if (network === undefined || GONE.test(place.words('State'))) {
      // one whose attachment could not be read is a side door, or unknown to routes
      if (attached.length === 0 && Array.isArray(place.raw('VpcAttachments'))) fates.drops(id, id);
      else if (attached.length > 0 && !GONE.test(place.words('State')))
        fates.isUnknown(id, place.odd('VpcAttachments', 'attachments with an id'));
      continue;
    }
    if (more.length > 0) {
      fates.isUnknown(id, place.odd('VpcAttachments', 'one attachment'));
      continue;
    }
    const by = [...vpnsAt(draft, 'VpnGatewayId', id), ...interfacesAt(draft, id)];
    draft.gateways.set(idOf<'gateway'>(id), {
      kind: 'site',
      id: idOf<'gateway'>(id),
      name: nameOf(item),
      network: idOf<'network'>(network),
      site: siteBehind(draft, id, isConnected(draft, item, by), by, place),
      at: place.ref(id),
    });
  }
}

/** Whether a VPN connection or a virtual interface of Direct Connect ends there. */
function isConnected(draft: Draft, { id, target }: Item, by: readonly string[]): boolean | BlindSpotId {
  if (by.length > 0) return true;
  const isRead = target.has('DescribeVirtualInterfaces') && !namesGateway(target);
  if (!isRead) {
    return draft.blindSpots.note(`not-collected:connections:${id}`, {
      code: 'not-collected',
      effect: 'hides-ways',
      what: `no VPN connection that was read ends at ${id}; whether a Direct Connect does was not read`,
      remedy:
        'See whether a Direct Connect gateway is associated with it: aws directconnect describe-direct-connect-gateways',
      at: target.body('DescribeVirtualInterfaces').ref(id),
    });
  }
  return target.unread('DescribeVpnConnections') ?? false;
}

/** The virtual interfaces that end at a gateway; they may belong to another account. */
function interfacesAt(draft: Draft, gateway: string): readonly string[] {
  return draft.targets.flatMap((target) =>
    target.has('DescribeVirtualInterfaces')
      ? target
          .items('DescribeVirtualInterfaces')
          .filter(
            ({ place }) =>
              place.words('VirtualGatewayId') === gateway && !GONE.test(place.words('VirtualInterfaceState')),
          )
          .map(({ place, id }) => place.words('VirtualInterfaceId') || id || gateway)
      : [],
  );
}

/** Whether virtual interfaces end at a Direct Connect gateway, which may lead to any gateway. */
function namesGateway(target: Target): boolean {
  return target
    .items('DescribeVirtualInterfaces')
    .some(({ place }) => place.words('DirectConnectGatewayId') !== '');
}
