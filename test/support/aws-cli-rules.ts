import type { Account } from '../laws/oracle/index.ts';
import type {
  IpPermission as Permission,
  SecurityGroup,
  SecurityGroupRule,
} from '../laws/oracle/responses.ts';

/** The options of a command, by name. */
export type Options = ReadonlyMap<string, readonly string[]>;

export type Direction = 'ingress' | 'egress';
type Groups = readonly SecurityGroup[];

const LISTS = {
  IpRanges: 'CidrIp',
  Ipv6Ranges: 'CidrIpv6',
  PrefixListIds: 'PrefixListId',
  UserIdGroupPairs: 'GroupId',
} as const;
type ListName = keyof typeof LISTS;
const NAMES = Object.keys(LISTS) as readonly ListName[];

/** One rule: one protocol, one range, one source. */
export type One = {
  readonly protocol: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly list: ListName;
  readonly source: string;
  readonly item: object;
};

/** The one value of an option. */
export function one(options: Options, name: string): string {
  const [value, ...more] = options.get(name) ?? [];
  if (value === undefined || more.length > 0) throw new Error(`${name} takes one value`);
  return value;
}

export function groupsOf(account: Account): Groups {
  return account.DescribeSecurityGroups?.SecurityGroups ?? [];
}

function onGroup(
  account: Account,
  id: string,
  direction: Direction,
  edit: (rules: readonly One[]) => readonly One[],
): Account | undefined {
  if (!groupsOf(account).some(({ GroupId }) => GroupId === id)) return undefined;
  const member = direction === 'ingress' ? 'IpPermissions' : 'IpPermissionsEgress';
  return {
    ...account,
    DescribeSecurityGroups: {
      SecurityGroups: groupsOf(account).map((group) =>
        group.GroupId === id
          ? { ...group, [member]: edit(group[member].flatMap(onesOf)).map(permissionOf) }
          : group,
      ),
    },
  };
}

/** A permission of a command leaves out the lists that it does not need. */
function onesOf(permission: Partial<Permission> & Pick<Permission, 'IpProtocol'>): One[] {
  return NAMES.flatMap((list) =>
    (permission[list] ?? []).map((item): One => ({
      protocol: permission.IpProtocol,
      from: permission.FromPort ?? undefined,
      to: permission.ToPort ?? undefined,
      list,
      source: (item as Readonly<Record<string, string>>)[LISTS[list]] ?? '',
      item,
    })),
  );
}

export function permissionOf({ protocol, from, to, list, item }: One): Permission {
  return {
    IpProtocol: protocol,
    ...(from !== undefined && { FromPort: from }),
    ...(to !== undefined && { ToPort: to }),
    IpRanges: [],
    Ipv6Ranges: [],
    PrefixListIds: [],
    UserIdGroupPairs: [],
    [list]: [item],
  };
}

/** ICMP has every type where none is said; other protocols have no ports where -1 is said. */
function keyOf({ protocol, from, to, list, source }: One): string {
  const isIcmp = protocol === 'icmp' || protocol === 'icmpv6' || protocol === '1' || protocol === '58';
  const port = (value: number | undefined): string =>
    value === undefined || value === -1 ? (isIcmp ? '-1' : '') : String(value);
  const names: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' };
  return [names[protocol] ?? protocol, port(from), port(to), list, source].join(' ');
}

function permissionsIn(options: Options): readonly One[] {
  return (JSON.parse(one(options, '--ip-permissions')) as readonly Permission[]).flatMap(onesOf);
}

function recordsOf(account: Account): readonly SecurityGroupRule[] {
  return account.DescribeSecurityGroupRules?.SecurityGroupRules ?? [];
}

function oneOfRecord(record: SecurityGroupRule): One {
  const found = (
    [
      ['IpRanges', record.CidrIpv4],
      ['Ipv6Ranges', record.CidrIpv6],
      ['PrefixListIds', record.PrefixListId],
      ['UserIdGroupPairs', record.ReferencedGroupInfo?.GroupId],
    ] as const
  ).find(([, id]) => id !== undefined);
  if (found?.[1] === undefined) throw new Error(`${record.SecurityGroupRuleId} names nobody`);
  const [list, source] = found;
  const { IpProtocol: protocol, FromPort: from, ToPort: to } = record;
  return { protocol, from, to, list, source, item: { [LISTS[list]]: source } };
}

function without(rules: readonly One[], gone: readonly One[]): readonly One[] {
  const keys = new Set(rules.map(keyOf));
  for (const each of gone) if (!keys.has(keyOf(each))) throw new Error(`is not there: ${keyOf(each)}`);
  const wanted = new Set(gone.map(keyOf));
  return rules.filter((each) => !wanted.has(keyOf(each)));
}

export function revoke(account: Account, options: Options, direction: Direction): Account | undefined {
  const group = one(options, '--group-id');
  const ids = options.get('--security-group-rule-ids');
  const records = recordsOf(account).filter(
    (record) => record.GroupId === group && record.IsEgress === (direction === 'egress'),
  );
  const named = ids?.map((id) => {
    const record = records.find(({ SecurityGroupRuleId }) => SecurityGroupRuleId === id);
    return record && oneOfRecord(record);
  });
  if (named?.includes(undefined) === true) return undefined;
  const gone = named?.filter((each) => each !== undefined) ?? permissionsIn(options);
  const edited = onGroup(account, group, direction, (rules) => without(rules, gone));
  if (edited === undefined) return undefined;
  const keys = new Set(gone.map(keyOf));
  return withRecords(edited, (all) =>
    all.filter((each) => !records.includes(each) || !keys.has(keyOf(oneOfRecord(each)))),
  );
}

export function authorize(account: Account, options: Options, direction: Direction): Account | undefined {
  const group = one(options, '--group-id');
  const added = permissionsIn(options);
  const edited = onGroup(account, group, direction, (rules) => {
    const keys = new Set(rules.map(keyOf));
    for (const each of added)
      if (keys.size === keys.add(keyOf(each)).size) throw new Error(`is there: ${keyOf(each)}`);
    return [...rules, ...added];
  });
  return (
    edited &&
    withRecords(edited, (all) => [
      ...all,
      ...added.map((each, i) => recordOf(each, group, direction, all.length + i)),
    ])
  );
}

export function withRecords(
  account: Account,
  edit: (records: readonly SecurityGroupRule[]) => readonly SecurityGroupRule[],
): Account {
  return account.DescribeSecurityGroupRules === undefined
    ? account
    : { ...account, DescribeSecurityGroupRules: { SecurityGroupRules: edit(recordsOf(account)) } };
}

export function recordOf(
  { protocol, from, to, list, source, item }: One,
  group: string,
  direction: Direction,
  number: number,
  id = `sgr-${(0xfeed0000 + number).toString(16).padStart(17, '0')}`,
): SecurityGroupRule {
  const member = {
    IpRanges: { CidrIpv4: source },
    Ipv6Ranges: { CidrIpv6: source },
    PrefixListIds: { PrefixListId: source },
    UserIdGroupPairs: { ReferencedGroupInfo: item },
  }[list];
  return {
    SecurityGroupRuleId: id,
    GroupId: group,
    IsEgress: direction === 'egress',
    IpProtocol: protocol,
    FromPort: from ?? -1,
    ToPort: to ?? -1,
    ...member,
    GroupOwnerId: '',
    Tags: [],
  } as SecurityGroupRule;
}

export function modify(account: Account, options: Options): Account | undefined {
  const group = one(options, '--group-id');
  const updates = JSON.parse(one(options, '--security-group-rules')) as readonly {
    readonly SecurityGroupRuleId: string;
    readonly SecurityGroupRule: {
      readonly IpProtocol: string;
      readonly FromPort?: number;
      readonly ToPort?: number;
      readonly ReferencedGroupId?: string;
    } & Partial<Record<'CidrIpv4' | 'CidrIpv6' | 'PrefixListId', string>>;
  }[];
  let now: Account | undefined = account;
  for (const { SecurityGroupRuleId: id, SecurityGroupRule: words } of updates) {
    const record = recordsOf(account).find(
      (each) => each.SecurityGroupRuleId === id && each.GroupId === group,
    );
    if (record === undefined) return undefined;
    const { ReferencedGroupId, ...rest } = words;
    const fresh = oneOfRecord({
      ...rest,
      SecurityGroupRuleId: id,
      ...(ReferencedGroupId !== undefined && { ReferencedGroupInfo: { GroupId: ReferencedGroupId } }),
    } as SecurityGroupRule);
    const direction = record.IsEgress ? 'egress' : 'ingress';
    now =
      now &&
      onGroup(now, group, direction, (rules) => {
        const left = without(rules, [oneOfRecord(record)]);
        if (left.some((each) => keyOf(each) === keyOf(fresh))) throw new Error(`is there: ${keyOf(fresh)}`);
        return [...left, fresh];
      });
    now =
      now &&
      withRecords(now, (all) =>
        all.map((each) =>
          each.SecurityGroupRuleId === id ? recordOf(fresh, group, direction, 0, id) : each,
        ),
      );
  }
  return now;
}
