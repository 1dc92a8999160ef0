import { ours, published, type ControlSet } from './control.ts';
import {
  CIS_ACLS,
  CIS_ADMIN_PORTS,
  CIS_SMB,
  HUB_ADMIN_PORTS,
  ISO_NETWORKS,
  PCI_OPEN_GROUP,
  SOC2_BOUNDARY,
} from './shared-mappings.ts';

const adminPort: ControlSet = [
  ...CIS_ADMIN_PORTS,
  ...CIS_ACLS,
  ...CIS_SMB,
  PCI_OPEN_GROUP,
  published('nist-800-53-r5', [
    ...['AC-17(1)', 'AC-17(9)', 'AC-17(10)', 'AC-17b', 'CM-9b', 'SC-7a', 'SC-7c', 'SC-7(7)', 'SC-7(11)'],
    ...['SC-7(12)', 'SC-7(16)', 'SC-7(21)', 'SC-7(24)(b)', 'SC-7(25)', 'SC-7(26)', 'SC-7(27)', 'SC-7(28)'],
  ]),
  ours('nist-800-53-r5', ['SC-7(5)', 'CM-7b']),
  SOC2_BOUNDARY,
  published('soc2-2017', ['CC7.2'], 'ipv4'),
  ISO_NETWORKS,
  ...HUB_ADMIN_PORTS,
  published('aws-security-hub', ['EC2.19'], 'high-risk'),
  ours('mitre-attack', ['T1133', 'T1190', 'T1110', 'T1021']),
  published('mitre-attack', ['T1046']),
];

const highRiskPort: ControlSet = [
  ...CIS_SMB,
  published('pci-dss-4.0.1', ['1.2.5', '1.3.1']),
  ours('pci-dss-4.0.1', ['1.4.2']),
  ours('nist-800-53-r5', ['SC-7(5)', 'CM-7b']),
  SOC2_BOUNDARY,
  ISO_NETWORKS,
  published('aws-security-hub', ['EC2.19'], 'high-risk'),
  ours('mitre-attack', ['T1190']),
  published('mitre-attack', ['T1046']),
];

const unauthorisedPort: ControlSet = [
  published('pci-dss-4.0.1', ['1.2.5', '1.2.8', '1.3.1', '1.3.2', '1.4.2', '1.5.1', '2.2.5', 'A1.1.3']),
  ours('nist-800-53-r5', ['SC-7(5)']),
  SOC2_BOUNDARY,
  ISO_NETWORKS,
  published('aws-security-hub', ['EC2.18']),
  ours('mitre-attack', ['T1190']),
];

const allTraffic: ControlSet = [
  ...CIS_ADMIN_PORTS,
  PCI_OPEN_GROUP,
  published('nist-800-53-r5', ['SC-7a', 'SC-7c', 'SC-7(11)', 'SC-7(16)', 'SC-7(21)']),
  ours('nist-800-53-r5', ['SC-7(5)', 'CM-7b']),
  SOC2_BOUNDARY,
  ISO_NETWORKS,
  published('aws-security-hub', ['EC2.18', 'EC2.19']),
  ours('mitre-attack', ['T1190']),
  published('mitre-attack', ['T1046']),
];

const defaultGroup: ControlSet = [
  published('cis-aws-7.0', ['6.5']),
  published('cis-aws-5.0', ['5.5']),
  published('cis-aws-3.0', ['5.4']),
  published('cis-aws-1.4', ['5.3']),
  ours('pci-dss-4.0.1', ['1.2.5', '1.3.1']),
  published('nist-800-53-r5', ['AC-4(21)', 'CM-6a', 'SC-7(5)', 'SC-7a', 'SC-7c']),
  ours('soc2-2017', ['CC6.6']),
  ISO_NETWORKS,
  published('aws-security-hub', ['EC2.2']),
  ours('mitre-attack', ['T1021']),
];

const lateralPath: ControlSet = [
  ours('pci-dss-4.0.1', ['1.4.4', '1.3.1']),
  ours('nist-800-53-r5', ['AC-4', 'AC-4(21)', 'SC-7(21)', 'SC-7(5)']),
  ours('soc2-2017', ['CC6.1', 'CC6.6']),
  ours('iso-27001-2022', ['A.8.22']),
  ours('mitre-attack', ['T1021', 'T1570', 'T1210']),
];

const wideRoute: ControlSet = [
  published('cis-aws-7.0', ['6.6']),
  published('cis-aws-5.0', ['5.6']),
  published('cis-aws-3.0', ['5.5']),
  published('cis-aws-1.4', ['5.4']),
  ours('pci-dss-4.0.1', ['1.2.1', '1.4.1']),
  ours('nist-800-53-r5', ['AC-4(21)', 'SC-7a']),
  ours('soc2-2017', ['CC6.6']),
  ISO_NETWORKS,
  published('aws-security-hub', ['EC2.23']),
  ours('mitre-attack', ['T1599', 'T1021']),
];

const publicDatabase: ControlSet = [
  published('cis-aws-7.0', ['3.2.3']),
  published('cis-aws-5.0', ['2.2.3']),
  published('cis-aws-3.0', ['2.3.3']),
  PCI_OPEN_GROUP,
  published('nist-800-53-r5', [
    ...['AC-3', 'AC-4(21)', 'AC-6', 'SC-7(2)', 'SC-7(3)', 'SC-7(20)', 'SC-7a', 'SC-7b', 'SC-7c'],
  ]),
  published('soc2-2017', ['CC6.2']),
  ours('soc2-2017', ['CC6.6']),
  published('iso-27001-2022', ['A.8.1']),
  ours('iso-27001-2022', ['A.8.20']),
  published('aws-security-hub', ['RDS.2', 'Redshift.1']),
  published('mitre-attack', ['T1530']),
  ours('mitre-attack', ['T1190']),
];

/** The way out of what holds data: no published mapping looks at it by effect. */
const wideEgress: ControlSet = [
  ours('pci-dss-4.0.1', ['1.3.2']),
  ours('nist-800-53-r5', ['SC-7(5)', 'SC-7(10)', 'AC-4']),
  ours('soc2-2017', ['CC6.6', 'CC6.7']),
  ours('iso-27001-2022', ['A.8.12', 'A.8.22']),
  ours('mitre-attack', ['T1048']),
];

/** What a rule would open as soon as something carries it: the frameworks judge the rule, so they judge this as if it were open. */
const latentExposure: ControlSet = [
  ...CIS_ADMIN_PORTS,
  ...CIS_SMB,
  ours('pci-dss-4.0.1', ['1.2.5', '1.2.7']),
  ours('nist-800-53-r5', ['CM-7b', 'SC-7(5)']),
  SOC2_BOUNDARY,
  ISO_NETWORKS,
  ...HUB_ADMIN_PORTS,
  published('aws-security-hub', ['EC2.19'], 'high-risk'),
];

/** Pods that are not kept apart. The AWS benchmarks have nothing to say of it. */
const flatNamespace: ControlSet = [
  ours('pci-dss-4.0.1', ['1.2.5', '1.3.1', '1.4.4']),
  ours('nist-800-53-r5', ['AC-4', 'SC-7(5)', 'SC-7(21)']),
  SOC2_BOUNDARY,
  ISO_NETWORKS,
  ours('mitre-attack', ['T1046']),
];

/** EC2.22 looked at unused groups and is retired: it is still what people search for. */
const unusedGroup: ControlSet = [
  ours('pci-dss-4.0.1', ['1.2.7']),
  ours('nist-800-53-r5', ['CM-2']),
  ISO_NETWORKS,
  published('aws-security-hub', ['EC2.22']),
];

const monitorBlinded: ControlSet = [
  published('cis-aws-7.0', ['5.5']),
  published('cis-aws-5.0', ['4.5']),
  published('cis-aws-3.0', ['4.5']),
  published('cis-aws-1.4', ['4.5']),
  ours('pci-dss-4.0.1', ['10.2.1', '10.7.2']),
  ours('nist-800-53-r5', ['AU-9', 'AU-12']),
  published('soc2-2017', ['CC5.2', 'CC7.2']),
  published('iso-27001-2022', ['A.8.15', 'A.8.16']),
  ours('aws-security-hub', ['CloudTrail.1']),
  ours('mitre-attack', ['T1685.002']),
];

/** What each check maps to, by its id. A new check is one line here; without it, the table that is made of this does not compile. */
export const CONTROL_SETS = {
  'admin-port-exposed': adminPort,
  'database-exposed': highRiskPort,
  'high-risk-port-exposed': highRiskPort,
  'unintended-exposure': unauthorisedPort,
  'public-database': publicDatabase,
  'all-traffic-group': allTraffic,
  'default-group-in-use': defaultGroup,
  'lateral-path': lateralPath,
  'segmentation-broken': lateralPath,
  'egress-from-crown-jewel': wideEgress,
  'peering-too-wide': wideRoute,
  'ingress-path-to-crown-jewel': lateralPath,
  'namespace-without-default-deny': flatNamespace,
  'open-to-cluster': flatNamespace,
  'policies-not-enforced': flatNamespace,
  'latent-exposure': latentExposure,
  'open-group-unused': latentExposure,
  'unused-group': unusedGroup,
  'duplicate-group': unusedGroup,
  'monitor-blinded': monitorBlinded,
} as const satisfies Readonly<Record<string, ControlSet>>;
