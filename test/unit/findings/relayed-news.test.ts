import { expect, it } from 'vitest';
import { diff } from '#engine';
import { newsOf, privatePathsAlert } from '#findings';
import { networkOf, type HostSpec, type NetworkSpec } from '../../support/network.ts';
import { relay } from '../../support/relay.ts';

const HOSTS: Readonly<Record<string, HostSpec>> = {
  'app-1': { at: '10.0.1.10', groups: ['any'], workload: 'app' },
  nlb: { at: '10.0.1.20', unfiltered: true, role: 'load-balancer', canPivot: false },
  'db-1': { at: '10.0.1.30', groups: ['db'], workload: 'db' },
};
const SECOND: HostSpec = { at: '10.0.1.31', groups: ['db'], workload: 'db' };

const network = (targets: readonly string[], more: Partial<NetworkSpec> = {}) =>
  networkOf({
    hosts: HOSTS,
    groups: { any: ['out all to any'], db: ['in tcp/5432 from 10.0.1.20/32'] },
    relays: [relay({ id: 'nlb', listeners: { 'tcp/5432': targets } })],
    ...more,
  });

const ONE = 'db-1 10.0.1.30 tcp/5432';
const TWO = 'db-2 10.0.1.31 tcp/5432';
const both = { hosts: { ...HOSTS, 'db-2': SECOND } };

const opened = (before: ReturnType<typeof network>, after: ReturnType<typeof network>): string[] =>
  newsOf(diff(before, after)).opened.flatMap(({ from, to, through }) =>
    through === undefined ? [] : [`${from} > ${through.map(({ name }) => name).join()} > ${to}`],
  );

it('a way that a load balancer newly opens between own hosts is news', () => {
  expect(opened(network([]), network([ONE]))).toEqual(['app-1 > nlb > db-1']);
  expect(opened(network([ONE]), network([ONE]))).toEqual([]);
});

it('one more machine behind it is none, new or there before', () => {
  expect(opened(network([ONE]), network([ONE, TWO], both))).toEqual([]);
  expect(opened(network([ONE], both), network([ONE, TWO], both))).toEqual([]);
});

it('people are told by which load balancer', () => {
  const delta = newsOf(diff(network([]), network([ONE])));
  const place = { account: '111122223333', region: 'eu-west-1', time: '2026-11-26T00:00:00Z' };
  const change = { diff: delta, newVictims: [] };
  const alert = privatePathsAlert({ change, place, blame: [], blameIs: 'nobody' });
  expect(alert.headline).toContain('db-1 on tcp 5432 through nlb');
});
