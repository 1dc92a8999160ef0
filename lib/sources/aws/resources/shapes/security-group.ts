import type {
  IpPermission,
  SecurityGroup,
  SecurityGroupRule,
  SecurityGroupVpcAssociation,
} from '@aws-sdk/client-ec2';
import type { FromShape, ShapeOf } from '../shape.ts';
import { tagShape } from './tag.ts';

export const ipPermissionShape = {
  IpProtocol: 'string',
  FromPort: 'number',
  ToPort: 'number',
  IpRanges: [{ CidrIp: 'string', Description: 'string' }],
  Ipv6Ranges: [{ CidrIpv6: 'string', Description: 'string' }],
  PrefixListIds: [{ PrefixListId: 'string', Description: 'string' }],
  UserIdGroupPairs: [
    {
      GroupId: 'string',
      GroupName: 'string',
      UserId: 'string',
      VpcId: 'string',
      VpcPeeringConnectionId: 'string',
      PeeringStatus: 'string',
      Description: 'string',
    },
  ],
} as const satisfies ShapeOf<IpPermission>;
export type AwsIpPermission = FromShape<typeof ipPermissionShape>;

export const securityGroupShape = {
  GroupId: 'string',
  GroupName: 'string',
  Description: 'string',
  VpcId: 'string',
  OwnerId: 'string',
  SecurityGroupArn: 'string',
  IpPermissions: [ipPermissionShape],
  IpPermissionsEgress: [ipPermissionShape],
  Tags: [tagShape],
} as const satisfies ShapeOf<SecurityGroup>;
export type AwsSecurityGroup = FromShape<typeof securityGroupShape>;

export const securityGroupRuleShape = {
  SecurityGroupRuleId: 'string',
  SecurityGroupRuleArn: 'string',
  GroupId: 'string',
  GroupOwnerId: 'string',
  IsEgress: 'boolean',
  IpProtocol: 'string',
  FromPort: 'number',
  ToPort: 'number',
  CidrIpv4: 'string',
  CidrIpv6: 'string',
  PrefixListId: 'string',
  ReferencedGroupInfo: {
    GroupId: 'string',
    UserId: 'string',
    VpcId: 'string',
    VpcPeeringConnectionId: 'string',
    PeeringStatus: 'string',
  },
  Description: 'string',
  Tags: [tagShape],
} as const satisfies ShapeOf<SecurityGroupRule>;
export type AwsSecurityGroupRule = FromShape<typeof securityGroupRuleShape>;

export const securityGroupVpcAssociationShape = {
  GroupId: 'string',
  GroupOwnerId: 'string',
  VpcId: 'string',
  VpcOwnerId: 'string',
  State: 'string',
  StateReason: 'string',
} as const satisfies ShapeOf<SecurityGroupVpcAssociation>;
export type AwsSecurityGroupVpcAssociation = FromShape<typeof securityGroupVpcAssociationShape>;
