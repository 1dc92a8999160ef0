/**
 * Prints the tables of docs/cost.md: `npx tsx test/bench/cost-run.ts`. What is measured comes from `npm run bench`, what is assumed is
 * in cost/load.ts, what AWS asks for in cost/prices.ts.
 */
import { ASSUMED, useOf, type Deployment, type Measured, type Targets } from './cost/load.ts';
import { MEASURED } from './cost/measured.ts';
import { PRICES, type PriceName } from './cost/prices.ts';

const DEPLOYMENTS: readonly Deployment[] = [
  {
    name: 'small: 1 account, 17 Regions (2 in use), 50 changes a day',
    accounts: 1,
    targets: [
      { count: 2, size: 'small', changes: 25 },
      { count: 15, size: 'empty', changes: 0 },
    ],
  },
  {
    name: 'large: 1 account, 17 Regions (4 with 10,000 interfaces each), 2,000 changes a day',
    accounts: 1,
    targets: [
      { count: 4, size: 'large', changes: 500 },
      { count: 13, size: 'empty', changes: 0 },
    ],
  },
  {
    name: '500 accounts: 20 large (2 Regions each), 480 small (2 each), the other 15 Regions of each empty',
    accounts: 500,
    targets: [
      { count: 40, size: 'large', changes: 250 },
      { count: 960, size: 'small', changes: 10 },
      { count: 7500, size: 'empty', changes: 0 },
    ],
  },
];

const NAMES = Object.keys(PRICES) as PriceName[];
const money = (usd: number): string =>
  usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = (n: number): string => n.toLocaleString('en-US', { maximumFractionDigits: n < 10 ? 2 : 0 });

function costOf(deployment: Deployment, slower: number): Record<PriceName, number> {
  const use = useOf(deployment, MEASURED, slower);
  return Object.fromEntries(
    NAMES.map((name) => [name, (use[name] * PRICES[name].usd) / PRICES[name].per]),
  ) as Record<PriceName, number>;
}

const total = (cost: Record<PriceName, number>): number => NAMES.reduce((sum, name) => sum + cost[name], 0);

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log(`| ${head.join(' | ')} |`);
  console.log(`|${head.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log();
}

const sizes = Object.entries(MEASURED) as [Targets['size'], Measured][];
console.log('### What a pass takes\n');
table(
  [
    'target',
    'changed, ms',
    'nothing changed, ms',
    'the report as a page, ms',
    'AWS requests',
    'snapshot gzipped, MB',
    'report gzipped, MB',
  ],
  sizes.map(([size, { changedMs, quietMs, reportMs, requests, gzippedMegabytes, reportMegabytes }]) => [
    size,
    whole(changedMs),
    whole(quietMs),
    whole(reportMs),
    whole(requests),
    whole(gzippedMegabytes),
    whole(reportMegabytes),
  ]),
);
console.log('### What is assumed\n');
table(
  ['assumption', 'value'],
  Object.entries(ASSUMED).map(([name, value]) => [`\`${name}\``, whole(value)]),
);
console.log('### Prices\n');
table(
  ['USD', 'for', 'read on', 'state'],
  NAMES.map((name) => {
    const { usd, per, unit, source, is } = PRICES[name];
    return [String(usd), `${per === 1 ? '' : `${per.toLocaleString('en-US')} `}${unit}`, source, is];
  }),
);
for (const deployment of DEPLOYMENTS) {
  console.log(`### ${deployment.name}\n`);
  const use = useOf(deployment, MEASURED, 1);
  const [same, twice] = [costOf(deployment, 1), costOf(deployment, 2)];
  table(
    ['', 'a month', 'USD', 'USD, Lambda half as fast'],
    [
      ...NAMES.filter((name) => use[name] > 0)
        .toSorted((a, b) => same[b] - same[a])
        .map((name) => [PRICES[name].unit, whole(use[name]), money(same[name]), money(twice[name])]),
      ['**in all**', '', `**${money(total(same))}**`, `**${money(total(twice))}**`],
      [
        'for each account',
        '',
        money(total(same) / deployment.accounts),
        money(total(twice) / deployment.accounts),
      ],
    ],
  );
}
