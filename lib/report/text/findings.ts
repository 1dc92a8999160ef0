import { describeSelector } from '#model';
import { controlsOf, controlText, type Culprit, type Finding, type Severity } from '#findings';
import type { ReportFix } from '../document/report-schema.ts';
import { fixLines } from './fixes.ts';
import { pathLine } from './paths.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

/**
 * One finding as a person reads it: effect, path, rules, ways to end it with the best first, fingerprint. `note` is what there is to say of an
 * exception that does not hold for it.
 */
export function findingLines(
  finding: Finding,
  fixes: readonly ReportFix[],
  style: Style,
  note?: string,
): string[] {
  const lines = [
    `${severityWord(finding.severity, style)}  ${style.bold(plain(finding.title))}${finding.certainty === 'possibly' ? style.yellow('  ? unknown') : ''}`,
  ];
  if (finding.path !== undefined) lines.push(`  path    ${pathLine(finding.path, style)}`);
  for (const culprit of finding.culprits.slice(0, 4)) lines.push(`  rule    ${culpritText(culprit)}`);
  if (finding.culprits.length > 4)
    lines.push(`          and ${String(finding.culprits.length - 4)} more rules`);
  if (note !== undefined) lines.push(`  note    ${plain(note)}`);
  const wrapped = wrap(lines);
  wrapped.push(...fixLines(fixes, style));
  const controls = controlText(controlsOf(finding));
  if (controls !== '') wrapped.push(...wrap([`  ${controls}`]).map(style.dim));
  wrapped.push(style.dim(`  ${finding.check}  fingerprint ${finding.fingerprint}`));
  return wrapped;
}

export function culpritText({ policy, rule }: Culprit): string {
  const description = rule.description === '' ? 'no description' : `"${plain(rule.description)}"`;
  const far = plain(describeSelector(rule.selector));
  return `${plain(rule.id)} in ${plain(policy)}: ${rule.transport.toString()} ${rule.direction === 'ingress' ? 'from' : 'to'} ${far}, ${description}`;
}

export function severityWord(severity: Severity, style: Style): string {
  const word = severity.toUpperCase().padEnd(8);
  if (severity === 'critical' || severity === 'high') return style.red(style.bold(word));
  return severity === 'medium' ? style.yellow(word) : style.dim(word);
}
