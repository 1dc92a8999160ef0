import { expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { changeBetween, loadSnapshots, opensSomething, type Change } from '#app';
import { ACCOUNT, ask, run, scratch } from '../../support/run-cli.ts';

const { write } = scratch();

type Demo = Record<string, unknown> & {
  GetManagedPrefixListEntries: Record<string, { Entries: { Cidr: string }[] }>;
};

const OFFICE = 'pl-0d4e8ad1c8ddaabb6';

/** The demo account with something about it changed, as a file. */
function demoWith(name: string, change: (account: Demo) => unknown): string {
  const account = JSON.parse(readFileSync(ACCOUNT, 'utf8')) as Demo;
  change(account);
  return write(name, account);
}

async function changeTo(change: (account: Demo) => unknown): Promise<Change> {
  return changeBetween(
    await loadSnapshots(ACCOUNT),
    await loadSnapshots(demoWith('after.json', change)),
    undefined,
  );
}

it.each([
  'DescribeSecurityGroups',
  'DescribeNetworkInterfaces',
  'DescribeNetworkAcls',
  'DescribeRouteTables',
])('a finding is not resolved because %s was not read', async (call) => {
  const change = await changeTo((account) => Reflect.deleteProperty(account, call));
  expect(change.resolved).toEqual([]);
});

it.each([
  { entries: ['198.51.100.0/25', '192.0.2.0/28'], wider: true, what: 'a limited range more' },
  { entries: ['198.51.100.0/24'], wider: true, what: 'a larger range' },
  { entries: ['198.51.100.0/26'], wider: false, what: 'a smaller range' },
  { entries: [], wider: false, what: 'nobody' },
])(
  '$what in a prefix list: opens something is $wider, and so says the exit code',
  async ({ entries, wider }) => {
    const edit = (account: Demo) =>
      (account.GetManagedPrefixListEntries[OFFICE] = { Entries: entries.map((Cidr) => ({ Cidr })) });
    expect(opensSomething(await changeTo(edit))).toBe(wider);
    const { code } = await run(['diff', ACCOUNT, demoWith('edited.json', edit)]);
    expect(code).toBe(wider ? 1 : 0);
  },
);

it('the nodes of a managed service fall as one thing, and both are asked for ways', async () => {
  const { out } = await ask('blast-radius', 'bastion');
  expect(out.match(/shop-redis/g)).toHaveLength(1);
  const paths = await ask(
    'paths',
    'bastion',
    'shop-redis',
    '--max-hops',
    '2',
    '--format',
    'json',
    '--snapshot',
    ACCOUNT,
  );
  const ends = (JSON.parse(paths.out) as { paths: { hops: { to: string }[] }[] }).paths.map(
    ({ hops }) => hops.at(-1)?.to,
  );
  expect(new Set(ends).size).toBe(2);
});
