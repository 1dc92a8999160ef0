import type { Command } from 'commander';
import {
  auditReport,
  blindSpotLines,
  count,
  exceptionLines,
  findingLines,
  foldFindings,
  importReport,
  isAccount,
  plain,
  QuestionError,
  remarkLines,
  riskLine,
  renderReport,
  REPORT_FORMATS,
  SEVERITIES,
  summaryLine,
  type Report,
  type ReportFormat,
  type Severity,
} from '#app';
import { parseSeverity, withFormats, type FormatOptions } from '../options.ts';
import { printTo } from '../output.ts';
import { factLines } from './fact-lines.ts';
import type { Screen } from '../screen.ts';

type AuditOptions = FormatOptions<ReportFormat | 'html'> & {
  readonly failOn: Severity | 'never';
  readonly import?: true;
  readonly config?: string;
};

export function addAudit(program: Command, screen: Screen, answer: (code: number) => void): void {
  withFormats(program.command('audit'), [...REPORT_FORMATS, 'html'])
    .description(
      'what is wrong now, by severity, with paths, culprit rule and fix; what would be open next; what to tidy up',
    )
    .option('--fail-on <severity>', 'exit with 1 from this severity on, or never', parseSeverity, 'low')
    .option('--config <file>', 'what is meant and what was accepted (default: postern.yml, if it is here)')
    .option('--import', 'give the findings to AWS Security Hub as well, with the same credentials')
    .action(async (options: AuditOptions) => {
      const { format, failOn, output } = options;
      const now = new Date();
      const answered = await auditReport(options, () => now);
      const { network, findings, latent, risk, remarks, review, assertions, report } = answered;
      await printTo(output, screen, (out) => {
        if (format === 'html') {
          out.text(answered.html());
          return;
        }
        if (format !== 'text') {
          if (format === 'asff' && !report.targets.some(isAccount))
            throw new QuestionError(
              'asff is the format of AWS Security Hub, which holds what is about accounts, and no account was read here: read the cluster with its account (--snapshot), or take sarif, ocsf, junit or markdown',
            );
          const rendered = renderReport(report, format, { failOn });
          if ('text' in rendered) out.text(rendered.text);
          else out.json(rendered.json);
          return;
        }
        out.lines([summaryLine(network), riskLine(risk, out.style), '']);
        if (findings.length === 0) out.lines(['no findings', '']);
        const show = (told: typeof findings): void => {
          for (const [first, ...others] of foldFindings(told))
            out.lines([...findingLines(first, out.style, others), '']);
        };
        show(findings);
        if (latent.length > 0) out.lines([out.style.bold('not open now, and open by the next step'), '']);
        show(latent);
        const exceptions = exceptionLines(review, now.toISOString(), out.style);
        if (exceptions.length > 0) out.lines([...exceptions, '']);
        if (assertions.length > 0)
          out.lines([
            out.style.bold('assertions'),
            ...assertions.flatMap((result) => factLines(result, out.style)),
            '',
          ]);
        if (remarks.length > 0) out.lines([...remarkLines(remarks, out.style), '']);
        out.lines(blindSpotLines([...network.blindSpots.values()], out.style));
      });
      if (options.import === true) await importTo(options, report, screen);
      const limit = failOn === 'never' ? -1 : SEVERITIES.indexOf(failOn);
      const all = [...findings, ...latent];
      const isFound = all.some(({ finding }) => SEVERITIES.indexOf(finding.severity) <= limit);
      const isBroken = failOn !== 'never' && assertions.some(({ holds }) => !holds);
      answer(isFound || isBroken ? 1 : 0);
    });
}

/** @throws QuestionError if not all of it was taken: what Security Hub does not show would pass for not found */
async function importTo(options: AuditOptions, report: Report, screen: Screen): Promise<void> {
  const { imported, archived, failed, account, region, isWhole } = await importReport(report, options);
  screen.note(
    `Security Hub of ${account} in ${region}: ${count(imported, 'finding')} imported, ${count(archived, 'finding')} archived${isWhole ? '' : '; none is taken for closed, since not everything could be read'}`,
  );
  if (failed.length > 0)
    throw new QuestionError(
      `Security Hub refused ${count(failed.length, 'finding')}:\n${failed
        .slice(0, 10)
        .map(({ id, why }) => `${plain(id)}: ${plain(why)}`)
        .join('\n')}`,
    );
}
