import { smallAccount } from './small-account.ts';
import type { Snapshot } from './snapshot.ts';

export type Member = {
  /** A name in an object, a position in a list. */
  readonly key: string | number;
  readonly value: unknown;
  /** 1 for a response body, 2 for what is in it. */
  readonly depth: number;
};

/** Copies a snapshot with every member, innermost first, replaced by what `change` makes of it. `_meta` stays. */
export function mapMembers(snapshot: Snapshot, change: (member: Member) => unknown): Snapshot {
  const map = (value: unknown, depth: number): unknown => {
    const visit = (key: string | number, inner: unknown): unknown =>
      change({ key, value: map(inner, depth + 1), depth: depth + 1 });
    if (Array.isArray(value)) return value.map((inner, i) => visit(i, inner));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(key, inner)]));
  };
  const { _meta, ...calls } = snapshot;
  return { _meta, ...(map(calls, 0) as Snapshot) };
}

const OWN_ID =
  /^(Vpc|Subnet|Group|NetworkInterface|Instance|Reservation|RouteTable|NetworkAcl|InternetGateway|SecurityGroupRule)Id$/;

/** Everything about each resource but the ids is null. Instances lie two levels deeper, in reservations. */
export function nullMembers(): Snapshot[] {
  const stays = (key: string | number): boolean => key === 'Instances' || OWN_ID.test(String(key));
  return [
    mapMembers(smallAccount(), ({ key, value, depth }) =>
      (depth === 4 || depth === 6) && !stays(key) ? null : value,
    ),
  ];
}

/** All text, numbers and truth values are null, ids too. */
export function nullLeaves(): Snapshot[] {
  return [
    mapMembers(smallAccount(), ({ value }) => (isObject(value) || Array.isArray(value) ? value : null)),
  ];
}

/** Each list has null among its entries, first and last. */
export function nullEntries(): Snapshot[] {
  return [
    mapMembers(smallAccount(), ({ value }) =>
      Array.isArray(value) ? [null, ...(value as unknown[]), null] : value,
    ),
  ];
}

/** Each list is null. */
export function nullLists(): Snapshot[] {
  return [mapMembers(smallAccount(), ({ value }) => (Array.isArray(value) ? null : value))];
}

/** Each response body is null. */
export function nullBodies(): Snapshot[] {
  return [mapMembers(smallAccount(), ({ value, depth }) => (depth === 1 ? null : value))];
}

/** Each response body is empty, without even its list. */
export function emptyBodies(): Snapshot[] {
  return [mapMembers(smallAccount(), ({ value, depth }) => (depth === 1 ? {} : value))];
}

/** Each list is empty: an account with nothing in it. */
export function emptyLists(): Snapshot[] {
  return [mapMembers(smallAccount(), ({ value }) => (Array.isArray(value) ? [] : value))];
}

/** Lists within resources are empty: groups without rules, tables without routes. */
export function emptyInnerLists(): Snapshot[] {
  return [mapMembers(smallAccount(), ({ value, depth }) => (depth > 2 && Array.isArray(value) ? [] : value))];
}

/** Each object has members that no API has yet, some named like what every object inherits. */
export function extraMembers(): Snapshot[] {
  const extra = JSON.parse(
    `{ "__proto__": { "isAdmin": true }, "constructor": null, "toString": 1, "hasOwnProperty": "no", "length": -1,
       "FutureMember": { "Deep": [[], {}, null, 1e308, "text"] } }`,
  ) as Record<string, unknown>;
  const add = ({ value }: Member): unknown =>
    isObject(value) ? Object.fromEntries([...Object.entries(extra), ...Object.entries(value)]) : value;
  return [mapMembers(smallAccount(), add)];
}

/** Numbers and truth values are text, as some tools write them. */
export function numbersAsText(): Snapshot[] {
  const isPlain = (value: unknown): value is number | boolean =>
    typeof value === 'number' || typeof value === 'boolean';
  return [mapMembers(smallAccount(), ({ value }) => (isPlain(value) ? String(value) : value))];
}

/** Everything is of another type than it should be: text is a number, an object a list, a list an object. */
export function wrongTypes(): Snapshot[] {
  return [
    mapMembers(smallAccount(), ({ value }) => {
      if (typeof value === 'string') return value.length;
      if (Array.isArray(value))
        return Object.fromEntries(value.map((inner: unknown, i) => [`item${i}`, inner]));
      return isObject(value) ? Object.values(value) : value;
    }),
  ];
}

/** The small account again and again, each time with one member null, from the first to the last. */
export function* eachMemberNull(): Generator<Snapshot[]> {
  let count = 0;
  mapMembers(smallAccount(), ({ value }) => {
    count += 1;
    return value;
  });
  for (let chosen = 0; chosen < count; chosen += 1) {
    let position = 0;
    yield [mapMembers(smallAccount(), ({ value }) => (position++ === chosen ? null : value))];
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
