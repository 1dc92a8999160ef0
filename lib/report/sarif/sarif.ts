import type { Report } from '../document/report-schema.ts';
import { sarifResult } from './sarif-result.ts';
import { sarifRules, sarifTaxonomies } from './sarif-rules.ts';
import { sarifText } from './sarif-text.ts';

/**
 * GitHub refuses a run of more results, and shows the gravest 5,000.
 *
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#validating-your-sarif-file
 */
const MOST_RESULTS = 25_000;

/** A report as SARIF 2.1.0: checks as rules, frameworks as taxonomies, blind spots as notifications of the run. */
export function toSarif(report: Report): object {
  const { tool, createdAt, findings, checks, frameworks, targets } = report;
  const rules = checks.map(({ id }) => id);
  const isAnyAccepted = findings.some(({ suppression }) => suppression !== undefined);
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Postern',
            version: tool.version,
            semanticVersion: tool.version,
            rules: sarifRules(report),
            notifications: [...new Set(codesOf(report))].map((id) => ({
              id,
              shortDescription: { text: 'Something could not be read or is not modelled.' },
            })),
            supportedTaxonomies: frameworks.map(({ id }, index) => ({ name: id, index })),
          },
        },
        taxonomies: sarifTaxonomies(report),
        automationDetails: { id: `postern/${targets.map(targetName).join('+') || 'unknown'}/` },
        invocations: [
          {
            executionSuccessful: true,
            endTimeUtc: createdAt,
            toolExecutionNotifications: notificationsOf(report),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: findings.slice(0, MOST_RESULTS).map((finding) => sarifResult(finding, rules, isAnyAccepted)),
      },
    ],
  };
}

const LEFT_OUT = 'findings-left-out';

function codesOf({ blindSpots, findings }: Report): string[] {
  return [...blindSpots.map(({ code }) => code), ...(findings.length > MOST_RESULTS ? [LEFT_OUT] : [])];
}

/** What was not seen, and what is left out: neither may pass for nothing found. */
function notificationsOf({ blindSpots, findings }: Report): object[] {
  const left = findings.length - MOST_RESULTS;
  return [
    ...blindSpots.map(({ code, what, remedy, effect }) => ({
      descriptor: { id: code },
      level: effect === 'hides-ways' ? 'warning' : 'note',
      message: { text: `${sarifText(what)}.${remedy === '' ? '' : ` ${sarifText(remedy)}`}` },
    })),
    ...(left > 0
      ? [
          {
            descriptor: { id: LEFT_OUT },
            level: 'warning',
            message: { text: `${left.toLocaleString('en-US')} less grave findings are left out.` },
          },
        ]
      : []),
  ];
}

function targetName({ account, region }: Report['targets'][number]): string {
  return sarifText(`${account}-${region}`, 100).replaceAll(/[^\w.-]/g, '-');
}
