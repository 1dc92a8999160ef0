import { isItem, thingsOf } from './changed/things-of.ts';
import type { AwsSnapshot, CallKey } from './resources/index.ts';

/** An account in a Region. */
export type Neighbour = { readonly account: string; readonly region: string };

/** The members that name another account, by the call whose items hold them; the Region is the snapshot's own. */
const OWNERS: readonly (readonly [CallKey, readonly string[]])[] = [
  // subnets are shared, and whoever takes part sees neither their route tables nor their network ACLs
  ['DescribeVpcs', ['OwnerId']],
  ['DescribeSubnets', ['OwnerId']],
  ['DescribeNetworkInterfaces', ['OwnerId']],
  ['DescribeTransitGateways', ['OwnerId']],
  ['DescribeTransitGatewayAttachments', ['TransitGatewayOwnerId', 'ResourceOwnerId']],
  ['DescribeTransitGatewayVpcAttachments', ['VpcOwnerId']],
];

/**
 * The accounts and Regions that this one is joined to directly: by a peering, a transit gateway or a shared subnet. Where packets go from here,
 * and who comes in, is known only together with them. By account and then Region, each once.
 */
export function neighboursOf(snapshot: AwsSnapshot): readonly Neighbour[] {
  const { account, region } = snapshot._meta;
  const found = new Map<string, Neighbour>();
  const note = (other: unknown, where: unknown): void => {
    if (typeof other !== 'string' || !/^\d{12}$/.test(other) || typeof where !== 'string') return;
    if (other !== account || where !== region)
      found.set(`${other} ${where}`, { account: other, region: where });
  };
  for (const [call, members] of OWNERS) {
    for (const item of itemsOf(snapshot, call)) for (const member of members) note(item[member], region);
  }
  for (const peering of itemsOf(snapshot, 'DescribeVpcPeeringConnections')) {
    for (const side of [peering['RequesterVpcInfo'], peering['AccepterVpcInfo']])
      if (isItem(side)) note(side['OwnerId'], side['Region'] ?? region);
  }
  for (const peering of itemsOf(snapshot, 'DescribeTransitGatewayPeeringAttachments')) {
    for (const side of [peering['RequesterTgwInfo'], peering['AccepterTgwInfo']])
      if (isItem(side)) note(side['OwnerId'], side['Region'] ?? region);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, neighbour]) => neighbour);
}

function itemsOf(snapshot: AwsSnapshot, call: CallKey) {
  return [...(thingsOf(snapshot, call)?.values() ?? [])].filter(isItem);
}
