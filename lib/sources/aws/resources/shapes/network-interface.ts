import type { Address, NetworkInterface, NetworkInterfaceAssociation } from '@aws-sdk/client-ec2';
import type { FromShape, ShapeOf } from '../shape.ts';
import { tagShape } from './tag.ts';

const associationShape = {
  AllocationId: 'string',
  AssociationId: 'string',
  IpOwnerId: 'string',
  PublicDnsName: 'string',
  PublicIp: 'string',
  CustomerOwnedIp: 'string',
  CarrierIp: 'string',
} as const satisfies ShapeOf<NetworkInterfaceAssociation>;

export const networkInterfaceShape = {
  NetworkInterfaceId: 'string',
  InterfaceType: 'string',
  Status: 'string',
  Description: 'string',
  OwnerId: 'string',
  RequesterId: 'string',
  RequesterManaged: 'boolean',
  Operator: { Managed: 'boolean', Principal: 'string', HiddenByDefault: 'boolean' },
  VpcId: 'string',
  SubnetId: 'string',
  AssociatedSubnets: ['string'],
  AvailabilityZone: 'string',
  AvailabilityZoneId: 'string',
  OutpostArn: 'string',
  Groups: [{ GroupId: 'string', GroupName: 'string' }],
  PrivateIpAddress: 'string',
  PrivateIpAddresses: [
    {
      PrivateIpAddress: 'string',
      Primary: 'boolean',
      PrivateDnsName: 'string',
      Association: associationShape,
    },
  ],
  Association: associationShape,
  Ipv6Address: 'string',
  Ipv6Addresses: [{ Ipv6Address: 'string', IsPrimaryIpv6: 'boolean', PublicIpv6DnsName: 'string' }],
  Ipv4Prefixes: [{ Ipv4Prefix: 'string' }],
  Ipv6Prefixes: [{ Ipv6Prefix: 'string' }],
  Ipv6Native: 'boolean',
  DenyAllIgwTraffic: 'boolean',
  SourceDestCheck: 'boolean',
  PrivateDnsName: 'string',
  PublicDnsName: 'string',
  MacAddress: 'string',
  Attachment: {
    AttachmentId: 'string',
    AttachTime: 'time',
    DeviceIndex: 'number',
    NetworkCardIndex: 'number',
    InstanceId: 'string',
    InstanceOwnerId: 'string',
    Status: 'string',
    DeleteOnTermination: 'boolean',
  },
  TagSet: [tagShape],
} as const satisfies ShapeOf<NetworkInterface>;
export type AwsNetworkInterface = FromShape<typeof networkInterfaceShape>;

export const addressShape = {
  AllocationId: 'string',
  AssociationId: 'string',
  Domain: 'string',
  PublicIp: 'string',
  PrivateIpAddress: 'string',
  CarrierIp: 'string',
  CustomerOwnedIp: 'string',
  NetworkInterfaceId: 'string',
  NetworkInterfaceOwnerId: 'string',
  InstanceId: 'string',
  NetworkBorderGroup: 'string',
  PublicIpv4Pool: 'string',
  ServiceManaged: 'string',
  Tags: [tagShape],
} as const satisfies ShapeOf<Address>;
export type AwsAddress = FromShape<typeof addressShape>;
