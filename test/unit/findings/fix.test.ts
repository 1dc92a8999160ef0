import { describe, expect, it } from 'vitest';
import type { Network } from '#model';
import { analyse } from '#engine';
import { audit, fixFor, withoutRules } from '#findings';
import { networkOf, type NetworkSpec } from '../../support/network.ts';

const PUBLIC = { at: '10.0.0.10=203.0.113.10', groups: ['a'] };
const OUT = 'out all to any';

/** For each finding the rules whose removal ends it, and whether that was proven. */
function fixes(network: Network): string[] {
  return audit(analyse(network)).map((finding) => {
    const { remove, isProven } = fixFor(network, finding);
    return `${finding.check}: ${remove.map(({ rule }) => rule.id).join(' ')}${isProven ? '' : ' ?'}`;
  });
}

const open = (rules: readonly string[], more: Partial<NetworkSpec> = {}) =>
  networkOf({ groups: { a: [...rules, OUT] }, ...more, hosts: { a: PUBLIC, ...more.hosts } });

describe('a fix is tried before it is told', () => {
  it.each<[string, Network, readonly string[]]>([
    ['one rule', open(['in tcp/22 from any']), ['admin-port-exposed: a#0']],
    [
      'two halves need both',
      open(['in tcp/22 from 0.0.0.0/1', 'in tcp/22 from 128.0.0.0/1']),
      ['admin-port-exposed: a#0 a#1'],
    ],
    [
      'an office may stay',
      open(['in tcp/22 from any', 'in tcp/22 from 198.51.100.0/24']),
      ['admin-port-exposed: a#0'],
    ],
    [
      'two blocks side by side need both',
      open(['in tcp/22 from 52.0.0.0/8', 'in tcp/22 from 53.0.0.0/8']),
      ['admin-port-exposed: a#0 a#1'],
    ],
    [
      'no rule to remove',
      open([], { hosts: { a: { ...PUBLIC, unfiltered: true } } }),
      [
        'admin-port-exposed:  ?',
        'database-exposed:  ?',
        'high-risk-port-exposed:  ?',
        'unintended-exposure:  ?',
      ],
    ],
  ])('%s', (_, network, expected) => {
    expect(fixes(network)).toEqual(expected);
  });

  it('the door alone ends a path', () => {
    const network = open([], {
      groups: { a: ['in tcp/22 from 0.0.0.0/0', OUT], db: ['in tcp/5432 from group a'] },
      hosts: { db: { at: '10.0.1.10', groups: ['db'], role: 'database' } },
    });
    expect(fixes(network)).toEqual(['admin-port-exposed: a#0', 'lateral-path: a#0']);
  });

  it('where a second door leads to the same jewel, one is not enough', () => {
    const network = networkOf({
      hosts: {
        a: PUBLIC,
        b: { at: '10.0.0.11=203.0.113.11', groups: ['b'] },
        db: { at: '10.0.1.10', groups: ['db'], role: 'database' },
      },
      groups: {
        a: ['in tcp/22 from 0.0.0.0/0', OUT],
        b: ['in tcp/22 from 0.0.0.0/0', OUT],
        db: ['in tcp/5432 from 10.0.0.0/24'],
      },
    });
    expect(fixes(network)).toContain('lateral-path: a#0 db#0');
  });

  it('a default group has none: which group is meant only people know', () => {
    const network = networkOf({
      hosts: { a: { at: '10.0.1.10', groups: ['default'] } },
      groups: { default: ['in all from group default'] },
      defaultGroups: ['default'],
    });
    expect(fixes(network)).toEqual(['default-group-in-use:  ?']);
  });

  it('taking rules away leaves everything else', () => {
    const network = open(['in tcp/22 from any', 'in tcp/80 from any']);
    const [finding] = audit(analyse(network));
    const left = withoutRules(network, finding!.culprits);
    expect(left.policies.get('a' as never)!.rules.map(({ id }) => id)).toEqual(['a#1', 'a#2']);
    expect(network.policies.get('a' as never)!.rules).toHaveLength(3);
    expect(left.policies.get('open' as never)).toBe(network.policies.get('open' as never));
    expect(withoutRules(network, [{ ...finding!.culprits[0]!, policy: 'gone' }]).policies).toEqual(
      network.policies,
    );
  });
});
