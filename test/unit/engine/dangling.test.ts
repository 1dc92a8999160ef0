import { describe, expect, it } from 'vitest';
import { analyse, planeOf } from '#engine';
import { between } from '../../support/ask.ts';
import { natGateway, networkOf, peering, type NetworkSpec } from '../../support/network.ts';

describe('a network that names what it does not hold is a mistake of its maker, and says which', () => {
  it.each<[string, Partial<NetworkSpec>, string]>([
    ['a group', { groups: { a: [] } }, 'the network names a policy that it does not hold: b'],
    [
      'an ACL',
      { subnets: { private: { cidr: '10.0.1.0/24', acl: 'gone' } } },
      'the network names a policy that it does not hold: gone',
    ],
    [
      'a route table',
      { subnets: { private: { cidr: '10.0.1.0/24', table: 'gone' } } },
      'the network names a route table that it does not hold: gone',
    ],
    [
      'a gateway',
      { tables: { private: ['10.0.0.0/16 gone'] } },
      'a route names a gateway that the network does not hold: gone',
    ],
    [
      'the subnet of a NAT gateway',
      { tables: { private: ['0.0.0.0/0 nat'] }, gateways: [natGateway('nat', 'gone', '10.0.0.200')] },
      'the network names a subnet that it does not hold: gone',
    ],
    [
      'the network behind a peering',
      { tables: { private: ['10.9.0.0/16 peer'] }, gateways: [peering('peer', ['vpc', 'gone'])] },
      'a peering names a network that is not held: gone',
    ],
  ])('%s', (_, more, text) => {
    const network = networkOf({
      hosts: { a: { at: '10.0.0.10', groups: ['a'] }, b: { at: '10.0.1.10', groups: ['b'] } },
      groups: { a: [], b: [] },
      ...more,
    });
    expect(() => between(network, 'a', 'b')).toThrow(text);
  });

  it('a family that there is not', () => {
    expect(() => planeOf(analyse(networkOf({ hosts: {} })), 5 as never)).toThrow('no plane for IPv5');
  });
});
