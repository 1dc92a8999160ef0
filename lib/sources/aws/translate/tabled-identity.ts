import { MANAGED, type Identity } from './identity.ts';
import { fallbackName, groupNameOf } from './interface-name.ts';
import type { InterfaceRecord } from './interface-records.ts';
import { SERVICES, type Does, type ServiceRow } from './service-table.ts';
import { tagsOf } from './tags.ts';

const ABILITIES: Readonly<Record<Does, Pick<Identity, 'listens' | 'canPivot'>>> = {
  serves: { listens: true, canPivot: false },
  dials: { listens: false, canPivot: false },
  hosts: { listens: true, canPivot: true },
  'lets-in': { listens: false, canPivot: true },
};

/** The row that an interface matches: by its type, else by what the service wrote on it. An instance's interface matches none. */
export function serviceRowOf(record: InterfaceRecord): ServiceRow | undefined {
  const { type, description, instance, place, groups } = record;
  if (instance !== undefined) return undefined;
  const byType = SERVICES.find(({ types }) => types?.includes(type));
  if (byType !== undefined) return byType;
  const requester = place.raw('RequesterId');
  const tags = tagsOf(place, 'TagSet');
  return SERVICES.find(
    (row) =>
      row.description?.test(description) === true ||
      (row.requester !== undefined && row.requester === requester) ||
      (row.tag !== undefined && tags.has(row.tag)) ||
      (row.group !== undefined && groups.some(({ name }) => name === row.group)),
  );
}

/** The name that the service wrote down; else one for all of its interfaces that share a group, since nothing tells them apart. */
export function tabledIdentity(record: InterfaceRecord): Identity | undefined {
  const row = serviceRowOf(record);
  if (row === undefined) return undefined;
  const common = { ...MANAGED, role: row.role, ...ABILITIES[row.does] };
  const written = row.description?.exec(record.description)?.[1];
  if (written !== undefined) {
    const name = `${row.prefix}${written}`;
    return { ...common, name, workload: { kind: row.role, name } };
  }
  // people of one group's desktops and notebooks are people of different ones: each is its own
  if (row.does === 'hosts') return { ...common, name: fallbackName(record), workload: undefined };
  return { ...common, ...sharedName(record, row.prefix.replace(/:$/, '') || row.role) };
}

/** The name of one of several like things that cannot be told apart: what they have in common is their group. */
export function sharedName(record: InterfaceRecord, prefix: string): Pick<Identity, 'name' | 'workload'> {
  const group = groupNameOf(record);
  if (group === undefined) return { name: fallbackName(record), workload: undefined };
  return { name: `${prefix}:${group}`, workload: { kind: prefix, name: record.groups[0]?.id ?? group } };
}
