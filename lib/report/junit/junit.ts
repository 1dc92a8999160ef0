import { CHECK_INFO, SEVERITIES, type Severity } from '#findings';
import type { Report, ReportAssertion, ReportFinding } from '../document/report-schema.ts';
import { rulePlace } from '../document/rule-place.ts';
import { shown } from '../document/shown.ts';

/** One assertion about a network, and how it turned out. */
export type JunitCase = {
  readonly suite: string;
  readonly name: string;
  readonly outcome: 'holds' | 'fails' | 'skipped';
  /** Why it fails or is skipped; absent if it holds. */
  readonly message?: string;
  readonly type?: string;
  readonly text?: string;
};

/**
 * Test cases in the form that CI systems read, which JUnit gave its name to and nobody its standard; this is what Jenkins and GitLab agree on.
 *
 * https://github.com/testmoapp/junitxml
 */
export function junitXml(name: string, cases: readonly JunitCase[]): string {
  const suites = [...new Set(cases.map(({ suite }) => suite))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xmlText(name)}" ${countsOf(cases)}>`,
    ...suites.flatMap((suite) =>
      suiteOf(
        suite,
        cases.filter((one) => one.suite === suite),
      ),
    ),
    '</testsuites>',
    '',
  ].join('\n');
}

/**
 * A report as test cases: each finding from `failOn` on fails, one below it or accepted is skipped, and a check that found nothing holds.
 * What was not seen is skipped too, so that it is seen there. An assertion that does not hold fails, unless nothing is to.
 */
export function toJunit(report: Report, failOn: Severity | 'never'): string {
  const { findings, blindSpots, assertions = [] } = report;
  const checks = Object.entries(CHECK_INFO).flatMap(([check, { title }]): readonly JunitCase[] => {
    const found = findings.filter((finding) => finding.check === check);
    if (found.length === 0) return [{ suite: check, name: `not found: ${title}`, outcome: 'holds' }];
    return found.map((finding) => caseOf(finding, failOn));
  });
  return junitXml('postern audit', [
    ...checks,
    ...assertions.map((assertion) => assertionCase(assertion, failOn)),
    ...blindSpots.map(({ what, remedy, code }): JunitCase => ({
      suite: 'blind spots',
      name: what,
      outcome: 'skipped',
      message: remedy === '' ? code : remedy,
    })),
  ]);
}

function assertionCase(
  { from, to, flows, expect, outcome, why, example }: ReportAssertion,
  failOn: Severity | 'never',
): JunitCase {
  const base = { suite: 'assertions', name: `${from} to ${to}: ${flows} ${expect}` };
  if (outcome === 'holds') return { ...base, outcome };
  const message = outcome === 'fails' ? 'it does not hold' : 'it cannot be told, and counts as failed';
  return {
    ...base,
    outcome: failOn === 'never' ? 'skipped' : 'fails',
    type: outcome,
    message,
    text: [message, ...(example === undefined ? [] : [`for one: ${example}`]), ...why].join('\n'),
  };
}

function caseOf(finding: ReportFinding, failOn: Severity | 'never'): JunitCase {
  const { check, severity, title, fingerprint, suppression, culprits, path, fixes, unsolved } = finding;
  const limit = failOn === 'never' ? -1 : SEVERITIES.indexOf(failOn);
  const base = { suite: check, name: `${title} (${fingerprint})` };
  if (suppression !== undefined)
    return {
      ...base,
      outcome: 'skipped',
      message: `accepted by ${suppression.owner} until ${suppression.until}: ${suppression.reason}`,
    };
  if (SEVERITIES.indexOf(severity) > limit)
    return { ...base, outcome: 'skipped', message: `${severity}, below what fails: ${title}` };
  return {
    ...base,
    outcome: 'fails',
    type: severity,
    message: title,
    text: [
      ...(path?.hops.map(({ fromName, toName, flows }) => `path: ${fromName} opens ${flows} on ${toName}`) ??
        []),
      ...culprits.map(
        ({ rule, policy, flows, far, at }) => `rule: ${rulePlace(rule, policy, at)}: ${flows}, ${far}`,
      ),
      ...(unsolved === undefined ? [] : [`no proven fix: ${unsolved}`]),
      ...(fixes[0]?.owners?.map((owner) => `owner: ${owner}`) ?? []),
      ...(fixes[0]?.commands.map((command) => `fix: ${command}`) ?? []),
    ].join('\n'),
  };
}

function suiteOf(name: string, cases: readonly JunitCase[]): string[] {
  return [
    `  <testsuite name="${xmlText(name)}" ${countsOf(cases)}>`,
    ...cases.flatMap((one) => {
      const open = `    <testcase classname="${xmlText(`postern.${name}`)}" name="${xmlText(one.name)}"`;
      if (one.outcome === 'holds') return [`${open}/>`];
      const message = `message="${xmlText(one.message ?? '')}"`;
      return [
        `${open}>`,
        one.outcome === 'skipped'
          ? `      <skipped ${message}/>`
          : `      <failure ${message} type="${xmlText(one.type ?? 'failure')}">${(one.text ?? '').split('\n').map(xmlText).join('\n')}</failure>`,
        '    </testcase>',
      ];
    }),
    '  </testsuite>',
  ];
}

function countsOf(cases: readonly JunitCase[]): string {
  const amount = (outcome: JunitCase['outcome']): string =>
    String(cases.filter((one) => one.outcome === outcome).length);
  return `tests="${String(cases.length)}" failures="${amount('fails')}" errors="0" skipped="${amount('skipped')}"`;
}

/** XML 1.0 has no way to write control characters: they are spelt out, like all that does not show. https://www.w3.org/TR/xml/#charsets */
function xmlText(text: string): string {
  return shown(text, 4_000)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
