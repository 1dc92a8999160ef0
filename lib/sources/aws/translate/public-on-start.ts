import type { Endpoint, Liveness } from '#model';
import type { Draft } from './draft.ts';
import type { InterfaceRecord } from './interface-records.ts';

/** The subnets that hand out a public address at launch. */
export function subnetsThatAssign(draft: Draft): ReadonlySet<string> {
  const assigning = [...draft.distinct('DescribeSubnets').values()].filter(
    ({ place }) => place.raw('MapPublicIpOnLaunch') === true,
  );
  return new Set(assigning.map(({ id }) => id));
}

/**
 * Whether starting a stopped instance gives this interface a public address. An Elastic IP stays through a stop and is seen; an address of
 * Amazon's pool is released, and a new one comes at start if that was chosen at launch, by the subnet's setting or by whoever launched it. Of
 * the choice nothing is left to read. Only the first interface of an instance is given one, and only if it is the only one.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html#concepts-public-addresses
 */
export function publicOnStart(
  record: InterfaceRecord,
  liveness: Liveness,
  { assigning, single }: { readonly assigning: ReadonlySet<string>; readonly single: ReadonlySet<string> },
): Endpoint['publicOnStart'] {
  if (liveness !== 'dormant' || record.instance === undefined || !single.has(record.instance))
    return undefined;
  const primary = record.addresses.find(({ first, isPrimary }) => isPrimary && first.family === 4);
  if (primary === undefined || primary.publicIp !== undefined) return undefined;
  return assigning.has(record.subnet) ? 'assigned' : 'perhaps';
}

/** The instances that have one interface and no more. */
export function withOneInterface(records: Iterable<InterfaceRecord>): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { instance } of records)
    if (instance !== undefined) counts.set(instance, (counts.get(instance) ?? 0) + 1);
  return new Set([...counts].flatMap(([instance, n]) => (n === 1 ? [instance] : [])));
}
