import type {
  Listener,
  LoadBalancer,
  TargetGroup,
  TargetGroupAttribute,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { FromShape, ShapeOf } from '../shape.ts';

export const loadBalancerShape = {
  LoadBalancerArn: 'string',
  LoadBalancerName: 'string',
  DNSName: 'string',
  Scheme: 'string',
  Type: 'string',
  VpcId: 'string',
  State: { Code: 'string', Reason: 'string' },
  IpAddressType: 'string',
  SecurityGroups: ['string'],
  EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'string',
  AvailabilityZones: [
    {
      ZoneName: 'string',
      SubnetId: 'string',
      LoadBalancerAddresses: [
        { IpAddress: 'string', AllocationId: 'string', PrivateIPv4Address: 'string', IPv6Address: 'string' },
      ],
    },
  ],
} as const satisfies ShapeOf<LoadBalancer>;
export type AwsLoadBalancer = FromShape<typeof loadBalancerShape>;

export const listenerShape = {
  ListenerArn: 'string',
  LoadBalancerArn: 'string',
  Port: 'number',
  Protocol: 'string',
  DefaultActions: [
    {
      Type: 'string',
      Order: 'number',
      TargetGroupArn: 'string',
      ForwardConfig: { TargetGroups: [{ TargetGroupArn: 'string', Weight: 'number' }] },
      RedirectConfig: { Protocol: 'string', Port: 'string', Host: 'string', StatusCode: 'string' },
    },
  ],
} as const satisfies ShapeOf<Listener>;
export type AwsListener = FromShape<typeof listenerShape>;

export const targetGroupShape = {
  TargetGroupArn: 'string',
  TargetGroupName: 'string',
  Protocol: 'string',
  ProtocolVersion: 'string',
  Port: 'number',
  VpcId: 'string',
  TargetType: 'string',
  IpAddressType: 'string',
  LoadBalancerArns: ['string'],
  HealthCheckEnabled: 'boolean',
  HealthCheckProtocol: 'string',
  HealthCheckPort: 'string',
} as const satisfies ShapeOf<TargetGroup>;
export type AwsTargetGroup = FromShape<typeof targetGroupShape>;

export const targetHealthShape = {
  Target: { Id: 'string', Port: 'number', AvailabilityZone: 'string' },
  HealthCheckPort: 'string',
  TargetHealth: { State: 'string', Reason: 'string', Description: 'string' },
} as const satisfies ShapeOf<TargetHealthDescription>;
export type AwsTargetHealth = FromShape<typeof targetHealthShape>;

/** Load balancers and target groups have the same. */
export const attributeShape = {
  Key: 'string',
  Value: 'string',
} as const satisfies ShapeOf<TargetGroupAttribute>;
export type AwsAttribute = FromShape<typeof attributeShape>;
