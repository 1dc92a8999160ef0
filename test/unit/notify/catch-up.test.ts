import { describe, expect, it } from 'vitest';
import type { Alert, Severity } from '#findings';
import { catchUpAlert } from '#notify';
import { BASTION_OPENED, flood } from '../../support/alert.ts';

const SINCE = '2026-03-01T00:00:00Z';

function about(
  kind: Alert['kind'],
  ...findings: readonly [fingerprint: string, severity: Severity][]
): Alert {
  return {
    ...BASTION_OPENED,
    kind,
    id: `${kind}-${findings.map(([fingerprint]) => fingerprint).join('-')}`,
    severity: findings[0]?.[1] ?? 'critical',
    findings: findings.map(([fingerprint, severity]) => ({
      fingerprint,
      severity,
      check: 'admin-port-exposed',
      title: `${fingerprint} is open`,
    })),
  };
}

describe('what a channel missed, in one message', () => {
  it('tells what is still open, worst first, and how much closed', () => {
    const alert = catchUpAlert(
      [
        about('opened', ['a', 'medium']),
        about('newly-seen', ['b', 'high'], ['c', 'low']),
        about('resolved', ['b', 'high']),
        about('opened', ['d', 'critical']),
        about('reminder', ['a', 'medium']),
      ],
      SINCE,
    );
    expect(alert).toMatchObject({ kind: 'catch-up', severity: 'critical', moreFindings: 0 });
    expect(alert.headline).toBe('3 findings are still open: 1 critical, 1 medium, 1 low');
    expect(alert.findings.map(({ fingerprint }) => fingerprint)).toEqual(['d', 'a', 'c']);
    expect(alert.details).toEqual([
      '5 messages could not be delivered here since 2026-03-01 00:00:00 UTC: 2 opened, 1 newly-seen, 1 resolved, 1 reminder; this one stands for all',
      '1 finding closed meanwhile',
    ]);
  });

  it('what closed and opened again is open', () => {
    const again = [
      about('opened', ['a', 'high']),
      about('resolved', ['a', 'high']),
      about('opened', ['a', 'high']),
    ];
    expect(catchUpAlert(again, SINCE).headline).toBe('1 finding is still open: 1 high');
    expect(catchUpAlert(again.slice(0, 2), SINCE)).toMatchObject({
      headline: 'No finding of what this channel missed is still open',
      severity: 'info',
      findings: [],
    });
  });

  it('names ten and counts the rest', () => {
    const { findings, moreFindings, headline } = catchUpAlert([flood(500)], SINCE);
    expect(findings).toHaveLength(10);
    expect(moreFindings).toBe(490);
    expect(headline).toMatch(/^500 findings are still open/);
  });

  it('what was not named is never taken for closed', () => {
    const opened = { ...about('opened', ['a', 'high']), moreFindings: 7 };
    const both = catchUpAlert([opened, about('resolved', ['a', 'high'])], SINCE);
    expect(both.headline).toBe('Up to 7 findings may still be open');
    expect(both.severity).toBe('high');
    expect(catchUpAlert([opened], SINCE).headline).toBe('At least 1 finding is still open: 1 high');
  });

  it('does not drown a touch on the monitor itself', () => {
    const alert = catchUpAlert(
      [about('opened', ['a', 'low']), { ...about('tampering'), headline: 'Trail stopped' }],
      SINCE,
    );
    expect(alert.severity).toBe('critical');
    expect(alert.headline).toContain('tampered');
    expect(alert.details.join('\n')).toContain('tampering: Trail stopped');
  });

  it('names a place only where all share it', () => {
    const elsewhere = { ...BASTION_OPENED, place: { ...BASTION_OPENED.place, region: 'eu-north-1' } };
    expect(catchUpAlert([BASTION_OPENED, elsewhere], SINCE).place).toEqual({
      account: '111122223333',
      accountName: 'shop',
      region: '',
      time: BASTION_OPENED.place.time,
    });
  });

  it('is the same for the same alerts, and stands even for none', () => {
    expect(catchUpAlert([BASTION_OPENED], SINCE)).toEqual(catchUpAlert([BASTION_OPENED], SINCE));
    expect(catchUpAlert([], SINCE)).toMatchObject({ severity: 'info', findings: [] });
  });
});
