import { idOf, type BlindSpotId, type Gateway, type NetworkId } from '#model';
import type { CallKey } from '../resources/index.ts';
import type { Draft } from './draft.ts';
import type { GatewayFates } from './gateway-fates.ts';
import type { Place } from './place.ts';
import { nameTagOf, tagsOf } from './tags.ts';
import type { Item } from './target.ts';

/**
 * Internet gateways and egress-only ones. One that is attached to no network carries nothing.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
 */
export function addInternetGateways(draft: Draft, fates: GatewayFates): void {
  for (const kind of ['internet', 'egress-only'] as const) {
    const call = kind === 'internet' ? 'DescribeInternetGateways' : 'DescribeEgressOnlyInternetGateways';
    for (const item of draft.distinct(call).values()) {
      const { networks, unread } = attachedNetworks(item, call);
      const [network, ...more] = networks;
      if (network === undefined && unread !== undefined) {
        fates.isUnknown(item.id, unread);
        continue;
      }
      const gateway: Gateway = {
        kind,
        id: idOf<'gateway'>(item.id),
        name: nameOf(item),
        network,
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
 * Balancer hand them to an appliance and take back what it lets through.
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
      addInspection(fates, item);
    } else {
      fates.unmodelled(id, place, `what the VPC endpoint ${id} does with packets that are routed to it`);
    }
  }
}

const ENDED = /^(?:deleted|rejected|failed|expired)$/;

/**
 * An endpoint of a Gateway Load Balancer: what its appliances let through leaves the endpoint unchanged and goes on by the
 * route table of the endpoint's subnet. An appliance of somebody's own may have a second arm, and send packets to the
 * internet under an address of its own; AWS Network Firewall, which tags its endpoints, does not.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-load-balancer-endpoints.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/getting-started.html
 */
function addInspection(fates: GatewayFates, { id, place }: Item): void {
  const state = place.text('State')?.toLowerCase();
  if (state !== undefined && ENDED.test(state)) {
    fates.drops(id, id);
    return;
  }
  const isFirewall =
    place.raw('RequesterManaged') === true && tagsOf(place).get('AWSNetworkFirewallManaged') === 'true';
  const subnets = place.items('SubnetIds').flatMap(({ value }) => (typeof value === 'string' ? value : []));
  fates.inspects(id, place, {
    what: `inspected by ${isFirewall ? 'the AWS Network Firewall' : 'firewall'} endpoint ${id}; what it drops is not read`,
    subnets: subnets.map((subnet) => idOf<'subnet'>(subnet)),
    mayTranslate: !isFirewall,
  });
}

export function nameOf({ id, place }: { readonly id: string; readonly place: Place }): string {
  return nameTagOf(tagsOf(place)) ?? id;
}
