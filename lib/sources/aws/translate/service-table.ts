import type { Role } from '#model';

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
  /** For a way in that no route shows: what of it was not read. `NETWORK` stands for the network. */
  readonly hides?: string;
  readonly remedy?: string;
};

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
    hides: 'whom IAM lets tunnel into NETWORK through its EC2 Instance Connect Endpoint',
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/eice-security-groups.html
    remedy:
      'Look at who has ec2-instance-connect:OpenTunnel, and at PreserveClientIp of: aws ec2 describe-instance-connect-endpoints',
  },
  {
    prefix: 'client-vpn',
    role: 'other',
    does: 'lets-in',
    description: /^ClientVPN Endpoint resource/i,
    hides: 'whom a Client VPN endpoint lets into NETWORK',
    remedy: 'Look at its authorization rules: aws ec2 describe-client-vpn-endpoints',
  },
  {
    prefix: 'api-gateway',
    role: 'other',
    does: 'lets-in',
    types: ['api_gateway_managed'],
    description: /^ENI managed by APIGateway/i,
    hides: 'what API Gateway brings into NETWORK by a VPC link',
  },
  {
    prefix: 'cloudfront',
    role: 'other',
    does: 'lets-in',
    // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCloudFrontVPCOriginServiceRolePolicy.html
    tag: 'aws.cloudfront.vpcorigin',
    group: 'CloudFront-VPCOrigins-Service-SG',
    hides: 'what CloudFront brings into NETWORK by its VPC origins',
  },
  {
    prefix: 'global-accelerator',
    role: 'other',
    does: 'lets-in',
    types: ['global_accelerator_managed'],
    hides: 'what a Global Accelerator brings into NETWORK',
  },
  {
    prefix: 'verified-access',
    role: 'other',
    does: 'lets-in',
    description: /\bVerified ?Access\b/i,
    hides: 'whom Verified Access lets into NETWORK',
  },
  {
    prefix: 'lattice',
    role: 'other',
    does: 'lets-in',
    description: /\b(?:VPC )?Lattice\b/i,
    hides: 'what VPC Lattice brings into NETWORK',
  },
];
