import { describe, expect, it } from 'vitest';
import { ALL_IPS, ALL_IPV4, ALL_IPV6, describeFlow, HeaderSpace, IpSet, TransportSet } from '#netset';

const space = (sources: string, destinations: string, transport: TransportSet): HeaderSpace =>
  HeaderSpace.of(IpSet.parse(sources), IpSet.parse(destinations), transport);

const ssh = TransportSet.tcp(22);
const web = TransportSet.tcp(80);

describe('a header space', () => {
  it('holds no flow between families', () => {
    expect(HeaderSpace.of(ALL_IPV4, ALL_IPV6, TransportSet.ALL).isEmpty).toBe(true);
    expect(HeaderSpace.of(ALL_IPS, ALL_IPS, TransportSet.ALL).equals(HeaderSpace.ALL)).toBe(true);
    expect(HeaderSpace.of(ALL_IPS, IpSet.parse('10.0.0.1'), ssh).boxes).toHaveLength(1);
  });

  it('is empty if a side of its box is', () => {
    expect(HeaderSpace.of(IpSet.NONE, ALL_IPS, ssh).isEmpty).toBe(true);
    expect(HeaderSpace.of(ALL_IPS, IpSet.NONE, ssh).isEmpty).toBe(true);
    expect(HeaderSpace.of(ALL_IPS, ALL_IPS, TransportSet.NONE).isEmpty).toBe(true);
  });

  it.each([
    { by: 'transport', a: space('10.0.0.0/8', '192.0.2.1', ssh), b: space('10.0.0.0/8', '192.0.2.1', web) },
    { by: 'source', a: space('10.0.0.0/9', '192.0.2.1', ssh), b: space('10.128.0.0/9', '192.0.2.1', ssh) },
    { by: 'destination', a: space('10.0.0.0/8', '192.0.2.1', ssh), b: space('10.0.0.0/8', '192.0.2.0', ssh) },
  ])('joins boxes that differ in $by only', ({ a, b }) => {
    expect(a.union(b).boxes).toHaveLength(1);
    expect(a.union(b).equals(b.union(a))).toBe(true);
  });

  it('loses a corner and gets it back in one box', () => {
    const whole = space('10.0.0.0/8', '192.0.2.0/24', TransportSet.tcp(20, 25));
    const corner = space('10.1.0.0/16', '192.0.2.9', ssh);
    const rest = whole.subtract(corner);
    expect(rest.overlaps(corner)).toBe(false);
    expect(rest.union(corner).equals(whole)).toBe(true);
    expect(rest.union(corner).boxes).toHaveLength(1);
  });

  it('is written a line a box', () => {
    const both = space('10.0.0.0/8', '192.0.2.1', ssh).union(space('::1', '::2', web));
    expect(both.toString()).toBe('10.0.0.0/8 → 192.0.2.1 tcp 22\n::1 → ::2 tcp 80');
    expect(HeaderSpace.NONE.toString()).toBe('no flows');
  });

  it('names the lowest flow of its first box as witness', () => {
    const witness = space('203.0.113.0/24', '10.0.0.5', TransportSet.tcp(22, 23)).witness();
    expect(witness && describeFlow(witness)).toBe('203.0.113.0 → 10.0.0.5 tcp 22');
    expect(HeaderSpace.NONE.witness()).toBeUndefined();
  });
});
