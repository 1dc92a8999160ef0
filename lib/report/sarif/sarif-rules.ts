import { SEVERITIES, type Severity } from '#findings';
import type { Report } from '../document/report-schema.ts';

/**
 * What GitHub makes its own severities of: over 9.0 critical, from 7.0 high, from 4.0 medium, above 0 low.
 *
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#reportingdescriptor-object
 */
export const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.1',
};

export const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** GitHub keeps so many tags of a rule. https://github.com/github/codeql/issues/18193 */
const TAGS = 10;

/** The checks of a report as rules; a rule is as grave as the worst of its findings here, since GitHub judges by the rule alone. */
export function sarifRules(report: Report): object[] {
  return report.checks.map(({ id, title, reason, severity, whatToDo }) => {
    const found = report.findings.filter(({ check }) => check === id);
    const worst = SEVERITIES.find((one) => found.some((finding) => finding.severity === one)) ?? 'info';
    const controls = new Map(
      found.flatMap((finding) => finding.controls.map((one) => [`${one.framework}/${one.id}`, one] as const)),
    );
    return {
      id,
      name: pascalCase(id),
      shortDescription: { text: `${title}.` },
      fullDescription: { text: reason },
      help: {
        text: `${reason} What to do: ${whatToDo}`,
        markdown: `${reason}\n\n**What to do.** ${whatToDo}\n\n**Severity.** ${severity}`,
      },
      defaultConfiguration: { level: LEVEL[worst] },
      relationships: [...controls.values()].map((one) => ({
        target: { id: one.id, toolComponent: { name: one.framework } },
        kinds: ['relevant'],
      })),
      properties: {
        tags: ['security', 'network', ...controls.keys()].slice(0, TAGS),
        'security-severity': SECURITY_SEVERITY[worst],
        precision: found.every(({ certainty }) => certainty === 'surely') ? 'very-high' : 'medium',
        'problem.severity': LEVEL[worst] === 'note' ? 'recommendation' : LEVEL[worst],
      },
    };
  });
}

/** The frameworks, each with those of its controls that the findings name. */
export function sarifTaxonomies({ frameworks, findings }: Report): object[] {
  return frameworks.map(({ id, title, version, url, date }) => {
    const ids = new Set(
      findings.flatMap(({ controls }) =>
        controls.flatMap((control) => (control.framework === id ? [control.id] : [])),
      ),
    );
    return {
      name: id,
      fullName: `${title} ${version}`,
      version,
      informationUri: url,
      ...(/^\d{4}-\d\d-\d\d$/.test(date) && { releaseDateUtc: date }),
      isComprehensive: false,
      shortDescription: { text: `${title}, ${version}.` },
      taxa: [...ids].map((control) => ({ id: control, name: control })),
    };
  });
}

function pascalCase(id: string): string {
  return id.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
