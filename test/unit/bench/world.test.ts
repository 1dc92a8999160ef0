import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../bench/shape.ts';
import { WORLDS } from '../../bench/world/sizes.ts';
import { buildWorld, type World } from '../../bench/world/world.ts';

const world = buildWorld(WORLDS.S);
const withoutTransit = buildWorld(WORLDS.S, { transitGateways: false });

/** Every member of the response bodies whose name ends in `Id` or `Ids`, with its text. */
function namedIds(value: unknown, key = ''): { key: string; id: string }[] {
  if (typeof value === 'string') return /Ids?$/.test(key) ? [{ key, id: value }] : [];
  if (Array.isArray(value)) return value.flatMap((inner) => namedIds(inner, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([inner, member]) => namedIds(member, inner));
}

/** The ids of all that the account describes, with repeats if there are any. */
function describedIds(of: World): string[] {
  return [
    ...of.DescribeVpcs.Vpcs.map(({ VpcId }) => VpcId),
    ...of.DescribeSubnets.Subnets.map(({ SubnetId }) => SubnetId),
    ...of.DescribeSecurityGroups.SecurityGroups.map(({ GroupId }) => GroupId),
    ...of.DescribeSecurityGroupRules.SecurityGroupRules.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId),
    ...of.DescribeNetworkInterfaces.NetworkInterfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId),
    ...of.DescribeInstances.Reservations.map(({ ReservationId }) => ReservationId),
    ...of.DescribeInstances.Reservations.flatMap(({ Instances }) =>
      Instances.map(({ InstanceId }) => InstanceId),
    ),
    ...of.DescribeRouteTables.RouteTables.map(({ RouteTableId }) => RouteTableId),
    ...of.DescribeNetworkAcls.NetworkAcls.map(({ NetworkAclId }) => NetworkAclId),
    ...of.DescribeInternetGateways.InternetGateways.map(({ InternetGatewayId }) => InternetGatewayId),
    ...of.DescribeNatGateways.NatGateways.map(({ NatGatewayId }) => NatGatewayId),
    ...of.DescribeAddresses.Addresses.map(({ AllocationId }) => AllocationId),
    ...of.DescribeVpcEndpoints.VpcEndpoints.map(({ VpcEndpointId }) => VpcEndpointId),
    ...of.DescribeVpcPeeringConnections.VpcPeeringConnections.map(
      (peering) => peering.VpcPeeringConnectionId,
    ),
    ...of.DescribeTransitGateways.TransitGateways.map(({ TransitGatewayId }) => TransitGatewayId),
    ...of.DescribeManagedPrefixLists.PrefixLists.map(({ PrefixListId }) => PrefixListId),
  ];
}

/** Ids that must lead to something described; others (attachments, images) stand for themselves. */
const REFERENCE = /^(vpc|subnet|sg|eni|i|rtb|acl|igw|nat|eipalloc|vpce|pcx|tgw|pl)-[0-9a-f]+$/;

function danglingIn(of: World): string[] {
  const described = new Set(describedIds(of));
  const live = {
    ...of,
    // A blackhole route is one whose target is gone.
    DescribeRouteTables: of.DescribeRouteTables.RouteTables.map(({ Routes, ...table }) => ({
      ...table,
      Routes: Routes.filter(({ State }) => State === 'active'),
    })),
  };
  return namedIds(live)
    .filter(({ id }) => REFERENCE.test(id) && !described.has(id))
    .map(({ key, id }) => `${key} ${id}`);
}

describe('a world', () => {
  it('has the counts that its size asks for', () => {
    const { groups, interfaces, rules, vpcs, groupSets, classes } = shapeOf(world);
    expect({ seed: 7, groups, interfaces, rules, vpcs }).toEqual(WORLDS.S);
    expect(world.DescribeSecurityGroupRules.SecurityGroupRules).toHaveLength(rules);
    expect(groupSets).toBeGreaterThan(groups);
    expect(classes).toBeGreaterThan(groupSets * 1.5);
  });

  it('is the same text for the same seed, and another for another', () => {
    const text = JSON.stringify(world);
    expect(JSON.stringify(buildWorld({ ...WORLDS.S }))).toBe(text);
    expect(JSON.stringify(buildWorld({ ...WORLDS.S, seed: 8 }))).not.toBe(text);
  });

  it('says in JSON all that it says', () => {
    expect(JSON.parse(JSON.stringify(world))).toEqual(world);
  });

  it('describes nothing twice', () => {
    const ids = describedIds(world);
    expect(ids.length).toBeGreaterThan(3_700);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    { kind: 'with transit gateways', of: world },
    { kind: 'without', of: withoutTransit },
  ])('has no reference that leads nowhere, $kind', ({ of }) => {
    expect(danglingIn(of)).toEqual([]);
  });

  it('would show a reference that leads nowhere', () => {
    const [first, ...others] = world.DescribeSubnets.Subnets;
    expect(danglingIn({ ...world, DescribeSubnets: { Subnets: others } })).toContain(
      `SubnetId ${first?.SubnetId}`,
    );
  });

  it('gives each private address once in a VPC, within the subnet', () => {
    const cards = world.DescribeNetworkInterfaces.NetworkInterfaces;
    const addresses = cards.flatMap(({ VpcId, PrivateIpAddresses }) =>
      PrivateIpAddresses.map(({ PrivateIpAddress }) => `${VpcId} ${PrivateIpAddress}`),
    );
    expect(new Set(addresses).size).toBe(addresses.length);
    const blockOf = new Map(
      world.DescribeSubnets.Subnets.map(({ SubnetId, CidrBlock }) => [SubnetId, CidrBlock]),
    );
    for (const { SubnetId, PrivateIpAddresses } of cards) {
      for (const { PrivateIpAddress } of PrivateIpAddresses) {
        expect(twentyOf(PrivateIpAddress)).toBe(blockOf.get(SubnetId));
      }
    }
  });

  it('gives each public address once', () => {
    const cards = world.DescribeNetworkInterfaces.NetworkInterfaces;
    const addresses = cards.flatMap(({ Association }) =>
      Association === undefined ? [] : [Association.PublicIp],
    );
    expect(addresses.length).toBeGreaterThan(10);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('says the same in the groups and in the rule records', () => {
    const records = world.DescribeSecurityGroupRules.SecurityGroupRules.map((rule) => {
      const end = rule.CidrIpv4 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId ?? '';
      const ports = rule.IpProtocol === '-1' ? '' : `${rule.FromPort}-${rule.ToPort}`;
      return `${rule.GroupId} ${rule.IsEgress} ${rule.IpProtocol} ${ports} ${end}`;
    });
    const written = world.DescribeSecurityGroups.SecurityGroups.flatMap((group) =>
      [false, true].flatMap((isEgress) =>
        (isEgress ? group.IpPermissionsEgress : group.IpPermissions).flatMap((permission) => {
          const ends = [
            ...permission.IpRanges.map(({ CidrIp }) => CidrIp),
            ...permission.PrefixListIds.map(({ PrefixListId }) => PrefixListId),
            ...permission.UserIdGroupPairs.map(({ GroupId }) => GroupId),
          ];
          const ports = permission.IpProtocol === '-1' ? '' : `${permission.FromPort}-${permission.ToPort}`;
          return ends.map((end) => `${group.GroupId} ${isEgress} ${permission.IpProtocol} ${ports} ${end}`);
        }),
      ),
    );
    expect(records.toSorted()).toEqual(written.toSorted());
    expect(new Set(records).size).toBe(records.length);
  });

  it('names groups of other VPCs only over a peering that is there', () => {
    const vpcOf = new Map(
      world.DescribeSecurityGroups.SecurityGroups.map(({ GroupId, VpcId }) => [GroupId, VpcId]),
    );
    const endsOf = new Map(
      world.DescribeVpcPeeringConnections.VpcPeeringConnections.map((peering) => [
        peering.VpcPeeringConnectionId,
        [peering.RequesterVpcInfo.VpcId, peering.AccepterVpcInfo.VpcId].toSorted(),
      ]),
    );
    let crossing = 0;
    for (const { GroupId, ReferencedGroupInfo: named } of world.DescribeSecurityGroupRules
      .SecurityGroupRules) {
      if (named === undefined) continue;
      const vpcs = [vpcOf.get(GroupId), vpcOf.get(named.GroupId)];
      if (vpcs[0] === vpcs[1]) {
        expect(named.VpcPeeringConnectionId).toBeUndefined();
      } else {
        expect(endsOf.get(named.VpcPeeringConnectionId ?? '')).toEqual(vpcs.toSorted());
        crossing += 1;
      }
    }
    expect(crossing).toBeGreaterThan(0);
  });

  it('keeps to the usual quota of rules', () => {
    const counts = new Map<string, number>();
    for (const { GroupId, IsEgress } of world.DescribeSecurityGroupRules.SecurityGroupRules) {
      const key = `${GroupId} ${IsEgress}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(60);
  });

  it('puts every subnet under one ACL', () => {
    const guarded = world.DescribeNetworkAcls.NetworkAcls.flatMap(({ Associations }) =>
      Associations.map(({ SubnetId }) => SubnetId),
    );
    expect(guarded.toSorted()).toEqual(
      world.DescribeSubnets.Subnets.map(({ SubnetId }) => SubnetId).toSorted(),
    );
  });
});

describe('transit gateways', () => {
  const text = /"(TransitGatewayId|tgw-)|"transit_gateway"/;

  it('carry 10.0.0.0/8 from some VPCs', () => {
    const routes = world.DescribeRouteTables.RouteTables.flatMap(({ Routes }) => Routes);
    const carried = routes.filter((route) => 'TransitGatewayId' in route);
    expect(carried.length).toBeGreaterThan(0);
    expect(world.DescribeTransitGatewayAttachments.TransitGatewayAttachments).toHaveLength(
      carried.length / 3,
    );
  });

  it('can be left out, and then nothing speaks of them', () => {
    expect(JSON.stringify(world)).toMatch(text);
    expect(JSON.stringify(withoutTransit)).not.toMatch(text);
    expect(shapeOf(withoutTransit)).toMatchObject({ groups: 200, interfaces: 500, rules: 3_000, vpcs: 4 });
  });
});

describe('a world of many VPCs', () => {
  const many = buildWorld({ seed: 5, vpcs: 25, groups: 400, interfaces: 1_200, rules: 4_000 });

  it('has default VPCs that overlap, of which one is the real one', () => {
    const overlapping = many.DescribeVpcs.Vpcs.filter(({ CidrBlock }) => CidrBlock === '172.31.0.0/16');
    expect(overlapping).toHaveLength(2);
    expect(overlapping.filter(({ IsDefault }) => IsDefault)).toHaveLength(1);
    const others = many.DescribeVpcs.Vpcs.filter((vpc) => !overlapping.includes(vpc)).map(
      ({ CidrBlock }) => CidrBlock,
    );
    expect(new Set(others).size).toBe(others.length);
  });

  it('peers about 30 % of the pairs, none that overlap', () => {
    const peerings = many.DescribeVpcPeeringConnections.VpcPeeringConnections;
    expect(peerings.length / ((25 * 24) / 2)).toBeGreaterThan(0.24);
    expect(peerings.length / ((25 * 24) / 2)).toBeLessThan(0.36);
    for (const { RequesterVpcInfo, AccepterVpcInfo } of peerings) {
      expect(RequesterVpcInfo.CidrBlock).not.toBe(AccepterVpcInfo.CidrBlock);
    }
  });

  it('has no two routes of a table for one destination', () => {
    for (const { Routes } of many.DescribeRouteTables.RouteTables) {
      const destinations = Routes.map((route) =>
        'DestinationCidrBlock' in route ? route.DestinationCidrBlock : route.DestinationPrefixListId,
      );
      expect(new Set(destinations).size).toBe(destinations.length);
    }
  });
});

function twentyOf(address: string): string {
  const [a, b, c] = address.split('.');
  return `${a}.${b}.${Number(c) & 0xf0}.0/20`;
}
