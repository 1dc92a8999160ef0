import { idOf, type NetworkId, type PrivateNetwork } from '#model';
import { IpSet } from '#netset';
import type { Draft } from './draft.ts';
import { cidrsOf, type Place } from './place.ts';
import { nameTagOf, tagsOf } from './tags.ts';
import type { Item, Target } from './target.ts';

/**
 * The VPCs.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Vpc.html
 */
export function addNetworks(draft: Draft): void {
  for (const item of draft.distinct('DescribeVpcs').values()) {
    const { id, place, target } = item;
    const network = idOf<'network'>(id);
    const owner = ownerElsewhere(draft, item);
    draft.homes.set(network, target);
    if (owner !== undefined) draft.foreign.set(network, draft.accountNotCollected(owner, target.region));
    draft.networks.set(network, {
      id: network,
      name: nameTagOf(tagsOf(place)) ?? id,
      account: idOf<'account'>(owner ?? target.account),
      region: target.region,
      cidrs: blocksOfVpc(place),
      at: place.ref(id),
    });
  }
}

/** The owner of a thing that a target sees only because it is shared with it, unless the owner was collected too. */
function ownerElsewhere(draft: Draft, { place, target }: Item): string | undefined {
  const owner = place.text('OwnerId');
  if (owner === undefined || owner === target.account || draft.isCollected(owner, target.region))
    return undefined;
  return owner;
}

/**
 * Gives a network that is named but was not collected a stand-in. Whether the internet comes into it is unknown unless an
 * internet gateway says that it does.
 */
export function ensureNetwork(draft: Draft, id: NetworkId, target: Target, place: Place): void {
  if (draft.networks.has(id)) return;
  const because =
    target.unread('DescribeVpcs') ??
    draft.blindSpots.note(`dangling:${id}`, {
      code: 'dangling',
      effect: 'hides-ways',
      what: `VPC ${id} is named but was not among the VPCs that were read`,
      remedy: 'Collect the account again, and with it the account that owns the VPC if it is shared.',
      at: place.ref(id),
    });
  const network: PrivateNetwork = {
    id,
    name: id,
    account: idOf<'account'>(target.account),
    region: target.region,
    cidrs: IpSet.NONE,
    at: place.ref(id),
  };
  draft.networks.set(id, network);
  draft.homes.set(id, target);
  draft.foreign.set(id, because);
}

/** Adds to each network the blocks of its subnets: they lie in it, whether or not its own blocks could be read. */
export function widenToSubnets(
  draft: Draft,
  subnets: readonly { readonly network: NetworkId; readonly cidrs: IpSet }[],
): void {
  const missing = new Map<NetworkId, IpSet>();
  for (const { network, cidrs } of subnets) {
    const known = missing.get(network) ?? draft.networks.get(network)?.cidrs;
    if (known !== undefined && !cidrs.isSubsetOf(known)) missing.set(network, known.union(cidrs));
  }
  for (const [id, cidrs] of missing) {
    const network = draft.networks.get(id);
    if (network !== undefined) draft.networks.set(id, { ...network, cidrs });
  }
}

function blocksOfVpc(place: Place): IpSet {
  const associated = (member: string, state: string) =>
    place.items(member).filter((item) => isAssociated(item.child(state).text('State')));
  const primary = place.cidr('CidrBlock');
  return (primary === undefined ? IpSet.NONE : IpSet.of(primary))
    .union(cidrsOf(associated('CidrBlockAssociationSet', 'CidrBlockState'), 'CidrBlock'))
    .union(cidrsOf(associated('Ipv6CidrBlockAssociationSet', 'Ipv6CidrBlockState'), 'Ipv6CidrBlock'));
}

/** Whether a block, or a route table, takes part. AWS leaves the state out where there is no other. */
export function isAssociated(state: string | undefined): boolean {
  return state === undefined || state === 'associated';
}
