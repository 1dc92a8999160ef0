import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing';
import type {
  Listener,
  LoadBalancer,
  Rule,
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

const actionShape = {
  Type: 'string',
  Order: 'number',
  TargetGroupArn: 'string',
  ForwardConfig: { TargetGroups: [{ TargetGroupArn: 'string', Weight: 'number' }] },
  AuthenticateOidcConfig: { OnUnauthenticatedRequest: 'string' },
  AuthenticateCognitoConfig: { OnUnauthenticatedRequest: 'string' },
  RedirectConfig: { Protocol: 'string', Port: 'string', Host: 'string', StatusCode: 'string' },
} as const;

export const listenerShape = {
  ListenerArn: 'string',
  LoadBalancerArn: 'string',
  Port: 'number',
  Protocol: 'string',
  DefaultActions: [actionShape],
} as const satisfies ShapeOf<Listener>;
export type AwsListener = FromShape<typeof listenerShape>;

export const listenerRuleShape = {
  RuleArn: 'string',
  Priority: 'string',
  IsDefault: 'boolean',
  Conditions: [{ Field: 'string', SourceIpConfig: { Values: ['string'] } }],
  Actions: [actionShape],
} as const satisfies ShapeOf<Rule>;

/** A load balancer of the first kind, which holds its listeners and its instances itself. */
export const classicLoadBalancerShape = {
  LoadBalancerName: 'string',
  DNSName: 'string',
  Scheme: 'string',
  VPCId: 'string',
  Subnets: ['string'],
  SecurityGroups: ['string'],
  ListenerDescriptions: [
    {
      Listener: {
        Protocol: 'string',
        LoadBalancerPort: 'number',
        InstanceProtocol: 'string',
        InstancePort: 'number',
      },
    },
  ],
  Instances: [{ InstanceId: 'string' }],
} as const satisfies ShapeOf<LoadBalancerDescription>;

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
