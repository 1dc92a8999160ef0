import type {
  EgressOnlyInternetGateway,
  InternetGateway,
  NatGateway,
  VpcPeeringConnection,
  VpcPeeringConnectionVpcInfo,
} from '@aws-sdk/client-ec2';
import type { FromShape, ShapeOf } from '../shape.ts';
import { tagShape } from './tag.ts';

export const internetGatewayShape = {
  InternetGatewayId: 'string',
  OwnerId: 'string',
  Attachments: [{ VpcId: 'string', State: 'string' }],
  Tags: [tagShape],
} as const satisfies ShapeOf<InternetGateway>;
export type AwsInternetGateway = FromShape<typeof internetGatewayShape>;

export const egressOnlyInternetGatewayShape = {
  EgressOnlyInternetGatewayId: 'string',
  Attachments: [{ VpcId: 'string', State: 'string' }],
  Tags: [tagShape],
} as const satisfies ShapeOf<EgressOnlyInternetGateway>;
export type AwsEgressOnlyInternetGateway = FromShape<typeof egressOnlyInternetGatewayShape>;

/** A regional NAT gateway has no `SubnetId`: it lives in the VPC, with addresses by zone. */
export const natGatewayShape = {
  NatGatewayId: 'string',
  VpcId: 'string',
  SubnetId: 'string',
  State: 'string',
  ConnectivityType: 'string',
  AvailabilityMode: 'string',
  RouteTableId: 'string',
  NatGatewayAddresses: [
    {
      AllocationId: 'string',
      AssociationId: 'string',
      NetworkInterfaceId: 'string',
      PrivateIp: 'string',
      PublicIp: 'string',
      IsPrimary: 'boolean',
      Status: 'string',
      AvailabilityZone: 'string',
      AvailabilityZoneId: 'string',
    },
  ],
  Tags: [tagShape],
} as const satisfies ShapeOf<NatGateway>;
export type AwsNatGateway = FromShape<typeof natGatewayShape>;

const peeredVpcShape = {
  VpcId: 'string',
  OwnerId: 'string',
  Region: 'string',
  CidrBlock: 'string',
  CidrBlockSet: [{ CidrBlock: 'string' }],
  Ipv6CidrBlockSet: [{ Ipv6CidrBlock: 'string' }],
} as const satisfies ShapeOf<VpcPeeringConnectionVpcInfo>;

export const vpcPeeringConnectionShape = {
  VpcPeeringConnectionId: 'string',
  Status: { Code: 'string', Message: 'string' },
  AccepterVpcInfo: peeredVpcShape,
  RequesterVpcInfo: peeredVpcShape,
  Tags: [tagShape],
} as const satisfies ShapeOf<VpcPeeringConnection>;
export type AwsVpcPeeringConnection = FromShape<typeof vpcPeeringConnectionShape>;
