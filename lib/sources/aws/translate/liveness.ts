import type { Liveness } from '#model';
import type { InstanceRecord } from './instances.ts';
import type { InterfaceRecord } from './interface-records.ts';
import type { Place } from './place.ts';

/**
 * Whether an interface takes part. What was not read counts as taking part.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html
 */
export function livenessOf(
  record: InterfaceRecord,
  instances: ReadonlyMap<string, InstanceRecord>,
): Liveness {
  const { place, target } = record;
  const isInUse = statusIs(place, 'in-use') && statusIs(place.child('Attachment'), 'attached');
  if (!isInUse) return 'detached';
  if (record.instance === undefined) return 'live';
  const instance = instances.get(record.instance);
  if (instance === undefined) {
    if (target.unread('DescribeInstances') === undefined) noteDangling(record, record.instance);
    return 'live';
  }
  switch (instance.state) {
    case 'stopping':
    case 'stopped':
      return 'dormant';
    case 'shutting-down':
    case 'terminated':
      return 'detached';
    case undefined:
    default:
      return 'live';
  }
}

/** Whether the status is this one. A missing one, or one that cannot be read, may be. */
function statusIs(place: Place, expected: string): boolean {
  const status = place.raw('Status');
  if (typeof status === 'string') return status === expected;
  if (status !== undefined) place.odd('Status', 'a status', 'only-narrows');
  return true;
}

function noteDangling({ id, place, target }: InterfaceRecord, instance: string): void {
  target.blindSpots.note(`dangling:${instance}`, {
    code: 'dangling',
    effect: 'only-narrows',
    what: `${id} is attached to ${instance}, which is not among the instances that were read; it counts as running`,
    remedy: 'Collect the account again: something changed while it was read.',
    at: place.ref(instance),
  });
}
