import { TransportSet } from '#netset';

/**
 * What trouble an open port is. `admin`: it administers a machine, or starts things on machines. `data`: it holds data, or hands out files.
 * `high-risk`: it is neither, and yet what usually answers there was not made for strangers, or is used against others.
 */
export type ServiceKind = 'admin' | 'data' | 'high-risk';

type SensitiveService = {
  readonly name: string;
  readonly kind: ServiceKind;
  readonly transport: TransportSet;
};

/** A port, or a first and a last one. */
type Ports = number | readonly [number, number];

const tcp = (...ports: readonly Ports[]): TransportSet =>
  portsOf(ports, (first, last) => TransportSet.tcp(first, last));
const udp = (...ports: readonly Ports[]): TransportSet =>
  portsOf(ports, (first, last) => TransportSet.udp(first, last));
const both = (...ports: readonly Ports[]): TransportSet => tcp(...ports).union(udp(...ports));

function portsOf(ports: readonly Ports[], of: (first: number, last: number) => TransportSet): TransportSet {
  return TransportSet.unionOf(
    ports.map((each) => (typeof each === 'number' ? of(each, each) : of(each[0], each[1]))),
  );
}

/**
 * Ports as IANA and the vendors register them. https://www.iana.org/assignments/service-names-port-numbers
 *
 * Each port is in one kind only, so that what is open falls into parts and never into two findings.
 */
const SERVICES: Readonly<Record<ServiceKind, readonly (readonly [name: string, transport: TransportSet])[]>> =
  {
    admin: [
      ['SSH', tcp(22)],
      ['Telnet', tcp(23)],
      ['RPC endpoint mapper', tcp(135)],
      ['SNMP', udp([161, 162])],
      ['rsh and rlogin', tcp([512, 514])],
      ['IPMI', udp(623)],
      ['JMX', tcp(1099)],
      ['Docker', tcp([2375, 2376])],
      ['RDP', both(3389)],
      ['Nomad', tcp([4646, 4648])],
      ['a Java debugger', tcp(5005)],
      ['VNC', tcp([5900, 5910])],
      ['WinRM', tcp([5985, 5986])],
      ['X11', tcp([6000, 6009])],
      ['Kubernetes API', tcp(6443)],
      ['Vault', tcp([8200, 8201])],
      ['Consul', tcp([8500, 8501])],
      ['kubelet', tcp(10_250, 10_255)],
    ],
    data: [
      ['NetBIOS', both([137, 139])],
      ['LDAP', both(389).union(tcp(636))],
      ['SMB', tcp(445)],
      ['AFP', tcp(548)],
      ['rsync', tcp(873)],
      ['SQL Server', tcp([1433, 1434]).union(udp(1434))],
      ['Oracle', tcp(1521, [2483, 2484])],
      ['NFS', both(2049)],
      ['ZooKeeper', tcp(2181)],
      ['etcd', tcp([2379, 2380])],
      ['MySQL', tcp(3306)],
      ['mSQL', tcp(4333)],
      ['PostgreSQL', tcp(5432)],
      ['Redshift', tcp(5439)],
      ['Kibana', tcp(5601)],
      ['RabbitMQ', tcp([5671, 5672], 15_672)],
      ['CouchDB', tcp(5984)],
      ['Redis', tcp([6379, 6380])],
      ['Cassandra', tcp([7000, 7001], 7199, 9042, 9160)],
      ['Neo4j', tcp(7474, 7687)],
      ['InfluxDB', tcp(8086)],
      ['ClickHouse', tcp(8123)],
      ['Neptune', tcp(8182)],
      ['Kafka', tcp(9092, [9094, 9098])],
      ['Elasticsearch', tcp(9200, 9300)],
      ['Hadoop', tcp(9870, 50_070)],
      ['memcached', both(11_211)],
      ['MongoDB', tcp([27_017, 27_019])],
    ],
    'high-risk': [
      ['FTP', tcp([20, 21])],
      ['SMTP', tcp(25)],
      ['a DNS resolver', both(53)],
      ['Kerberos', both(88, 464, [749, 750])],
      ['POP3', tcp(110)],
      ['rpcbind', both(111)],
      ['NTP', udp(123)],
      ['IMAP', tcp(143)],
      ['SSDP', udp(1900)],
      ['Grafana or a development server', tcp(3000)],
      ['Spark', tcp(4040, 7077)],
      ['MLflow or a development server', tcp(5000)],
      ['SIP', both(5060)],
      ['VNC clients', tcp(5500)],
      ['a model server', tcp(8000)],
      ['Jenkins or another web console', tcp(8080)],
      ['YARN', tcp(8088)],
      ['Ray', tcp(8265)],
      ['Jupyter', tcp(8888)],
      // ClickHouse's own protocol; so many applications listen there too that it counts as no database
      ['ClickHouse or an application', tcp(9000)],
      ['Prometheus', tcp(9090)],
      ['Kubernetes webhooks', tcp(9443)],
      ['Ollama', tcp(11_434)],
      ['Db2 or Jenkins agents', tcp(50_000)],
    ],
  };

const SENSITIVE_SERVICES: readonly SensitiveService[] = (['admin', 'data', 'high-risk'] as const).flatMap(
  (kind) => SERVICES[kind].map(([name, transport]) => ({ name, kind, transport })),
);

/** All ports of a kind. */
export function portsOfKind(kind: ServiceKind): TransportSet {
  return BY_KIND[kind];
}

const BY_KIND: Readonly<Record<ServiceKind, TransportSet>> = {
  admin: kindOf('admin'),
  data: kindOf('data'),
  'high-risk': kindOf('high-risk'),
};

function kindOf(wanted: ServiceKind): TransportSet {
  return TransportSet.unionOf(
    SENSITIVE_SERVICES.filter(({ kind }) => kind === wanted).map(({ transport }) => transport),
  );
}

/** What nobody should be able to knock at from the internet: it administers a machine, or holds data. */
export const SENSITIVE_PORTS = BY_KIND.admin.union(BY_KIND.data);

/** The known services that a set of flows touches, in words: `SSH`, `SSH and RDP`, `SSH, RDP and 11 more services`. */
export function nameServices(
  transport: TransportSet,
  kinds: readonly ServiceKind[] = ['admin', 'data'],
): string {
  const names = SENSITIVE_SERVICES.filter(
    (service) => kinds.includes(service.kind) && service.transport.overlaps(transport),
  ).map(({ name }) => name);
  if (names.length > 3)
    return `${names.slice(0, 2).join(', ')} and ${String(names.length - 2)} more services`;
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names.slice(-1).join('')}`;
}
