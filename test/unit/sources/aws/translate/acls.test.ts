import { describe, expect, it } from 'vitest';
import { describeSelector, idOf, type Network } from '#model';
import { acl, codesOf, policyOf, translated, type Bodies } from './account.ts';

const ALLOW = { RuleNumber: 100, Egress: false, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0' };

function withEntries(...entries: unknown[]): Network {
  return translated({
    DescribeNetworkAcls: { NetworkAcls: [acl('acl-1', ['subnet-a', 'subnet-b'], entries)] },
  });
}

it('NA1: rules stand in the order of their numbers, whatever the order of the answer', () => {
  const network = withEntries(
    { ...ALLOW, RuleNumber: 32_767, RuleAction: 'deny' },
    { ...ALLOW, RuleNumber: 200, Egress: true },
    { ...ALLOW, RuleNumber: 90, RuleAction: 'deny', CidrBlock: '192.0.2.0/24' },
    ALLOW,
  );
  const policy = policyOf(network, 'acl-1');
  expect(policy.kind).toBe('first-match');
  expect(policy.rules.map(({ id, action }) => `${id} ${action}`)).toEqual([
    'acl-1/ingress/90 deny',
    'acl-1/ingress/100 allow',
    'acl-1/ingress/32767 deny',
    'acl-1/egress/200 allow',
  ]);
});

it.each([
  { what: 'all traffic', entry: { Protocol: '-1', PortRange: { From: 1, To: 2 } }, means: 'all traffic' },
  { what: 'all ports', entry: { Protocol: '6' }, means: 'tcp' },
  { what: 'a range', entry: { Protocol: '17', PortRange: { From: 53, To: 54 } }, means: 'udp 53-54' },
  { what: 'an ICMP type', entry: { Protocol: '1', IcmpTypeCode: { Type: 8, Code: -1 } }, means: 'icmp 8' },
  {
    what: 'an ICMPv6 type and code',
    entry: { Protocol: '58', IcmpTypeCode: { Type: 1, Code: 4 } },
    means: 'icmpv6 1/4',
  },
  { what: 'all ICMP', entry: { Protocol: '1', IcmpTypeCode: { Type: -1, Code: -1 } }, means: 'icmp' },
  { what: 'ICMP of no type', entry: { Protocol: '1' }, means: 'icmp' },
  {
    what: 'another protocol',
    entry: { Protocol: '50', PortRange: { From: 1, To: 2 } },
    means: 'protocol 50',
  },
])('NA6: $what', ({ entry, means }) => {
  const [rule] = policyOf(withEntries({ ...ALLOW, ...entry }), 'acl-1').rules;
  expect(rule?.transport.toString()).toBe(means);
  expect(rule).not.toHaveProperty('doubt');
});

it('NA6: an entry of IPv6 has only an IPv6 block', () => {
  const [rule] = policyOf(
    withEntries({ ...ALLOW, CidrBlock: undefined, Ipv6CidrBlock: '::/0' }),
    'acl-1',
  ).rules;
  expect(describeSelector(rule!.selector)).toBe('::/0');
});

describe('an entry that is not understood', () => {
  it.each([
    {
      what: 'its ports',
      entry: { Protocol: '6', PortRange: { From: 90, To: 80 } },
      rules: ['acl-1/ingress/100'],
    },
    { what: 'its port range', entry: { Protocol: '6', PortRange: 80 }, rules: ['acl-1/ingress/100'] },
    { what: 'its protocol', entry: { Protocol: 'all' }, rules: ['acl-1/ingress/100'] },
    {
      what: 'its action',
      entry: { RuleAction: 'ALLOW' },
      rules: ['acl-1/ingress/100/allow', 'acl-1/ingress/100/deny'],
    },
    { what: 'its direction', entry: { Egress: 'no' }, rules: ['acl-1/ingress/100', 'acl-1/egress/100'] },
    { what: 'its number', entry: { RuleNumber: null }, rules: ['acl-1/ingress/Entries[0]'] },
  ])('is in doubt for $what', ({ entry, rules }) => {
    const network = withEntries({ ...ALLOW, ...entry });
    const policy = policyOf(network, 'acl-1');
    expect(policy.rules.map(({ id }) => id)).toEqual(rules);
    for (const rule of policy.rules)
      expect(network.blindSpots.get(rule.doubt!)?.code).toBe('rule-not-understood');
  });

  it('names a block that is none', () => {
    const network = withEntries({ ...ALLOW, CidrBlock: '10.0.0.0/33' });
    expect(policyOf(network, 'acl-1').rules).toMatchObject([{ selector: { kind: 'unresolved' } }]);
    expect([...network.blindSpots.values()].map(({ what }) => what)).toEqual([
      'DescribeNetworkAcls.NetworkAcls[0].Entries[0].CidrBlock: "10.0.0.0/33" is not a CIDR block; this rule is treated as unknown',
    ]);
  });

  it('comes first where its number is missing, so that it may stand anywhere', () => {
    const network = withEntries({ ...ALLOW, RuleAction: 'deny' }, { ...ALLOW, RuleNumber: 'ten' });
    expect(policyOf(network, 'acl-1').rules.map(({ action }) => action)).toEqual(['allow', 'deny']);
  });

  it('that is no object may be anything', () => {
    const network = withEntries('all');
    expect(policyOf(network, 'acl-1').rules).toHaveLength(4);
  });

  it('may not decide where another of the same number says the opposite', () => {
    const network = withEntries(ALLOW, { ...ALLOW, RuleAction: 'deny' }, { ...ALLOW, RuleNumber: 110 });
    const { rules } = policyOf(network, 'acl-1');
    expect(rules.map(({ doubt }) => doubt !== undefined)).toEqual([true, true, false]);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(3);
  });
});

describe('NA7: which ACL a subnet has', () => {
  const two = { NetworkAcls: [acl('acl-1', ['subnet-a'], [ALLOW]), acl('acl-2', ['subnet-b'], [ALLOW])] };
  const borderOf = (bodies: Bodies) => {
    const network = translated(bodies);
    return { network, policy: network.subnets.get(idOf<'subnet'>('subnet-b'))!.policy };
  };

  it('is what the ACL associates', () => {
    expect(borderOf({ DescribeNetworkAcls: two }).policy).toBe('acl-2');
  });

  it.each([
    { why: 'the call was not made', acls: undefined, code: 'not-collected' },
    { why: 'none names it', acls: { NetworkAcls: [acl('acl-1', ['subnet-a'], [])] }, code: 'dangling' },
    {
      why: 'two name it',
      acls: { NetworkAcls: [acl('acl-1', ['subnet-a', 'subnet-b'], []), acl('acl-2', ['subnet-b'], [])] },
      code: 'dangling',
    },
  ])('is unknown where $why', ({ acls, code }) => {
    const { network, policy } = borderOf({ DescribeNetworkAcls: acls });
    expect(policy).toBe('not-collected:acl:subnet-b');
    expect(policyOf(network, policy).rules).toMatchObject([
      { direction: 'ingress', action: 'allow', doubt: expect.any(String) as string },
      { direction: 'egress', action: 'allow', doubt: expect.any(String) as string },
    ]);
    expect(codesOf(network)).toContain(code);
  });

  it('may admit anything where its entries are no list', () => {
    const network = borderOf({
      DescribeNetworkAcls: { NetworkAcls: [{ ...acl('acl-1', ['subnet-a', 'subnet-b'], []), Entries: 7 }] },
    }).network;
    expect(policyOf(network, 'acl-1').rules).toMatchObject([
      { doubt: expect.any(String) as string },
      { action: 'allow' },
    ]);
  });
});
