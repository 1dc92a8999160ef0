import type { Call } from '../call.ts';
import { dbInstanceShape } from '../shapes/data-service.ts';
import {
  attributeShape,
  classicLoadBalancerShape,
  listenerRuleShape,
  listenerShape,
  loadBalancerShape,
  targetGroupShape,
  targetHealthShape,
} from '../shapes/load-balancer.ts';

const ofTargetGroup = {
  call: 'DescribeTargetGroups',
  member: 'TargetGroups',
  id: 'TargetGroupArn',
  kept: 'by-id',
} as const;

/** Services that have interfaces in a network. */
export const serviceCalls = {
  DescribeLoadBalancers: {
    client: 'elbv2',
    action: 'elasticloadbalancing:DescribeLoadBalancers',
    member: 'LoadBalancers',
    shape: { LoadBalancers: [loadBalancerShape] },
    hides: 'the load balancers, which pass traffic on to hosts that have no public address',
    narrows: false,
  },
  DescribeListeners: {
    client: 'elbv2',
    action: 'elasticloadbalancing:DescribeListeners',
    member: 'Listeners',
    shape: { Listeners: [listenerShape] },
    parent: { call: 'DescribeLoadBalancers', member: 'LoadBalancers', id: 'LoadBalancerArn', kept: 'joined' },
    hides: 'the ports on which this load balancer listens',
    narrows: false,
  },
  DescribeRules: {
    client: 'elbv2',
    action: 'elasticloadbalancing:DescribeRules',
    member: 'Rules',
    shape: { Rules: [listenerRuleShape] },
    parent: { call: 'DescribeListeners', member: 'Listeners', id: 'ListenerArn', kept: 'by-id' },
    hides: 'to which further target groups this listener passes requests on',
    narrows: false,
  },
  DescribeTargetGroups: {
    client: 'elbv2',
    action: 'elasticloadbalancing:DescribeTargetGroups',
    member: 'TargetGroups',
    shape: { TargetGroups: [targetGroupShape] },
    hides: 'to which groups of hosts the load balancers pass traffic on',
    narrows: false,
  },
  DescribeTargetHealth: {
    client: 'elbv2',
    action: 'elasticloadbalancing:DescribeTargetHealth',
    member: 'TargetHealthDescriptions',
    shape: { TargetHealthDescriptions: [targetHealthShape] },
    parent: ofTargetGroup,
    hides: 'which hosts are in this target group',
    narrows: false,
  },
  DescribeTargetGroupAttributes: {
    client: 'elbv2',
    action: 'elasticloadbalancing:DescribeTargetGroupAttributes',
    member: 'Attributes',
    shape: { Attributes: [attributeShape] },
    parent: ofTargetGroup,
    hides: "whether hosts of this target group see the client's address",
    narrows: false,
  },
  'ElasticLoadBalancing.DescribeLoadBalancers': {
    client: 'elb',
    action: 'elasticloadbalancing:DescribeLoadBalancers',
    member: 'LoadBalancerDescriptions',
    shape: { LoadBalancerDescriptions: [classicLoadBalancerShape] },
    hides: 'the Classic Load Balancers, which pass traffic on to hosts that have no public address',
    narrows: false,
  },
  DescribeDBInstances: {
    client: 'rds',
    action: 'rds:DescribeDBInstances',
    member: 'DBInstances',
    shape: { DBInstances: [dbInstanceShape] },
    pageSize: 100,
    hides: 'which interfaces are databases, and on which port they answer',
    narrows: true,
  },
} as const satisfies Record<string, Call>;
