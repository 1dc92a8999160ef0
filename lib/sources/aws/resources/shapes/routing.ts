import type { NetworkAcl, NetworkAclEntry, Route, RouteTable } from '@aws-sdk/client-ec2';
import type { FromShape, ShapeOf } from '../shape.ts';
import { tagShape } from './tag.ts';

export const routeShape = {
  DestinationCidrBlock: 'string',
  DestinationIpv6CidrBlock: 'string',
  DestinationPrefixListId: 'string',
  GatewayId: 'string',
  NatGatewayId: 'string',
  EgressOnlyInternetGatewayId: 'string',
  VpcPeeringConnectionId: 'string',
  TransitGatewayId: 'string',
  NetworkInterfaceId: 'string',
  InstanceId: 'string',
  InstanceOwnerId: 'string',
  LocalGatewayId: 'string',
  CarrierGatewayId: 'string',
  CoreNetworkArn: 'string',
  OdbNetworkArn: 'string',
  IpAddress: 'string',
  Origin: 'string',
  State: 'string',
} as const satisfies ShapeOf<Route>;
export type AwsRoute = FromShape<typeof routeShape>;

export const routeTableShape = {
  RouteTableId: 'string',
  VpcId: 'string',
  OwnerId: 'string',
  Associations: [
    {
      RouteTableAssociationId: 'string',
      RouteTableId: 'string',
      SubnetId: 'string',
      GatewayId: 'string',
      PublicIpv4Pool: 'string',
      Main: 'boolean',
      AssociationState: { State: 'string', StatusMessage: 'string' },
    },
  ],
  PropagatingVgws: [{ GatewayId: 'string' }],
  Routes: [routeShape],
  Tags: [tagShape],
} as const satisfies ShapeOf<RouteTable>;
export type AwsRouteTable = FromShape<typeof routeTableShape>;

export const networkAclEntryShape = {
  RuleNumber: 'number',
  Egress: 'boolean',
  RuleAction: 'string',
  Protocol: 'string',
  CidrBlock: 'string',
  Ipv6CidrBlock: 'string',
  PortRange: { From: 'number', To: 'number' },
  IcmpTypeCode: { Type: 'number', Code: 'number' },
} as const satisfies ShapeOf<NetworkAclEntry>;
export type AwsNetworkAclEntry = FromShape<typeof networkAclEntryShape>;

export const networkAclShape = {
  NetworkAclId: 'string',
  VpcId: 'string',
  OwnerId: 'string',
  IsDefault: 'boolean',
  Associations: [{ NetworkAclAssociationId: 'string', NetworkAclId: 'string', SubnetId: 'string' }],
  Entries: [networkAclEntryShape],
  Tags: [tagShape],
} as const satisfies ShapeOf<NetworkAcl>;
export type AwsNetworkAcl = FromShape<typeof networkAclShape>;
