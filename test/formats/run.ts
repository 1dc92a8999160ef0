import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderReport, type Report, type ReportFormat } from '#report';
import type { AwsSnapshot } from '#sources/aws';
import { HOSTILE_NAMES } from '../bench/world/hostile-names.ts';
import { HOSTILE_ACCOUNTS } from '../bench/world/hostile.ts';
import { demoAccount, PREFIX_LIST, SSH_WORLD } from '../support/demo.ts';
import { reportOf, saying } from '../support/report.ts';
import { checkAsff, checkOcsf, checkReport, sarifCheck } from './problems.ts';

/**
 * Reports about several accounts, each format by the rules of its owner: SARIF by its official schema and Microsoft's validator, JSON by our
 * schema, ASFF and OCSF by what their owners document.
 *
 *   npx tsx test/formats/run.ts <folder of the npm package @microsoft/sarif-multitool-linux>
 */
const [tools] = process.argv.slice(2);
if (tools === undefined) throw new Error('name the folder of @microsoft/sarif-multitool-linux');

const hostile = (name: string): Report =>
  reportOf((HOSTILE_ACCOUNTS[name]?.() ?? []) as unknown as readonly AwsSnapshot[]);
const exposed = reportOf([demoAccount([SSH_WORLD])]);
const REPORTS: Readonly<Record<string, Report>> = {
  demo: reportOf([demoAccount()]),
  'ssh-world': exposed,
  'prefix-list': reportOf([demoAccount([PREFIX_LIST])]),
  'hostile names': hostile('hostileNames'),
  nothing: { ...exposed, findings: [], blindSpots: [], checks: [], frameworks: [] },
  ...Object.fromEntries(HOSTILE_NAMES.map((name, i) => [`name ${String(i)}`, saying(name, exposed)])),
};

const CHECKS = {
  json: checkReport,
  sarif: sarifCheck(join(tools, 'sarif-2.1.0.json')),
  asff: checkAsff,
  ocsf: checkOcsf,
} as const;

const problems: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'postern-formats-'));
for (const [name, report] of Object.entries(REPORTS)) {
  for (const [format, check] of Object.entries(CHECKS)) {
    const rendered = renderReport(report, format as ReportFormat, { failOn: 'low' });
    const text = 'text' in rendered ? rendered.text : JSON.stringify(rendered.json);
    problems.push(...check(text).map((problem) => `${name}, ${format}: ${problem}`));
    if (format === 'sarif') writeFileSync(join(folder, `${name.replaceAll(' ', '-')}.sarif`), text);
  }
}

// the package is published without the mark that makes its program one
const validator = join(tools, 'Sarif.Multitool');
chmodSync(validator, 0o755);
const { stdout: said } = spawnSync(validator, ['validate', join(folder, '*.sarif')], { encoding: 'utf8' });
problems.push(...said.split('\n').filter((line) => /\berror\b/.test(line)));
if (!/\b\d+ files scanned/.test(said)) problems.push(`the validator did not look: ${said}`);
rmSync(folder, { recursive: true });

process.stdout.write(
  `${String(Object.keys(REPORTS).length)} reports, ${String(problems.length)} problems\n${problems.map((problem) => `  ${problem}\n`).join('')}`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
