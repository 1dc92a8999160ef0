import { describe, expect, it } from 'vitest';
import type { Network } from '#model';
import { analyse, reachBetween } from '#engine';
import { explained, inWords } from '../../support/ask.ts';
import { endpoint, natGateway, networkOf } from '../../support/network.ts';
import { transitGateway } from '../../support/wide.ts';

const OPEN = ['in allow all from any', 'out allow all to any'];
const HOSTS = { a: { at: '10.0.1.10', groups: ['ssh'] }, b: { at: '10.9.0.10', groups: ['ssh'] } };
const GROUPS = { ssh: ['in tcp/22 from any', 'out all to any'] };

/** What `a` gets to `b`, what of it comes up as a session, and how the steps are marked. */
function asked(network: Network): readonly string[] {
  const { forward, sure, possible } = reachBetween(analyse(network), endpoint('a'), endpoint('b'));
  const found = explained(network, 'a', 'b', 'tcp/22');
  const marks = [...new Set(found.steps.map(({ mark }) => mark))].sort();
  return [inWords(forward.sure, forward.possible), inWords(sure, possible), marks.join()];
}

const joined = (subnets: { readonly near: string; readonly far: string }) =>
  transitGateway(
    'tgw',
    {
      near: { to: 'vpc', subnets: [subnets.near], table: 't' },
      far: { to: 'other', subnets: [subnets.far], table: 't' },
    },
    { t: ['10.0.0.0/16 near', '10.9.0.0/16 far'] },
  );

describe('the list of a NAT gateway’s subnet, where a transit gateway stands too', () => {
  /** `a` calls over the transit gateway, which hands it to a NAT gateway before `b`. */
  const behind = (attachedIn: string, acl: readonly string[]) =>
    networkOf({
      hosts: HOSTS,
      groups: GROUPS,
      acls: { odd: acl },
      networks: { other: '10.9.0.0/16' },
      subnets: {
        private: { cidr: '10.0.1.0/24', table: 'private', zone: 'z1' },
        nat: { cidr: '10.9.0.0/24', network: 'other', table: 'nat', zone: 'z1', acl: 'odd' },
        landing: { cidr: '10.9.255.0/28', network: 'other', table: 'nat', zone: 'z1' },
      },
      tables: {
        private: ['10.0.0.0/16 local', '10.9.0.0/16 tgw'],
        nat: ['10.9.0.0/16 local', '10.9.0.0/24 natgw', '10.0.0.0/16 tgw'],
      },
      gateways: [
        natGateway('natgw', 'nat', '10.9.0.5', undefined, 'other'),
        joined({ near: 'private', far: attachedIn }),
      ],
    });

  it.each([
    ['elsewhere, it sees its clients', 'landing', 'no traffic', 'no traffic', 'blocks,passes'],
    ['in the same subnet, it does not', 'nat', 'tcp 22', 'tcp 22', 'passes'],
  ])('%s', (_, attachedIn, ...expected) => {
    expect(asked(behind(attachedIn, ['in deny all from 10.0.1.10/32', ...OPEN]))).toEqual(expected);
  });

  it('it sees what answers them', () => {
    const acl = ['out deny all to 10.0.1.10/32', ...OPEN];
    expect(asked(behind('nat', acl))).toEqual(['tcp 22', 'no traffic', 'blocks,passes']);
  });

  /** `a` calls by a NAT gateway of its own network, which sends it on over the transit gateway. */
  const before = (attachedIn: string, acl: readonly string[]) =>
    networkOf({
      hosts: HOSTS,
      groups: GROUPS,
      acls: { odd: acl },
      networks: { other: '10.9.0.0/16' },
      subnets: {
        private: { cidr: '10.0.1.0/24', table: 'private', zone: 'z1' },
        nat: { cidr: '10.0.7.0/28', table: 'nat', zone: 'z1', acl: 'odd' },
        door: { cidr: '10.0.255.0/28', table: 'nat', zone: 'z1' },
        far: { cidr: '10.9.0.0/24', network: 'other', table: 'far', zone: 'z1' },
      },
      tables: {
        private: ['10.0.0.0/16 local', '10.9.0.0/16 natgw'],
        nat: ['10.0.0.0/16 local', '10.9.0.0/16 tgw'],
        far: ['10.9.0.0/16 local', '10.0.0.0/16 tgw'],
      },
      gateways: [natGateway('natgw', 'nat', '10.0.7.5'), joined({ near: attachedIn, far: 'far' })],
    });

  it.each([
    ['elsewhere, it sees the answers of the far end', 'door', 'tcp 22', 'no traffic', 'blocks,passes'],
    ['in the same subnet, it does not', 'nat', 'tcp 22', 'tcp 22', 'passes'],
  ])('%s', (_, attachedIn, ...expected) => {
    expect(asked(before(attachedIn, ['in deny all from 10.9.0.0/16', ...OPEN]))).toEqual(expected);
  });
});
