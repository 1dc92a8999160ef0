import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf, isWithin, overlap, parseAddress } from './address.ts';
import { interpret } from './index.ts';
import type { Account } from './index.ts';
import { someQuestions } from './questions.ts';
import { FEATURE_NAMES, FEATURES, onlyWith } from './world/features.ts';
import type { FeatureName } from './world/features.ts';
import { smallest, worldOf, worlds } from './worlds.ts';

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed);

describe('every world', () => {
  it('is the same for the same seed', () => {
    expect(worldOf(7)).toEqual(worldOf(7));
    expect(worldOf(7)).not.toEqual(worldOf(8));
  });

  it('is as small as promised', () => {
    for (const world of SEEDS.map((seed) => worldOf(seed))) {
      expect(all(world, 'DescribeNetworkInterfaces', 'NetworkInterfaces').length).toBeLessThanOrEqual(10);
      const subnets = all(world, 'DescribeSubnets', 'Subnets').length;
      expect(subnets).toBeGreaterThanOrEqual(2);
      expect(subnets).toBeLessThanOrEqual(4);
      expect(all(world, 'DescribeVpcs', 'Vpcs').length).toBeLessThanOrEqual(3);
    }
  });

  it('is well-formed: what AWS would not print does not occur', () => {
    fc.assert(
      fc.property(worlds, ({ targets }) => {
        expect(flawsOf(targets)).toEqual([]);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('can be asked anything', () => {
    fc.assert(
      fc.property(worlds, ({ seed, targets }) => {
        const oracle = interpret(targets);
        for (const question of someQuestions(targets, 100, seed)) {
          const { routed, forward, session } = oracle.ask(question);
          expect(routed || !forward).toBe(true);
          expect(forward || !session).toBe(true);
        }
      }),
      { numRuns: 100, seed: 2 },
    );
  });
});

/** Something in the describe responses that only this feature brings. */
const TRACES: Readonly<Record<FeatureName, (world: Account[]) => boolean>> = {
  manyInterfaces: (world) => all(world, 'DescribeNetworkInterfaces', 'NetworkInterfaces').length > 5,
  manyRules: (world) => groupsOf(world).some((group) => group.IpPermissions.length > 2),
  severalVpcs: (world) => all(world, 'DescribeVpcs', 'Vpcs').length > 1,
  severalTargets: says('"account":"444455556666"'),
  crossRegion: says('"region":"eu-central-1"'),
  overlappingVpcs: (world) => {
    const blocks = all(world, 'DescribeVpcs', 'Vpcs').map((vpc) => blockOf(vpc.CidrBlock));
    return blocks.some((a, at) => blocks.some((b, other) => at !== other && overlap(a, b)));
  },
  publicVpcCidrs: says('"CidrBlock":"198.51.100.0/25"'),
  secondaryCidrs: says('vpc-cidr-assoc-1'),
  ipv6: says('"Ipv6Address":"2001:db8'),
  uniqueLocalIpv6: says('"Ipv6Address":"fd12:'),
  peering: says('"VpcPeeringConnectionId"'),
  internetGateways: says('"InternetGatewayId"'),
  egressOnlyGateways: says('"EgressOnlyInternetGatewayId"'),
  natGateways: says('"NatGatewayId"'),
  gatewayEndpoints: says('"VpcEndpointId"'),
  explicitTables: (world) =>
    all(world, 'DescribeRouteTables', 'RouteTables').length > all(world, 'DescribeVpcs', 'Vpcs').length,
  moreSpecificRoutes: says('"DestinationCidrBlock":"9.0.0.0/8"'),
  prefixListRoutes: says('"PrefixListName":"routes-3"'),
  prefixLists: says('"PrefixListName":"rules-0"'),
  groupReferences: (world) =>
    groupsOf(world)
      .filter((group) => group.GroupName !== 'default')
      .some((group) => group.IpPermissions.some((permission) => permission.UserIdGroupPairs.length > 0)),
  sharedGroups: (world) => {
    const homes = new Map(groupsOf(world).map((group) => [group.GroupId, group.VpcId]));
    return all(world, 'DescribeNetworkInterfaces', 'NetworkInterfaces').some((each) =>
      each.Groups.some((group) => homes.get(group.GroupId) !== each.VpcId),
    );
  },
  defaultGroups: says('"GroupName":"default"'),
  oddProtocols: (world) =>
    groupsOf(world).some((group) => group.IpPermissions.some(({ IpProtocol }) => /^\d+$/.test(IpProtocol))),
  icmp: says('"IcmpTypeCode"'),
  networkAcls: says('"IsDefault":false,"Associations"'),
  publicAddresses: says('"IpOwnerId":"amazon"'),
  secondaryAddresses: (world) =>
    all(world, 'DescribeNetworkInterfaces', 'NetworkInterfaces').some(
      (each) => each.InterfaceType !== 'nat_gateway' && each.PrivateIpAddresses.length > 1,
    ),
  delegatedPrefixes: says('"Ipv4Prefix"'),
  stoppedInstances: says('"Name":"stopped"'),
  detachedInterfaces: says('"Status":"available"'),
  managedInterfaces: says('"Description":"RDSNetworkInterface"'),
  lambda: says('"InterfaceType":"lambda"'),
  ruleListings: says('"SecurityGroupRuleId"'),
  propagatedRoutes: says('"EnableVgwRoutePropagation"'),
  transitGatewayInterfaces: says('"InterfaceType":"transit_gateway"'),
  loadBalancersWithoutGroups: says('"InterfaceType":"network_load_balancer"'),
  severalZones: says('-az2'),
  transitGateways: says('"ResourceType":"vpc"'),
  transitPeering: says('"ResourceType":"peering"'),
  transitReferences: says('"SecurityGroupReferencingSupport":"enable"'),
  transitSites: says('"ResourceType":"vpn"'),
  siteGateways: says('"VpnGatewayId"'),
  blockPublicAccess: says('"InternetGatewayBlockMode":"block-ingress"'),
  appliances: (world) =>
    all(world, 'DescribeNetworkInterfaces', 'NetworkInterfaces').some(
      (each) => !each.SourceDestCheck && each.InterfaceType === 'interface' && !each.RequesterManaged,
    ),
  relays: says('"TargetHealthDescriptions"'),
};

describe.each(FEATURE_NAMES)('feature %s', (name) => {
  it('leaves its trace in some world when on, and in none when off', () => {
    const needed = name.startsWith('transit') ? { transitGateways: true } : {};
    const on = { ...FEATURES, ...needed, [name]: true };
    expect(SEEDS.some((seed) => TRACES[name](worldOf(seed, on)))).toBe(true);
    const off = SEEDS.slice(0, 40).map((seed) => worldOf(seed, { ...on, [name]: false }));
    expect(off.some(TRACES[name])).toBe(false);
  });
});

describe('making a failing world smaller', () => {
  it('keeps only the features that the failure needs', () => {
    const hasNat = says('"NatGatewayId"');
    const seed = SEEDS.find((each) => hasNat(worldOf(each))) ?? 0;
    const { features, targets } = smallest(seed, hasNat);
    expect(FEATURE_NAMES.filter((name) => features[name])).toEqual(['natGateways']);
    expect(hasNat([...targets])).toBe(true);
  });

  it('changes nothing else', () => {
    const without = (seed: number, name: FeatureName) => worldOf(seed, { [name]: false });
    for (const seed of SEEDS.slice(0, 50)) {
      expect(groupsOf(without(seed, 'networkAcls'))).toEqual(groupsOf(worldOf(seed)));
      expect(all(without(seed, 'moreSpecificRoutes'), 'DescribeNetworkAcls', 'NetworkAcls')).toEqual(
        all(worldOf(seed), 'DescribeNetworkAcls', 'NetworkAcls'),
      );
    }
    expect(onlyWith(['ipv6'])).toMatchObject({ ipv6: true, icmp: false });
  });
});

/** What AWS holds true of its own responses, as far as worlds could break it. */
function flawsOf(world: readonly Account[]): string[] {
  const interfaces = all(world, 'DescribeNetworkInterfaces', 'NetworkInterfaces');
  const subnets = all(world, 'DescribeSubnets', 'Subnets');
  const vpcs = all(world, 'DescribeVpcs', 'Vpcs');
  const acls = all(world, 'DescribeNetworkAcls', 'NetworkAcls');
  const tables = all(world, 'DescribeRouteTables', 'RouteTables');
  const flaws: string[] = [];
  const demand = (holds: boolean, flaw: string) => {
    if (!holds) flaws.push(flaw);
  };
  for (const subnet of subnets) {
    const associations = acls.flatMap((acl) => acl.Associations);
    demand(
      associations.filter(({ SubnetId }) => SubnetId === subnet.SubnetId).length === 1,
      'one ACL a subnet',
    );
    const vpc = vpcs.find((each) => each.VpcId === subnet.VpcId);
    const blocks = vpc?.CidrBlockAssociationSet.map((each) => blockOf(each.CidrBlock)) ?? [];
    const own = blockOf(subnet.CidrBlock);
    demand(
      blocks.some((block) => overlap(block, own) && block.length <= own.length),
      'subnet within its VPC',
    );
    const mates = subnets.filter((each) => each.VpcId === subnet.VpcId && each !== subnet);
    demand(!mates.some((each) => overlap(blockOf(each.CidrBlock), own)), 'subnets apart');
  }
  for (const vpc of vpcs)
    demand(
      tables.filter((table) => table.VpcId === vpc.VpcId && table.Associations.some(({ Main }) => Main))
        .length === 1,
      'one main table',
    );
  for (const table of tables) {
    const vpc = vpcs.find((each) => each.VpcId === table.VpcId);
    const locals = table.Routes.filter((route) => route.GatewayId === 'local').map(
      (route) => route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock,
    );
    demand(
      [
        ...(vpc?.CidrBlockAssociationSet ?? []).map((each) => each.CidrBlock),
        ...(vpc?.Ipv6CidrBlockAssociationSet ?? []).map((each) => each.Ipv6CidrBlock),
      ].every((cidr) => locals.includes(cidr)),
      'a local route for each CIDR',
    );
    const destinations = table.Routes.map((route) => JSON.stringify(Object.entries(route)[0]));
    demand(new Set(destinations).size === destinations.length, 'one static route a destination');
  }
  const said = new Map<string, string>();
  for (const each of interfaces) {
    const subnet = subnets.find(({ SubnetId }) => SubnetId === each.SubnetId);
    demand(subnet?.VpcId === each.VpcId, 'interface within a subnet');
    const blocks = [
      ...(subnet === undefined ? [] : [subnet.CidrBlock]),
      ...(subnet?.Ipv6CidrBlockAssociationSet.map((set) => set.Ipv6CidrBlock) ?? []),
    ].map(blockOf);
    const prefixes = [
      ...(each.Ipv4Prefixes ?? []).map(({ Ipv4Prefix }) => Ipv4Prefix),
      ...(each.Ipv6Prefixes ?? []).map(({ Ipv6Prefix }) => Ipv6Prefix),
    ].map(blockOf);
    const texts = [
      ...each.PrivateIpAddresses.map(({ PrivateIpAddress }) => PrivateIpAddress),
      ...each.Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
    ];
    for (const text of texts) {
      const address = parseAddress(text);
      demand(
        address !== undefined && blocks.some((block) => isWithin(address, block)),
        `${text} in its subnet`,
      );
      const key = `${each.VpcId} ${text}`;
      demand(!said.has(key), `${text} held once`);
      said.set(key, each.NetworkInterfaceId);
    }
    demand(
      prefixes.every((prefix) =>
        blocks.some((block) => overlap(block, prefix) && block.length < prefix.length),
      ),
      'delegated prefix within the subnet',
    );
    const owners = [...said].filter(([key]) => key.startsWith(`${each.VpcId} `));
    demand(
      !owners.some(([key]) => {
        const address = parseAddress(key.slice(key.indexOf(' ') + 1));
        return address !== undefined && prefixes.some((prefix) => isWithin(address, prefix));
      }),
      'delegated prefix free of single addresses',
    );
  }
  return flaws;
}

type Calls = Omit<Required<Account>, '_meta' | 'GetManagedPrefixListEntries'>;

function all<Call extends keyof Calls, Member extends keyof Calls[Call]>(
  world: readonly Account[],
  call: Call,
  member: Member,
): Calls[Call][Member] extends readonly (infer Item)[] ? Item[] : never {
  const items = world.flatMap((target) => (target[call] as Calls[Call] | undefined)?.[member] ?? []);
  return items as Calls[Call][Member] extends readonly (infer Item)[] ? Item[] : never;
}

function groupsOf(world: readonly Account[]) {
  return all(world, 'DescribeSecurityGroups', 'SecurityGroups');
}

function says(text: string): (world: readonly Account[]) => boolean {
  return (world) => JSON.stringify(world).includes(text);
}
