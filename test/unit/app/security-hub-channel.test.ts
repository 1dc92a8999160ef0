import {
  BatchImportFindingsCommand,
  SecurityHubClient,
  type AwsSecurityFinding,
} from '@aws-sdk/client-securityhub';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import type { Alert } from '#findings';
import { ChannelFailure } from '#notify';
import { asffProblems, toAsff } from '#report';
import { alertFindings } from '../../../lib/app/security-hub/alert-findings.ts';
import { securityHubChannel } from '../../../lib/app/security-hub/security-hub-channel.ts';
import { BASTION_OPENED } from '../../support/alert.ts';
import { demoAccount, SSH_WORLD } from '../../support/demo.ts';
import { reportOf } from '../../support/report.ts';

const OWNER = { account: '999988887777', region: 'eu-west-1' };
const [AUDITED] = toAsff(reportOf([demoAccount([SSH_WORLD])]), OWNER) as [AwsSecurityFinding];
const fingerprint = AUDITED.Id!.slice(-9);

/** The alert of a finding that an audit has too. */
const alertOf = (more: Partial<Alert> = {}): Alert => ({
  ...BASTION_OPENED,
  transitions: [
    {
      fingerprint,
      check: 'admin-port-exposed',
      severity: 'critical',
      title: 'SSH on bastion is open to the whole internet',
      workload: { id: 'i-0123456789abcdef0', name: 'bastion' },
    },
  ],
  ...more,
});

function channelWith(refused: readonly string[] = []) {
  const client = new SecurityHubClient({ region: OWNER.region });
  const mock = mockClient(client);
  mock.on(BatchImportFindingsCommand).callsFake(({ Findings }: { Findings: AwsSecurityFinding[] }) => ({
    FailedFindings: Findings.filter(({ Id = '' }) => refused.some((each) => Id.endsWith(each))).map(
      ({ Id }) => ({ Id, ErrorCode: 'InvalidInput', ErrorMessage: 'no' }),
    ),
  }));
  const imported = () =>
    mock.commandCalls(BatchImportFindingsCommand).flatMap(({ args }) => args[0].input.Findings ?? []);
  return { channel: securityHubChannel({ client, owner: OWNER }), imported, mock };
}

describe('what an alert changes in a Security Hub', () => {
  it('is the finding that an audit imports, under one Id, active and then archived', () => {
    const [opened] = alertFindings(alertOf(), OWNER);
    const [closed] = alertFindings(alertOf({ kind: 'resolved' }), OWNER);
    for (const finding of [opened, closed]) {
      expect(finding).toMatchObject({
        Id: AUDITED.Id,
        ProductArn: AUDITED.ProductArn,
        AwsAccountId: OWNER.account,
        GeneratorId: AUDITED.GeneratorId,
      });
      expect(asffProblems(finding!)).toEqual([]);
    }
    expect(opened).toMatchObject({ RecordState: 'ACTIVE', Compliance: { Status: 'FAILED' } });
    expect(closed).toMatchObject({ RecordState: 'ARCHIVED', Compliance: { Status: 'PASSED' } });
  });

  it.each<[Alert['kind'], string, string]>([
    ['reminder', 'ACTIVE', 'FAILED'],
    ['exception-ended', 'ACTIVE', 'FAILED'],
    ['unconfirmed', 'ACTIVE', 'WARNING'],
  ])('%s: %s, %s', (kind, RecordState, Status) => {
    expect(alertFindings(alertOf({ kind }), OWNER)).toMatchObject([{ RecordState, Compliance: { Status } }]);
  });

  it('says first what keeps the resource', () => {
    const undo = { commands: ['aws ec2 revoke'], isProven: true, owners: ['sg-1 belongs to the stack shop'] };
    const [finding] = alertFindings(alertOf({ undo }), OWNER);
    expect(finding?.Remediation?.Recommendation?.Text).toMatch(/^First: sg-1 belongs to the stack shop\./);
  });
});

describe('the channel', () => {
  it('imports each finding, and nothing where there is none', async () => {
    const { channel, imported } = channelWith();
    await channel.send(alertOf());
    const { transitions: _, ...tampering } = alertOf({ kind: 'tampering' });
    await channel.send(tampering);
    expect(imported().map(({ Id }) => Id)).toEqual([AUDITED.Id]);
  });

  it('has not taken what Security Hub refused', async () => {
    const { channel } = channelWith([fingerprint]);
    await expect(channel.send(alertOf())).rejects.toThrow(
      `Security Hub of 999988887777 in eu-west-1 refused 1 of 1 findings: ${AUDITED.Id!}: InvalidInput: no`,
    );
  });

  it('that is off says what to do, and is not tried again', async () => {
    const { channel, mock } = channelWith();
    const off = Object.assign(new Error('not subscribed'), {
      name: 'InvalidAccessException',
      $metadata: { httpStatusCode: 401 },
    });
    mock.on(BatchImportFindingsCommand).rejects(off);
    const failure: unknown = await channel.send(alertOf()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ChannelFailure);
    expect(failure).toMatchObject({
      mayRecover: false,
      message: expect.stringContaining('Turn Security Hub on') as string,
    });
  });
});
