import { idOf, type BlindSpotId, type Endpoint, type PolicyId } from '#model';
import type { Draft } from './draft.ts';
import { identityOf } from './identify.ts';
import type { Identity } from './identity.ts';
import type { InstanceRecord } from './instances.ts';
import type { InterfaceRecord } from './interface-records.ts';
import { livenessOf } from './liveness.ts';
import { unknownGroup } from './placeholders.ts';
import { publicOnStart, subnetsThatAssign, withOneInterface } from './public-on-start.ts';
import { policyIdOf } from './security-groups.ts';
import type { Services } from './services.ts';
import { mergeTags, tagsOf } from './tags.ts';

const NO_LABELS: ReadonlyMap<string, string> = new Map();

/** Every network interface as an endpoint, which is what AWS filters and routes by. */
export function addInterfaces(
  draft: Draft,
  interfaces: Iterable<InterfaceRecord>,
  instances: ReadonlyMap<string, InstanceRecord>,
  services: Services,
): void {
  const records = [...interfaces];
  const given = { assigning: subnetsThatAssign(draft), single: withOneInterface(records) };
  for (const record of records) {
    const { id, place, target, addresses, groups } = record;
    const liveness = livenessOf(record, instances);
    const onStart = publicOnStart(record, liveness, given);
    const identity = identityOf(record, instances, services);
    const endpoint: Endpoint = {
      kind: 'interface',
      id: idOf<'endpoint'>(id),
      name: identity.name,
      role: identity.role,
      host: idOf<'host'>(record.instance ?? id),
      workload: workloadOf(record, identity),
      account: idOf<'account'>(place.text('OwnerId') ?? target.account),
      network: draft.subnets.get(idOf<'subnet'>(record.subnet))?.network ?? idOf<'network'>(record.network),
      subnet: idOf<'subnet'>(record.subnet),
      addresses,
      groups: groups.map((group) => idOf<'group'>(group.id)),
      labels: NO_LABELS,
      policies: policiesOf(draft, record),
      unfiltered: identity.unfiltered,
      liveness,
      ...(onStart !== undefined && { publicOnStart: onStart }),
      initiates: identity.initiates,
      listens: identity.listens,
      canPivot: identity.canPivot,
      tags: mergeTags(identity.tags, tagsOf(place, 'TagSet')),
      at: place.ref(id),
    };
    draft.endpoints.set(endpoint.id, endpoint);
  }
}

/** Names repeat over accounts and Regions, so the id of a workload says in which it is. */
function workloadOf(
  { instance, id, target }: InterfaceRecord,
  { workload, name }: Identity,
): Endpoint['workload'] {
  if (workload === undefined) return { id: instance ?? id, name };
  const { kind } = workload;
  return {
    id: `${kind}:${target.account}/${target.region}/${workload.name}`,
    name: workload.shown ?? name,
  };
}

/** Groups that an interface carries and nobody read get a stand-in that may admit anything. */
function policiesOf(draft: Draft, record: InterfaceRecord): PolicyId[] {
  const { id, groups, moreGroups, place, target } = record;
  const policies = groups.map((group) => {
    const policy = policyIdOf(draft, group.id);
    if (!draft.policies.has(policy)) {
      const because =
        target.unread('DescribeSecurityGroups') ??
        ownerUnread(draft, record) ??
        danglingGroup(record, group.id);
      const name = group.name === '' ? group.id : group.name;
      draft.policies.set(policy, unknownGroup(policy, name, because, place.ref(group.id)));
    }
    return policy;
  });
  if (moreGroups === undefined) return policies;
  const rest = idOf<'policy'>(`not-read:groups:${id}`);
  draft.policies.set(rest, unknownGroup(rest, rest, moreGroups, place.ref(id)));
  return [...policies, rest];
}

/** The groups of a participant in a shared subnet are the participant's, and the subnet's owner does not see them. */
function ownerUnread(draft: Draft, { place, target }: InterfaceRecord): BlindSpotId | undefined {
  const owner = place.text('OwnerId');
  if (owner === undefined || owner === target.account || draft.isCollected(owner, target.region))
    return undefined;
  return draft.accountNotCollected(owner, target.region);
}

function danglingGroup({ id, place, target }: InterfaceRecord, group: string): BlindSpotId {
  return target.blindSpots.note(`dangling:${group}`, {
    code: 'dangling',
    effect: 'hides-ways',
    what: `${id} carries the group ${group}, which is not among the groups that were read`,
    remedy: 'Collect the account again, and with it the account that owns the group if the group is shared.',
    at: place.ref(group),
  });
}
