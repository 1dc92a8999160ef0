import type { VpnConnection, VpnGateway } from '../responses-site.ts';
import type { Dice } from './dice.ts';
import type { Features } from './features.ts';
import { idOf } from './ids.ts';
import { isOf } from './layout.ts';
import type { Target, VpcPlan } from './layout.ts';
import type { GatewayPlan } from './transit.ts';

export type SitePlan = { readonly gateway: VpnGateway; readonly vpc: VpcPlan; readonly isUsable: boolean };

/** A virtual private gateway for most VPCs; one or two of them not attached. */
export function buildSites(dice: Dice, features: Features, vpcs: readonly VpcPlan[]): SitePlan[] {
  if (!features.siteGateways) return [];
  return vpcs.flatMap((vpc, at) => {
    const own = dice.fork(vpc.id);
    if (!own.chance(0.75)) return [];
    const state = own.fork('state').pick(['attached', 'attached', 'attached', 'attached', 'detached']);
    const gateway = {
      VpnGatewayId: idOf('vgw', at),
      State: 'available',
      Type: 'ipsec.1',
      VpcAttachments: [{ State: state, VpcId: vpc.id }],
    };
    return [{ gateway, vpc, isUsable: state === 'attached' }];
  });
}

/** Each of the gateways ends a VPN connection, and so may the first transit gateway. */
export function describeSites(sites: readonly SitePlan[], transit: readonly GatewayPlan[], target: Target) {
  const own = sites.filter(({ vpc }) => vpc.target === target);
  const base = { State: 'available', Type: 'ipsec.1', Options: { StaticRoutesOnly: false }, Routes: [] };
  return {
    DescribeVpnGateways: { VpnGateways: own.map(({ gateway }) => gateway) },
    DescribeVpnConnections: {
      VpnConnections: [
        ...own.map(({ gateway }, at): VpnConnection => ({
          ...base,
          VpnConnectionId: gateway.VpnGatewayId.replace('vgw-', 'vpn-'),
          CustomerGatewayId: idOf('cgw', at),
          VpnGatewayId: gateway.VpnGatewayId,
        })),
        ...transit
          .filter(({ target: owner, ends }) => isOf(owner, target) && ends.some(({ kind }) => kind === 'vpn'))
          .map((gateway): VpnConnection => ({
            ...base,
            VpnConnectionId: idOf('vpn', 0x517e),
            CustomerGatewayId: idOf('cgw', 0x517e),
            TransitGatewayId: gateway.id,
          })),
      ],
    },
  };
}
