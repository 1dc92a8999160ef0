import { describe, expect, it } from 'vitest';
import { clientPortsOf, pairsOf, pointsOf, questionsOf, someQuestions } from './questions.ts';
import { draw, entry } from './sketch.ts';

const account = draw({
  subnets: {
    s: {
      entries: [
        ...entry(10, 'in', 'allow', { Protocol: '6', PortRange: { From: 2000, To: 3000 } }),
        ...entry(20, 'in', 'allow', { Protocol: '1', IcmpTypeCode: { Type: 8, Code: 0 } }),
        ...entry(30, 'in', 'allow', { Protocol: '47', CidrBlock: '192.0.2.0/30' }),
      ],
    },
  },
  groups: {
    ssh: { in: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.10/31' }] }] },
  },
  cards: {
    a: { ip: '10.0.0.10', ip6: '2001:db8:a::10' },
    b: { ip: '10.0.0.20', Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.32/28' }] },
  },
});
const pairs = pairsOf([account]);
const points = pointsOf([account]);

describe('pairs', () => {
  const texts = new Set(
    pairs.map(([from, to]) => [from, to].map((end) => ('outside' in end ? end.outside : end.ip)).join(' ')),
  );

  it.each([
    ['two interfaces', '10.0.0.10 10.0.0.20', true],
    ['the other way', '10.0.0.20 10.0.0.10', true],
    ['the first of a prefix', '10.0.0.10 10.0.0.32', true],
    ['the last of a prefix', '10.0.0.47 10.0.0.10', true],
    ['just before a CIDR', '10.0.0.9 10.0.0.20', true],
    ['just after a CIDR', '10.0.0.12 10.0.0.20', true],
    ['the last of a CIDR of an ACL', '10.0.0.20 192.0.2.3', true],
    ['an edge that an interface holds is that interface', '10.0.0.10 10.0.0.10', false],
    ['two addresses of one interface', '10.0.0.20 10.0.0.32', false],
    ['two families', '2001:db8:a::10 10.0.0.20', false],
    ['a host of the IPv6 internet', '2606:4700::1 2001:db8:a::10', true],
  ])('%s: %s', (_, text, expected) => {
    expect(texts.has(text)).toBe(expected);
  });
});

describe('points', () => {
  const texts = points.map(
    ({ protocol, port, icmp }) =>
      `${protocol}/${port ?? (icmp === undefined ? '' : `${icmp.type}/${icmp.code}`)}`,
  );

  it.each([
    '6/21',
    '6/22',
    '6/23',
    '6/1999',
    '6/2000',
    '6/3000',
    '6/3001',
    '6/0',
    '6/65535',
    '17/0',
    '1/8/0',
    '1/8/1',
    '1/7/0',
    '1/9/1',
    '47/',
    '41/',
  ])('%s', (point) => {
    expect(texts).toContain(point);
  });

  it('client ports are edges of ranges from 1024 on', () => {
    expect(clientPortsOf([account])).toEqual(expect.arrayContaining([1024, 1999, 2000, 3000, 3001, 65535]));
    expect(Math.min(...clientPortsOf([account]))).toBe(1024);
  });
});

describe('questions', () => {
  it('are all pairs at all points', () => {
    expect([...questionsOf([account])].length).toBe(pairs.length * points.length);
  });

  it('can be drawn from, the same for the same seed', () => {
    const drawn = [...someQuestions([account], 200, 1)];
    expect(drawn).toHaveLength(200);
    expect([...someQuestions([account], 200, 1)]).toEqual(drawn);
    expect([...someQuestions([account], 200, 2)]).not.toEqual(drawn);
    const every = new Set([...questionsOf([account])].map((question) => JSON.stringify(question)));
    expect(drawn.every((question) => every.has(JSON.stringify(question)))).toBe(true);
  });
});
