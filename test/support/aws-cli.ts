import type { Account } from '../laws/oracle/index.ts';
import type { AclEntry, SecurityGroup } from '../laws/oracle/responses.ts';
import {
  authorize,
  groupsOf,
  modify,
  one,
  permissionOf,
  recordOf,
  revoke,
  withRecords,
  type One,
  type Options,
} from './aws-cli-rules.ts';
import { shellWords } from './shell-words.ts';

/**
 * Accounts as they would be after commands of the AWS command line, by a reading of its reference that shares nothing with whoever wrote the
 * commands. As strict as AWS: what is taken away has to be there, what is added must not be, and an option that is not known is an error.
 */
export function afterCommands(accounts: readonly Account[], commands: readonly string[]): Account[] {
  let now = [...accounts];
  const variables: Record<string, string> = {};
  for (const command of commands) {
    const [, name, inner] = /^(\w+)=\$\((.*)\)$/.exec(command) ?? [];
    const words = shellWords(inner ?? command, variables);
    const [aws, service, verb, ...rest] = words;
    if (aws !== 'aws') throw new Error(`not a command of AWS: ${command}`);
    const options = optionsOf(rest);
    if (name !== undefined) {
      variables[name] = 'sg-0000000000000feed';
      now = now.map((account) => (inRegion(account, options) ? withGroup(account, options) : account));
      continue;
    }
    const act = ACTIONS[`${service ?? ''} ${verb ?? ''}`];
    if (act === undefined) throw new Error(`no such command is known here: ${command}`);
    let done = 0;
    now = now.map((account) => {
      const after = inRegion(account, options) ? act(account, options) : undefined;
      if (after !== undefined) done += 1;
      return after ?? account;
    });
    if (done !== 1) throw new Error(`done in ${String(done)} accounts: ${command}`);
  }
  return now;
}

function optionsOf(words: readonly string[]): Options {
  const options = new Map<string, string[]>();
  let open: string[] | undefined;
  for (const word of words) {
    if (word.startsWith('--')) options.set(word, (open = []));
    else if (open === undefined) throw new Error(`a value without an option: ${word}`);
    else open.push(word);
  }
  return options;
}

function inRegion({ _meta }: Account, options: Options): boolean {
  return _meta?.region === one(options, '--region');
}

/** What a command does to an account; `undefined` if nothing there is meant. */
type Action = (account: Account, options: Options) => Account | undefined;

const ACTIONS: Readonly<Record<string, Action>> = {
  'ec2 revoke-security-group-ingress': (account, options) => revoke(account, options, 'ingress'),
  'ec2 revoke-security-group-egress': (account, options) => revoke(account, options, 'egress'),
  'ec2 authorize-security-group-ingress': (account, options) => authorize(account, options, 'ingress'),
  'ec2 authorize-security-group-egress': (account, options) => authorize(account, options, 'egress'),
  'ec2 modify-security-group-rules': modify,
  'ec2 delete-route': deleteRoute,
  'ec2 create-network-acl-entry': createEntry,
  'ec2 modify-network-interface-attribute': setGroups,
  'elbv2 delete-listener': deleteListener,
};

function deleteRoute(account: Account, options: Options): Account | undefined {
  const id = one(options, '--route-table-id');
  const tables = account.DescribeRouteTables?.RouteTables ?? [];
  if (!tables.some(({ RouteTableId }) => RouteTableId === id)) return undefined;
  return {
    ...account,
    DescribeRouteTables: {
      RouteTables: tables.map((table) => {
        if (table.RouteTableId !== id) return table;
        const Routes = table.Routes.filter(
          (route) =>
            route.DestinationCidrBlock !== options.get('--destination-cidr-block')?.[0] ||
            route.DestinationIpv6CidrBlock !== options.get('--destination-ipv6-cidr-block')?.[0] ||
            route.DestinationPrefixListId !== options.get('--destination-prefix-list-id')?.[0],
        );
        if (Routes.length !== table.Routes.length - 1) throw new Error(`no such route in ${id}`);
        return { ...table, Routes };
      }),
    },
  };
}

function createEntry(account: Account, options: Options): Account | undefined {
  const id = one(options, '--network-acl-id');
  const acls = account.DescribeNetworkAcls?.NetworkAcls ?? [];
  if (!acls.some(({ NetworkAclId }) => NetworkAclId === id)) return undefined;
  const pair = (name: string, first: string, second: string): readonly [number, number] | undefined => {
    const text = options.get(name)?.[0];
    const [, a, b] = new RegExp(`^${first}=(-?\\d+),${second}=(-?\\d+)$`).exec(text ?? '') ?? [];
    return a === undefined ? undefined : [Number(a), Number(b)];
  };
  const ports = pair('--port-range', 'From', 'To');
  const icmp = pair('--icmp-type-code', 'Type', 'Code');
  const entry = {
    RuleNumber: Number(one(options, '--rule-number')),
    Egress: options.has('--egress'),
    Protocol: one(options, '--protocol'),
    RuleAction: one(options, '--rule-action'),
    ...(options.has('--cidr-block')
      ? { CidrBlock: one(options, '--cidr-block') }
      : { Ipv6CidrBlock: one(options, '--ipv6-cidr-block') }),
    ...(ports && { PortRange: { From: ports[0], To: ports[1] } }),
    ...(icmp && { IcmpTypeCode: { Type: icmp[0], Code: icmp[1] } }),
  } as AclEntry;
  return {
    ...account,
    DescribeNetworkAcls: {
      NetworkAcls: acls.map((acl) => {
        if (acl.NetworkAclId !== id) return acl;
        if (
          acl.Entries.some(
            ({ RuleNumber, Egress }) => RuleNumber === entry.RuleNumber && Egress === entry.Egress,
          )
        )
          throw new Error(`${id} has an entry ${String(entry.RuleNumber)}`);
        return { ...acl, Entries: [...acl.Entries, entry] };
      }),
    },
  };
}

function setGroups(account: Account, options: Options): Account | undefined {
  const id = one(options, '--network-interface-id');
  const groups = options.get('--groups') ?? [];
  const interfaces = account.DescribeNetworkInterfaces?.NetworkInterfaces ?? [];
  if (!interfaces.some(({ NetworkInterfaceId }) => NetworkInterfaceId === id)) return undefined;
  return {
    ...account,
    DescribeNetworkInterfaces: {
      NetworkInterfaces: interfaces.map((each) =>
        each.NetworkInterfaceId === id
          ? { ...each, Groups: groups.map((GroupId) => ({ GroupId, GroupName: GroupId })) }
          : each,
      ),
    },
  };
}

function deleteListener(account: Account, options: Options): Account | undefined {
  const arn = one(options, '--listener-arn');
  const listeners = account.DescribeListeners?.Listeners ?? [];
  const Listeners = listeners.filter(({ ListenerArn }) => ListenerArn !== arn);
  return Listeners.length === listeners.length ? undefined : { ...account, DescribeListeners: { Listeners } };
}

/** A new group lets everything out, by IPv6 too where its VPC has that. */
function withGroup(account: Account, options: Options): Account {
  const vpc = one(options, '--vpc-id');
  const plan = account.DescribeVpcs?.Vpcs.find(({ VpcId }) => VpcId === vpc);
  if (plan === undefined) return account;
  const hasIpv6 = (plan.Ipv6CidrBlockAssociationSet ?? []).length > 0;
  const everywhere: readonly One[] = [
    {
      protocol: '-1',
      from: undefined,
      to: undefined,
      list: 'IpRanges',
      source: '0.0.0.0/0',
      item: { CidrIp: '0.0.0.0/0' },
    },
    ...(hasIpv6
      ? [
          {
            protocol: '-1',
            from: undefined,
            to: undefined,
            list: 'Ipv6Ranges' as const,
            source: '::/0',
            item: { CidrIpv6: '::/0' },
          },
        ]
      : []),
  ];
  const group = {
    GroupId: 'sg-0000000000000feed',
    GroupName: one(options, '--group-name'),
    Description: one(options, '--description'),
    VpcId: vpc,
    OwnerId: plan.OwnerId,
    IpPermissions: [],
    IpPermissionsEgress: everywhere.map(permissionOf),
  } as SecurityGroup;
  const added = withRecords(account, (all) => [
    ...all,
    ...everywhere.map((each, i) => recordOf(each, group.GroupId, 'egress', all.length + i)),
  ]);
  return { ...added, DescribeSecurityGroups: { SecurityGroups: [...groupsOf(added), group] } };
}
