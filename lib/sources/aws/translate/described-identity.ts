import { workloadOf } from './host-identity.ts';
import { MANAGED, type Identity } from './identity.ts';
import { fallbackName } from './interface-name.ts';
import type { InterfaceRecord } from './interface-records.ts';
import type { Services } from './services.ts';
import { sharedName, tabledIdentity } from './tabled-identity.ts';
import { nameTagOf, tagsOf } from './tags.ts';

/** A service that only the description tells. */
export function describedIdentity(record: InterfaceRecord, services: Services): Identity | undefined {
  return (
    databaseIdentity(record, services) ??
    cacheIdentity(record, services) ??
    taskIdentity(record) ??
    tabledIdentity(record)
  );
}

/** RDS, and DocumentDB and Neptune with it, says no more than that it is RDS; which database it is follows from groups, subnet and zone, if from anything. */
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
  const workload = service === undefined ? workloadOf(tags) : serviceOf(cluster, service);
  const name = nameTagOf(tags) ?? service ?? fallbackName(record);
  return { ...MANAGED, role: 'host', name, workload, canPivot: true };
}

function serviceOf(cluster: string | undefined, service: string): NonNullable<Identity['workload']> {
  const name = cluster === undefined ? service : `${cluster}/${service}`;
  return { kind: 'service', name, shown: name };
}
