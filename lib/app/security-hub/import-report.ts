import { toAsff, type Report } from '#report';
import { failureOf } from '#sources/aws';
import { FAILED_READS } from '../comparison.ts';
import { deskOf, identityAt, type DeskOptions } from '../desk/desk.ts';
import { QuestionError } from '../question-error.ts';
import type { Imported } from './import-findings.ts';

/**
 * Imports a report into the Security Hub of the account and Region whose credentials these are. What is about another account is imported
 * there too, as one's own, since an account may import no other way.
 *
 * @throws QuestionError if AWS refuses: Security Hub is off, or `securityhub:BatchImportFindings` or `securityhub:GetFindings` not allowed
 */
export async function importReport(
  report: Report,
  options: DeskOptions,
): Promise<Imported & { readonly account: string; readonly region: string; readonly isWhole: boolean }> {
  const desk = deskOf(options);
  const { region } = desk;
  const { account } = await identityAt(desk);
  const isWhole = !report.blindSpots.some(({ code }) => FAILED_READS.has(code));
  // the SDK takes long to load
  const { SecurityHubClient } = await import('@aws-sdk/client-securityhub');
  const { importFindings } = await import('./import-findings.ts');
  try {
    const done = await importFindings({
      client: new SecurityHubClient(desk),
      findings: toAsff(report, { account, region }),
      account,
      scopes: report.targets.map((target) => `postern/${target.account}/${target.region}/`),
      isWhole,
      time: report.createdAt,
    });
    return { ...done, account, region, isWhole };
  } catch (error) {
    throw new QuestionError(
      `Security Hub of ${account} in ${region} did not take the findings: ${failureOf(error).text}. It has to be on there, and the credentials have to be allowed securityhub:BatchImportFindings and securityhub:GetFindings`,
    );
  }
}
