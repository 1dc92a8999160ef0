/** Another tool whose code was read at one commit. None was run, but where a mistake says so. */
export type Peer = {
  readonly name: string;
  readonly repository: string;
  readonly commit: string;
  /** Where in the repository its files are named from. */
  readonly folder?: string;
  readonly kind: 'engine' | 'monitor';
  /** What it does that Postern does not. */
  readonly more: readonly string[];
};

export const NP_GUARD: Peer = {
  name: 'np-guard',
  repository: 'np-guard/vpc-network-config-analyzer',
  commit: '773a62d',
  kind: 'engine',
  more: [
    'analyses IBM Cloud VPCs, with their load balancers, public gateways and transit gateways',
    'draws diagrams: draw.io, SVG and interactive HTML of the network and of what connects',
    'compares two configurations from files, by endpoints or by subnets',
  ],
};

export const BATFISH: Peer = {
  name: 'Batfish',
  repository: 'batfish/batfish',
  commit: 'cba1873',
  folder: 'projects/batfish/src/main/java/org/batfish/representation/aws',
  kind: 'engine',
  more: [
    "models routers, switches and firewalls of many vendors, and joins on-premises configurations to AWS's",
    'computes the routes that BGP and OSPF would learn',
    'answers symbolic questions about every header space at once, and compares two snapshots',
    'tells which part of a filter no packet can match, and traces a packet both ways through every device',
  ],
};

export const CUSTODIAN: Peer = {
  name: 'Cloud Custodian',
  repository: 'cloud-custodian/cloud-custodian',
  commit: 'df800e9',
  kind: 'monitor',
  more: [
    'acts: takes away rules, stops and tags things, across hundreds of resource types and several clouds',
    'lets people write their own policies in YAML',
    "routes mail by tags, owners and a company's directory",
  ],
};

export const PROWLER: Peer = {
  name: 'Prowler',
  repository: 'prowler-cloud/prowler',
  commit: '3e000fa',
  kind: 'monitor',
  more: [
    'checks hundreds of things beside the network: identities, storage, logging, encryption, in several clouds',
    'reports by more than forty compliance frameworks, in ASFF, OCSF and SARIF',
    'has fixers that change the account',
  ],
};

export const SECURITY_MONKEY: Peer = {
  name: 'Security Monkey',
  repository: 'Netflix/security_monkey',
  commit: '5d22a10',
  kind: 'monitor',
  more: [
    'keeps the history of every configuration, with a web interface to read and justify it (end of life since 2020)',
  ],
};

export const STEAMPIPE: Peer = {
  name: 'Steampipe perimeter',
  repository: 'turbot/steampipe-mod-aws-perimeter',
  commit: 'c4772a2',
  kind: 'monitor',
  more: [
    'looks at shared resources and resource policies as well as at the network',
    'answers any question that SQL can ask, on dashboards',
  ],
};

export const CLOUDMAPPER: Peer = {
  name: 'CloudMapper',
  repository: 'duo-labs/cloudmapper',
  commit: 'ec8fbf2',
  kind: 'monitor',
  more: ['draws interactive maps of an account, and reports on its identities'],
};

export const CARTOGRAPHY: Peer = {
  name: 'Cartography',
  repository: 'cartography-cncf/cartography',
  commit: '2b68f02',
  kind: 'monitor',
  more: [
    'joins many clouds, identity providers and scanners in one graph that any query may walk',
    'follows permissions of identities, which are paths without a network',
  ],
};

export const CIS: Peer = {
  name: 'CIS alarms',
  repository: 'prowler-cloud/prowler',
  commit: '3e000fa',
  kind: 'monitor',
  more: ['are agreed on by many, and auditors ask for them'],
};

export const PEERS: readonly Peer[] = [
  NP_GUARD,
  BATFISH,
  CUSTODIAN,
  PROWLER,
  SECURITY_MONKEY,
  STEAMPIPE,
  CLOUDMAPPER,
  CARTOGRAPHY,
  CIS,
];
