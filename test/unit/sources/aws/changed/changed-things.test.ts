import { describe, expect, it } from 'vitest';
import { AttachedThings, changedThings, type AwsSnapshot } from '#sources/aws';

const GROUP = 'sg-0a11111111111111a';
const OTHER = 'sg-0b22222222222222b';
const RULE = 'sgr-0c33333333333333c';
const CARD = 'eni-0d44444444444444d';
const LIST = 'pl-0e55555555555555e';
const ADDRESS = 'eipalloc-0f666666666666666';
const LINK = 'eipassoc-01777777777777771';

function account(responses: object): AwsSnapshot {
  return {
    _meta: { schemaVersion: 1, account: '111122223333', region: 'eu-west-1', blindSpots: [] },
    ...responses,
  };
}

function group(id: string, permissions: readonly object[] = []): object {
  return { GroupId: id, GroupName: 'web', IpPermissions: permissions };
}

const ssh = (cidr: string): object => ({
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  IpRanges: [{ CidrIp: cidr }],
});
const groups = (...list: readonly object[]) => ({ DescribeSecurityGroups: { SecurityGroups: list } });
const cards = (card: object) => ({
  DescribeNetworkInterfaces: {
    NetworkInterfaces: [{ NetworkInterfaceId: CARD, SubnetId: 'subnet-0188888888888888', ...card }],
  },
});

/** Each changed thing with what it mentions, as `sg-… : sg-… sgr-…`. */
function changed(before: object, after: object): string[] {
  return [...changedThings(account(before), account(after))].map(
    ([id, mentioned]) => `${id} : ${[...mentioned].sort().join(' ')}`,
  );
}

describe('what changed between two reads', () => {
  it.each<[string, object, object, readonly string[]]>([
    ['nothing', groups(group(GROUP, [ssh('10.0.0.0/8')])), groups(group(GROUP, [ssh('10.0.0.0/8')])), []],
    [
      'the order of rules',
      groups(group(GROUP, [ssh('10.0.0.0/8'), ssh('0.0.0.0/0')])),
      groups(group(GROUP, [ssh('0.0.0.0/0'), ssh('10.0.0.0/8')])),
      [],
    ],
    ['a rule', groups(group(GROUP)), groups(group(GROUP, [ssh('0.0.0.0/0')])), [`${GROUP} : ${GROUP}`]],
    [
      'a rule that names another group, which has not changed',
      groups(group(GROUP)),
      groups(group(GROUP, [{ UserIdGroupPairs: [{ GroupId: OTHER }] }])),
      [`${GROUP} : ${GROUP}`],
    ],
    ['a group that is new', groups(), groups(group(GROUP)), [`${GROUP} : ${GROUP}`]],
    ['a group that is gone', groups(group(GROUP)), groups(), [`${GROUP} : ${GROUP}`]],
    [
      'the groups of an interface',
      cards({ Groups: [{ GroupId: GROUP }] }),
      cards({ Groups: [{ GroupId: GROUP }, { GroupId: OTHER }] }),
      [`${CARD} : ${CARD}`],
    ],
    [
      'a public address given to an interface',
      cards({}),
      cards({ Association: { AllocationId: ADDRESS, AssociationId: LINK, PublicIp: '203.0.113.9' } }),
      [`${CARD} : ${ADDRESS} ${LINK} ${CARD}`],
    ],
    [
      'an entry of a prefix list',
      { GetManagedPrefixListEntries: { [LIST]: { Entries: [] } } },
      { GetManagedPrefixListEntries: { [LIST]: { Entries: [{ Cidr: '0.0.0.0/1' }] } } },
      [`${LIST} : ${LIST}`],
    ],
    [
      'a host in another reservation',
      {
        DescribeInstances: {
          Reservations: [{ Instances: [{ InstanceId: 'i-0199999999999999', State: 1 }] }],
        },
      },
      {
        DescribeInstances: {
          Reservations: [{}, { Instances: [{ InstanceId: 'i-0199999999999999', State: 2 }] }],
        },
      },
      ['i-0199999999999999 : i-0199999999999999'],
    ],
    ['nothing that was not read before', {}, groups(group(GROUP)), []],
    ['nothing that is not read now', groups(group(GROUP)), {}, []],
    [
      'nothing in a malformed answer',
      groups(group(GROUP)),
      { DescribeSecurityGroups: { SecurityGroups: 7 } },
      [],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(changed(before, after)).toEqual(expected);
  });

  it('without an earlier read nothing has changed', () => {
    expect(changedThings(undefined, account(groups(group(GROUP)))).size).toBe(0);
  });
});

it('what hangs on a thing comes with it, what lives by itself does not', () => {
  const snapshot = account({
    ...groups(
      group(GROUP, [{ PrefixListIds: [{ PrefixListId: LIST }], UserIdGroupPairs: [{ GroupId: OTHER }] }]),
    ),
    ...cards({ Groups: [{ GroupId: GROUP }], Association: { AllocationId: ADDRESS } }),
    DescribeSecurityGroupRules: { SecurityGroupRules: [{ SecurityGroupRuleId: RULE, GroupId: GROUP }] },
  });
  const attached = new AttachedThings([snapshot]);
  expect([...attached.with(new Set([GROUP]))].sort()).toEqual([LIST, GROUP].sort());
  expect([...attached.with(new Set([CARD]))].sort()).toEqual([ADDRESS, CARD].sort());
});
