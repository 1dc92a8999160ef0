import type { AwsIpPermission, AwsRoute, Responses, LiveCall } from '../resources/index.ts';

/** One thing names another by id: which call lists such things, and the place that names it. */
export type Reference = {
  readonly call: LiveCall;
  readonly id: string | undefined;
  readonly namedBy: string;
};

/** Every id in a snapshot that ought to be in another answer of the same snapshot. */
export function* references(snapshot: Responses): Generator<Reference> {
  yield* ofSubnets(snapshot);
  yield* ofGroups(snapshot);
  yield* ofInterfaces(snapshot);
  yield* ofInstances(snapshot);
  yield* ofRouteTables(snapshot);
  yield* ofAclsAndGateways(snapshot);
  yield* ofServices(snapshot);
}

function* ofSubnets({ DescribeSubnets }: Responses): Generator<Reference> {
  for (const [i, subnet] of (DescribeSubnets?.Subnets ?? []).entries()) {
    yield { call: 'DescribeVpcs', id: subnet.VpcId, namedBy: `DescribeSubnets.Subnets[${i}].VpcId` };
  }
}

function* ofGroups({ DescribeSecurityGroups }: Responses): Generator<Reference> {
  for (const [i, group] of (DescribeSecurityGroups?.SecurityGroups ?? []).entries()) {
    const place = `DescribeSecurityGroups.SecurityGroups[${i}]`;
    yield { call: 'DescribeVpcs', id: group.VpcId, namedBy: `${place}.VpcId` };
    for (const list of ['IpPermissions', 'IpPermissionsEgress'] as const) {
      for (const [j, permission] of (group[list] ?? []).entries()) {
        yield* ofPermission(permission, group.OwnerId, `${place}.${list}[${j}]`);
      }
    }
  }
}

/** A group of another account or behind a peering is not in this account's answer, nor need it be. */
function* ofPermission(
  permission: AwsIpPermission,
  owner: string | undefined,
  place: string,
): Generator<Reference> {
  for (const [k, list] of (permission.PrefixListIds ?? []).entries()) {
    yield {
      call: 'DescribeManagedPrefixLists',
      id: list.PrefixListId,
      namedBy: `${place}.PrefixListIds[${k}]`,
    };
  }
  for (const [k, pair] of (permission.UserIdGroupPairs ?? []).entries()) {
    if (pair.VpcPeeringConnectionId !== undefined || (pair.UserId ?? owner) !== owner) continue;
    yield { call: 'DescribeSecurityGroups', id: pair.GroupId, namedBy: `${place}.UserIdGroupPairs[${k}]` };
  }
}

function* ofInterfaces({ DescribeNetworkInterfaces }: Responses): Generator<Reference> {
  for (const [i, card] of (DescribeNetworkInterfaces?.NetworkInterfaces ?? []).entries()) {
    const place = `DescribeNetworkInterfaces.NetworkInterfaces[${i}]`;
    yield { call: 'DescribeSubnets', id: card.SubnetId, namedBy: `${place}.SubnetId` };
    yield { call: 'DescribeVpcs', id: card.VpcId, namedBy: `${place}.VpcId` };
    for (const [j, group] of (card.Groups ?? []).entries()) {
      yield { call: 'DescribeSecurityGroups', id: group.GroupId, namedBy: `${place}.Groups[${j}]` };
    }
    // Interfaces of AWS services are attached to hosts in accounts of AWS.
    const { InstanceId: id, InstanceOwnerId: hostOwner } = card.Attachment ?? {};
    if (hostOwner === undefined || hostOwner === card.OwnerId) {
      yield { call: 'DescribeInstances', id, namedBy: `${place}.Attachment.InstanceId` };
    }
  }
}

function* ofInstances({ DescribeInstances }: Responses): Generator<Reference> {
  for (const [i, reservation] of (DescribeInstances?.Reservations ?? []).entries()) {
    for (const [j, instance] of (reservation.Instances ?? []).entries()) {
      if (instance.State?.Name === 'terminated' || instance.State?.Name === 'shutting-down') continue;
      for (const [k, card] of (instance.NetworkInterfaces ?? []).entries()) {
        const namedBy = `DescribeInstances.Reservations[${i}].Instances[${j}].NetworkInterfaces[${k}]`;
        yield { call: 'DescribeNetworkInterfaces', id: card.NetworkInterfaceId, namedBy };
      }
    }
  }
}

function* ofRouteTables({ DescribeRouteTables }: Responses): Generator<Reference> {
  for (const [i, table] of (DescribeRouteTables?.RouteTables ?? []).entries()) {
    const place = `DescribeRouteTables.RouteTables[${i}]`;
    yield { call: 'DescribeVpcs', id: table.VpcId, namedBy: `${place}.VpcId` };
    for (const [j, association] of (table.Associations ?? []).entries()) {
      yield {
        call: 'DescribeSubnets',
        id: association.SubnetId,
        namedBy: `${place}.Associations[${j}].SubnetId`,
      };
    }
    // A black hole names what is gone: that it leads nowhere is what it says.
    for (const [j, route] of (table.Routes ?? []).entries()) {
      if (route.State !== 'blackhole') yield* ofRoute(route, `${place}.Routes[${j}]`);
    }
  }
}

function* ofRoute(route: AwsRoute, place: string): Generator<Reference> {
  const gateway = gatewayCallOf(route.GatewayId ?? '');
  if (gateway !== undefined) yield { call: gateway, id: route.GatewayId, namedBy: `${place}.GatewayId` };
  for (const [member, call] of ROUTE_TARGETS)
    yield { call, id: route[member], namedBy: `${place}.${member}` };
}

const ROUTE_TARGETS = [
  ['NatGatewayId', 'DescribeNatGateways'],
  ['EgressOnlyInternetGatewayId', 'DescribeEgressOnlyInternetGateways'],
  ['VpcPeeringConnectionId', 'DescribeVpcPeeringConnections'],
  ['TransitGatewayId', 'DescribeTransitGateways'],
  ['NetworkInterfaceId', 'DescribeNetworkInterfaces'],
  ['DestinationPrefixListId', 'DescribeManagedPrefixLists'],
] as const;

/** `GatewayId` holds gateways of three kinds, and the word `local`. */
function gatewayCallOf(id: string): LiveCall | undefined {
  if (id.startsWith('igw-')) return 'DescribeInternetGateways';
  if (id.startsWith('vgw-')) return 'DescribeVpnGateways';
  return id.startsWith('vpce-') ? 'DescribeVpcEndpoints' : undefined;
}

function* ofAclsAndGateways({ DescribeNetworkAcls, DescribeNatGateways }: Responses): Generator<Reference> {
  for (const [i, acl] of (DescribeNetworkAcls?.NetworkAcls ?? []).entries()) {
    for (const [j, association] of (acl.Associations ?? []).entries()) {
      const namedBy = `DescribeNetworkAcls.NetworkAcls[${i}].Associations[${j}].SubnetId`;
      yield { call: 'DescribeSubnets', id: association.SubnetId, namedBy };
    }
  }
  for (const [i, nat] of (DescribeNatGateways?.NatGateways ?? []).entries()) {
    if (nat.State !== 'available') continue;
    yield {
      call: 'DescribeSubnets',
      id: nat.SubnetId,
      namedBy: `DescribeNatGateways.NatGateways[${i}].SubnetId`,
    };
  }
}

function* ofServices(snapshot: Responses): Generator<Reference> {
  const { DescribeVpcEndpoints, DescribeLoadBalancers, DescribeDBInstances } = snapshot;
  for (const [i, endpoint] of (DescribeVpcEndpoints?.VpcEndpoints ?? []).entries()) {
    if (endpoint.State !== 'available') continue;
    for (const [j, id] of (endpoint.NetworkInterfaceIds ?? []).entries()) {
      const namedBy = `DescribeVpcEndpoints.VpcEndpoints[${i}].NetworkInterfaceIds[${j}]`;
      yield { call: 'DescribeNetworkInterfaces', id, namedBy };
    }
  }
  for (const [i, balancer] of (DescribeLoadBalancers?.LoadBalancers ?? []).entries()) {
    for (const [j, id] of (balancer.SecurityGroups ?? []).entries()) {
      const namedBy = `DescribeLoadBalancers.LoadBalancers[${i}].SecurityGroups[${j}]`;
      yield { call: 'DescribeSecurityGroups', id, namedBy };
    }
  }
  for (const [i, database] of (DescribeDBInstances?.DBInstances ?? []).entries()) {
    for (const [j, group] of (database.VpcSecurityGroups ?? []).entries()) {
      const namedBy = `DescribeDBInstances.DBInstances[${i}].VpcSecurityGroups[${j}]`;
      yield { call: 'DescribeSecurityGroups', id: group.VpcSecurityGroupId, namedBy };
    }
  }
}
