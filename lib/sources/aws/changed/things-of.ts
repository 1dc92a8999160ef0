import { callOf, type AwsSnapshot, type CallKey } from '../resources/index.ts';
import { OWN_ID } from './own-id.ts';

type Item = Readonly<Record<string, unknown>>;

/** The things of one call by their id, or `undefined` if the call is not in the snapshot. */
export function thingsOf(snapshot: AwsSnapshot | undefined, key: CallKey): Map<string, unknown> | undefined {
  const response: unknown = snapshot?.[key];
  if (!isItem(response)) return undefined;
  const { member, parent } = callOf(key);
  if (parent?.kept === 'by-id') return new Map(Object.entries(response));
  const list: unknown = response[member];
  if (!Array.isArray(list)) return undefined;
  const items: unknown[] = key === 'DescribeInstances' ? list.flatMap(instancesOf) : list;
  const ownId = OWN_ID[key] ?? '';
  return new Map(
    items.flatMap((item) =>
      isItem(item) && typeof item[ownId] === 'string' ? [[item[ownId], item] as const] : [],
    ),
  );
}

function instancesOf(reservation: unknown): unknown[] {
  const instances: unknown = isItem(reservation) ? reservation['Instances'] : undefined;
  return Array.isArray(instances) ? instances : [];
}

export function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
