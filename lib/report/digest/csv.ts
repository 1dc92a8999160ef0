import { stringify } from 'csv-stringify/sync';
import type { Digest, DigestFinding } from './digest.ts';

/** Beyond this a spreadsheet is no help, and mail servers refuse what is too large. */
const MOST_ROWS = 10_000;

const COLUMNS = [
  'state',
  'severity',
  'check',
  'title',
  'workload',
  'workload_id',
  'account',
  'account_name',
  'region',
  'team',
  'opened_at',
  'closed_at',
  'certainty',
  'seen_now',
  'accepted_by',
  'accepted_until',
  'controls',
  'fingerprint',
] as const;

/**
 * Every finding of a digest, for spreadsheets. A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line break) is
 * written with an apostrophe before it: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function digestCsv({ open, resolved }: Digest): string {
  const rows = [...open, ...resolved.filter(({ closedAt }) => closedAt !== undefined)];
  return stringify(rows.slice(0, MOST_ROWS).map(rowOf), {
    header: true,
    columns: [...COLUMNS],
    escape_formulas: true,
    record_delimiter: 'windows',
    // Excel takes a file without it for one of the machine's own code page
    bom: true,
  });
}

function rowOf(finding: DigestFinding): Readonly<Record<(typeof COLUMNS)[number], string>> {
  const { workload, accepted, controls } = finding;
  return {
    state: finding.closedAt === undefined ? 'open' : 'closed',
    severity: finding.severity,
    check: finding.check,
    title: finding.title,
    workload: workload.name,
    workload_id: workload.id,
    account: finding.account,
    account_name: finding.accountName,
    region: finding.region,
    team: finding.team,
    opened_at: finding.openedAt,
    closed_at: finding.closedAt ?? '',
    certainty: finding.certainty,
    seen_now: finding.isConfirmed ? 'yes' : 'no',
    accepted_by: accepted?.owner ?? '',
    accepted_until: accepted?.until ?? '',
    controls: controls.map(({ framework, id }) => `${framework} ${id}`).join('; '),
    fingerprint: finding.fingerprint,
  };
}
