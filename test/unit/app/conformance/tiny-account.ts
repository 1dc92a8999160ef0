import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runConformance } from '../../../../lib/app/conformance/index.ts';

type Json = Record<string, unknown>;

/** An account with a public host, `eni-web`, and a private database host, `eni-db`, each in a subnet of its own. */
export function tinyAccount(change: Json = {}): Json {
  return {
    accountId: '111122223333',
    region: 'eu-west-1',
    Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16', OwnerId: '111122223333' }],
    Subnets: [
      { SubnetId: 'subnet-a', VpcId: 'vpc-1', CidrBlock: '10.0.1.0/24', MapPublicIpOnLaunch: true },
      { SubnetId: 'subnet-b', VpcId: 'vpc-1', CidrBlock: '10.0.2.0/24', MapPublicIpOnLaunch: false },
    ],
    InternetGateways: [{ InternetGatewayId: 'igw-1', Attachments: [{ VpcId: 'vpc-1', State: 'available' }] }],
    RouteTables: [
      table('rtb-a', 'subnet-a', [route('10.0.0.0/16', 'local'), route('0.0.0.0/0', 'igw-1')]),
      table('rtb-b', undefined, [route('10.0.0.0/16', 'local')]),
    ],
    NetworkAcls: [
      {
        NetworkAclId: 'acl-1',
        VpcId: 'vpc-1',
        IsDefault: true,
        Associations: [{ SubnetId: 'subnet-a' }, { SubnetId: 'subnet-b' }],
        Entries: [true, false].flatMap((Egress) => [
          { Egress, RuleNumber: 100, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
          { Egress, RuleNumber: 32767, RuleAction: 'deny', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
        ]),
      },
    ],
    SecurityGroups: [
      group('sg-web', [tcp(443, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] })]),
      group('sg-db', [tcp(5432, { UserIdGroupPairs: [{ GroupId: 'sg-web', UserId: '111122223333' }] })]),
    ],
    NetworkInterfaces: [
      card('eni-web', 'i-web', 'subnet-a', '10.0.1.10', 'sg-web', '203.0.113.10'),
      card('eni-db', 'i-db', 'subnet-b', '10.0.2.10', 'sg-db'),
    ],
    Reservations: [
      { Instances: ['i-web', 'i-db'].map((InstanceId) => ({ InstanceId, State: { Name: 'running' } })) },
    ],
    ...Object.fromEntries(
      [
        'VpcPeeringConnections',
        'NatGateways',
        'VpcEndpoints',
        'VpnGateways',
        'TransitGatewayAttachments',
        'EgressOnlyInternetGateways',
        'DBInstances',
        'LoadBalancers',
      ].map((member) => [member, []]),
    ),
    ...change,
  };
}

/** The account with a call not made. */
export function without(member: string, account: Json = tinyAccount()): Json {
  return Object.fromEntries(Object.entries(account).filter(([key]) => key !== member));
}

export function group(GroupId: string, IpPermissions: Json[], GroupName = GroupId): Json {
  const all = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  return {
    GroupId,
    GroupName,
    VpcId: 'vpc-1',
    OwnerId: '111122223333',
    IpPermissions,
    IpPermissionsEgress: [all],
  };
}

export function tcp(port: number, sources: Json): Json {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...sources };
}

export function route(DestinationCidrBlock: string, GatewayId: string): Json {
  return { DestinationCidrBlock, GatewayId, State: 'active', Origin: 'CreateRoute' };
}

export function table(RouteTableId: string, SubnetId: string | undefined, Routes: Json[]): Json {
  return {
    RouteTableId,
    VpcId: 'vpc-1',
    Associations: [SubnetId === undefined ? { Main: true } : { Main: false, SubnetId }],
    Routes,
  };
}

function card(
  id: string,
  InstanceId: string,
  SubnetId: string,
  ip: string,
  GroupId: string,
  publicIp?: string,
): Json {
  const Association = publicIp === undefined ? {} : { Association: { PublicIp: publicIp } };
  return {
    NetworkInterfaceId: id,
    VpcId: 'vpc-1',
    SubnetId,
    OwnerId: '111122223333',
    Status: 'in-use',
    Attachment: { InstanceId, Status: 'attached', DeviceIndex: 0 },
    Groups: [{ GroupId }],
    PrivateIpAddress: ip,
    ...Association,
    PrivateIpAddresses: [{ PrivateIpAddress: ip, Primary: true, ...Association }],
  };
}

/** `expected.json` of an aws case. */
export function expecting(kind: string, facts: readonly unknown[], more: Json = {}): Json {
  return { kind, complete: false, facts, ...more };
}

/** Runs cases that exist for the time of the run: files by their path, objects written as JSON. Gives the lines and counts. */
export async function runFiles(files: Readonly<Record<string, unknown>>, disagreements = '') {
  const root = await mkdtemp(join(tmpdir(), 'postern-conformance-'));
  try {
    for (const [path, content] of Object.entries({ ...files, 'disputed.md': disagreements })) {
      const file = join(root, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    }
    const lines: string[] = [];
    const counts = await runConformance(root, {
      print: (line) => lines.push(line),
      disagreements: join(root, 'disputed.md'),
    });
    return { lines, counts, last: lines.at(-1) };
  } finally {
    await rm(root, { recursive: true });
  }
}

/** Runs one aws case. */
export function runCase(account: unknown, expected: unknown) {
  return runFiles({ 'case/account.json': account, 'case/expected.json': expected });
}
