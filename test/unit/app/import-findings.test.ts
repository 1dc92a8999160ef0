import {
  BatchImportFindingsCommand,
  GetFindingsCommand,
  SecurityHubClient,
  type AwsSecurityFinding,
} from '@aws-sdk/client-securityhub';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { toAsff } from '#report';
import { importFindings, type ImportOptions } from '../../../lib/app/security-hub/import-findings.ts';
import { demoAccount, SSH_WORLD } from '../../support/demo.ts';
import { reportOf } from '../../support/report.ts';

const OWNER = { account: '111122223333', region: 'eu-west-1' };
const SCOPE = 'postern/111122223333/eu-west-1/';
const [FIRST] = toAsff(reportOf([demoAccount([SSH_WORLD])]), OWNER) as [AwsSecurityFinding];

const called = (id: string): AwsSecurityFinding => ({ ...FIRST, Id: SCOPE + id });

function hubWith(active: readonly AwsSecurityFinding[], refused: readonly string[] = []) {
  const client = new SecurityHubClient({ region: 'eu-west-1' });
  const mock = mockClient(client);
  mock.on(GetFindingsCommand).resolves({ Findings: [...active] });
  mock.on(BatchImportFindingsCommand).callsFake(({ Findings }: { Findings: AwsSecurityFinding[] }) => ({
    FailedFindings: Findings.filter(({ Id }) => refused.includes(Id ?? '')).map(({ Id }) => ({
      Id,
      ErrorCode: 'InvalidInput',
      ErrorMessage: 'no',
    })),
  }));
  const imported = () =>
    mock.commandCalls(BatchImportFindingsCommand).map(({ args }) => args[0].input.Findings ?? []);
  const take = (findings: readonly AwsSecurityFinding[], more: Partial<ImportOptions> = {}) =>
    importFindings({
      client,
      findings,
      account: OWNER.account,
      scopes: [SCOPE],
      isWhole: true,
      time: '2026-03-02T08:00:00Z',
      ...more,
    });
  return { take, imported, mock };
}

describe('an import into Security Hub', () => {
  it('goes in batches of a hundred', async () => {
    const { take, imported } = hubWith([]);
    const findings = Array.from({ length: 250 }, (_, i) => called(String(i)));
    expect(await take(findings)).toEqual({ imported: 250, archived: 0, failed: [] });
    expect(imported().map(({ length }) => length)).toEqual([100, 100, 50]);
  });

  it('tells what was refused, though the call succeeds', async () => {
    const { take } = hubWith([], [`${SCOPE}b`]);
    expect(await take([called('a'), called('b')])).toEqual({
      imported: 1,
      archived: 0,
      failed: [{ id: `${SCOPE}b`, why: 'InvalidInput: no' }],
    });
  });

  it('does not send what breaks a limit, and tells it', async () => {
    const { take, imported } = hubWith([]);
    const { failed } = await take([called('a'), { ...called('b'), Title: '' }]);
    expect(failed).toEqual([{ id: `${SCOPE}b`, why: 'Title has 1 to 256 characters' }]);
    expect(
      imported()
        .flat()
        .map(({ Id }) => Id),
    ).toEqual([`${SCOPE}a`]);
  });

  it('archives what is gone, and nothing of another target', async () => {
    const other = { ...FIRST, Id: 'postern/444455556666/eu-west-1/x' };
    const { take, imported } = hubWith([called('a'), called('gone'), other]);
    expect(await take([called('a')])).toMatchObject({ imported: 1, archived: 1 });
    expect(imported()[1]).toMatchObject([
      { Id: `${SCOPE}gone`, RecordState: 'ARCHIVED', UpdatedAt: '2026-03-02T08:00:00Z' },
    ]);
    expect(imported()[1]?.[0]).not.toHaveProperty('Note');
  });

  it('archives nothing where not everything could be read', async () => {
    const { take, mock } = hubWith([called('gone')]);
    expect(await take([called('a')], { isWhole: false })).toMatchObject({ imported: 1, archived: 0 });
    expect(mock.commandCalls(GetFindingsCommand)).toEqual([]);
  });
});
