import { TransportSet } from '#netset';
import type { FrontDoor, Role } from '#model';

/**
 * What can be done with a service by its interface.
 *
 * `serves`: it is dialled, and may dial; nobody works from it. `dials`: it only opens connections of its own. `hosts`: somebody's code or
 * session runs behind it, so whoever holds that goes on from there. `lets-in`: nobody dials it, and people come in by it from elsewhere.
 */
export type Does = 'serves' | 'dials' | 'hosts' | 'lets-in';

/** A service of AWS by what it puts on its interfaces. */
export type ServiceRow = {
  /** What people see before the name: `msk:orders`. */
  readonly prefix: string;
  readonly role: Role;
  readonly does: Does;
  /** Types of interface that only this service has. */
  readonly types?: readonly string[];
  /** What it writes into the description; the first group, if any, is the name of the thing. */
  readonly description?: RegExp;
  readonly requester?: string;
  /** A tag that AWS puts on, or a group that only AWS makes. */
  readonly tag?: string;
  readonly group?: string;
  /** For a way in that no route shows. */
  readonly door?: DoorRow;
};

export type DoorRow = Pick<
  FrontDoor,
  'gate' | 'guests' | 'source' | 'leads' | 'roles' | 'opens' | 'carries'
> & {
  /** What people call it. */
  readonly called: string;
  /** What of it was not read. `NETWORK` stands for the network. */
  readonly hides: string;
  readonly remedy?: string;
  readonly passesBorders?: true;
  /** Whether it brings nothing into a network without an internet gateway. */
  readonly needsGateway?: true;
};

const PORTS = TransportSet.tcp().union(TransportSet.udp());
/** What a port of an origin may be. https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_VpcOriginEndpointConfig.html */
const ORIGIN_PORTS = TransportSet.tcp(80).union(TransportSet.tcp(443)).union(TransportSet.tcp(1024, 65_535));
/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-using-eice.html */
export const TUNNEL_PORTS = TransportSet.tcp(22).union(TransportSet.tcp(3389));
const ANYWHERE = { kind: 'anywhere' } as const;

/**
 * Types are those of https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html. AWS documents few of the descriptions;
 * those here are what interfaces in public Terraform states and in tools that attribute interfaces show. A row that matches nothing costs
 * nothing: what no row knows is something of which nothing is known, behind which code may run.
 */
export const SERVICES: readonly ServiceRow[] = [
  // file systems
  {
    prefix: '',
    role: 'file-system',
    does: 'serves',
    types: ['efs'],
    description: /^EFS mount target for (fs-\S+)/,
  },
  {
    prefix: '',
    role: 'file-system',
    does: 'serves',
    description: /\bFSx\b.*?\b(fs-[0-9a-f]+)/,
    tag: 'AmazonFSx.FileSystemId',
  },
  // data. DocumentDB and Neptune call theirs RDSNetworkInterface: databaseIdentity
  { prefix: '', role: 'search', does: 'serves', description: /^ES (\S+)/, requester: 'amazon-elasticsearch' },
  {
    prefix: 'redshift',
    role: 'database',
    does: 'serves',
    description: /^RedshiftNetworkInterface/,
    requester: 'amazon-redshift',
  },
  { prefix: '', role: 'database', does: 'serves', description: /^Network interface for DBProxy (\S+)/i },
  { prefix: 'dax', role: 'cache', does: 'serves', description: /^DAX\b/ },
  {
    prefix: 'memorydb',
    role: 'cache',
    does: 'serves',
    description: /^(?:Amazon )?MemoryDB\b/i,
    requester: 'amazon-memorydb',
  },
  {
    prefix: 'msk:',
    role: 'queue',
    does: 'serves',
    description: /\bAmazon MSK network interface for cluster (?:arn:\S*cluster\/)?([^\s/]+)/i,
  },
  { prefix: 'mq', role: 'queue', does: 'serves', description: /^Amazon ?MQ\b/i, requester: 'amazon-mq' },
  // whether anything answers on a replication instance is told nowhere; it may have a public address
  {
    prefix: 'dms',
    role: 'other',
    does: 'serves',
    description: /^DMSNetworkInterface/,
    requester: 'amazon-dms',
  },
  { prefix: 'hsm', role: 'other', does: 'serves', description: /^CloudHSM\b/i },
  // what others are governed from
  { prefix: 'eks:', role: 'control-plane', does: 'serves', description: /^Amazon EKS (\S+)/ },
  {
    prefix: 'directory:',
    role: 'control-plane',
    does: 'serves',
    description: /^AWS created network interface for (?:directory )?(d-[0-9a-z]+)/i,
  },
  // names. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver.html
  {
    prefix: 'resolver:',
    role: 'other',
    does: 'serves',
    description: /^Route 53 Resolver: (rslvr-in-[0-9a-z]+)/,
  },
  {
    prefix: 'resolver:',
    role: 'other',
    does: 'dials',
    description: /^Route 53 Resolver: (rslvr-out-[0-9a-z]+)/,
  },
  // code and sessions of people
  { prefix: 'workspaces', role: 'host', does: 'hosts', description: /^Created By Amazon Workspaces/i },
  { prefix: 'glue', role: 'host', does: 'hosts', description: /^Attached to Glue using role/ },
  { prefix: 'sagemaker:', role: 'host', does: 'hosts', description: /\bSageMaker\b.*?\b(d-[0-9a-z]+)\b/i },
  { prefix: 'sagemaker', role: 'host', does: 'hosts', description: /\bSageMaker\b/i },
  { prefix: 'emr', role: 'host', does: 'hosts', description: /^AWS ElasticMapReduce/ },
  { prefix: 'codebuild', role: 'host', does: 'hosts', description: /^(?:AWS )?CodeBuild\b/ },
  // services that only reach out
  { prefix: 'quicksight', role: 'other', does: 'dials', types: ['quicksight'] },
  { prefix: 'iot-rules', role: 'other', does: 'dials', types: ['iot_rules_managed'] },
  {
    prefix: 'codestar',
    role: 'other',
    does: 'dials',
    types: ['aws_codestar_connections_managed'],
    description: /^AWS CodeStar Connections/,
  },
  { prefix: 'firehose:', role: 'other', does: 'dials', description: /^Amazon Kinesis Firehose - (\S+)/ },
  // front doors: ways in that neither routes nor public addresses show
  {
    prefix: 'instance-connect',
    role: 'other',
    does: 'lets-in',
    types: ['ec2_instance_connect_endpoint'],
    description: /^EC2 Instance Connect Endpoint\b/i,
    // what is said of it once it was read: instance-connect.ts
    door: {
      called: 'EC2 Instance Connect Endpoint',
      gate: 'invited',
      guests: 'whoever IAM lets ec2-instance-connect:OpenTunnel',
      source: 'unknown',
      leads: ANYWHERE,
      opens: TUNNEL_PORTS,
      carries: 'bytes',
      hides: 'whose address hosts in NETWORK see of those who come by an EC2 Instance Connect Endpoint',
    },
  },
  {
    prefix: 'client-vpn',
    role: 'other',
    does: 'lets-in',
    description: /^ClientVPN Endpoint resource/i,
    // https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/how-it-works.html
    door: {
      called: 'Client VPN',
      gate: 'invited',
      guests: 'whoever may log in to the Client VPN endpoint',
      source: 'door',
      leads: ANYWHERE,
      opens: TransportSet.ALL,
      carries: 'bytes',
      hides: 'whom a Client VPN endpoint lets into NETWORK',
      remedy: 'Look at its authorization rules: aws ec2 describe-client-vpn-endpoints',
    },
  },
  {
    prefix: 'api-gateway',
    role: 'other',
    does: 'lets-in',
    types: ['api_gateway_managed'],
    description: /^ENI managed by APIGateway/i,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
    door: {
      called: 'API Gateway',
      gate: 'internet',
      guests: 'whoever the routes of the API let in',
      source: 'door',
      leads: ANYWHERE,
      opens: TransportSet.tcp(),
      carries: 'requests',
      hides: 'what API Gateway brings into NETWORK by a VPC link',
    },
  },
  {
    prefix: 'cloudfront',
    role: 'other',
    does: 'lets-in',
    // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCloudFrontVPCOriginServiceRolePolicy.html
    tag: 'aws.cloudfront.vpcorigin',
    group: 'CloudFront-VPCOrigins-Service-SG',
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
    door: {
      called: 'CloudFront VPC origins',
      gate: 'internet',
      guests: 'whoever asks the distribution',
      source: 'door',
      leads: { kind: 'network' },
      roles: ['host', 'load-balancer'],
      opens: ORIGIN_PORTS,
      carries: 'requests',
      hides: 'what CloudFront brings into NETWORK by its VPC origins',
    },
  },
  {
    prefix: 'global-accelerator',
    role: 'other',
    does: 'lets-in',
    types: ['global_accelerator_managed'],
    // an interface stands in each subnet with an endpoint; of what comes by it ACLs are not asked, and groups see the client
    // https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.sipp-caveats.html
    // https://docs.aws.amazon.com/global-accelerator/latest/dg/preserve-client-ip-address.how-to-enable-preservation.html
    door: {
      called: 'Global Accelerator',
      gate: 'internet',
      guests: 'whoever dials the accelerator',
      source: 'client',
      leads: { kind: 'subnet' },
      roles: ['host', 'load-balancer'],
      opens: PORTS,
      carries: 'bytes',
      passesBorders: true,
      needsGateway: true,
      hides: 'what a Global Accelerator brings into NETWORK',
    },
  },
  {
    prefix: 'verified-access',
    role: 'other',
    does: 'lets-in',
    description: /\bVerified ?Access\b/i,
    // https://docs.aws.amazon.com/verified-access/latest/ug/how-it-works.html
    door: {
      called: 'Verified Access',
      gate: 'invited',
      guests: 'whoever its policies trust',
      source: 'door',
      leads: ANYWHERE,
      opens: TransportSet.tcp(),
      carries: 'bytes',
      hides: 'whom Verified Access lets into NETWORK',
    },
  },
  {
    prefix: 'lattice',
    role: 'other',
    does: 'lets-in',
    description: /\b(?:VPC )?Lattice\b/i,
    // https://docs.aws.amazon.com/vpc-lattice/latest/ug/resource-gateway.html
    door: {
      called: 'VPC Lattice',
      gate: 'invited',
      guests: 'whoever is associated with its service networks',
      source: 'door',
      leads: ANYWHERE,
      opens: TransportSet.tcp(),
      carries: 'bytes',
      hides: 'what VPC Lattice brings into NETWORK',
    },
  },
];
