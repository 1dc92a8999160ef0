import type { DBInstance } from '@aws-sdk/client-rds';
import type { FromShape, ObjectShape, ShapeOf } from '../shape.ts';
import { tagShape } from './tag.ts';

export const dbInstanceShape = {
  DBInstanceIdentifier: 'string',
  DBInstanceArn: 'string',
  DBClusterIdentifier: 'string',
  DbiResourceId: 'string',
  DBInstanceStatus: 'string',
  Engine: 'string',
  EngineVersion: 'string',
  Endpoint: { Address: 'string', Port: 'number', HostedZoneId: 'string' },
  ListenerEndpoint: { Address: 'string', Port: 'number' },
  DbInstancePort: 'number',
  AvailabilityZone: 'string',
  SecondaryAvailabilityZone: 'string',
  MultiAZ: 'boolean',
  PubliclyAccessible: 'boolean',
  StorageEncrypted: 'boolean',
  IAMDatabaseAuthenticationEnabled: 'boolean',
  NetworkType: 'string',
  VpcSecurityGroups: [{ VpcSecurityGroupId: 'string', Status: 'string' }],
  DBSubnetGroup: {
    DBSubnetGroupName: 'string',
    VpcId: 'string',
    SubnetGroupStatus: 'string',
    Subnets: [
      { SubnetIdentifier: 'string', SubnetStatus: 'string', SubnetAvailabilityZone: { Name: 'string' } },
    ],
  },
  ReadReplicaSourceDBInstanceIdentifier: 'string',
  ReadReplicaDBInstanceIdentifiers: ['string'],
  TagList: [tagShape],
} as const satisfies ShapeOf<DBInstance>;
export type AwsDbInstance = FromShape<typeof dbInstanceShape>;

/** ElastiCache; read from files only, so no client of it is a dependency. */
export const cacheClusterShape = {
  CacheClusterId: 'string',
  ARN: 'string',
  ReplicationGroupId: 'string',
  CacheClusterStatus: 'string',
  Engine: 'string',
  EngineVersion: 'string',
  CacheSubnetGroupName: 'string',
  PreferredAvailabilityZone: 'string',
  NumCacheNodes: 'number',
  ConfigurationEndpoint: { Address: 'string', Port: 'number' },
  CacheNodes: [
    {
      CacheNodeId: 'string',
      CacheNodeStatus: 'string',
      Endpoint: { Address: 'string', Port: 'number' },
      CustomerAvailabilityZone: 'string',
    },
  ],
  SecurityGroups: [{ SecurityGroupId: 'string', Status: 'string' }],
  TransitEncryptionEnabled: 'boolean',
  AtRestEncryptionEnabled: 'boolean',
} as const satisfies ObjectShape;
export type AwsCacheCluster = FromShape<typeof cacheClusterShape>;

/** OpenSearch (and the older Elasticsearch call); read from files only. */
export const searchDomainShape = {
  DomainId: 'string',
  DomainName: 'string',
  ARN: 'string',
  Created: 'boolean',
  Deleted: 'boolean',
  VPCOptions: {
    VPCId: 'string',
    SubnetIds: ['string'],
    SecurityGroupIds: ['string'],
    AvailabilityZones: ['string'],
  },
} as const satisfies ObjectShape;
export type AwsSearchDomain = FromShape<typeof searchDomainShape>;
