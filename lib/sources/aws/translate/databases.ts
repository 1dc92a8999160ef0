import type { Draft } from './draft.ts';
import type { InterfaceRecord } from './interface-records.ts';
import type { Place } from './place.ts';
import { tagsOf } from './tags.ts';

export type Database = {
  readonly id: string;
  readonly place: Place;
  readonly tags: ReadonlyMap<string, string>;
  /** Network and groups, which its interfaces share with it. */
  readonly key: string;
  readonly subnets: ReadonlySet<string>;
  /** The zones in which it may stand; `undefined` for any. */
  readonly zones: ReadonlySet<string> | undefined;
};

/** The databases of RDS, to be found by their interfaces. */
export class Databases {
  readonly all: readonly Database[];
  readonly #byKey = new Map<string, Database[]>();

  constructor(draft: Draft) {
    this.all = draft.targets
      .filter((target) => target.has('DescribeDBInstances'))
      .flatMap((target) => target.items('DescribeDBInstances').map(({ id, place }) => databaseOf(id, place)));
    for (const database of this.all) {
      const same = this.#byKey.get(database.key);
      if (same === undefined) this.#byKey.set(database.key, [database]);
      else same.push(database);
    }
  }

  /** The one database that an interface can belong to; `undefined` if there are several, or none. */
  of(record: InterfaceRecord): Database | undefined {
    const zone = record.place.words('AvailabilityZone');
    const fitting = (this.#byKey.get(keyOfInterface(record)) ?? []).filter(
      ({ subnets, zones }) =>
        (subnets.size === 0 || subnets.has(record.subnet)) &&
        (zones === undefined || zone === '' || zones.has(zone)),
    );
    return fitting.length === 1 ? fitting[0] : undefined;
  }
}

export function keyOfInterface({ network, groups }: InterfaceRecord): string {
  return keyOf(
    network,
    groups.map(({ id }) => id),
  );
}

function databaseOf(id: string, place: Place): Database {
  const subnetGroup = place.child('DBSubnetGroup');
  const groups = place.items('VpcSecurityGroups').map((group) => group.words('VpcSecurityGroupId'));
  const zone = place.words('AvailabilityZone');
  const second = place.words('SecondaryAvailabilityZone');
  const mayBeAnywhere = zone === '' || (place.raw('MultiAZ') === true && second === '');
  return {
    id,
    place,
    tags: tagsOf(place, 'TagList'),
    key: keyOf(subnetGroup.words('VpcId'), groups),
    subnets: new Set(subnetGroup.items('Subnets').map((subnet) => subnet.words('SubnetIdentifier'))),
    zones: mayBeAnywhere ? undefined : new Set([zone, second]),
  };
}

function keyOf(network: string, groups: readonly string[]): string {
  return [network, ...groups.toSorted()].join(' ');
}
