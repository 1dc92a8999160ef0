import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { analyse, explain } from '#engine';
import { idOf, type Network } from '#model';
import { parseTransport } from '#netset';
import { translate } from '#sources/aws';

const NAT = 'nat-0e74e9848187d6eb5';
const GATEWAY = 'igw-0bfc4eb6b08507371';
const BALANCER = idOf<'endpoint'>('eni-011f9f20e12657253');
const DATABASE_GROUP = idOf<'policy'>('sg-06a73e45d2349bf53');

type Account = {
  DescribeRouteTables?: { RouteTables: { RouteTableId: string; Routes: object[] }[] };
  DescribeVpcPeeringConnections: { VpcPeeringConnections: object[] };
};

/** The demo account with something about it changed. */
function networkWith(change: (account: Account) => void): Network {
  const account = JSON.parse(readFileSync('examples/demo-account/account.json', 'utf8')) as Account;
  change(account);
  return translate([account as never]);
}

it('a table that was not read may lead to the NAT gateway of its network', () => {
  const network = networkWith((account) => delete account.DescribeRouteTables);
  const routes = [...network.routeTables.values()].flatMap((table) => table.routes);
  const hops = routes.flatMap(({ target }) => (target.kind === 'unknown' ? target.appliances : []));
  expect(hops).toContain(NAT);
});

it('a route to a peering that no answer lists lets groups be named across networks, perhaps', () => {
  const before = networkWith(() => undefined);
  const after = networkWith((account) => (account.DescribeVpcPeeringConnections.VpcPeeringConnections = []));
  const doubts = (network: Network) =>
    network.policies
      .get(DATABASE_GROUP)
      ?.rules.filter(({ doubt }) => doubt?.startsWith('dangling:pcx-') === true);
  expect(doubts(before)).toEqual([]);
  expect(doubts(after)).not.toEqual([]);
});

it('a route whose prefix list was not read says so where it leaves an answer unknown', () => {
  const network = networkWith((account) => {
    const table = account.DescribeRouteTables?.RouteTables.find(({ Routes }) =>
      JSON.stringify(Routes).includes(GATEWAY),
    );
    table?.Routes.push({ DestinationPrefixListId: 'pl-0unread', NatGatewayId: NAT, State: 'active' });
  });
  const internet = { kind: 'outside', ip: { family: 4, value: 0x08080808 } } as const;
  const found = explain(
    analyse(network),
    internet,
    { kind: 'endpoint', id: BALANCER },
    parseTransport('tcp/443')!,
  );
  expect(found?.verdict).toBe('unknown');
  expect(found?.because.join()).toContain('pl-0unread');
});
