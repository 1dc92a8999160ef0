import { parseBlock } from './address.ts';
import type { Address } from './address.ts';
import { readAcl } from './acls.ts';
import type { Acl } from './acls.ts';
import { readGroup } from './groups.ts';
import type { PrefixLists } from './groups.ts';
import { holds, readInterface } from './interfaces.ts';
import type { Interface } from './interfaces.ts';
import type { Account, PeeringConnection } from './responses.ts';
import { readPublicAccess } from './public-access.ts';
import type { PublicAccess } from './public-access.ts';
import { readNat, readTable, wayTo } from './routes.ts';
import type { Gateways, Table, Way } from './routes.ts';
import { readTransit } from './transit.ts';
import type { Transit } from './transit.ts';
import type { Site } from './travel.ts';

/** All accounts and Regions read together: ids are unique, so what two of them describe is said twice. */
export type Network = {
  readonly interfaces: ReadonlyMap<string, Interface>;
  /** By subnet. A subnet without an ACL of its own does not occur in whole responses (NA7). */
  readonly acls: ReadonlyMap<string, Acl>;
  /** The table of a subnet: the associated one, else the main one of its VPC (RT1). */
  readonly tableOf: (subnet: string, vpc: string) => Table;
  readonly vpcsWithInternetGateway: ReadonlySet<string>;
  /** SG8: whether a group rule in one VPC may name the groups of interfaces in the other. */
  readonly mayRefer: (vpc: string, other: string) => boolean;
  readonly isHeld: (address: Address) => boolean;
  readonly transit: Transit;
  readonly publicAccess: PublicAccess;
  /** Every way in from outside AWS that is not the internet. */
  readonly sites: readonly Site[];
  /** Where the edge association of a VPC's gateway sends what comes in by it; undefined without one (RT1). */
  readonly edgeWay: (gateway: 'internet' | 'site', vpc: string, to: Address) => Way | undefined;
  /** A zone's id, the same in every account; its name where the id is not told. */
  readonly zoneOf: (subnet: string) => string | undefined;
  /** Where the answer to "is this client port admitted on the way back?" can change, within 1024–65535. */
  readonly clientPorts: readonly number[];
};

export function readNetwork(accounts: readonly Account[]): Network {
  const lists = readLists(accounts);
  const gateways = readGateways(accounts);
  const interfaces = readInterfaces(accounts, lists);
  const held = [...interfaces.values()];
  const acls = readAcls(accounts);
  const referring = new Set(
    peeringsOf(accounts)
      .filter((peering) => peering.AccepterVpcInfo.Region === peering.RequesterVpcInfo.Region)
      .flatMap(({ AccepterVpcInfo: a, RequesterVpcInfo: b }) => [
        `${a.VpcId} ${b.VpcId}`,
        `${b.VpcId} ${a.VpcId}`,
      ]),
  );
  const transit = readTransit(accounts);
  return {
    interfaces,
    acls,
    transit,
    sites: [
      ...[...new Set(gateways.sites.values())].map((vpc): Site => ({ kind: 'vpc', vpc })),
      ...transit.attachments
        .filter(({ kind }) => kind === 'vpn')
        .map((attachment): Site => ({ kind: 'transit', attachment })),
    ],
    publicAccess: readPublicAccess(accounts),
    edgeWay: readEdges(accounts, lists, gateways),
    zoneOf: readZones(accounts),
    tableOf: readTables(accounts, lists, gateways),
    vpcsWithInternetGateway: new Set(gateways.internet.values()),
    mayRefer: (vpc, other) => vpc === other || referring.has(`${vpc} ${other}`),
    isHeld: (address) => held.some((each) => holds(each, address)),
    clientPorts: clientPortsOf([...acls.values()]),
  };
}

function readInterfaces(accounts: readonly Account[], lists: PrefixLists): Map<string, Interface> {
  const groups = new Map(
    accounts
      .flatMap((account) => account.DescribeSecurityGroups?.SecurityGroups ?? [])
      .map((group) => [group.GroupId, readGroup(group, lists)]),
  );
  const states = new Map(
    accounts
      .flatMap((account) => account.DescribeInstances?.Reservations ?? [])
      .flatMap((reservation) => reservation.Instances)
      .map((instance) => [instance.InstanceId, instance.State.Name]),
  );
  return new Map(
    accounts
      .flatMap((account) => account.DescribeNetworkInterfaces?.NetworkInterfaces ?? [])
      .map((raw) => [raw.NetworkInterfaceId, readInterface(raw, groups, (id) => states.get(id))]),
  );
}

/** An AWS-managed list has one id in all accounts of a Region, and the same entries in each. */
function readLists(accounts: readonly Account[]): PrefixLists {
  const lists = accounts.flatMap((account) => Object.entries(account.GetManagedPrefixListEntries ?? {}));
  return new Map(
    lists.map(([id, list]) => [
      id,
      list.Entries.map((entry) => parseBlock(entry.Cidr)).filter((block) => block !== undefined),
    ]),
  );
}

function readAcls(accounts: readonly Account[]): Map<string, Acl> {
  return new Map(
    accounts
      .flatMap((account) => account.DescribeNetworkAcls?.NetworkAcls ?? [])
      .flatMap((raw) => {
        const acl = readAcl(raw);
        return raw.Associations.map((association) => [association.SubnetId, acl] as const);
      }),
  );
}

function readTables(
  accounts: readonly Account[],
  lists: PrefixLists,
  gateways: Gateways,
): (subnet: string, vpc: string) => Table {
  const bySubnet = new Map<string, Table>();
  const mainOf = new Map<string, Table>();
  for (const raw of accounts.flatMap((account) => account.DescribeRouteTables?.RouteTables ?? [])) {
    const table = readTable(raw, lists, gateways);
    for (const association of raw.Associations) {
      if ((association.AssociationState?.State ?? 'associated') !== 'associated') continue; // RT1
      if (association.SubnetId !== undefined) bySubnet.set(association.SubnetId, table);
      else if (association.Main) mainOf.set(raw.VpcId, table);
    }
  }
  return (subnet, vpc) => bySubnet.get(subnet) ?? mainOf.get(vpc) ?? [];
}

function readEdges(accounts: readonly Account[], lists: PrefixLists, gateways: Gateways): Network['edgeWay'] {
  const tables = new Map(
    accounts
      .flatMap((account) => account.DescribeRouteTables?.RouteTables ?? [])
      .flatMap((raw) =>
        raw.Associations.filter(
          ({ AssociationState: state }) => (state?.State ?? 'associated') === 'associated',
        ).flatMap(({ GatewayId: id }) => (id === undefined ? [] : [[id, readTable(raw, lists, gateways)]])),
      ) as [string, Table][],
  );
  return (gateway, vpc, to) => {
    const own = gateway === 'internet' ? gateways.internet : gateways.sites;
    const id = [...own].find(([each, owner]) => owner === vpc && tables.has(each))?.[0];
    const table = id === undefined ? undefined : tables.get(id);
    return table === undefined ? undefined : wayTo(table, to);
  };
}

function readZones(accounts: readonly Account[]): Network['zoneOf'] {
  const zones = new Map(
    accounts
      .flatMap((account) => account.DescribeSubnets?.Subnets ?? [])
      .map((subnet) => [subnet.SubnetId, subnet.AvailabilityZoneId ?? subnet.AvailabilityZone]),
  );
  return (subnet) => zones.get(subnet);
}

function readGateways(accounts: readonly Account[]): Gateways {
  const internet = accounts.flatMap((account) => account.DescribeInternetGateways?.InternetGateways ?? []);
  const egressOnly = accounts.flatMap(
    (account) => account.DescribeEgressOnlyInternetGateways?.EgressOnlyInternetGateways ?? [],
  );
  const endpoints = accounts.flatMap((account) => account.DescribeVpcEndpoints?.VpcEndpoints ?? []);
  const nats = accounts.flatMap((account) => account.DescribeNatGateways?.NatGateways ?? []);
  return {
    internet: new Map(
      internet.flatMap((gateway) => attachedTo(gateway.Attachments, gateway.InternetGatewayId)),
    ),
    egressOnly: new Map(
      egressOnly.flatMap((gateway) => attachedTo(gateway.Attachments, gateway.EgressOnlyInternetGatewayId)),
    ),
    endpoints: new Map(
      endpoints
        .filter((endpoint) => endpoint.VpcEndpointType === 'Gateway' && endpoint.State === 'available')
        .map((endpoint) => [endpoint.VpcEndpointId, endpoint.VpcId]),
    ),
    sites: new Map(
      accounts
        .flatMap((account) => account.DescribeVpnGateways?.VpnGateways ?? [])
        .filter(({ State }) => State === 'available')
        .flatMap((gateway) => attachedTo(gateway.VpcAttachments, gateway.VpnGatewayId)),
    ),
    inspectors: new Map(
      endpoints
        .filter((endpoint) => endpoint.VpcEndpointType === 'GatewayLoadBalancer')
        .map((endpoint) => [endpoint.VpcEndpointId, endpoint.VpcId]),
    ),
    nats: new Map(
      nats.filter((nat) => nat.State === 'available').map((nat) => [nat.NatGatewayId, readNat(nat)]),
    ),
    peerings: new Map(
      peeringsOf(accounts).map((peering) => [
        peering.VpcPeeringConnectionId,
        [peering.RequesterVpcInfo.VpcId, peering.AccepterVpcInfo.VpcId],
      ]),
    ),
  };
}

/** RT4: AWS calls it `available` for internet gateways and `attached` for egress-only ones. */
function attachedTo(
  attachments: readonly { readonly State: string; readonly VpcId: string }[],
  id: string,
): [string, string][] {
  return attachments
    .filter(({ State }) => State === 'available' || State === 'attached')
    .map(({ VpcId }) => [id, VpcId]);
}

/** RT8: only active ones count. */
function peeringsOf(accounts: readonly Account[]): PeeringConnection[] {
  return accounts
    .flatMap((account) => account.DescribeVpcPeeringConnections?.VpcPeeringConnections ?? [])
    .filter((peering) => peering.Status.Code === 'active');
}

function clientPortsOf(acls: readonly Acl[]): number[] {
  const ranges = acls
    .flatMap((acl) => [...acl.ingress, ...acl.egress])
    .filter((entry) => entry.traffic.protocol !== 'all')
    .map((entry) => entry.traffic.ports);
  const edges = ranges.flatMap(([from, to]) => [from, to + 1]);
  const usual = [1024, 32768, 49152, 65535];
  return [...new Set([...usual, ...edges.filter((port) => port >= 1024 && port <= 65535)])];
}
