/** What AWS says of the ways to sites outside it. */
export type SiteResponses = {
  readonly DescribeVpnGateways?: { readonly VpnGateways: readonly VpnGateway[] };
  readonly DescribeVpnConnections?: { readonly VpnConnections: readonly VpnConnection[] };
};

export type VpnGateway = {
  readonly VpnGatewayId: string;
  readonly State: string;
  readonly Type: string;
  readonly VpcAttachments: readonly { readonly State: string; readonly VpcId: string }[];
};

export type VpnConnection = {
  readonly VpnConnectionId: string;
  readonly State: string;
  readonly Type: string;
  readonly CustomerGatewayId: string;
  readonly VpnGatewayId?: string;
  readonly TransitGatewayId?: string;
  readonly Options: { readonly StaticRoutesOnly: boolean };
  readonly Routes: readonly { readonly DestinationCidrBlock: string; readonly State: string }[];
};
