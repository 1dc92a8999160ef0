import type { Role } from '#model';
import type { PodSet } from './pods.ts';

/** What the last part of a database's image is called, whoever built it: `bitnami/postgresql`, `docker.io/library/mysql`. */
const STORES: readonly (readonly [Role, RegExp])[] = [
  [
    'database',
    /^(?:postgres|postgresql|mysql|mariadb|mongo|mongodb|cockroach|cockroachdb|cassandra|scylla|couchdb|neo4j|influxdb|clickhouse|clickhouse-server|timescaledb|percona-server|oracle-xe|mssql-server|server-ce|db2)(?:-|$)/,
  ],
  ['cache', /^(?:redis|valkey|memcached|keydb|dragonfly)(?:-|$)/],
  ['search', /^(?:elasticsearch|opensearch|solr)(?:-|$)/],
  ['queue', /^(?:rabbitmq|kafka|nats|activemq|pulsar)(?:-|$)/],
];

/** Exporters, operators and the like go by the same name and hold nothing. */
const BESIDE = /(?:exporter|operator|ui|admin|client|proxy|backup|dashboard|manager|console)$/;

/** What stands behind a workload, as far as its images tell. */
export function roleOf({ images }: PodSet): Role {
  for (const image of images) {
    const name = nameOfImage(image);
    const role = BESIDE.test(name) ? undefined : STORES.find(([, names]) => names.test(name))?.[0];
    if (role !== undefined) return role;
  }
  return 'host';
}

/** `postgres` of `registry.example.com:5000/library/postgres:16@sha256:…`. */
function nameOfImage(image: string): string {
  const path = image.slice(image.lastIndexOf('/') + 1);
  return path.replace(/[:@].*$/, '').toLowerCase();
}
