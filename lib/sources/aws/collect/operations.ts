import {
  DescribeAddressesCommand,
  DescribeVpcBlockPublicAccessExclusionsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpnConnectionsCommand,
  DescribeVpnGatewaysCommand,
  paginateDescribeEgressOnlyInternetGateways,
  paginateDescribeInstanceConnectEndpoints,
  paginateDescribeInstances,
  paginateDescribeInternetGateways,
  paginateDescribeManagedPrefixLists,
  paginateDescribeNatGateways,
  paginateDescribeNetworkAcls,
  paginateDescribeNetworkInterfaces,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  paginateDescribeSecurityGroupVpcAssociations,
  paginateDescribeSubnets,
  paginateDescribeTransitGatewayAttachments,
  paginateDescribeTransitGatewayRouteTables,
  paginateDescribeTransitGateways,
  paginateDescribeTransitGatewayPeeringAttachments,
  paginateDescribeTransitGatewayVpcAttachments,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcEndpointServiceConfigurations,
  paginateDescribeVpcPeeringConnections,
  paginateDescribeVpcs,
  paginateGetManagedPrefixListEntries,
  paginateSearchTransitGatewayRoutes,
  type DescribeVpcBlockPublicAccessExclusionsCommandOutput,
} from '@aws-sdk/client-ec2';
import { paginateDescribeLoadBalancers as paginateClassicLoadBalancers } from '@aws-sdk/client-elastic-load-balancing';
import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  paginateDescribeRules,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { paginateDescribeDBInstances } from '@aws-sdk/client-rds';
import type { LiveCall } from '../resources/index.ts';
import type { ServiceClients } from './clients.ts';

/** The input of a call, by the API's names. */
export type CallInput = Readonly<Record<string, unknown>>;
export type Asking = {
  readonly clients: ServiceClients;
  readonly pageSize: number | undefined;
  readonly signal: AbortSignal;
};
/** Gives the pages of one call, as the SDK has read them. */
export type Operation = (input: CallInput, asking: Asking) => AsyncIterable<object>;

type Paginate<Client, Input> = (
  config: { client: Client; pageSize?: number },
  input: Input,
  options: { abortSignal: AbortSignal },
) => AsyncIterable<object>;

/** The one place where an input goes from the table's names to the SDK's types; the SDK and AWS check it anew. */
function pages<Name extends 'ec2' | 'elb' | 'elbv2' | 'rds', Input>(
  name: Name,
  paginate: Paginate<ServiceClients[Name], Input>,
  always: Partial<Input> = {},
): Operation {
  return (input, { clients, pageSize, signal }) =>
    paginate(
      { client: clients[name], ...(pageSize === undefined ? {} : { pageSize }) },
      { ...always, ...input } as Input,
      { abortSignal: signal },
    );
}

function once(ask: (input: CallInput, asking: Asking) => Promise<object>): Operation {
  return async function* (input, asking) {
    yield await ask(input, asking);
  };
}

/**
 * Interfaces and hosts that AWS services run in an account are left out of an answer where the account hides them, unless
 * one asks for them. A server too old to know the question has nothing to hide.
 */
function evenIfHidden(operation: Operation): Operation {
  return async function* (input, asking) {
    let begun = false;
    try {
      for await (const page of operation({ ...input, IncludeManagedResources: true }, asking)) {
        begun = true;
        yield page;
      }
    } catch (error) {
      if (begun || !(error instanceof Error) || error.name !== 'UnknownParameter') throw error;
      yield* operation(input, asking);
    }
  };
}

/** A search must have a filter. These states are all that a route can have here. */
const everyRoute = { Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }] };

/** How each call of the catalogue is made. */
export const OPERATIONS: Readonly<Record<LiveCall, Operation>> = {
  DescribeVpcs: pages('ec2', paginateDescribeVpcs),
  DescribeSubnets: pages('ec2', paginateDescribeSubnets),
  DescribeSecurityGroups: pages('ec2', paginateDescribeSecurityGroups),
  DescribeSecurityGroupRules: pages('ec2', paginateDescribeSecurityGroupRules),
  DescribeSecurityGroupVpcAssociations: pages('ec2', paginateDescribeSecurityGroupVpcAssociations),
  DescribeNetworkInterfaces: evenIfHidden(pages('ec2', paginateDescribeNetworkInterfaces)),
  DescribeAddresses: once((input, { clients, signal }) =>
    clients.ec2.send(new DescribeAddressesCommand(input), { abortSignal: signal }),
  ),
  DescribeInstances: evenIfHidden(pages('ec2', paginateDescribeInstances)),
  DescribeRouteTables: pages('ec2', paginateDescribeRouteTables),
  DescribeNetworkAcls: pages('ec2', paginateDescribeNetworkAcls),
  DescribeManagedPrefixLists: pages('ec2', paginateDescribeManagedPrefixLists),
  GetManagedPrefixListEntries: pages('ec2', paginateGetManagedPrefixListEntries),
  DescribeVpcBlockPublicAccessOptions: once((input, { clients, signal }) =>
    clients.ec2.send(new DescribeVpcBlockPublicAccessOptionsCommand(input), { abortSignal: signal }),
  ),
  /** Pages, but the SDK has no paginator for it. */
  DescribeVpcBlockPublicAccessExclusions: async function* (input, { clients, pageSize, signal }) {
    let token: string | undefined;
    do {
      const page: DescribeVpcBlockPublicAccessExclusionsCommandOutput = await clients.ec2.send(
        new DescribeVpcBlockPublicAccessExclusionsCommand({
          ...input,
          MaxResults: pageSize,
          NextToken: token,
        }),
        { abortSignal: signal },
      );
      yield page;
      token = page.NextToken;
    } while (token !== undefined && token !== '');
  },
  DescribeInternetGateways: pages('ec2', paginateDescribeInternetGateways),
  DescribeEgressOnlyInternetGateways: pages('ec2', paginateDescribeEgressOnlyInternetGateways),
  DescribeNatGateways: pages('ec2', paginateDescribeNatGateways),
  DescribeVpcPeeringConnections: pages('ec2', paginateDescribeVpcPeeringConnections),
  DescribeVpcEndpoints: pages('ec2', paginateDescribeVpcEndpoints),
  DescribeVpcEndpointServiceConfigurations: pages('ec2', paginateDescribeVpcEndpointServiceConfigurations),
  DescribeInstanceConnectEndpoints: pages('ec2', paginateDescribeInstanceConnectEndpoints),
  DescribeTransitGateways: pages('ec2', paginateDescribeTransitGateways),
  DescribeTransitGatewayAttachments: pages('ec2', paginateDescribeTransitGatewayAttachments),
  DescribeTransitGatewayVpcAttachments: pages('ec2', paginateDescribeTransitGatewayVpcAttachments),
  DescribeTransitGatewayPeeringAttachments: pages('ec2', paginateDescribeTransitGatewayPeeringAttachments),
  DescribeTransitGatewayRouteTables: pages('ec2', paginateDescribeTransitGatewayRouteTables),
  SearchTransitGatewayRoutes: pages('ec2', paginateSearchTransitGatewayRoutes, everyRoute),
  DescribeVpnGateways: once((input, { clients, signal }) =>
    clients.ec2.send(new DescribeVpnGatewaysCommand(input), { abortSignal: signal }),
  ),
  DescribeVpnConnections: once((input, { clients, signal }) =>
    clients.ec2.send(new DescribeVpnConnectionsCommand(input), { abortSignal: signal }),
  ),
  DescribeLoadBalancers: pages('elbv2', paginateDescribeLoadBalancers),
  DescribeListeners: pages('elbv2', paginateDescribeListeners),
  DescribeRules: pages('elbv2', paginateDescribeRules),
  DescribeTargetGroups: pages('elbv2', paginateDescribeTargetGroups),
  DescribeTargetHealth: once((input, { clients, signal }) =>
    clients.elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn: undefined, ...input }), {
      abortSignal: signal,
    }),
  ),
  DescribeTargetGroupAttributes: once((input, { clients, signal }) =>
    clients.elbv2.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: undefined, ...input }), {
      abortSignal: signal,
    }),
  ),
  'ElasticLoadBalancing.DescribeLoadBalancers': pages('elb', paginateClassicLoadBalancers),
  DescribeDBInstances: pages('rds', paginateDescribeDBInstances),
};
