import type { Gateway, Network } from '#model';
import type { AwsSnapshot, ServiceFilter } from '#sources/aws';
import { differs, HOLDS, type Check } from './result.ts';
import type { StateFact } from './statement.ts';

/** Checks whether a resource takes part in the state it is in. */
export function checkStateFact(network: Network, snapshots: readonly AwsSnapshot[], services: readonly ServiceFilter[], fact: StateFact): Check {
  const usable = usableOf(network, snapshots, services, fact.resource);
  if (usable === undefined) return differs(fact, `usable ${String(fact.usable)}`, 'nothing of this id was read');
  return usable === fact.usable ? HOLDS : differs(fact, `usable ${String(fact.usable)}`, `usable ${String(usable)}`, fact.note ?? '');
}

function usableOf(
  network: Network,
  snapshots: readonly AwsSnapshot[],
  services: readonly ServiceFilter[],
  id: string,
): boolean | undefined {
  const service = services.find((each) => each.id === id);
  if (service !== undefined) return service.isUsable;
  const gateway = [...network.gateways.values()].find((each) => each.id === id);
  if (gateway !== undefined) return isUsable(gateway);
  const interfaces = [...network.endpoints.values()].filter((endpoint) => endpoint.at.id === id || endpoint.host === id);
  if (interfaces.length > 0) return interfaces.some(({ liveness }) => liveness === 'live');
  // it was read, and the network has nothing of it
  return snapshots.some((snapshot) => gatewayIds(snapshot).includes(id)) ? false : undefined;
}

function isUsable(gateway: Gateway): boolean {
  switch (gateway.kind) {
    case 'internet':
    case 'egress-only':
      return gateway.network !== undefined;
    case 'nat':
    case 'service':
      return gateway.isAvailable;
    case 'peering':
      return gateway.isActive;
  }
}

function gatewayIds(snapshot: AwsSnapshot): readonly string[] {
  return [
    ...(snapshot.DescribeInternetGateways?.InternetGateways ?? []).map(({ InternetGatewayId }) => InternetGatewayId),
    ...(snapshot.DescribeEgressOnlyInternetGateways?.EgressOnlyInternetGateways ?? []).map(({ EgressOnlyInternetGatewayId }) => EgressOnlyInternetGatewayId),
    ...(snapshot.DescribeNatGateways?.NatGateways ?? []).map(({ NatGatewayId }) => NatGatewayId),
    ...(snapshot.DescribeVpcPeeringConnections?.VpcPeeringConnections ?? []).map(({ VpcPeeringConnectionId }) => VpcPeeringConnectionId),
    ...(snapshot.DescribeVpcEndpoints?.VpcEndpoints ?? []).map(({ VpcEndpointId }) => VpcEndpointId),
    ...(snapshot.DescribeInstances?.Reservations ?? []).flatMap(({ Instances = [] }) => Instances.map(({ InstanceId }) => InstanceId)),
  ].flatMap((id) => id ?? []);
}
