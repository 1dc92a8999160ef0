import type { Ec2InstanceConnectEndpoint, ServiceConfiguration, VpcEndpoint } from '@aws-sdk/client-ec2';
import type { FromShape, ShapeOf } from '../shape.ts';
import { tagShape } from './tag.ts';

export const vpcEndpointShape = {
  VpcEndpointId: 'string',
  VpcEndpointType: 'string',
  VpcId: 'string',
  OwnerId: 'string',
  ServiceName: 'string',
  ServiceRegion: 'string',
  ServiceNetworkArn: 'string',
  ResourceConfigurationArn: 'string',
  State: 'string',
  IpAddressType: 'string',
  RouteTableIds: ['string'],
  SubnetIds: ['string'],
  NetworkInterfaceIds: ['string'],
  Groups: [{ GroupId: 'string', GroupName: 'string' }],
  DnsEntries: [{ DnsName: 'string', HostedZoneId: 'string' }],
  Ipv4Prefixes: [{ SubnetId: 'string', IpPrefixes: ['string'] }],
  Ipv6Prefixes: [{ SubnetId: 'string', IpPrefixes: ['string'] }],
  PrivateDnsEnabled: 'boolean',
  RequesterManaged: 'boolean',
  Tags: [tagShape],
} as const satisfies ShapeOf<VpcEndpoint>;
export type AwsVpcEndpoint = FromShape<typeof vpcEndpointShape>;

/** What an account offers to others by PrivateLink. */
export const endpointServiceShape = {
  ServiceId: 'string',
  ServiceName: 'string',
  ServiceState: 'string',
  AcceptanceRequired: 'boolean',
  NetworkLoadBalancerArns: ['string'],
  GatewayLoadBalancerArns: ['string'],
  Tags: [tagShape],
} as const satisfies ShapeOf<ServiceConfiguration>;
export type AwsEndpointService = FromShape<typeof endpointServiceShape>;

/** A way in for those whom IAM lets tunnel. */
export const instanceConnectEndpointShape = {
  InstanceConnectEndpointId: 'string',
  OwnerId: 'string',
  State: 'string',
  VpcId: 'string',
  SubnetId: 'string',
  NetworkInterfaceIds: ['string'],
  SecurityGroupIds: ['string'],
  PreserveClientIp: 'boolean',
  IpAddressType: 'string',
  Tags: [tagShape],
} as const satisfies ShapeOf<Ec2InstanceConnectEndpoint>;
export type AwsInstanceConnectEndpoint = FromShape<typeof instanceConnectEndpointShape>;
