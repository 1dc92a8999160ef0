import { describe, expect, it } from 'vitest';
import { analyse } from '#engine';
import { audit, fingerprintOf } from '#findings';
import { networkOf, type HostSpec, type NetworkSpec } from '../../support/network.ts';

const prints = (spec: NetworkSpec): string[] =>
  audit(analyse(networkOf(spec))).map(({ check, fingerprint }) => `${check} ${fingerprint}`);

const web = (more: Partial<HostSpec> = {}): HostSpec => ({
  at: '10.0.0.10=203.0.113.10',
  groups: ['web'],
  workload: 'web',
  ...more,
});
const DB: HostSpec = { at: '10.0.1.10', groups: ['db'], role: 'database', workload: 'orders' };
const groups = {
  web: ['in tcp/22 from any', 'in tcp/8080 from any', 'out all to any'],
  db: ['in tcp/5432 from group web'],
};
const BASE: NetworkSpec = { hosts: { 'eni-1': web(), 'eni-2': DB }, groups };

describe('a fingerprint', () => {
  it('is eight hexadecimal digits of check and workload', () => {
    expect(prints(BASE)).toEqual([
      `admin-port-exposed ${fingerprintOf('admin-port-exposed', 'web')}`,
      `high-risk-port-exposed ${fingerprintOf('high-risk-port-exposed', 'web')}`,
      `lateral-path ${fingerprintOf('lateral-path', 'orders')}`,
    ]);
    expect(fingerprintOf('admin-port-exposed', 'web')).toMatch(/^[0-9a-f]{4}-[0-9a-f]{4}$/);
  });

  it.each<[string, NetworkSpec]>([
    ['another interface of the same workload', { ...BASE, hosts: { 'eni-9': web(), 'eni-8': DB } }],
    ['another address', { ...BASE, hosts: { 'eni-1': web({ at: '10.0.0.77=203.0.113.77' }), 'eni-2': DB } }],
    [
      'a second interface',
      { ...BASE, hosts: { 'eni-0': web({ at: '10.0.0.9=203.0.113.9' }), ...BASE.hosts } },
    ],
    [
      'rules in another order, and more of them',
      { ...BASE, groups: { ...groups, web: ['in tcp/3389 from any', ...groups.web.toReversed()] } },
    ],
    ['doubt', { ...BASE, acls: { open: ['in allow all from any ?', 'out allow all to any'] } }],
  ])('stays through %s', (_, spec) => {
    expect(prints(spec).sort()).toEqual(prints(BASE).sort());
  });

  it('differs by check, by workload and by where the parts end', () => {
    const all = [
      fingerprintOf('a', 'b'),
      fingerprintOf('a', 'c'),
      fingerprintOf('b', 'a'),
      fingerprintOf('ab'),
      fingerprintOf('a', 'b', ''),
      fingerprintOf('a","b'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
