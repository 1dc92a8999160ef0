import type { Connection } from './connection.ts';
import { ListExpired, RequestFailed } from './failure.ts';
import { IF_SERVED, type ListedKind } from './kinds.ts';
import { getJson, type Limits } from './request.ts';

export type Groups = ReadonlyMap<string, readonly string[]>;

/** What the server calls its own version. @throws RequestFailed */
export async function readVersion(connection: Connection, limits: Limits): Promise<string> {
  const body = await read('/version', connection, limits);
  return textOf(body, 'gitVersion');
}

/** The API groups that are served, with their versions. Everybody who is logged in may ask, unless that was taken away. @throws RequestFailed */
export async function readGroups(connection: Connection, limits: Limits): Promise<Groups> {
  const body = await read('/apis', connection, limits);
  if (textOf(body, 'kind') !== 'APIGroupList') {
    throw new RequestFailed('malformed', 'the answer is not a list of API groups');
  }
  return new Map(
    listOf(body, 'groups').map((group) => [
      textOf(group, 'name'),
      listOf(group, 'versions').map((version) => textOf(version, 'version')),
    ]),
  );
}

/** A kind of policy and the version in which to list it. */
export type FoundKind = { readonly kind: ListedKind; readonly version: string };

/** Which kinds of policy this cluster has: those of its groups, in the versions that are known. @throws RequestFailed */
export async function findKinds(
  groups: Groups,
  connection: Connection,
  limits: Limits,
): Promise<readonly FoundKind[]> {
  const resources = new Map<string, Promise<ReadonlySet<string>>>();
  const found: FoundKind[] = [];
  for (const kind of worthListing(groups)) {
    const served = groups.get(kind.group) ?? [];
    const versions = kind.versions === 'any' ? served : kind.versions.filter((each) => served.includes(each));
    for (const version of versions) {
      const path = `/apis/${kind.group}/${version}`;
      const known = resources.get(path) ?? readResources(path, connection, limits);
      resources.set(path, known);
      if (!(await known).has(kind.resource)) continue;
      found.push({ kind, version });
      break;
    }
  }
  return found;
}

/**
 * Calico's objects are served twice where its API server runs. Then the stored form is read: its own API wants a permission for each tier
 * besides.
 * https://docs.tigera.io/calico/latest/network-policy/policy-tiers/rbac-tiered-policies
 */
function worthListing(groups: Groups): readonly ListedKind[] {
  return IF_SERVED.filter(
    ({ group }) =>
      groups.has(group) && !(group === 'projectcalico.org' && groups.has('crd.projectcalico.org')),
  );
}

async function readResources(
  path: string,
  connection: Connection,
  limits: Limits,
): Promise<ReadonlySet<string>> {
  const body = await read(path, connection, limits);
  return new Set(listOf(body, 'resources').map((resource) => textOf(resource, 'name')));
}

async function read(path: string, connection: Connection, limits: Limits): Promise<unknown> {
  try {
    return await getJson(path, {}, connection, limits);
  } catch (error) {
    if (error instanceof ListExpired) throw new RequestFailed('failed', 'HTTP status 410');
    throw error;
  }
}

function listOf(value: unknown, member: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner: unknown = Reflect.get(value, member);
  return Array.isArray(inner) ? inner : [];
}

function textOf(value: unknown, member: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const inner: unknown = Reflect.get(value, member);
  return typeof inner === 'string' ? inner : '';
}
