import { describe, expect, it } from 'vitest';
import { read } from './record.ts';

/** The rules of a call, without what they leave open. */
function rulesOf(name: string, requestParameters: unknown, more: object = {}) {
  return read(name, { requestParameters, ...more }).rules.map(
    (rule) => JSON.parse(JSON.stringify(rule)) as object,
  );
}

const ssh = { ipProtocol: 'tcp', fromPort: 22, toPort: 22 };
const none = { groups: {}, ipRanges: {}, ipv6Ranges: {}, prefixListIds: {} };
const asked = { op: 'add', direction: 'ingress', protocol: 'tcp', from: 22, to: 22 };

function permissions(...items: readonly object[]) {
  return {
    groupId: 'sg-0123abcd',
    ipPermissions: { items: items.map((item) => ({ ...ssh, ...none, ...item })) },
  };
}

describe('rules of a security group', () => {
  it.each([
    ['AuthorizeSecurityGroupIngress', 'add', 'ingress'],
    ['AuthorizeSecurityGroupEgress', 'add', 'egress'],
    ['RevokeSecurityGroupIngress', 'remove', 'ingress'],
    ['RevokeSecurityGroupEgress', 'remove', 'egress'],
  ])('of %s are to %s for %s', (name, op, direction) => {
    const request = permissions({ ipRanges: { items: [{ cidrIp: '0.0.0.0/0', description: 'x' }] } });
    expect(rulesOf(name, request)).toEqual([{ ...asked, op, direction, cidr: '0.0.0.0/0' }]);
  });

  it('are one for each far end, in order', () => {
    const request = permissions(
      {
        ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }, { cidrIp: '192.0.2.0/24' }] },
        ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] },
      },
      {
        fromPort: '443',
        toPort: '443',
        groups: { items: [{ groupId: 'sg-11111111', userId: '210987654321' }, { groupName: 'web' }] },
        prefixListIds: { item: { prefixListId: 'pl-63a5400a' } },
      },
    );
    expect(rulesOf('AuthorizeSecurityGroupIngress', request)).toEqual([
      { ...asked, cidr: '10.0.0.0/8' },
      { ...asked, cidr: '192.0.2.0/24' },
      { ...asked, cidr: '::/0' },
      { ...asked, from: 443, to: 443, group: 'sg-11111111' },
      { ...asked, from: 443, to: 443, group: 'web' },
      { ...asked, from: 443, to: 443, prefixList: 'pl-63a5400a' },
    ]);
  });

  it('keep what all protocols say of ports, and host bits, as written', () => {
    const request = permissions({
      ipProtocol: '-1',
      fromPort: 0,
      toPort: 0,
      ipRanges: { items: [{ cidrIp: '10.9.8.7/0' }] },
    });
    expect(rulesOf('RevokeSecurityGroupEgress', request)).toEqual([
      { op: 'remove', direction: 'egress', protocol: '-1', from: 0, to: 0, cidr: '10.9.8.7/0' },
    ]);
  });

  it.each([
    { flat: { cidrIp: '0.0.0.0/0' }, end: { cidr: '0.0.0.0/0' } },
    { flat: { cidrIpv6: '::/0' }, end: { cidr: '::/0' } },
    { flat: { sourceSecurityGroupId: 'sg-11111111' }, end: { group: 'sg-11111111' } },
    { flat: { sourceSecurityGroupName: 'web', sourceSecurityGroupOwnerId: '1' }, end: { group: 'web' } },
  ])('lie flat beside the group in the older form: $end', ({ flat, end }) => {
    const request = { groupId: 'sg-0123abcd', ipPermissions: {}, ...ssh, ...flat };
    expect(rulesOf('AuthorizeSecurityGroupIngress', request)).toEqual([{ ...asked, ...end }]);
  });

  it('name groups as the API does too', () => {
    const request = permissions({ userIdGroupPairs: [{ groupId: 'sg-11111111' }] });
    expect(rulesOf('AuthorizeSecurityGroupIngress', request)).toEqual([{ ...asked, group: 'sg-11111111' }]);
  });

  it('have a number for a protocol as text', () => {
    const request = permissions({ ipProtocol: 50, ipRanges: { items: { cidrIp: '192.0.2.1/32' } } });
    expect(rulesOf('AuthorizeSecurityGroupIngress', request)).toMatchObject([{ protocol: '50' }]);
  });

  it('are read from the wrapped dialect too', () => {
    const request = {
      AuthorizeSecurityGroupIngressRequest: {
        GroupId: 'sg-0123abcd',
        IpPermissions: {
          tag: 1,
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          IpRanges: { tag: 1, CidrIp: '0.0.0.0/0' },
        },
      },
    };
    expect(rulesOf('AuthorizeSecurityGroupIngress', request)).toEqual([{ ...asked, cidr: '0.0.0.0/0' }]);
  });

  it('that are revoked by id say their id', () => {
    const request = {
      groupId: 'sg-0123abcd',
      securityGroupRuleIds: { items: [{ securityGroupRuleId: 'sgr-0123abcd' }, { other: 1 }] },
    };
    expect(rulesOf('RevokeSecurityGroupIngress', request)).toEqual([
      { op: 'remove', direction: 'ingress', ruleId: 'sgr-0123abcd' },
    ]);
  });

  const first = {
    tag: 1,
    SecurityGroupRuleId: 'sgr-11111111',
    SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '0.0.0.0/0' },
  };
  const second = {
    tag: 2,
    SecurityGroupRuleId: 'sgr-22222222',
    SecurityGroupRule: { IpProtocol: '-1', ReferencedGroupId: 'sg-22222222' },
  };
  const changed = {
    op: 'modify',
    protocol: 'tcp',
    from: 22,
    to: 22,
    ruleId: 'sgr-11111111',
    cidr: '0.0.0.0/0',
  };
  it.each([
    { how: 'one, an object', rules: first, expected: [changed] },
    {
      how: 'several, an array',
      rules: [first, second],
      expected: [changed, { op: 'modify', protocol: '-1', ruleId: 'sgr-22222222', group: 'sg-22222222' }],
    },
    {
      how: 'beside its id',
      rules: { SecurityGroupRuleId: 'sgr-11111111', IpProtocol: 'tcp', CidrIpv6: '::/0' },
      expected: [{ op: 'modify', protocol: 'tcp', ruleId: 'sgr-11111111', cidr: '::/0' }],
    },
    {
      how: 'a list',
      rules: [{ ...first, SecurityGroupRule: { IpProtocol: 'tcp', PrefixListId: 'pl-63a5400a' } }],
      expected: [{ op: 'modify', protocol: 'tcp', ruleId: 'sgr-11111111', prefixList: 'pl-63a5400a' }],
    },
  ])('that are modified have their id and no direction: $how', ({ rules, expected }) => {
    const request = { ModifySecurityGroupRulesRequest: { GroupId: 'sg-0123abcd', SecurityGroupRule: rules } };
    expect(rulesOf('ModifySecurityGroupRules', request)).toEqual(expected);
  });
});

describe('entries of a network ACL', () => {
  const entry = {
    networkAclId: 'acl-0123abcd',
    ruleNumber: 120,
    egress: false,
    ruleAction: 'deny',
    aclProtocol: '6',
    portRange: { from: 22, to: 23 },
    cidrBlock: '0.0.0.0/0',
  };
  const read6 = { direction: 'ingress', action: 'deny', ruleNumber: 120, protocol: '6', from: 22, to: 23 };

  it.each([
    { name: 'CreateNetworkAclEntry', request: entry, rule: { ...read6, op: 'add', cidr: '0.0.0.0/0' } },
    { name: 'ReplaceNetworkAclEntry', request: entry, rule: { ...read6, op: 'modify', cidr: '0.0.0.0/0' } },
    {
      name: 'CreateNetworkAclEntry',
      request: { ...entry, cidrBlock: undefined, ipv6CidrBlock: '::/0', egress: 'true' },
      rule: { ...read6, op: 'add', direction: 'egress', cidr: '::/0' },
    },
    {
      name: 'CreateNetworkAclEntry',
      request: { ...entry, aclProtocol: '-1', portRange: {}, icmpTypeCode: {} },
      rule: {
        op: 'add',
        direction: 'ingress',
        action: 'deny',
        ruleNumber: 120,
        protocol: '-1',
        cidr: '0.0.0.0/0',
      },
    },
    {
      name: 'DeleteNetworkAclEntry',
      request: { networkAclId: 'acl-0123abcd', ruleNumber: 120, egress: true },
      rule: { op: 'remove', direction: 'egress', ruleNumber: 120 },
    },
    {
      name: 'CreateNetworkAclEntry',
      request: { egress: false, cidrBlock: '0.0.0.0/0', protocol: 17 },
      rule: { op: 'add', direction: 'ingress', protocol: '17', cidr: '0.0.0.0/0' },
    },
    {
      name: 'DeleteNetworkAclEntry',
      request: { networkAclId: 'acl-0123abcd', ruleNumber: 120 },
      rule: { op: 'remove', ruleNumber: 120 },
    },
  ])('$name: $rule', ({ name, request, rule }) => {
    expect(rulesOf(name, request)).toEqual([rule]);
  });
});

describe('no rules', () => {
  const opened = permissions({ ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } });
  it.each([
    { what: 'another call', name: 'UpdateSecurityGroupRuleDescriptionsIngress', request: opened },
    { what: 'a group that is made', name: 'CreateSecurityGroup', request: opened },
    { what: 'null parameters', name: 'AuthorizeSecurityGroupIngress', request: null },
    { what: 'empty parameters', name: 'CreateNetworkAclEntry', request: {} },
    {
      what: 'a permission without far ends',
      name: 'AuthorizeSecurityGroupIngress',
      request: permissions({}),
    },
    { what: 'empty lists as texts', name: 'AuthorizeSecurityGroupIngress', request: { ipPermissions: '' } },
    { what: 'a member of every object', name: 'constructor', request: opened },
    { what: 'a route to a block', name: 'CreateRoute', request: { cidrBlock: '0.0.0.0/0', ruleNumber: 1 } },
  ])('of $what', ({ name, request }) => {
    expect(rulesOf(name, request)).toEqual([]);
  });

  it('of a namesake in another service', () => {
    const more = { eventSource: 'redshift.amazonaws.com' };
    expect(rulesOf('AuthorizeSecurityGroupIngress', opened, more)).toEqual([]);
  });
});
