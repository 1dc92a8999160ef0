import type { BlockPublicAccessStates, Subnet, Vpc } from '@aws-sdk/client-ec2';
import type { FromShape, ShapeOf } from '../shape.ts';
import { tagShape } from './tag.ts';

const blockPublicAccessStates = {
  InternetGatewayBlockMode: 'string',
} as const satisfies ShapeOf<BlockPublicAccessStates>;

export const vpcShape = {
  VpcId: 'string',
  OwnerId: 'string',
  State: 'string',
  IsDefault: 'boolean',
  CidrBlock: 'string',
  CidrBlockAssociationSet: [
    { AssociationId: 'string', CidrBlock: 'string', CidrBlockState: { State: 'string' } },
  ],
  Ipv6CidrBlockAssociationSet: [
    {
      AssociationId: 'string',
      Ipv6CidrBlock: 'string',
      Ipv6CidrBlockState: { State: 'string' },
      Ipv6AddressAttribute: 'string',
      NetworkBorderGroup: 'string',
    },
  ],
  BlockPublicAccessStates: blockPublicAccessStates,
  DhcpOptionsId: 'string',
  Tags: [tagShape],
} as const satisfies ShapeOf<Vpc>;
export type AwsVpc = FromShape<typeof vpcShape>;

export const subnetShape = {
  SubnetId: 'string',
  SubnetArn: 'string',
  VpcId: 'string',
  OwnerId: 'string',
  State: 'string',
  CidrBlock: 'string',
  Ipv6CidrBlockAssociationSet: [
    {
      AssociationId: 'string',
      Ipv6CidrBlock: 'string',
      Ipv6CidrBlockState: { State: 'string' },
      Ipv6AddressAttribute: 'string',
    },
  ],
  AvailabilityZone: 'string',
  AvailabilityZoneId: 'string',
  OutpostArn: 'string',
  MapPublicIpOnLaunch: 'boolean',
  AssignIpv6AddressOnCreation: 'boolean',
  EnableDns64: 'boolean',
  Ipv6Native: 'boolean',
  DefaultForAz: 'boolean',
  BlockPublicAccessStates: blockPublicAccessStates,
  Type: 'string',
  Tags: [tagShape],
} as const satisfies ShapeOf<Subnet>;
export type AwsSubnet = FromShape<typeof subnetShape>;
