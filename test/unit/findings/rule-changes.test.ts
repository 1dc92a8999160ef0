import { describe, expect, it } from 'vitest';
import { ruleChanges } from '#findings';
import { networkOf, type NetworkSpec } from '../../support/network.ts';

const world = (a: readonly string[], more: Partial<NetworkSpec> = {}) =>
  networkOf({ hosts: {}, groups: { a }, ...more });

/** `a#1: - + tcp 22` for a rule that came, with a dash for the side where it is not. */
const told = (...[before, after]: readonly ReturnType<typeof world>[]): string[] =>
  ruleChanges(before!, after!).map(
    ({ before: was, after: is }) =>
      `${(is ?? was)!.id}: ${was?.transport.toString() ?? '-'} > ${is?.transport.toString() ?? '-'}`,
  );

describe('rules that differ between two networks', () => {
  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['none', ['in tcp/22 from any'], ['in tcp/22 from any'], []],
    ['added', [], ['in tcp/22 from any'], ['a#0: - > tcp 22']],
    ['removed', ['in tcp/22 from any'], [], ['a#0: tcp 22 > -']],
    ['other ports', ['in tcp/22 from any'], ['in tcp/23 from any'], ['a#0: tcp 22 > tcp 23']],
    ['other addresses', ['in tcp/22 from any'], ['in tcp/22 from 10.0.0.0/8'], ['a#0: tcp 22 > tcp 22']],
    ['a group for addresses', ['in tcp/22 from any'], ['in tcp/22 from group b'], ['a#0: tcp 22 > tcp 22']],
    ['another group', ['in tcp/22 from group b'], ['in tcp/22 from group c'], ['a#0: tcp 22 > tcp 22']],
    ['another direction', ['in tcp/22 from any'], ['out tcp/22 to any'], ['a#0: tcp 22 > tcp 22']],
    // any of the rules that are gone may stand behind the one that cannot be read
    [
      'unread',
      ['in tcp/22 from any', 'in tcp/23 from any'],
      ['in all from unread'],
      ['a#0: tcp 22 > all traffic'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(told(world(before), world(after))).toEqual(expected);
  });

  it('another action', () => {
    const acl = (action: string) => world([], { acls: { x: [`in ${action} tcp/22 from any`] } });
    expect(told(acl('allow'), acl('deny'))).toEqual(['x#0: tcp 22 > tcp 22']);
  });

  it('says nothing of a policy that only one of them has', () => {
    expect(told(world([]), world([], { groups: { b: ['in tcp/22 from any'] } }))).toEqual([]);
    expect(told(world(['in tcp/22 from any']), world([], { groups: {} }))).toEqual([]);
  });
});
