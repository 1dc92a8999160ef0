import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { riskOf, RISK_WEIGHTS, SEVERITIES, type Finding } from '#findings';

const FINDING: fc.Arbitrary<Finding> = fc
  .record({
    severity: fc.constantFrom(...SEVERITIES),
    certainty: fc.constantFrom('surely' as const, 'possibly' as const),
    subject: fc.integer({ min: 0, max: 12 }).map((n) => `w${String(n)}`),
    fingerprint: fc.integer({ min: 0, max: 0xff_ff_ff_ff }).map((n) => n.toString(16)),
  })
  .map(({ subject, ...rest }) => ({
    check: 'admin-port-exposed',
    title: '',
    workload: { id: subject, name: subject },
    endpoints: [],
    culprits: [],
    because: [],
    ...rest,
  }));
const FINDINGS = fc.array(FINDING, { maxLength: 40 });

describe('the risk of an account', () => {
  it('is nothing without findings, and never more than 100', () => {
    expect(riskOf([])).toMatchObject({ score: 0, parts: [] });
    fc.assert(
      fc.property(FINDINGS, (findings) => {
        const { score } = riskOf(findings);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('never falls by one finding more', () => {
    fc.assert(
      fc.property(FINDINGS, FINDING, (findings, more) => {
        expect(riskOf([...findings, more]).score).toBeGreaterThanOrEqual(riskOf(findings).score);
      }),
    );
  });

  it('never falls where a finding gets worse, or surer', () => {
    fc.assert(
      fc.property(FINDINGS, FINDING, fc.constantFrom(...SEVERITIES), (findings, one, severity) => {
        const worse = RISK_WEIGHTS[severity] >= RISK_WEIGHTS[one.severity] ? severity : one.severity;
        const before = riskOf([...findings, one]).score;
        expect(
          riskOf([...findings, { ...one, severity: worse, certainty: 'surely' }]).score,
        ).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('does not depend on the order of the findings', () => {
    fc.assert(
      fc.property(FINDINGS, fc.infiniteStream(fc.integer()), (findings, dice) => {
        const shuffled = findings
          .map((finding) => ({ finding, at: dice.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ finding }) => finding);
        expect(riskOf(shuffled).score).toBe(riskOf(findings).score);
      }),
    );
  });

  it('is the sum of its parts, one for each subject that counts', () => {
    fc.assert(
      fc.property(FINDINGS, (findings) => {
        const { score, parts } = riskOf(findings);
        const sum = parts.reduce((total, { points }) => total + points, 0);
        expect(Math.abs(sum - score)).toBeLessThanOrEqual(0.05 * parts.length + 0.001);
        const grave = findings.filter(({ severity }) => severity !== 'info');
        expect(new Set(parts.map(({ subject }) => subject.id))).toEqual(
          new Set(grave.map(({ workload }) => workload.id)),
        );
      }),
    );
  });

  it.each<[readonly Finding['severity'][], number]>([
    [['info'], 0],
    [['low'], 1],
    [['medium'], 5],
    [['high'], 15],
    [['critical'], 40],
    [['critical', 'critical'], 64],
    [['critical', 'high', 'high'], 56.7],
    [['critical', 'critical', 'critical', 'critical', 'critical', 'critical'], 95.3],
  ])('of %j on different things is %d', (severities, score) => {
    const findings = severities.map((severity, i) => finding(severity, `w${String(i)}`));
    expect(riskOf(findings).score).toBe(score);
  });

  it('counts the worst finding of each thing, and what is only possible half', () => {
    const both = riskOf([finding('high', 'web'), finding('critical', 'web')]);
    expect(both.score).toBe(40);
    expect(both.parts.map((part) => [part.finding.severity, part.others.length])).toEqual([['critical', 1]]);
    expect(riskOf([{ ...finding('critical', 'web'), certainty: 'possibly' }]).score).toBe(20);
  });
});

function finding(severity: Finding['severity'], subject: string): Finding {
  return {
    check: 'admin-port-exposed',
    severity,
    certainty: 'surely',
    fingerprint: `${severity}-${subject}`,
    title: '',
    workload: { id: subject, name: subject },
    endpoints: [],
    culprits: [],
    because: [],
  };
}
