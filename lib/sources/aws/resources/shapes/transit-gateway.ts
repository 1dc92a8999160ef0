import type {
  PeeringTgwInfo,
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayPeeringAttachment,
  TransitGatewayRoute,
  TransitGatewayRouteTable,
  TransitGatewayRouteTablePropagation,
  TransitGatewayVpcAttachment,
} from '@aws-sdk/client-ec2';
import type { FromShape, ShapeOf } from '../shape.ts';
import { tagShape } from './tag.ts';

export const transitGatewayShape = {
  TransitGatewayId: 'string',
  TransitGatewayArn: 'string',
  OwnerId: 'string',
  State: 'string',
  Description: 'string',
  Options: {
    AmazonSideAsn: 'number',
    TransitGatewayCidrBlocks: ['string'],
    DefaultRouteTableAssociation: 'string',
    AssociationDefaultRouteTableId: 'string',
    DefaultRouteTablePropagation: 'string',
    PropagationDefaultRouteTableId: 'string',
    SecurityGroupReferencingSupport: 'string',
  },
  Tags: [tagShape],
} as const satisfies ShapeOf<TransitGateway>;
export type AwsTransitGateway = FromShape<typeof transitGatewayShape>;

export const transitGatewayAttachmentShape = {
  TransitGatewayAttachmentId: 'string',
  TransitGatewayId: 'string',
  TransitGatewayOwnerId: 'string',
  ResourceOwnerId: 'string',
  ResourceType: 'string',
  ResourceId: 'string',
  State: 'string',
  Association: {
    TransitGatewayRouteTableId: 'string',
    TransitGatewayPolicyTableId: 'string',
    State: 'string',
  },
  Tags: [tagShape],
} as const satisfies ShapeOf<TransitGatewayAttachment>;
export type AwsTransitGatewayAttachment = FromShape<typeof transitGatewayAttachmentShape>;

const peeredGatewayShape = {
  TransitGatewayId: 'string',
  OwnerId: 'string',
  Region: 'string',
} as const satisfies ShapeOf<PeeringTgwInfo>;

export const transitGatewayPeeringAttachmentShape = {
  TransitGatewayAttachmentId: 'string',
  AccepterTransitGatewayAttachmentId: 'string',
  RequesterTgwInfo: peeredGatewayShape,
  AccepterTgwInfo: peeredGatewayShape,
  State: 'string',
  Tags: [tagShape],
} as const satisfies ShapeOf<TransitGatewayPeeringAttachment>;
export type AwsTransitGatewayPeeringAttachment = FromShape<typeof transitGatewayPeeringAttachmentShape>;

export const transitGatewayVpcAttachmentShape = {
  TransitGatewayAttachmentId: 'string',
  TransitGatewayId: 'string',
  VpcId: 'string',
  VpcOwnerId: 'string',
  State: 'string',
  SubnetIds: ['string'],
  Options: {
    DnsSupport: 'string',
    SecurityGroupReferencingSupport: 'string',
    Ipv6Support: 'string',
    ApplianceModeSupport: 'string',
  },
  Tags: [tagShape],
} as const satisfies ShapeOf<TransitGatewayVpcAttachment>;
export type AwsTransitGatewayVpcAttachment = FromShape<typeof transitGatewayVpcAttachmentShape>;

export const transitGatewayRouteTableShape = {
  TransitGatewayRouteTableId: 'string',
  TransitGatewayId: 'string',
  State: 'string',
  DefaultAssociationRouteTable: 'boolean',
  DefaultPropagationRouteTable: 'boolean',
  Tags: [tagShape],
} as const satisfies ShapeOf<TransitGatewayRouteTable>;
export type AwsTransitGatewayRouteTable = FromShape<typeof transitGatewayRouteTableShape>;

export const transitGatewayRouteShape = {
  DestinationCidrBlock: 'string',
  PrefixListId: 'string',
  Type: 'string',
  State: 'string',
  TransitGatewayAttachments: [
    { TransitGatewayAttachmentId: 'string', ResourceId: 'string', ResourceType: 'string' },
  ],
} as const satisfies ShapeOf<TransitGatewayRoute>;
export type AwsTransitGatewayRoute = FromShape<typeof transitGatewayRouteShape>;

export const transitGatewayPropagationShape = {
  TransitGatewayAttachmentId: 'string',
  ResourceId: 'string',
  ResourceType: 'string',
  State: 'string',
} as const satisfies ShapeOf<TransitGatewayRouteTablePropagation>;
export type AwsTransitGatewayPropagation = FromShape<typeof transitGatewayPropagationShape>;
