import { TransportSet } from '#netset';

/** A service that nobody should be able to knock at from the internet: it administers a machine, or holds data. */
type SensitiveService = {
  readonly name: string;
  readonly kind: 'admin' | 'data';
  readonly transport: TransportSet;
};

const admin = (name: string, transport: TransportSet): SensitiveService => ({
  name,
  kind: 'admin',
  transport,
});
const data = (name: string, transport: TransportSet): SensitiveService => ({ name, kind: 'data', transport });

/** Ports as IANA and the vendors register them. https://www.iana.org/assignments/service-names-port-numbers */
const SENSITIVE_SERVICES: readonly SensitiveService[] = [
  admin('SSH', TransportSet.tcp(22)),
  admin('Telnet', TransportSet.tcp(23)),
  admin('RPC endpoint mapper', TransportSet.tcp(135)),
  admin('NetBIOS', TransportSet.tcp(137, 139).union(TransportSet.udp(137, 139))),
  admin('SNMP', TransportSet.udp(161, 162)),
  data('LDAP', TransportSet.tcp(389)),
  admin('SMB', TransportSet.tcp(445)),
  admin('rsh and rlogin', TransportSet.tcp(512, 514)),
  data('rsync', TransportSet.tcp(873)),
  data('SQL Server', TransportSet.tcp(1433, 1434).union(TransportSet.udp(1434))),
  data('Oracle', TransportSet.tcp(1521)),
  data('NFS', TransportSet.tcp(2049)),
  data('ZooKeeper', TransportSet.tcp(2181)),
  admin('Docker', TransportSet.tcp(2375, 2376)),
  data('etcd', TransportSet.tcp(2379, 2380)),
  data('MySQL', TransportSet.tcp(3306)),
  admin('RDP', TransportSet.tcp(3389).union(TransportSet.udp(3389))),
  data('PostgreSQL', TransportSet.tcp(5432)),
  data('Redshift', TransportSet.tcp(5439)),
  data('Kibana', TransportSet.tcp(5601)),
  admin('VNC', TransportSet.tcp(5900, 5903)),
  data('CouchDB', TransportSet.tcp(5984)),
  admin('WinRM', TransportSet.tcp(5985, 5986)),
  data('Redis', TransportSet.tcp(6379)),
  admin('Kubernetes API', TransportSet.tcp(6443)),
  data('Cassandra', TransportSet.tcp(7000, 7001).union(TransportSet.tcp(9042))),
  admin('Consul', TransportSet.tcp(8500)),
  data('Kafka', TransportSet.tcp(9092)),
  data('Elasticsearch', TransportSet.tcp(9200).union(TransportSet.tcp(9300))),
  admin('kubelet', TransportSet.tcp(10_250)),
  data('memcached', TransportSet.tcp(11_211).union(TransportSet.udp(11_211))),
  data('MongoDB', TransportSet.tcp(27_017, 27_019)),
];

export const SENSITIVE_PORTS = TransportSet.unionOf(SENSITIVE_SERVICES.map(({ transport }) => transport));

/** The sensitive services that a set of flows touches, in words: `SSH`, `SSH and RDP`, `SSH, RDP and 11 more`. */
export function nameServices(transport: TransportSet): string {
  const names = SENSITIVE_SERVICES.filter((service) => service.transport.overlaps(transport)).map(
    ({ name }) => name,
  );
  if (names.length > 3)
    return `${names.slice(0, 2).join(', ')} and ${String(names.length - 2)} more services`;
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names.slice(-1).join('')}`;
}
