import {
  BatchImportFindingsCommand,
  paginateGetFindings,
  type AwsSecurityFinding,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { asffProblems } from '#report';

/** Findings for one import. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html */
const BATCH = 100;

/** What became of an import. */
export type Imported = {
  readonly imported: number;
  /** Findings of before that are not there any more. */
  readonly archived: number;
  readonly failed: readonly { readonly id: string; readonly why: string }[];
};

export type ImportOptions = {
  readonly client: SecurityHubClient;
  readonly findings: readonly AwsSecurityFinding[];
  /** The account whose Security Hub it is. */
  readonly account: string;
  /** What the ids of all findings about what was read begin with. */
  readonly scopes: readonly string[];
  /** False if something could not be read: then nothing is taken for closed. */
  readonly isWhole: boolean;
  /** ISO 8601. */
  readonly time: string;
};

/** Gives Security Hub the findings of today, and archives those of its own that are gone. @throws what the SDK throws */
export async function importFindings(options: ImportOptions): Promise<Imported> {
  const { client, findings } = options;
  const problems = findings.map((finding) => ({ finding, wrong: asffProblems(finding) }));
  const good = problems.filter(({ wrong }) => wrong.length === 0).map(({ finding }) => finding);
  const gone = options.isWhole ? await goneFindings(options) : [];
  const sent = await importInBatches(client, good);
  const closed = await importInBatches(client, gone);
  return {
    imported: good.length - sent.length,
    archived: gone.length - closed.length,
    failed: [
      ...problems.flatMap(({ finding, wrong }) =>
        wrong.length === 0 ? [] : [{ id: finding.Id ?? '', why: wrong.join('; ') }],
      ),
      ...sent,
      ...closed,
    ],
  };
}

/** Gives Security Hub findings, and tells which it refused: the call as a whole succeeds even then. @throws what the SDK throws */
export async function importInBatches(
  client: SecurityHubClient,
  findings: readonly AwsSecurityFinding[],
): Promise<Imported['failed']> {
  const failed: { id: string; why: string }[] = [];
  for (let i = 0; i < findings.length; i += BATCH) {
    const Findings = findings.slice(i, i + BATCH);
    const { FailedFindings = [] } = await client.send(new BatchImportFindingsCommand({ Findings }));
    for (const { Id = '', ErrorCode = '', ErrorMessage = '' } of FailedFindings)
      failed.push({ id: Id, why: `${ErrorCode}: ${ErrorMessage}` });
  }
  return failed;
}

/** What Security Hub still has as active and today's audit does not, archived. */
async function goneFindings(options: ImportOptions): Promise<AwsSecurityFinding[]> {
  const { client, findings, account, scopes, time } = options;
  const now = new Set(findings.map(({ Id }) => Id));
  const gone: AwsSecurityFinding[] = [];
  const pages = paginateGetFindings(
    { client, pageSize: BATCH },
    {
      Filters: {
        ProductName: [{ Value: 'Postern', Comparison: 'EQUALS' }],
        AwsAccountId: [{ Value: account, Comparison: 'EQUALS' }],
        RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }],
      },
    },
  );
  for await (const { Findings = [] } of pages) {
    for (const finding of Findings) {
      const { Id = '' } = finding;
      if (!now.has(Id) && scopes.some((scope) => Id.startsWith(scope))) gone.push(archived(finding, time));
    }
  }
  return gone;
}

/** What an import has to name of a finding again, with its new state. What people wrote on it is theirs, and is left alone. */
function archived(finding: AwsSecurityFinding, time: string): AwsSecurityFinding {
  const { SchemaVersion, Id, ProductArn, GeneratorId, AwsAccountId, Types, CreatedAt } = finding;
  const { Severity, Title, Description, Resources } = finding;
  return {
    SchemaVersion,
    Id,
    ProductArn,
    GeneratorId,
    AwsAccountId,
    Types,
    CreatedAt,
    UpdatedAt: time,
    Severity,
    Title,
    Description,
    Resources,
    Compliance: { Status: 'PASSED' },
    RecordState: 'ARCHIVED',
  };
}
