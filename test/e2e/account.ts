import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateManagedPrefixListCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
  RevokeSecurityGroupIngressCommand,
  RunInstancesCommand,
  type CreateSubnetCommandInput,
  type EC2ClientConfig,
  type IpPermission,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';

/** The account that the API server speaks for, unless a role of another is taken on. */
export const ACCOUNT = '123456789012';
export const REGION = 'eu-west-1';

/** The server takes any; those of the machine must not reach it. */
export const CREDENTIALS = { accessKeyId: 'testing', secretAccessKey: 'testing' };

/** An image that the server knows. */
const IMAGE = 'ami-12c6146b';

/** A small shop: web and bastion in a public subnet, database in a private one. Ids are the server's. */
export type Shop = {
  readonly ec2: EC2Client;
  readonly vpc: string;
  readonly publicSubnet: string;
  readonly privateSubnet: string;
  readonly internetGateway: string;
  readonly publicTable: string;
  readonly privateTable: string;
  readonly office: string;
  readonly groups: { readonly web: string; readonly bastion: string; readonly database: string };
  readonly instances: { readonly web: string; readonly bastion: string; readonly database: string };
};

/** The server forgets everything, in every account and Region. */
export async function emptyServer(server: string): Promise<void> {
  await fetch(`${server}/moto-api/reset`, { method: 'POST' });
}

/**
 * Builds the shop through the real SDK: the internet may come to web on 443, the office (a prefix list) to bastion on 22,
 * bastion to both others on 22, and web to the database on 5432.
 */
export async function buildAccount(
  endpoint: string,
  credentials: NonNullable<EC2ClientConfig['credentials']> = CREDENTIALS,
): Promise<Shop> {
  const ec2 = new EC2Client({ region: REGION, endpoint, credentials });
  const vpc = idOf((await ec2.send(new CreateVpcCommand({ CidrBlock: '10.20.0.0/16' }))).Vpc?.VpcId);
  const publicSubnet = await createSubnet(ec2, vpc, '10.20.0.0/24');
  const privateSubnet = await createSubnet(ec2, vpc, '10.20.10.0/24');
  await ec2.send(
    new ModifySubnetAttributeCommand({ SubnetId: publicSubnet, MapPublicIpOnLaunch: { Value: true } }),
  );
  const internetGateway = idOf(
    (await ec2.send(new CreateInternetGatewayCommand({}))).InternetGateway?.InternetGatewayId,
  );
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: internetGateway, VpcId: vpc }));
  const publicTable = await createRouteTable(ec2, vpc, publicSubnet);
  const privateTable = await createRouteTable(ec2, vpc, privateSubnet);
  await ec2.send(
    new CreateRouteCommand({
      RouteTableId: publicTable,
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: internetGateway,
    }),
  );
  const office = await createPrefixList(ec2, '198.51.100.0/25');
  const groups = {
    web: await createGroup(ec2, vpc, 'web'),
    bastion: await createGroup(ec2, vpc, 'bastion'),
    database: await createGroup(ec2, vpc, 'database'),
  };
  await authorize(ec2, groups.web, tcp(443, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }));
  await authorize(ec2, groups.web, tcp(22, { UserIdGroupPairs: [{ GroupId: groups.bastion }] }));
  await authorize(ec2, groups.bastion, tcp(22, { PrefixListIds: [{ PrefixListId: office }] }));
  await authorize(ec2, groups.database, tcp(5432, { UserIdGroupPairs: [{ GroupId: groups.web }] }));
  await authorize(ec2, groups.database, tcp(22, { UserIdGroupPairs: [{ GroupId: groups.bastion }] }));
  const instances = {
    web: await runInstance(ec2, publicSubnet, groups.web, 'web'),
    bastion: await runInstance(ec2, publicSubnet, groups.bastion, 'bastion'),
    database: await runInstance(ec2, privateSubnet, groups.database, 'database'),
  };
  const network = { vpc, publicSubnet, privateSubnet, internetGateway, publicTable, privateTable };
  return { ec2, ...network, office, groups, instances };
}

/** Puts one more instance in the public subnet, with a group of its own that lets nobody in. Gives the group. */
export async function addHost({ ec2, vpc, publicSubnet }: Shop, name: string): Promise<string> {
  const group = await createGroup(ec2, vpc, name);
  await runInstance(ec2, publicSubnet, group, name);
  return group;
}

/** TCP to one port, from whom the rest says. */
export function tcp(
  port: number,
  from: Omit<IpPermission, 'IpProtocol' | 'FromPort' | 'ToPort'>,
): IpPermission {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...from };
}

/** Lets in what the permission says; answers with the new rules' ids. */
export async function authorize(
  ec2: EC2Client,
  group: string,
  permission: IpPermission,
): Promise<readonly string[]> {
  const command = new AuthorizeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: [permission] });
  const { SecurityGroupRules: rules = [] } = await ec2.send(command);
  return rules.map((rule) => idOf(rule.SecurityGroupRuleId));
}

/** Takes back what `authorize` let in. */
export async function revoke(ec2: EC2Client, group: string, permission: IpPermission): Promise<void> {
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: [permission] }));
}

/** A subnet in the first zone, unless `more` says another. */
export async function createSubnet(
  ec2: EC2Client,
  vpc: string,
  block: string,
  more: Partial<CreateSubnetCommandInput> = {},
): Promise<string> {
  const zone = { AvailabilityZone: `${REGION}a` };
  const command = new CreateSubnetCommand({ VpcId: vpc, CidrBlock: block, ...zone, ...more });
  return idOf((await ec2.send(command)).Subnet?.SubnetId);
}

/** A table of its own for a subnet. */
export async function createRouteTable(ec2: EC2Client, vpc: string, subnet: string): Promise<string> {
  const table = idOf((await ec2.send(new CreateRouteTableCommand({ VpcId: vpc }))).RouteTable?.RouteTableId);
  await ec2.send(new AssociateRouteTableCommand({ RouteTableId: table, SubnetId: subnet }));
  return table;
}

async function createPrefixList(ec2: EC2Client, block: string): Promise<string> {
  const command = new CreateManagedPrefixListCommand({
    PrefixListName: 'office',
    AddressFamily: 'IPv4',
    MaxEntries: 10,
    Entries: [{ Cidr: block, Description: 'head office' }],
  });
  return idOf((await ec2.send(command)).PrefixList?.PrefixListId);
}

/** A group that lets nobody in. */
export async function createGroup(ec2: EC2Client, vpc: string, name: string): Promise<string> {
  const command = new CreateSecurityGroupCommand({
    VpcId: vpc,
    GroupName: name,
    Description: `${name} hosts`,
  });
  return idOf((await ec2.send(command)).GroupId);
}

export async function runInstance(
  ec2: EC2Client,
  subnet: string,
  group: string,
  name: string,
  more: Pick<RunInstancesCommandInput, 'Ipv6AddressCount'> = {},
): Promise<string> {
  const command = new RunInstancesCommand({
    ImageId: IMAGE,
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
    SubnetId: subnet,
    SecurityGroupIds: [group],
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: name }] }],
    ...more,
  });
  return idOf((await ec2.send(command)).Instances?.[0]?.InstanceId);
}

export function idOf(id: string | undefined): string {
  if (id === undefined) throw new Error('the server made something and did not say its id');
  return id;
}
