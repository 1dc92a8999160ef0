import type { Gateway, Network } from '#model';
import type { AwsSnapshot, ServiceFilter } from '#sources/aws';
import { differs, HOLDS, type Check } from './result.ts';
import type { StateFact } from './statement.ts';

/** Checks whether a resource takes part in the state it is in. */
export function checkStateFact(
  network: Network,
  snapshots: readonly AwsSnapshot[],
  services: readonly ServiceFilter[],
  fact: StateFact,
): Check {
  const usable = usableOf(network, snapshots, services, fact.resource);
  if (usable === undefined)
    return differs(fact, `usable ${String(fact.usable)}`, 'nothing of this id was read and understood');
  return usable === fact.usable
    ? HOLDS
    : differs(fact, `usable ${String(fact.usable)}`, `usable ${String(usable)}`, fact.note ?? '');
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
  const interfaces = [...network.endpoints.values()].filter(
    (endpoint) => endpoint.at.id === id || endpoint.host === id,
  );
  if (interfaces.length > 0) return interfaces.some(({ liveness }) => liveness === 'live');
  // it was read and the network has nothing of it: because it is gone, or because it was not understood
  const states = snapshots.flatMap((snapshot) => statesIn(snapshot)).filter((each) => each.id === id);
  return states.length > 0 && states.every(({ state }) => GONE.test(state ?? '')) ? false : undefined;
}

const GONE = /^(?:delet|detach|expir|fail|reject|shutting|terminat)/i;

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
    case 'site':
    case 'outlet':
    case 'transit':
      return true;
  }
}

/** What may be in a response and not in the network, with the state that the response gives it. */
function statesIn(
  snapshot: AwsSnapshot,
): readonly { readonly id: string | undefined; readonly state: string | undefined }[] {
  return [
    ...(snapshot.DescribeNatGateways?.NatGateways ?? []).map(({ NatGatewayId: id, State: state }) => ({
      id,
      state,
    })),
    ...(snapshot.DescribeVpcPeeringConnections?.VpcPeeringConnections ?? []).map(
      ({ VpcPeeringConnectionId: id, Status }) => ({ id, state: Status?.Code }),
    ),
    ...(snapshot.DescribeVpcEndpoints?.VpcEndpoints ?? []).map(({ VpcEndpointId: id, State: state }) => ({
      id,
      state,
    })),
    ...(snapshot.DescribeInstances?.Reservations ?? []).flatMap(({ Instances = [] }) =>
      Instances.map(({ InstanceId: id, State }) => ({ id, state: State?.Name })),
    ),
  ];
}
