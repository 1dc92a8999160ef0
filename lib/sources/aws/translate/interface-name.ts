import type { InterfaceRecord } from './interface-records.ts';
import { nameTagOf, tagsOf } from './tags.ts';

/** The Name tag of the interface, else its id with its group. */
export function fallbackName(record: InterfaceRecord): string {
  const name = nameTagOf(tagsOf(record.place, 'TagSet'));
  if (name !== undefined) return name;
  const group = groupNameOf(record);
  return group === undefined ? record.id : `${record.id} (${group})`;
}

/** The name of the first group that the interface carries. */
export function groupNameOf({ groups }: InterfaceRecord): string | undefined {
  const first = groups[0];
  return first === undefined ? undefined : first.name || first.id;
}
