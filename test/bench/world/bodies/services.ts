import { groupedBy } from '../grouped.ts';
import type { InterfacePlan } from '../interfaces.ts';
import { subnetsOf } from '../layout.ts';
import { ACCOUNT, arnOf, CREATED_AT, REGION, zoneName } from '../owner.ts';
import type { WorkloadPlan } from '../workloads.ts';

/** Most targets a load balancer has here; AWS's quota is far higher. */
const TARGETS = 20;

/** Load balancers with what they forward to, databases and caches. */
export function serviceBodies(workloads: readonly WorkloadPlan[], interfaces: readonly InterfacePlan[]) {
  const byWorkload = groupedBy(interfaces, ({ workload }) => workload);
  const ofKind = (kind: WorkloadPlan['kind']): WorkloadPlan[] =>
    workloads.filter((workload) => workload.kind === kind);
  const balancers = ofKind('load-balancer');
  const databases = interfaces.filter(({ workload }) => workload.kind === 'database');
  const caches = interfaces.filter(({ workload }) => workload.kind === 'cache');
  const webs = groupedBy(
    interfaces.filter(({ workload }) => workload.groups[0]?.role === 'web'),
    ({ workload }) => workload.app,
  );
  return {
    DescribeLoadBalancers: {
      LoadBalancers: balancers.map((workload) => balancerBody(workload, byWorkload.get(workload) ?? [])),
    },
    DescribeListeners: { Listeners: balancers.map(listenerBody) },
    DescribeTargetGroups: { TargetGroups: balancers.map(targetGroupBody) },
    DescribeTargetHealth: Object.fromEntries(
      balancers.map((workload) => [
        targetGroupArn(workload),
        healthBody((webs.get(workload.app) ?? []).slice(0, TARGETS)),
      ]),
    ),
    DescribeDBInstances: { DBInstances: databases.map(databaseBody) },
    DescribeCacheClusters: { CacheClusters: caches.map(cacheBody) },
  };
}

function balancerArn({ service }: WorkloadPlan): string {
  return arnOf('loadbalancer', service, 'elasticloadbalancing');
}

function targetGroupArn({ service }: WorkloadPlan): string {
  return arnOf('targetgroup', service.replace('app/', ''), 'elasticloadbalancing');
}

function balancerBody(workload: WorkloadPlan, interfaces: readonly InterfacePlan[]) {
  const subnets = new Set(interfaces.map(({ subnet }) => subnet));
  return {
    LoadBalancerArn: balancerArn(workload),
    DNSName: `${workload.name}-${workload.service.slice(-8)}.${REGION}.elb.amazonaws.com`,
    CanonicalHostedZoneId: 'Z32O12XQLNTSW2',
    CreatedTime: CREATED_AT,
    LoadBalancerName: workload.name,
    Scheme: workload.hasPublicIp ? 'internet-facing' : 'internal',
    VpcId: workload.vpc.id,
    State: { Code: 'active' },
    Type: 'application',
    AvailabilityZones: [...subnets].map(({ id, zone }) => ({
      ZoneName: zoneName(zone),
      SubnetId: id,
      LoadBalancerAddresses: [],
    })),
    SecurityGroups: workload.groups.map(({ id }) => id),
    IpAddressType: 'ipv4',
  };
}

function listenerBody(workload: WorkloadPlan) {
  return {
    ListenerArn: `${balancerArn(workload).replace(':loadbalancer/', ':listener/')}/f2f7dc8efc522ab2`,
    LoadBalancerArn: balancerArn(workload),
    Port: 443,
    Protocol: 'HTTPS',
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn(workload), Order: 1 }],
  };
}

function targetGroupBody(workload: WorkloadPlan) {
  return {
    TargetGroupArn: targetGroupArn(workload),
    TargetGroupName: workload.name,
    Protocol: 'HTTP',
    Port: 8080,
    VpcId: workload.vpc.id,
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
    LoadBalancerArns: [balancerArn(workload)],
    TargetType: 'ip',
    ProtocolVersion: 'HTTP1',
    IpAddressType: 'ipv4',
  };
}

function healthBody(targets: readonly InterfacePlan[]) {
  return {
    TargetHealthDescriptions: targets.map(({ addresses, subnet }) => ({
      Target: { Id: addresses[0] ?? '', Port: 8080, AvailabilityZone: zoneName(subnet.zone) },
      HealthCheckPort: '8080',
      TargetHealth: { State: 'healthy' },
    })),
  };
}

function databaseBody({ workload, subnet, number }: InterfacePlan) {
  const name = `${workload.name}-${number}`;
  const port = workload.app?.databasePort ?? 5_432;
  return {
    DBInstanceIdentifier: name,
    DBInstanceArn: `arn:aws:rds:${REGION}:${ACCOUNT}:db:${name}`,
    DBInstanceClass: 'db.m7g.large',
    Engine: port === 5_432 ? 'postgres' : 'mysql',
    DBInstanceStatus: 'available',
    Endpoint: { Address: `${name}.c1a2b3c4d5e6.${REGION}.rds.amazonaws.com`, Port: port },
    AvailabilityZone: zoneName(subnet.zone),
    MultiAZ: false,
    PubliclyAccessible: false,
    VpcSecurityGroups: workload.groups.map(({ id }) => ({ VpcSecurityGroupId: id, Status: 'active' })),
    DBSubnetGroup: {
      DBSubnetGroupName: `${workload.vpc.name}-data`,
      VpcId: workload.vpc.id,
      SubnetGroupStatus: 'Complete',
      Subnets: subnetsOf(workload.vpc, 'data').map(({ id, zone }) => ({
        SubnetIdentifier: id,
        SubnetAvailabilityZone: { Name: zoneName(zone) },
        SubnetStatus: 'Active',
      })),
    },
    NetworkType: 'IPV4',
    TagList: [],
    ReadReplicaDBInstanceIdentifiers: [],
  };
}

function cacheBody({ workload, subnet, number }: InterfacePlan) {
  const name = cacheName(workload, number);
  return {
    CacheClusterId: name,
    ARN: `arn:aws:elasticache:${REGION}:${ACCOUNT}:cluster:${name}`,
    Engine: 'redis',
    CacheClusterStatus: 'available',
    CacheNodeType: 'cache.t4g.small',
    NumCacheNodes: 1,
    PreferredAvailabilityZone: zoneName(subnet.zone),
    CacheSubnetGroupName: `${workload.vpc.name}-data`,
    ReplicationGroupId: workload.name,
    SecurityGroups: workload.groups.map(({ id }) => ({ SecurityGroupId: id, Status: 'active' })),
  };
}

/** ElastiCache writes it into the description of the node's interface too. */
export function cacheName({ name }: WorkloadPlan, number: number): string {
  return `${name}-${String(number).padStart(3, '0')}`;
}
