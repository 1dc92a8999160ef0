import type { BlindSpotId, EndpointAddress } from '#model';
import { addressesOf } from './addresses.ts';
import type { Draft } from './draft.ts';
import { instancesOf } from './instances.ts';
import type { Place } from './place.ts';
import type { Target } from './target.ts';

/** A network interface as it was read: its facts, before it is told what stands behind it. */
export type InterfaceRecord = {
  readonly id: string;
  readonly place: Place;
  readonly target: Target;
  readonly network: string;
  readonly subnet: string;
  /** Set where `subnet` is a stand-in because the true one could not be read. */
  readonly subnetUnread: BlindSpotId | undefined;
  /** The groups that it carries, as far as they could be read. */
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  /** Set where it may carry more groups than these. */
  readonly moreGroups: BlindSpotId | undefined;
  readonly addresses: readonly EndpointAddress[];
  /** The instance to which it is attached. */
  readonly instance: string | undefined;
  readonly type: string;
  readonly description: string;
};

/**
 * The interfaces of all targets.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html
 */
export function readInterfaces(draft: Draft): ReadonlyMap<string, InterfaceRecord> {
  const networkOfSubnet = new Map(
    [...draft.distinct('DescribeSubnets')].map(([id, { place }]) => [id, place.text('VpcId')]),
  );
  const records = new Map<string, InterfaceRecord>();
  for (const { id, place, target } of draft.distinct('DescribeNetworkInterfaces').values()) {
    records.set(
      id,
      recordOf(id, place, target, place.child('Attachment').text('InstanceId'), networkOfSubnet),
    );
  }
  for (const target of draft.targets) {
    if (target.has('DescribeNetworkInterfaces')) continue;
    for (const { id, place, instance } of nestedInterfaces(target)) {
      if (!records.has(id)) records.set(id, recordOf(id, place, target, instance, networkOfSubnet));
    }
  }
  return records;
}

/** What DescribeInstances tells of the instances' interfaces, for want of the interfaces themselves. */
function nestedInterfaces(target: Target): { id: string; place: Place; instance: string }[] {
  return instancesOf(target).flatMap(({ id: instance, place }) =>
    place.items('NetworkInterfaces').flatMap((nested) => {
      const id = nested.text('NetworkInterfaceId');
      return id === undefined ? [] : [{ id, place: nested, instance }];
    }),
  );
}

function recordOf(
  id: string,
  place: Place,
  target: Target,
  instance: string | undefined,
  networkOfSubnet: ReadonlyMap<string, string | undefined>,
): InterfaceRecord {
  const named = place.text('SubnetId');
  const subnet = named ?? `unknown:subnet:${id}`;
  return {
    id,
    place,
    target,
    network: place.text('VpcId') ?? networkOfSubnet.get(subnet) ?? `unknown:network:${id}`,
    subnet,
    subnetUnread: named === undefined ? place.odd('SubnetId', 'an id') : undefined,
    ...groupsOf(place),
    addresses: addressesOf(place),
    instance,
    type: place.words('InterfaceType').toLowerCase(),
    description: place.words('Description'),
  };
}

function groupsOf(place: Place): Pick<InterfaceRecord, 'groups' | 'moreGroups'> {
  const list = place.has('Groups') ? place.list('Groups') : undefined;
  if (list === undefined) return { groups: [], moreGroups: place.odd('Groups', 'a list of groups') };
  let moreGroups: BlindSpotId | undefined;
  const groups = list.flatMap((group) => {
    const id = group.text('GroupId');
    if (id === undefined) moreGroups ??= group.odd('GroupId', 'an id');
    return id === undefined ? [] : [{ id, name: group.words('GroupName') }];
  });
  return { groups, moreGroups };
}
