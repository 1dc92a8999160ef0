import type { Responses } from './snapshot.ts';

/**
 * The account that a snapshot's things belong to, if they agree. Reservations are always the reader's own; a network may be
 * lent by another account, and so may a group, so these are asked in this order and one that is of two minds says nothing.
 */
export function ownerOf(responses: Responses): string | undefined {
  return (
    onlyText(responses.DescribeInstances?.Reservations, 'OwnerId') ??
    onlyText(responses.DescribeSecurityGroups?.SecurityGroups, 'OwnerId') ??
    onlyText(responses.DescribeVpcs?.Vpcs, 'OwnerId')
  );
}

/** The Region that the zones of the subnets are in: `eu-west-1a` is in `eu-west-1`. */
export function regionOf(responses: Responses): string | undefined {
  return onlyText(responses.DescribeSubnets?.Subnets, 'AvailabilityZone', (zone) => {
    return /^([a-z]{2}(?:-[a-z]+)+-\d{1,2})(?:-[a-z0-9-]+)?[a-z]$/.exec(zone)?.[1];
  });
}

/** The one text that all items have under a member; `undefined` if they differ. The list may be anything. */
function onlyText(
  list: unknown,
  member: string,
  read: (text: string) => string | undefined = (text) => text,
): string | undefined {
  if (!Array.isArray(list)) return undefined;
  const texts = new Set(
    list.map((item: unknown) => {
      const text: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, member) : undefined;
      return typeof text === 'string' && text !== '' ? read(text) : undefined;
    }),
  );
  return texts.size === 1 ? [...texts][0] : undefined;
}
