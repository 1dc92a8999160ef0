import type { Network } from '#model';
import type { AwsSnapshot } from '../resources/index.ts';
import { addAcls } from './acls.ts';
import { AddressBlocks } from './address-blocks.ts';
import { publicAccessOf } from './block-public-access.ts';
import { Draft } from './draft.ts';
import { addEndpointServices, addFrontDoors } from './front-doors.ts';
import { GatewayFates } from './gateway-fates.ts';
import { addEndpointGateways, addInternetGateways } from './gateways.ts';
import { GroupMembers } from './group-members.ts';
import { GroupReferences } from './group-references.ts';
import { readInstances } from './instances.ts';
import { readInterfaces } from './interface-records.ts';
import { markHiddenPublicAddresses } from './hidden-public-addresses.ts';
import { addInnerServices } from './inner-services.ts';
import { addInstanceConnectEndpoints } from './instance-connect.ts';
import { addInterfaces } from './interfaces.ts';
import { addInternetUnknown } from './internet.ts';
import { addLoadBalancers } from './load-balancers.ts';
import { addNatGateways } from './nat-gateways.ts';
import { addNetworks, widenToSubnets } from './networks.ts';
import { noteOtherBlindSpots } from './other-blind-spots.ts';
import { addPeerings } from './peerings.ts';
import { PrefixLists } from './prefix-lists.ts';
import { addRouteTables } from './route-tables.ts';
import { RouteTargets } from './route-targets.ts';
import { RuleRecords } from './rule-records.ts';
import { addSecurityGroups } from './security-groups.ts';
import { Services } from './services.ts';
import { addSideDoors } from './side-doors.ts';
import { addSubnets, readSubnets } from './subnets.ts';
import { addTransitGateways } from './transit-gateways.ts';
import { markTransitLandings } from './transit-landings.ts';
import { RuleTransports } from './transport.ts';
import { noteUnreadClusters } from './unread-clusters.ts';
import { addVpnGateways } from './vpn-gateways.ts';

/**
 * The network that AWS snapshots tell of, of any number of accounts and Regions. Never throws: what cannot be read or is
 * not modelled becomes a blind spot, and whatever hangs on it unknown.
 */
export function translate(snapshots: readonly AwsSnapshot[]): Network {
  const draft = new Draft(snapshots);
  const transports = new RuleTransports();
  const blocks = new AddressBlocks();
  const lists = new PrefixLists(draft);

  addNetworks(draft);
  const interfaces = readInterfaces(draft);
  const subnets = readSubnets(draft, interfaces.values());
  widenToSubnets(draft, subnets);

  const instances = readInstances(draft);
  const fates = new GatewayFates(draft);
  addInternetGateways(draft, fates);
  addEndpointGateways(draft, fates);
  addNatGateways(draft, fates);
  addPeerings(draft, fates);
  addTransitGateways(draft, fates, subnets);
  addVpnGateways(draft, fates);

  const targets = new RouteTargets(draft, fates, interfaces, instances);
  const tables = addRouteTables(draft, { targets, lists });
  const acls = addAcls(draft, { transports, blocks });
  addSubnets(draft, { acls, tables, targets, accessOf: publicAccessOf(draft) }, subnets);
  addSideDoors(draft);
  addInternetUnknown(draft);
  addInnerServices(draft);

  const groups = draft.distinct('DescribeSecurityGroups');
  const members = new GroupMembers(interfaces.values());
  const references = new GroupReferences(draft, groups, members);
  const records = new RuleRecords(draft, transports);
  addSecurityGroups(draft, groups, {
    transports,
    blocks,
    lists,
    references,
    records,
    members,
    taken: new Set(),
  });

  const services = new Services(draft);
  addInterfaces(draft, interfaces.values(), instances, services);
  markTransitLandings(draft);
  markHiddenPublicAddresses(draft, interfaces.values(), services);
  addLoadBalancers(draft, [...interfaces.values()]);
  addFrontDoors(draft, [...interfaces.values()]);
  addInstanceConnectEndpoints(draft);
  addEndpointServices(draft);
  noteOtherBlindSpots(draft, interfaces.values());
  noteUnreadClusters(draft);
  return draft.finish();
}
