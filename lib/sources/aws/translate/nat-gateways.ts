import type { Ip } from '#netset';
import { idOf, type BlindSpotId } from '#model';
import type { Draft } from './draft.ts';
import type { GatewayFates } from './gateway-fates.ts';
import { nameOf } from './gateways.ts';
import type { Place } from './place.ts';

type NatAddress = { readonly ip: Ip; readonly publicIp?: Ip };

/**
 * NAT gateways that stand in one subnet. A regional one stands in none, has a route table of its own and addresses that
 * come and go by zone: it is not modelled.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html
 */
export function addNatGateways(draft: Draft, fates: GatewayFates): void {
  for (const { id, place } of draft.distinct('DescribeNatGateways').values()) {
    const state = place.text('State')?.toLowerCase();
    const isAvailable = state === 'available';
    const subnet = place.text('SubnetId');
    const network = place.text('VpcId');
    const isZonal = subnet !== undefined && network !== undefined;
    const { addresses, unread } = isAvailable && isZonal ? addressesOf(place) : { addresses: [] };
    if (state === undefined) {
      fates.isUnknown(id, place.odd('State', 'a state'));
    } else if (isAvailable && unread !== undefined) {
      fates.isUnknown(id, unread);
    } else if (isZonal) {
      draft.gateways.set(idOf<'gateway'>(id), {
        kind: 'nat',
        id: idOf<'gateway'>(id),
        name: nameOf({ id, place }),
        network: idOf<'network'>(network),
        subnet: idOf<'subnet'>(subnet),
        isAvailable,
        addresses,
        at: place.ref(id),
      });
    } else if (isAvailable) {
      fates.unmodelled(
        id,
        place,
        `from which addresses the regional NAT gateway ${id}, which stands in no one subnet, sends packets on, and by which routes`,
      );
    } else {
      fates.drops(id, id);
    }
  }
}

/**
 * The addresses it sends from; `unread` where they are not all known. A private NAT gateway may not use a public
 * address, whatever its record holds.
 */
function addressesOf(place: Place): { addresses: NatAddress[]; unread?: BlindSpotId } {
  const isPublic = place.text('ConnectivityType')?.toLowerCase() !== 'private';
  const addresses: NatAddress[] = [];
  for (const address of place.items('NatGatewayAddresses')) {
    const ip = address.ip('PrivateIp');
    const publicIp = isPublic ? address.ip('PublicIp') : undefined;
    if (ip === undefined) return { addresses, unread: address.odd('PrivateIp', 'an IP address') };
    if (isPublic && publicIp === undefined && address.has('PublicIp')) {
      return { addresses, unread: address.odd('PublicIp', 'an IP address') };
    }
    addresses.push(publicIp === undefined ? { ip } : { ip, publicIp });
  }
  if (addresses.length > 0) return { addresses };
  return { addresses, unread: place.odd('NatGatewayAddresses', 'a list with an address') };
}
