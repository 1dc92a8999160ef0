import { ours, published, type Mapping } from './control.ts';

/** Mappings that several kinds of trouble share. */

/** Groups that let anybody at ports of administration, as each version of the benchmark numbers it. 1.4 has nothing for IPv6. */
export const CIS_ADMIN_PORTS: readonly Mapping[] = [
  published('cis-aws-7.0', ['6.3'], 'ipv4', 'remote-admin'),
  published('cis-aws-7.0', ['6.4'], 'ipv6', 'remote-admin'),
  published('cis-aws-5.0', ['5.3'], 'ipv4', 'remote-admin'),
  published('cis-aws-5.0', ['5.4'], 'ipv6', 'remote-admin'),
  published('cis-aws-3.0', ['5.2'], 'ipv4', 'remote-admin'),
  published('cis-aws-3.0', ['5.3'], 'ipv6', 'remote-admin'),
  published('cis-aws-1.4', ['5.2'], 'ipv4', 'remote-admin'),
];

/**
 * What gets in from the internet has passed the subnet's ACL: it admits the port as well. That the effect proves it is our reading; the
 * frameworks look at the ACL's text.
 */
export const CIS_ACLS: readonly Mapping[] = [
  ours('cis-aws-7.0', ['6.2'], 'remote-admin'),
  ours('cis-aws-5.0', ['5.2'], 'remote-admin'),
  ours('cis-aws-3.0', ['5.1'], 'remote-admin'),
  ours('cis-aws-1.4', ['5.1'], 'remote-admin'),
  ours('aws-security-hub', ['EC2.21'], 'ssh-or-rdp'),
];

/** SMB (CIFS) from whom it is not trusted. 3.0 and 1.4 have no such line. */
export const CIS_SMB: readonly Mapping[] = [
  published('cis-aws-7.0', ['6.1.2'], 'smb'),
  published('cis-aws-5.0', ['5.1.2'], 'smb'),
];

/** The Security Hub controls that look at what a rule opens at ports of administration. */
export const HUB_ADMIN_PORTS: readonly Mapping[] = [
  published('aws-security-hub', ['EC2.13'], 'ssh'),
  published('aws-security-hub', ['EC2.14'], 'rdp'),
  ours('aws-security-hub', ['EC2.53'], 'ipv4', 'ssh-or-rdp'),
  ours('aws-security-hub', ['EC2.54'], 'ipv6', 'ssh-or-rdp'),
];

/** Networks are secured, their services are, and they are kept apart. */
export const ISO_NETWORKS: Mapping = published('iso-27001-2022', ['A.8.20', 'A.8.21', 'A.8.22']);

export const SOC2_BOUNDARY: Mapping = published('soc2-2017', ['CC6.6']);

/** What a group that is open to the internet is held against. */
export const PCI_OPEN_GROUP: Mapping = published('pci-dss-4.0.1', [
  '1.2.8',
  '1.3.1',
  '1.3.2',
  '1.4.2',
  '1.5.1',
  'A1.1.3',
]);
