import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyse, exposures } from '#engine';
import { audit, intentFor, latent, NOTHING_SAID, remarks, riskOf } from '#findings';
import { toHtml, toReport } from '#report';
import { translate, type AwsSnapshot } from '#sources/aws';
import { exceptionsOf, intentOf } from '#app';
import { auditReport } from '../../lib/app/audit-report.ts';
import { changeHtml } from '../../lib/app/change-html.ts';
import { parseConfig } from '../../lib/app/config/parse-config.ts';
import { HOSTILE_NAMES } from '../bench/world/hostile-names.ts';
import { WORLDS } from '../bench/world/sizes.ts';
import { buildWorld } from '../bench/world/world.ts';
import { demoAccount, SSH_WORLD } from '../support/demo.ts';

const TIME = '2026-03-01T10:01:30.000Z';
const ACCOUNT = 'examples/demo-account/account.json';

/** The report of the bundled account, as `postern audit --format html` writes it. */
export async function demoReport(): Promise<string> {
  return (await auditReport({ snapshot: ACCOUNT })).html();
}

/** The report of the bundled cluster, alone or of a cluster beside its account. */
export async function clusterReport(
  options: { readonly snapshot?: string; readonly kubernetes: string } = {
    kubernetes: 'examples/kubernetes-shop',
  },
): Promise<string> {
  return (await auditReport(options)).html();
}

/** What somebody did by opening SSH to the world, as `postern diff --format html` writes it. */
export function changeReport(): string {
  const after = demoAccount([SSH_WORLD]);
  const at = { ...after, _meta: { ...after._meta, capturedAt: TIME } };
  return changeHtml([demoAccount()], [at], { meant: NOTHING_SAID }, TIME);
}

/** The same change, of an account of which somebody said what is to hold and what he answers for. */
export function saidReport(): string {
  const config = parseConfig(
    `
assertions:
  - { from: internet, to: bastion, flows: tcp/22, expect: denied }
  - { from: internet, to: shop-orders, flows: tcp/5432, expect: denied }
  - { from: nobody-here, to: shop-orders, flows: tcp/5432, expect: denied }
exceptions:
  - { check: default-group-in-use, workload: eni-06d0ee43c722364ef, owner: mara, reason: it moves, until: '2026-02-20' }
  - { fingerprint: 6833-b82d, owner: '<img src=x>', reason: "</script><script>window.hacked=1</script>", until: '2026-03-10' }
  - { fingerprint: aaaa-bbbb, owner: kim, reason: gone since long, until: '2027-01-01' }
`,
    'postern.yml',
  );
  const said = {
    meant: intentOf(config),
    assertions: config.assertions,
    exceptions: exceptionsOf(config.exceptions),
  };
  return changeHtml([demoAccount()], [demoAccount([SSH_WORLD])], said, TIME);
}

/** An account in which there is nothing, all of which was read; and one of which nothing was read. */
export function bareReport(isRead: boolean): string {
  const account = demoAccount([], (document) => {
    for (const [name, body] of Object.entries(document)) {
      if (name === '_meta') continue;
      // a file without any answer of AWS would be no snapshot
      if (!isRead && name !== 'DescribeInstances') Reflect.deleteProperty(document, name);
      else
        for (const [member, value] of Object.entries(body as object))
          if (Array.isArray(value)) Object.assign(body as object, { [member]: [] });
    }
  });
  return reportFor(account, TIME);
}

/** The same account, with every name, description and tag hostile: each of them at one place at least. */
export function hostileReport(): string {
  let next = 0;
  const hostile = (): string => NAMES[next++ % NAMES.length] ?? '';
  const renamed = demoAccount([SSH_WORLD], (document) => {
    const text = JSON.stringify(document, (key, value: unknown) =>
      ['Description', 'GroupName', 'Value'].includes(key) && typeof value === 'string' ? hostile() : value,
    );
    Object.assign(document, JSON.parse(text));
  });
  return reportFor(renamed, '2026-03-01T10:01:30Z');
}

export const NAMES: readonly string[] = [
  '</script><script>window.hacked=1</script>',
  '</style><style>body{display:none}</style>',
  '<!-- <script>window.hacked=2',
  ...HOSTILE_NAMES,
  '__proto__',
  'constructor',
  `${'long '.repeat(2_000)}end`,
  'x'.repeat(10_000),
];

/** An invented account of 10,000 interfaces, without the fixes, whose trial takes minutes. */
export function largeReport(): string {
  return reportFor(buildWorld(WORLDS.M), TIME);
}

function reportFor(snapshot: AwsSnapshot, now: string): string {
  const analysis = analyse(translate([snapshot]));
  const intent = intentFor(NOTHING_SAID, analysis.network);
  const open = audit(analysis);
  const { account, region } = snapshot._meta;
  const report = toReport({
    network: analysis.network,
    findings: [...open, ...latent(analysis)],
    risk: riskOf(open),
    remarks: remarks(analysis),
    exposures: exposures(analysis),
    targets: [{ account, region, readAt: now }],
    version: '1.2.3',
    now,
    isJewel: intent.isCrownJewel,
  });
  return toHtml({ report, analysis, intent });
}

/** Writes a report to a file of its own, as people get it. */
export function fileOf(html: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'report-')), 'report.html');
  writeFileSync(file, html);
  return file;
}
