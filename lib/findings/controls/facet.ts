import { TransportSet } from '#netset';
import type { Finding } from '../finding.ts';

/** What a framework asks about a finding beside its check: by which address family, and whether at certain ports. */
export type Facet =
  | 'ipv4'
  | 'ipv6'
  /** A port by which machines are administered from afar. */
  | 'remote-admin'
  | 'ssh'
  | 'rdp'
  /** One of the two that Security Hub's EC2.53 and EC2.54 look at. */
  | 'ssh-or-rdp'
  | 'smb'
  /** One of the ports that Security Hub's EC2.19 looks at. */
  | 'high-risk';

const SSH = TransportSet.tcp(22);
const RDP = TransportSet.tcp(3389).union(TransportSet.udp(3389));

/** CIS names 22 and 3389 and "other remote server administration ports for your environment": these are what such ports are. */
const REMOTE_ADMIN = TransportSet.unionOf([
  SSH,
  RDP,
  TransportSet.tcp(23),
  TransportSet.tcp(512, 514),
  TransportSet.tcp(5900, 5910),
  TransportSet.tcp(5985, 5986),
]);

/** https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19 */
const HIGH_RISK = TransportSet.unionOf(
  [
    20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080,
    8088, 8888, 9200, 9300,
  ].map((port) => TransportSet.tcp(port)),
);

const BY_PORTS: readonly (readonly [Facet, TransportSet])[] = [
  ['remote-admin', REMOTE_ADMIN],
  ['ssh', SSH],
  ['rdp', RDP],
  ['ssh-or-rdp', SSH.union(RDP)],
  ['smb', TransportSet.tcp(445)],
  ['high-risk', HIGH_RISK],
];

/** The facets that a finding has. Where its rules do not tell the address family, it has both. */
export function facetsOf(finding: Pick<Finding, 'transport' | 'culprits' | 'endpoints'>): readonly Facet[] {
  const { transport } = finding;
  return [
    ...familiesOf(finding),
    ...(transport === undefined
      ? []
      : BY_PORTS.filter(([, ports]) => ports.overlaps(transport)).map(([facet]) => facet)),
  ];
}

/** A list of both families opens only that by which the internet dials what it is on. */
function familiesOf({ culprits, endpoints }: Pick<Finding, 'culprits' | 'endpoints'>): readonly Facet[] {
  const dialled = new Set(
    endpoints.flatMap(({ addresses }) => addresses.flatMap(({ publicIp }) => publicIp?.family ?? [])),
  );
  const has = (family: 4 | 6): boolean =>
    (dialled.size === 0 || dialled.has(family)) &&
    culprits.some(({ rule: { selector } }) => {
      if (selector.kind !== 'ips') return selector.kind === 'unresolved';
      return family === 4 ? selector.ips.size4() > 0 : selector.ips.size6() > 0n;
    });
  const found: readonly Facet[] = [
    ...(has(4) ? (['ipv4'] as const) : []),
    ...(has(6) ? (['ipv6'] as const) : []),
  ];
  return found.length > 0 ? found : ['ipv4', 'ipv6'];
}
