import { describeSelector } from '#model';
import { controlsOf, controlText, type Culprit, type Finding, type Severity } from '#findings';
import type { ReportFix } from '../document/report-schema.ts';
import { ruleDescription, rulePlace } from '../document/rule-place.ts';
import { fixLines, said } from './fixes.ts';
import { pathLine } from './paths.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

/** A finding with what there is to say about it. */
export type TextFinding = {
  readonly finding: Finding;
  /** The best first. */
  readonly fixes: readonly ReportFix[];
  /** Why none of them is proven. */
  readonly unsolved?: string;
  /** What there is to say of an exception that does not hold for it. */
  readonly note?: string;
};

/**
 * One finding as a person reads it: effect, path, rules, ways to end it with the best first, fingerprint. `others` rest on the same rules and are
 * about the same thing: they take a line each.
 */
export function findingLines(
  { finding, fixes, unsolved, note }: TextFinding,
  style: Style,
  others: readonly TextFinding[] = [],
): string[] {
  const lines = [headLine(finding, style)];
  if (finding.path !== undefined) lines.push(`  path    ${pathLine(finding.path, style)}`);
  for (const culprit of finding.culprits.slice(0, 4)) lines.push(`  rule    ${culpritText(culprit)}`);
  if (finding.culprits.length > 4)
    lines.push(`          and ${String(finding.culprits.length - 4)} more rules`);
  if (note !== undefined) lines.push(`  note    ${plain(note)}`);
  const wrapped = wrap(lines);
  wrapped.push(...fixLines(fixes, unsolved, style));
  const controls = controlText(controlsOf(finding));
  if (controls !== '') wrapped.push(...wrap([`  ${controls}`]).map(style.dim));
  wrapped.push(style.dim(`  ${finding.check}  fingerprint ${finding.fingerprint}`));
  for (const other of others) wrapped.push(...foldedLines(other, fixes[0], style));
  return wrapped;
}

function headLine({ severity, title, certainty }: Finding, style: Style): string {
  return `${severityWord(severity, style)}  ${style.bold(plain(title))}${certainty === 'possibly' ? style.yellow('  ? unknown') : ''}`;
}

/** What the rules of the finding before it let in as well. */
function foldedLines(
  { finding, fixes, note }: TextFinding,
  before: ReportFix | undefined,
  style: Style,
): string[] {
  const what = fixes[0]?.what;
  return [
    ...wrap([
      `  and by the same: ${headLine(finding, style)}`,
      ...(note === undefined ? [] : [`          note: ${plain(note)}`]),
      ...(what === undefined || what === before?.what ? [] : [`          its fix: ${said(what)}`]),
    ]),
    style.dim(`          ${finding.check}  fingerprint ${finding.fingerprint}`),
  ];
}

export function culpritText({ policy, rule }: Culprit): string {
  const given = ruleDescription(rule.description, rule.at);
  const description =
    given === undefined ? '' : given === 'none' ? ', no description' : `, "${plain(rule.description)}"`;
  const far = plain(describeSelector(rule.selector));
  return `${plain(rulePlace(rule.id, policy, rule.at))}: ${rule.transport.toString()} ${rule.direction === 'ingress' ? 'from' : 'to'} ${far}${description}`;
}

export function severityWord(severity: Severity, style: Style): string {
  const word = severity.toUpperCase().padEnd(8);
  if (severity === 'critical' || severity === 'high') return style.red(style.bold(word));
  return severity === 'medium' ? style.yellow(word) : style.dim(word);
}
