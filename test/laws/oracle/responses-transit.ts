/** What AWS says of transit gateways; the calls about one table are kept by its id. */
export type TransitResponses = {
  readonly DescribeTransitGateways?: { readonly TransitGateways: readonly TransitGateway[] };
  readonly DescribeTransitGatewayAttachments?: {
    readonly TransitGatewayAttachments: readonly TransitAttachment[];
  };
  readonly DescribeTransitGatewayVpcAttachments?: {
    readonly TransitGatewayVpcAttachments: readonly TransitVpcAttachment[];
  };
  readonly DescribeTransitGatewayRouteTables?: {
    readonly TransitGatewayRouteTables: readonly TransitRouteTable[];
  };
  readonly SearchTransitGatewayRoutes?: Readonly<
    Record<string, { readonly Routes: readonly TransitRoute[] }>
  >;
};

export type TransitGateway = {
  readonly TransitGatewayId: string;
  readonly OwnerId: string;
  readonly State: string;
  readonly Options: { readonly SecurityGroupReferencingSupport?: string };
};

/** `ResourceId` is the VPC, the VPN connection, or the other transit gateway of a peering. */
export type TransitAttachment = {
  readonly TransitGatewayAttachmentId: string;
  readonly TransitGatewayId: string;
  readonly TransitGatewayOwnerId: string;
  readonly ResourceOwnerId: string;
  readonly ResourceType: string;
  readonly ResourceId: string;
  readonly State: string;
  readonly Association?: { readonly TransitGatewayRouteTableId: string; readonly State: string };
};

export type TransitVpcAttachment = {
  readonly TransitGatewayAttachmentId: string;
  readonly TransitGatewayId: string;
  readonly VpcId: string;
  readonly VpcOwnerId: string;
  readonly State: string;
  readonly SubnetIds: readonly string[];
  readonly Options: {
    readonly SecurityGroupReferencingSupport?: string;
    readonly Ipv6Support?: string;
    readonly ApplianceModeSupport?: string;
  };
};

export type TransitRouteTable = {
  readonly TransitGatewayRouteTableId: string;
  readonly TransitGatewayId: string;
  readonly State: string;
  readonly DefaultAssociationRouteTable: boolean;
  readonly DefaultPropagationRouteTable: boolean;
};

export type TransitRoute = {
  readonly DestinationCidrBlock: string;
  readonly PrefixListId?: string;
  readonly Type: string;
  readonly State: string;
  readonly TransitGatewayAttachments?: readonly {
    readonly TransitGatewayAttachmentId: string;
    readonly ResourceId: string;
    readonly ResourceType: string;
  }[];
};
