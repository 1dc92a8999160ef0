import type { Role } from '#model';
import { workloadOf } from './host-identity.ts';
import { MANAGED, type Identity } from './identity.ts';
import { fallbackName, groupNameOf } from './interface-name.ts';
import type { InterfaceRecord } from './interface-records.ts';
import type { Services } from './services.ts';
import { nameTagOf, tagsOf } from './tags.ts';

/** Services that name themselves in the description of their interfaces, and what they are called after. */
const DESCRIBED: readonly (readonly [RegExp, Role, prefix: string])[] = [
  [/^EFS mount target for (fs-\S+)/, 'file-system', ''],
  [/^(?:Amazon )?FSx\b.*?\b(fs-[0-9a-f]+)/, 'file-system', ''],
  [/^ES (\S+)/, 'search', ''],
  [/^Amazon EKS (\S+)/, 'control-plane', 'eks:'],
  [/^Network interface for DBProxy (\S+)/i, 'database', ''],
  [/^Amazon MSK\b.*?cluster[ /](?:arn:\S*cluster\/)?([^\s/]+)/i, 'other', 'msk:'],
];

/** Services that do not say which one of theirs it is. */
const ANONYMOUS: readonly (readonly [description: RegExp, requester: string, Role, prefix: string])[] = [
  [/^RedshiftNetworkInterface/, 'amazon-redshift', 'database', 'redshift'],
  [/^DMSNetworkInterface/, 'amazon-dms', 'other', 'dms'],
];

/** A service that only the description tells. */
export function describedIdentity(record: InterfaceRecord, services: Services): Identity | undefined {
  return (
    databaseIdentity(record, services) ??
    cacheIdentity(record, services) ??
    taskIdentity(record) ??
    desktopIdentity(record) ??
    namedIdentity(record) ??
    anonymousIdentity(record)
  );
}

/** RDS says no more than that it is RDS; which database it is follows from groups, subnet and zone, if from anything. */
function databaseIdentity(record: InterfaceRecord, services: Services): Identity | undefined {
  if (!isDatabaseInterface(record)) return undefined;
  const database = services.databases.of(record);
  if (database === undefined) return { ...MANAGED, role: 'database', ...sharedName(record, 'rds') };
  const workload = { kind: 'database', name: database.id };
  return { ...MANAGED, role: 'database', name: database.id, workload, tags: database.tags };
}

export function isDatabaseInterface({ description, place, instance }: InterfaceRecord): boolean {
  if (instance !== undefined) return false;
  return description === 'RDSNetworkInterface' || place.raw('RequesterId') === 'amazon-rds';
}

/** A node of a cache; what people know is the replication group that it is in. */
function cacheIdentity(record: InterfaceRecord, services: Services): Identity | undefined {
  const cluster = /^(?:Amazon )?ElastiCache[ +:]+(\S+)/.exec(record.description)?.[1];
  if (cluster === undefined) {
    if (record.place.raw('RequesterId') !== 'amazon-elasticache') return undefined;
    return { ...MANAGED, role: 'cache', ...sharedName(record, 'cache') };
  }
  const name = services.replicationGroupOf(cluster) ?? cluster;
  return { ...MANAGED, role: 'cache', name, workload: { kind: 'cache', name } };
}

/** A task of ECS runs somebody's code, as a host does. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html */
function taskIdentity(record: InterfaceRecord): Identity | undefined {
  const isTask = /^arn:aws[^:]*:ecs:.*attachment\//.test(record.description);
  const isPod = record.type === 'branch' || /^aws-k8s-/i.test(record.description);
  if (!isTask && !isPod) return undefined;
  const tags = tagsOf(record.place, 'TagSet');
  const service = tags.get('aws:ecs:serviceName');
  const cluster = tags.get('aws:ecs:clusterName');
  const workload =
    service === undefined
      ? workloadOf(tags)
      : { kind: 'service', name: cluster === undefined ? service : `${cluster}/${service}` };
  const name = nameTagOf(tags) ?? service ?? fallbackName(record);
  return { ...MANAGED, role: 'host', name, workload, canPivot: true };
}

function desktopIdentity(record: InterfaceRecord): Identity | undefined {
  if (!/^Created By Amazon Workspaces/i.test(record.description)) return undefined;
  return { ...MANAGED, role: 'host', name: fallbackName(record), workload: undefined, canPivot: true };
}

function namedIdentity(record: InterfaceRecord): Identity | undefined {
  for (const [pattern, role, prefix] of DESCRIBED) {
    const found = pattern.exec(record.description)?.[1];
    if (found === undefined) continue;
    const name = `${prefix}${found}`;
    return { ...MANAGED, role, name, workload: { kind: role, name } };
  }
  return undefined;
}

function anonymousIdentity(record: InterfaceRecord): Identity | undefined {
  const requester = record.place.raw('RequesterId');
  for (const [pattern, owner, role, prefix] of ANONYMOUS) {
    if (pattern.test(record.description) || requester === owner) {
      return { ...MANAGED, role, ...sharedName(record, prefix) };
    }
  }
  return undefined;
}

/** The name of one of several like things that cannot be told apart: what they have in common is their group. */
function sharedName(record: InterfaceRecord, prefix: string): Pick<Identity, 'name' | 'workload'> {
  const group = groupNameOf(record);
  if (group === undefined) return { name: fallbackName(record), workload: undefined };
  return { name: `${prefix}:${group}`, workload: { kind: prefix, name: record.groups[0]?.id ?? group } };
}
