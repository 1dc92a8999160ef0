import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { describe, expect, it } from 'vitest';
import { asffProblems, toAsff } from '#report';
import { demoAccount, SSH_WORLD } from '../../support/demo.ts';
import { reportOf, saying } from '../../support/report.ts';

const REPORT = reportOf([demoAccount([SSH_WORLD])]);
const [GOOD] = toAsff(REPORT) as [AwsSecurityFinding];
const long = (length: number): string => 'x'.repeat(length);
const RESOURCE = GOOD.Resources![0]!;

describe('a finding for Security Hub', () => {
  it('has an id that stays the same, and the product of its own account', () => {
    expect(GOOD).toMatchObject({
      Id: `postern/111122223333/eu-west-1/${REPORT.findings[0]!.fingerprint}`,
      ProductArn: 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default',
      AwsAccountId: '111122223333',
      GeneratorId: 'postern/admin-port-exposed',
      Severity: { Label: 'CRITICAL', Original: 'critical' },
      Compliance: { Status: 'FAILED' },
      Workflow: { Status: 'NEW' },
      RecordState: 'ACTIVE',
    });
    expect(GOOD.Compliance?.RelatedRequirements).toEqual(
      expect.arrayContaining([
        'CIS AWS Foundations Benchmark v7.0.0/6.3',
        'PCI DSS v4.0.1/1.3.1',
        'NIST.800-53.r5 AC-17(1)',
      ]),
    );
  });

  it('of a hub that reads other accounts is the hub’s, and names where it is', () => {
    const [finding] = toAsff(REPORT, { account: '999988887777', region: 'us-gov-west-1' });
    expect(finding).toMatchObject({
      Id: GOOD.Id,
      AwsAccountId: '999988887777',
      ProductArn: 'arn:aws-us-gov:securityhub:us-gov-west-1:999988887777:product/999988887777/default',
    });
    expect(finding?.Resources?.[0]?.Id).toContain('111122223333');
    expect(asffProblems(finding!)).toEqual([]);
  });

  it('names the instance, its interface and the groups by their ARNs and types', () => {
    expect(
      GOOD.Resources?.map(({ Type, Id }) => `${Type ?? ''} ${(Id ?? '').replace(/-[0-9a-f]+$/, '')}`),
    ).toEqual([
      'AwsEc2Instance arn:aws:ec2:eu-west-1:111122223333:instance/i',
      'AwsEc2NetworkInterface arn:aws:ec2:eu-west-1:111122223333:network-interface/eni',
      'AwsEc2SecurityGroup arn:aws:ec2:eu-west-1:111122223333:security-group/sg',
    ]);
  });

  it('that somebody accepted is suppressed, with who and why', () => {
    const [, finding] = toAsff(saying('mara', REPORT));
    expect(finding).toMatchObject({
      Workflow: { Status: 'SUPPRESSED' },
      Note: { Text: 'mara (until 2026-04-01)', UpdatedBy: 'mara' },
    });
  });

  it('of many endpoints names 32 things', () => {
    const [first] = REPORT.findings;
    const endpoints = Array.from({ length: 100 }, (_, i) => ({
      ...first!.endpoints[0]!,
      id: `eni-${String(i)}`,
    }));
    const [finding] = toAsff({ ...REPORT, findings: [{ ...first!, endpoints }] });
    expect(finding?.Resources?.length).toBe(32);
    expect(asffProblems(finding!)).toEqual([]);
  });
});

describe('the limits of Security Hub', () => {
  it('all findings keep to them', () => {
    expect(toAsff(REPORT).flatMap(asffProblems)).toEqual([]);
  });

  it.each<[RegExp, Partial<AwsSecurityFinding>]>([
    [/SchemaVersion/, { SchemaVersion: '2018-10-09' }],
    [/^Id/, { Id: '' }],
    [/^Id/, { Id: long(513) }],
    [/ProductArn/, { ProductArn: 'arn:aws:securityhub:eu-west-1:222233334444:product/222233334444/default' }],
    [/ProductArn/, { ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty' }],
    [/GeneratorId/, { GeneratorId: '' }],
    [/AwsAccountId/, { AwsAccountId: '1234' }],
    [/^Types/, { Types: [] }],
    [/^Types/, { Types: ['Network Reachability'] }],
    [/^Types/, { Types: ['TTPs/a/b/c'] }],
    [/^Types/, { Types: Array.from({ length: 51 }, () => 'TTPs/Lateral Movement') }],
    [/CreatedAt/, { CreatedAt: '2026-03-01' }],
    [/UpdatedAt/, { UpdatedAt: 'yesterday' }],
    [/LastObservedAt/, { LastObservedAt: '' }],
    [/Severity/, { Severity: { Label: 'SEVERE' as never } }],
    [/Severity/, { Severity: { Label: 'HIGH', Original: long(65) } }],
    [/Confidence/, { Confidence: 101 }],
    [/Title/, { Title: '' }],
    [/Title/, { Title: long(257) }],
    [/Description/, { Description: '' }],
    [/Description/, { Description: long(1_025) }],
    [/Remediation/, { Remediation: { Recommendation: { Text: long(513) } } }],
    [/ProductFields/, { ProductFields: { a: long(2_049) } }],
    [/ProductFields/, { ProductFields: { [long(129)]: 'a' } }],
    [/ProductFields/, { ProductFields: { 'aws/securityhub/x': 'a' } }],
    [
      /ProductFields/,
      { ProductFields: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${String(i)}`, 'v'])) },
    ],
    [/^Resources/, { Resources: [] }],
    [/^Resources/, { Resources: Array.from({ length: 33 }, () => RESOURCE) }],
    [/^Resources/, { Resources: [{ ...RESOURCE, Id: long(513) }] }],
    [/^Resources/, { Resources: [{ ...RESOURCE, Region: long(17) }] }],
    [/Details/, { Resources: [{ ...RESOURCE, Details: { Other: { a: long(1_024) } } }] }],
    [/RelatedRequirements/, { Compliance: { RelatedRequirements: Array.from({ length: 33 }, () => 'a') } }],
    [/Compliance/, { Compliance: { Status: 'BROKEN' as never } }],
    [/NetworkPath/, { NetworkPath: [{ ComponentId: long(33), ComponentType: 'a' }] }],
    [/Workflow/, { Workflow: { Status: 'DONE' as never } }],
    [/RecordState/, { RecordState: 'GONE' as never }],
    [/Note/, { Note: { Text: long(513), UpdatedBy: 'a', UpdatedAt: '2026-03-01T08:00:00Z' } }],
    [/240 KB/, { UserDefinedFields: { a: long(240_000) } }],
  ])('%s: %j', (what, change) => {
    const problems = asffProblems({ ...GOOD, ...change });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.some((problem) => what.test(problem))).toBe(true);
  });
});
