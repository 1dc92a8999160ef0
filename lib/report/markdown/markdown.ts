import { controlText, SEVERITIES } from '#findings';
import { closedText } from '../document/closed-text.ts';
import { countParts } from '../document/counts.ts';
import type { Report, ReportFinding, ReportFix } from '../document/report-schema.ts';
import { ruleDescription, rulePlace } from '../document/rule-place.ts';
import { shown } from '../document/shown.ts';
import { codeBlock, markdownText } from './markdown-text.ts';

/** A comment on GitHub takes 65,536 characters; some are left for what others add to it. */
const LARGEST = 64_000;
const MOST_ROWS = 200;
const MOST_SPOTS = 50;

/**
 * A report for a pull request or a ticket: a sentence, a table, then the details of each finding. What does not fit is left out from the end
 * of the details, and said to be.
 */
export function toMarkdown(report: Report): string {
  const head = [...summaryOf(report), ...tableOf(report)].join('\n');
  const foot = [...blindSpotsOf(report), ...footOf(report)].join('\n');
  const details: string[] = [];
  let size = head.length + foot.length;
  for (const finding of report.findings) {
    const text = detailsOf(finding, report);
    if (size + text.length > LARGEST) break;
    details.push(text);
    size += text.length;
  }
  const left = report.findings.length - details.length;
  const note =
    left > 0 ? [`The details of ${left.toLocaleString('en-US')} more are left out for length.`, ''] : [];
  return [head, ...details, ...note, foot].join('\n');
}

function summaryOf({ findings, targets, counts }: Report): string[] {
  const bySeverity = SEVERITIES.flatMap((severity) => {
    const amount = findings.filter((finding) => finding.severity === severity && !finding.suppression).length;
    return amount === 0 ? [] : [`${amount.toLocaleString('en-US')} ${severity}`];
  });
  const accepted = findings.filter(({ suppression }) => suppression !== undefined).length;
  const where = targets.map(({ account, region }) => markdownText(`${account} ${region}`.trim())).slice(0, 5);
  const read = countParts(counts).map(
    ([n, one, many]) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`,
  );
  const more = targets.length > where.length ? ` and ${String(targets.length - where.length)} more` : '';
  return [
    `## Postern: ${bySeverity.length === 0 ? 'no findings' : bySeverity.join(', ')}`,
    '',
    `Read ${read.slice(0, -1).join(', ')} and ${read.at(-1) ?? ''} in ${where.join(', ')}${more}.${accepted > 0 ? ` Accepted: ${accepted.toLocaleString('en-US')}.` : ''}`,
    '',
  ];
}

function tableOf({ findings }: Report): string[] {
  if (findings.length === 0) return [];
  const rows = findings
    .slice(0, MOST_ROWS)
    .map(
      (finding) =>
        `| ${finding.severity} | ${markdownText(finding.title, 200)}${markOf(finding)} | ${markdownText(`${finding.account} ${finding.region}`.trim())} | ${controlText(finding.controls)} | ${finding.fingerprint} |`,
    );
  const left = findings.length - rows.length;
  return [
    '| Severity | What | Where | Controls | Fingerprint |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    ...(left > 0 ? [`And ${left.toLocaleString('en-US')} less grave ones.`, ''] : []),
  ];
}

function markOf({ certainty, suppression }: ReportFinding): string {
  return `${certainty === 'possibly' ? ' (possibly)' : ''}${suppression === undefined ? '' : ' (accepted)'}`;
}

/** Every line but HTML's own is a paragraph or an item; an empty line after `<summary>` lets Markdown begin again. */
function detailsOf(finding: ReportFinding, { blindSpots, checks }: Report): string {
  const { path, culprits, because, fixes, unsolved, suppression, witness, severity, title, check } = finding;
  const [fix] = fixes;
  const advice = checks.find(({ id }) => id === check)?.whatToDo ?? '';
  return [
    '<details>',
    `<summary>${severity}: ${htmlText(title)}</summary>`,
    '',
    ...(path === undefined
      ? []
      : [
          `- path: ${markdownText(path.hops[0]?.fromName ?? '')}${path.hops.map(({ toName, flows }) => ` → ${markdownText(flows, 60)} → ${markdownText(toName)}`).join('')}`,
        ]),
    ...(witness === undefined ? [] : [`- for one: ${markdownText(witness)}`]),
    ...culprits
      .slice(0, 10)
      .map(
        ({ rule, policy, policyName, flows, far, direction, description, at }) =>
          `- rule: ${markdownText(rulePlace(rule, policyName === '' || policy.endsWith(policyName) ? policy : `${policy} (${policyName})`, at))}: ${markdownText(flows, 100)} ${direction === 'ingress' ? 'from' : 'to'} ${markdownText(far, 200)}${descriptionOf(description, at)}`,
      ),
    ...(culprits.length > 10 ? [`- and ${String(culprits.length - 10)} more rules`] : []),
    ...because.flatMap((id) => {
      const spot = blindSpots.find((one) => one.id === id);
      return spot === undefined ? [] : [`- not certain: ${markdownText(spot.what)}`];
    }),
    ...(suppression === undefined
      ? []
      : [
          `- accepted by ${markdownText(suppression.owner)} until ${markdownText(suppression.until)}: ${markdownText(suppression.reason)}`,
        ]),
    '',
    ...(unsolved === undefined ? [] : [`No proven fix: ${markdownText(unsolved, 500)}.`, '']),
    ...(fix === undefined ? [markdownText(advice, 1_000), ''] : fixOf(fix, fixes.slice(1))),
    '</details>',
    '',
  ].join('\n');
}

function descriptionOf(description: string, at: ReportFinding['culprits'][number]['at']): string {
  const given = ruleDescription(description, at);
  if (given === undefined) return '';
  return given === 'none' ? ', no description' : `, “${markdownText(description)}”`;
}

/** What keeps the resource comes before any command: a change by hand may not last. */
function fixOf(fix: ReportFix, others: readonly ReportFix[]): string[] {
  const proof = fix.isProven ? 'proven on the model' : 'not proven on the model';
  return [
    ...(fix.owners ?? []).map((owner) => `- **${markdownText(owner, 500)}**`),
    ...(fix.owners === undefined || fix.owners.length === 0 ? [] : ['']),
    `To end it (${proof})${fix.what === undefined ? '' : `: ${markdownText(fix.what, 500)}`}${closedText(fix, (text) => markdownText(text, 100))}`,
    '',
    ...(fix.commands.length === 0
      ? []
      : [
          codeBlock(
            fix.commands.map((command) => shown(command, 10_000)),
            'sh',
          ),
          '',
        ]),
    ...others.map(
      (other) =>
        `- or: ${markdownText(other.what ?? '', 500)}${closedText(other, (text) => markdownText(text, 100))}`,
    ),
    ...(others.length === 0 ? [] : ['']),
  ];
}

function blindSpotsOf({ blindSpots }: Report): string[] {
  if (blindSpots.length === 0) return ['No blind spots.', ''];
  const left = blindSpots.length - MOST_SPOTS;
  return [
    `### Not seen: ${blindSpots.length.toLocaleString('en-US')}`,
    '',
    ...blindSpots
      .slice(0, MOST_SPOTS)
      .map(
        ({ what, remedy }) => `- ${markdownText(what)}${remedy === '' ? '' : `. ${markdownText(remedy)}`}`,
      ),
    ...(left > 0 ? [`- and ${left.toLocaleString('en-US')} more`] : []),
    '',
  ];
}

function footOf({ tool, createdAt }: Report): string[] {
  return [`Postern ${tool.version}, as of ${markdownText(createdAt, 40)}.`, ''];
}

/** Within an HTML element Markdown does not hold, but mentions do. */
function htmlText(text: string): string {
  return shown(text, 300)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[@#](?=\S)|:(?=\/\/)|www(?=\.)/gi, '$&&#8203;')
    .replaceAll(/[\\`*_[\]|~$]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
