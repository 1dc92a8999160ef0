import type { Call } from '../call.ts';
import { cacheClusterShape, searchDomainShape } from '../shapes/data-service.ts';
import { attributeShape } from '../shapes/load-balancer.ts';
import { prefixListShape } from '../shapes/prefix-list.ts';
import { transitGatewayPropagationShape } from '../shapes/transit-gateway.ts';
import { customerGatewayShape, virtualInterfaceShape } from '../shapes/vpn.ts';

/** Responses that are taken from files and never asked for: what they say is known otherwise, or adds names only. */
export const fileCalls = {
  DescribePrefixLists: {
    client: 'none',
    action: 'ec2:DescribePrefixLists',
    member: 'PrefixLists',
    shape: { PrefixLists: [prefixListShape] },
    hides: 'the address blocks of AWS services',
    narrows: true,
  },
  GetTransitGatewayRouteTablePropagations: {
    client: 'none',
    action: 'ec2:GetTransitGatewayRouteTablePropagations',
    member: 'TransitGatewayRouteTablePropagations',
    shape: { TransitGatewayRouteTablePropagations: [transitGatewayPropagationShape] },
    parent: {
      call: 'DescribeTransitGatewayRouteTables',
      member: 'TransitGatewayRouteTables',
      id: 'TransitGatewayRouteTableId',
      kept: 'by-id',
    },
    hides: 'which attachments announce their addresses to this route table',
    narrows: false,
  },
  DescribeLoadBalancerAttributes: {
    client: 'none',
    action: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
    member: 'Attributes',
    shape: { Attributes: [attributeShape] },
    parent: { call: 'DescribeLoadBalancers', member: 'LoadBalancers', id: 'LoadBalancerArn', kept: 'by-id' },
    hides: 'whether this load balancer passes traffic on to other zones',
    narrows: true,
  },
  DescribeCustomerGateways: {
    client: 'none',
    action: 'ec2:DescribeCustomerGateways',
    member: 'CustomerGateways',
    shape: { CustomerGateways: [customerGatewayShape] },
    hides: 'the far ends of VPN connections',
    narrows: true,
  },
  DescribeVirtualInterfaces: {
    client: 'none',
    action: 'directconnect:DescribeVirtualInterfaces',
    member: 'VirtualInterfaces',
    shape: { VirtualInterfaces: [virtualInterfaceShape] },
    hides: 'the Direct Connect interfaces behind VPN gateways',
    narrows: false,
  },
  DescribeCacheClusters: {
    client: 'none',
    action: 'elasticache:DescribeCacheClusters',
    member: 'CacheClusters',
    shape: { CacheClusters: [cacheClusterShape] },
    hides: 'which interfaces are caches',
    narrows: true,
  },
  DescribeDomains: {
    client: 'none',
    action: 'es:DescribeDomains',
    member: 'DomainStatusList',
    shape: { DomainStatusList: [searchDomainShape] },
    hides: 'which interfaces are search domains',
    narrows: true,
  },
} as const satisfies Record<string, Call>;
