import { describe, expect, it } from 'vitest';
import {
  eachMemberNull,
  groupRing,
  HOSTILE_ACCOUNTS,
  HOSTILE_NAMES,
  hostileNames,
  hugeGroup,
  longPrefixLists,
  nullMembers,
} from '../../bench/world/hostile.ts';
import { smallAccount } from '../../bench/world/small-account.ts';

describe('hostile accounts', () => {
  it.each(Object.entries(HOSTILE_ACCOUNTS))('%s survives being a file, and spoils something', (_, build) => {
    const accounts = build();
    const text = JSON.stringify(accounts);
    expect(JSON.parse(text)).toEqual(accounts);
    expect(text).not.toBe(JSON.stringify(accounts.map(() => smallAccount())));
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect('isAdmin' in {}).toBe(false);
  });

  it('the ring leads from each account to the next and back', () => {
    const accounts = groupRing();
    const owners = accounts.map(({ _meta }) => (_meta as { account: string }).account);
    const named = accounts.map((account, i) => {
      const own = new RegExp(`"UserId":"(\\d+)"`, 'g');
      const text = JSON.stringify(account['DescribeSecurityGroups']);
      return new Set(
        [...text.matchAll(own)].map(([, owner]) => owner).filter((owner) => owner !== owners[i]),
      );
    });
    expect(named).toEqual([new Set([owners[1]]), new Set([owners[2]]), new Set([owners[0]])]);
  });

  it('the huge group has a rule for each port', () => {
    const text = JSON.stringify(hugeGroup()[0]?.['DescribeSecurityGroups']);
    expect(new Set([...text.matchAll(/"FromPort":(\d+)/g)].map(([, port]) => port)).size).toBe(65_536);
  });

  it('every hostile name is in use', () => {
    const text = JSON.stringify(hostileNames());
    expect(HOSTILE_NAMES.filter((name) => !text.includes(JSON.stringify(name)))).toEqual([]);
  });

  it('the long lists have 1,000 different entries each', () => {
    const lists = longPrefixLists()[0]?.['GetManagedPrefixListEntries'] as Record<
      string,
      { Entries: { Cidr: string }[] }
    >;
    const sizes = Object.values(lists).map(({ Entries }) => new Set(Entries.map(({ Cidr }) => Cidr)).size);
    expect(sizes).toEqual([1_000, 1_000, 1_000]);
  });

  it('null members leave the ids', () => {
    const text = JSON.stringify(nullMembers());
    expect(text).toContain('"CidrBlock":null');
    expect(text).toMatch(/"InstanceId":"i-0/);
    expect(text).not.toContain('"CidrBlock":"');
  });

  it('each member is null once', () => {
    const sound = JSON.stringify([smallAccount()]);
    const spoilt = Array.from(eachMemberNull(), (accounts) => JSON.stringify(accounts));
    expect(spoilt.length).toBeGreaterThan(300);
    expect(spoilt).not.toContain(sound);
    expect(new Set(spoilt).size).toBe(spoilt.length);
  });
});
