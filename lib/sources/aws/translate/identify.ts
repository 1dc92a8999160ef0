import { hostIdentity } from './host-identity.ts';
import type { Identity } from './identity.ts';
import type { InstanceRecord } from './instances.ts';
import { fallbackName } from './interface-name.ts';
import type { InterfaceRecord } from './interface-records.ts';
import { managedIdentity } from './managed-identity.ts';
import type { Services } from './services.ts';

/**
 * Tells what an interface belongs to. That it is attached to an instance is said by AWS and comes first; type and
 * description come after, since whoever makes an interface writes its description.
 */
export function identityOf(
  record: InterfaceRecord,
  instances: ReadonlyMap<string, InstanceRecord>,
  services: Services,
): Identity {
  if (record.instance !== undefined)
    return hostIdentity(record, record.instance, instances.get(record.instance));
  return managedIdentity(record, services) ?? unknownIdentity(record);
}

/**
 * Something of which nothing is known. If it is an ordinary interface, then somebody's code may run behind it (builds,
 * jobs and notebooks of managed services do), so it may be hopped through.
 */
function unknownIdentity(record: InterfaceRecord): Identity {
  const isOrdinary = /^(?:|interface|efa|efa-only|trunk|branch)$/.test(record.type);
  return {
    role: 'other',
    name: fallbackName(record),
    workload: undefined,
    unfiltered: false,
    initiates: true,
    listens: true,
    canPivot: isOrdinary || record.place.raw('RequesterManaged') !== true,
    tags: new Map(),
  };
}
