import type { Responses, LiveCall } from '../resources/index.ts';
import { references } from './references.ts';

/** An id that something in a snapshot names and that the call which lists such things did not give. */
export type Dangling = { readonly call: LiveCall; readonly id: string; readonly namedBy: string };

/**
 * The ids that lead nowhere, each once, with the first place that names it.
 *
 * Calls made side by side are not one instant: what was made in between is named by one answer and missing from another.
 * A call that was not read at all has its own blind spot, so nothing dangles there.
 */
export function danglingIds(snapshot: Responses): readonly Dangling[] {
  const known = knownIds(snapshot);
  const found = new Map<string, Dangling>();
  for (const reference of references(snapshot)) {
    const { call, id } = reference;
    if (id === undefined || id === '' || known.get(call)?.has(id) !== false) continue;
    if (!found.has(`${call} ${id}`)) found.set(`${call} ${id}`, { call, id, namedBy: reference.namedBy });
  }
  return [...found.values()];
}

function knownIds(snapshot: Responses): ReadonlyMap<LiveCall, ReadonlySet<string | undefined>> {
  const known = new Map<LiveCall, ReadonlySet<string | undefined>>();
  const add = (call: LiveCall, ids: readonly (string | undefined)[] | undefined): void => {
    if (ids !== undefined && snapshot[call] !== undefined) known.set(call, new Set(ids));
  };
  const s = snapshot;
  add(
    'DescribeVpcs',
    s.DescribeVpcs?.Vpcs?.map((x) => x.VpcId),
  );
  add(
    'DescribeSubnets',
    s.DescribeSubnets?.Subnets?.map((x) => x.SubnetId),
  );
  add(
    'DescribeSecurityGroups',
    s.DescribeSecurityGroups?.SecurityGroups?.map((x) => x.GroupId),
  );
  add(
    'DescribeNetworkInterfaces',
    s.DescribeNetworkInterfaces?.NetworkInterfaces?.map((x) => x.NetworkInterfaceId),
  );
  add(
    'DescribeInstances',
    s.DescribeInstances?.Reservations?.flatMap((x) => x.Instances?.map((y) => y.InstanceId)),
  );
  add(
    'DescribeManagedPrefixLists',
    s.DescribeManagedPrefixLists?.PrefixLists?.map((x) => x.PrefixListId),
  );
  add(
    'DescribeInternetGateways',
    s.DescribeInternetGateways?.InternetGateways?.map((x) => x.InternetGatewayId),
  );
  add(
    'DescribeEgressOnlyInternetGateways',
    s.DescribeEgressOnlyInternetGateways?.EgressOnlyInternetGateways?.map(
      (x) => x.EgressOnlyInternetGatewayId,
    ),
  );
  add(
    'DescribeNatGateways',
    s.DescribeNatGateways?.NatGateways?.map((x) => x.NatGatewayId),
  );
  add(
    'DescribeVpcPeeringConnections',
    s.DescribeVpcPeeringConnections?.VpcPeeringConnections?.map((x) => x.VpcPeeringConnectionId),
  );
  add(
    'DescribeVpcEndpoints',
    s.DescribeVpcEndpoints?.VpcEndpoints?.map((x) => x.VpcEndpointId),
  );
  add(
    'DescribeTransitGateways',
    s.DescribeTransitGateways?.TransitGateways?.map((x) => x.TransitGatewayId),
  );
  add(
    'DescribeVpnGateways',
    s.DescribeVpnGateways?.VpnGateways?.map((x) => x.VpnGatewayId),
  );
  return known;
}
