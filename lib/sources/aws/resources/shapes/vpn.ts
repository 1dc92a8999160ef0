import type { CustomerGateway, VpnConnection, VpnGateway } from '@aws-sdk/client-ec2';
import type { FromShape, ObjectShape, ShapeOf } from '../shape.ts';
import { tagShape } from './tag.ts';

export const vpnGatewayShape = {
  VpnGatewayId: 'string',
  State: 'string',
  Type: 'string',
  AmazonSideAsn: 'number',
  VpcAttachments: [{ VpcId: 'string', State: 'string' }],
  Tags: [tagShape],
} as const satisfies ShapeOf<VpnGateway>;
export type AwsVpnGateway = FromShape<typeof vpnGatewayShape>;

/** Keys and the configuration that holds them are dropped on arrival (secrets.ts) and so have no place here. */
export const vpnConnectionShape = {
  VpnConnectionId: 'string',
  VpnGatewayId: 'string',
  TransitGatewayId: 'string',
  CoreNetworkArn: 'string',
  CustomerGatewayId: 'string',
  State: 'string',
  Type: 'string',
  Category: 'string',
  GatewayAssociationState: 'string',
  Options: {
    StaticRoutesOnly: 'boolean',
    LocalIpv4NetworkCidr: 'string',
    RemoteIpv4NetworkCidr: 'string',
    LocalIpv6NetworkCidr: 'string',
    RemoteIpv6NetworkCidr: 'string',
    TunnelInsideIpVersion: 'string',
  },
  Routes: [{ DestinationCidrBlock: 'string', Source: 'string', State: 'string' }],
  Tags: [tagShape],
} as const satisfies ShapeOf<VpnConnection>;
export type AwsVpnConnection = FromShape<typeof vpnConnectionShape>;

export const customerGatewayShape = {
  CustomerGatewayId: 'string',
  State: 'string',
  Type: 'string',
  IpAddress: 'string',
  BgpAsn: 'string',
  Tags: [tagShape],
} as const satisfies ShapeOf<CustomerGateway>;
export type AwsCustomerGateway = FromShape<typeof customerGatewayShape>;

/** Direct Connect, as saved files spell it (with capitals, unlike the API); no client of it is a dependency. */
export const virtualInterfaceShape = {
  VirtualInterfaceId: 'string',
  VirtualInterfaceType: 'string',
  VirtualInterfaceState: 'string',
  VirtualGatewayId: 'string',
  DirectConnectGatewayId: 'string',
  RouteFilterPrefixes: [{ Cidr: 'string' }],
} as const satisfies ObjectShape;
export type AwsVirtualInterface = FromShape<typeof virtualInterfaceShape>;
