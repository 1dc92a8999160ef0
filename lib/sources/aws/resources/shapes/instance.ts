import type { Instance, Reservation } from '@aws-sdk/client-ec2';
import type { FromShape, ShapeOf } from '../shape.ts';
import { tagShape } from './tag.ts';

/**
 * `NetworkInterfaces` repeats a part of DescribeNetworkInterfaces and is there for files that lack that call;
 * `SecurityGroups` is the primary interface's groups only.
 */
export const instanceShape = {
  InstanceId: 'string',
  State: { Code: 'number', Name: 'string' },
  ImageId: 'string',
  InstanceType: 'string',
  InstanceLifecycle: 'string',
  LaunchTime: 'time',
  KeyName: 'string',
  Platform: 'string',
  PlatformDetails: 'string',
  Architecture: 'string',
  VpcId: 'string',
  SubnetId: 'string',
  OutpostArn: 'string',
  Placement: { AvailabilityZone: 'string', AvailabilityZoneId: 'string', Tenancy: 'string' },
  PrivateIpAddress: 'string',
  PublicIpAddress: 'string',
  Ipv6Address: 'string',
  PrivateDnsName: 'string',
  PublicDnsName: 'string',
  SourceDestCheck: 'boolean',
  IamInstanceProfile: { Arn: 'string', Id: 'string' },
  MetadataOptions: {
    State: 'string',
    HttpTokens: 'string',
    HttpEndpoint: 'string',
    HttpPutResponseHopLimit: 'number',
  },
  Operator: { Managed: 'boolean', Principal: 'string', HiddenByDefault: 'boolean' },
  SecurityGroups: [{ GroupId: 'string', GroupName: 'string' }],
  NetworkInterfaces: [
    {
      NetworkInterfaceId: 'string',
      InterfaceType: 'string',
      Status: 'string',
      Description: 'string',
      OwnerId: 'string',
      VpcId: 'string',
      SubnetId: 'string',
      SourceDestCheck: 'boolean',
      PrivateIpAddress: 'string',
      PrivateIpAddresses: [
        {
          PrivateIpAddress: 'string',
          Primary: 'boolean',
          Association: {
            PublicIp: 'string',
            IpOwnerId: 'string',
            CarrierIp: 'string',
            CustomerOwnedIp: 'string',
          },
        },
      ],
      Association: {
        PublicIp: 'string',
        IpOwnerId: 'string',
        CarrierIp: 'string',
        CustomerOwnedIp: 'string',
      },
      Ipv6Addresses: [{ Ipv6Address: 'string', IsPrimaryIpv6: 'boolean' }],
      Ipv4Prefixes: [{ Ipv4Prefix: 'string' }],
      Ipv6Prefixes: [{ Ipv6Prefix: 'string' }],
      Groups: [{ GroupId: 'string', GroupName: 'string' }],
      Attachment: { AttachmentId: 'string', DeviceIndex: 'number', Status: 'string' },
    },
  ],
  Tags: [tagShape],
} as const satisfies ShapeOf<Instance>;
export type AwsInstance = FromShape<typeof instanceShape>;

export const reservationShape = {
  ReservationId: 'string',
  OwnerId: 'string',
  RequesterId: 'string',
  Instances: [instanceShape],
} as const satisfies ShapeOf<Reservation>;
export type AwsReservation = FromShape<typeof reservationShape>;
