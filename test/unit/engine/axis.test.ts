import { describe, expect, it } from 'vitest';
import { INTERNET, IpSet, parseCidr } from '#netset';
import { idOf } from '#model';
import { Axis } from '../../../lib/engine/axis.ts';
import { endpoint, ipOf, natGateway, networkOf } from '../../support/network.ts';

const network = networkOf({
  hosts: {
    a: { at: ['10.0.0.10', '2600:1::10'], groups: ['web'] },
    b: { at: '10.0.0.11', groups: ['web'] },
    c: { at: ['10.0.1.10', '10.0.1.11'] },
    block: { at: '10.0.1.32-10.0.1.47' },
  },
  groups: { web: ['in tcp/22 from 198.51.100.0/24', 'in tcp/80 from 10.0.1.40'] },
  gateways: [natGateway('nat', 'public', '10.0.0.200', '203.0.113.200')],
});
const axis = new Axis(4, [network]);

/** The owners of the known places in some spans, each once. */
function ownersIn(spans: readonly (readonly [number, number])[]): string[] {
  const owners = spans.flatMap(([start, end]) =>
    axis.places.slice(start, end).map(({ owner }) => owner as string),
  );
  return [...new Set(owners)].sort();
}

describe('the line of positions', () => {
  it('gives every address a place and cuts a block where a rule has an edge', () => {
    expect(axis.positionsOf(endpoint('a'))).toHaveLength(1);
    expect(axis.positionsOf(endpoint('c'))).toHaveLength(2);
    expect(axis.positionsOf(endpoint('block'))).toHaveLength(3);
    expect(axis.positionsOf(idOf('nat'))).toHaveLength(1);
    expect(axis.positionsOf(endpoint('nobody'))).toEqual([]);
    expect(new Axis(6, [network]).places.map(({ owner }) => owner)).toEqual(['a']);
  });

  it.each([
    ['10.0.0.0/24', ['a', 'b', 'nat']],
    ['10.0.0.10/32', ['a']],
    ['10.0.0.0/16', ['a', 'b', 'block', 'c', 'nat']],
    ['10.0.1.40/32', ['block']],
    ['198.51.100.0/24', []],
  ])('%s names the places %j', (cidr, owners) => {
    const spans = axis.spansOf(IpSet.parse(cidr));
    expect(ownersIn(spans)).toEqual(owners);
    expect(axis.spansOfCidr(parseCidr(cidr)!)).toEqual(spans);
  });

  it('says which addresses an outside position stands for', () => {
    const office = IpSet.parse('198.51.100.0/24');
    const outside = axis.spansOf(office).filter(([start]) => start >= axis.places.length);
    expect(axis.addressesOf(outside).equals(office)).toBe(true);
    expect(axis.addressesOf(axis.internet).equals(INTERNET.intersect(IpSet.parse('0.0.0.0/0')))).toBe(true);
    expect(axis.addressesOf([axis.outside]).equals(IpSet.parse('0.0.0.0/0'))).toBe(true);
  });

  it('finds an address outside, and one at its owner', () => {
    const outside = axis.positionOf(ipOf('198.51.100.77'));
    expect(outside).toBe(axis.positionOf(ipOf('198.51.100.0')));
    expect(outside).not.toBe(axis.positionOf(ipOf('198.51.101.0')));
    expect(axis.positionOf(ipOf('10.0.1.11'), endpoint('c'))).toBe(axis.positionsOf(endpoint('c'))[1]);
    expect(axis.positionOf(ipOf('10.0.1.12'), endpoint('c'))).toBeUndefined();
    expect(axis.positionOf(ipOf('2600:1::10'))).toBeUndefined();
  });

  it('knows the places of a network and of a subnet', () => {
    expect(ownersIn(axis.spansOfNetwork(idOf('vpc')))).toEqual(['a', 'b', 'block', 'c', 'nat']);
    expect(ownersIn(axis.spansOfSubnet(idOf('public')))).toEqual(['a', 'b', 'nat']);
    expect(axis.spansOfSubnet(idOf('nowhere'))).toEqual([]);
  });

  it('holds the places of both networks of a comparison', () => {
    const both = new Axis(4, [network, networkOf({ hosts: { later: { at: '10.0.0.99' } } })]);
    expect(both.positionsOf(endpoint('later'))).toHaveLength(1);
    expect(both.positionsOf(endpoint('a'))).toHaveLength(1);
  });
});
