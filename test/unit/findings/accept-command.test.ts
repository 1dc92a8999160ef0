import { describe, expect, it } from 'vitest';
import { acceptCommand, type Alert } from '#findings';
import { BASTION_OPENED } from '../../support/alert.ts';

const FINDING: Alert['findings'][number] = {
  fingerprint: '7c1e-94ab',
  check: 'admin-port-exposed',
  severity: 'critical',
  title: 'SSH',
};
const PLACE = { account: '111122223333', region: 'eu-west-1', time: '2026-12-15T23:59:00Z' };
const COMMAND = 'postern accept 7c1e-94ab --owner you --until 2027-01-14 --reason why';

describe('the way to accept what an alert tells of', () => {
  it.each<[Partial<Alert>, string | undefined]>([
    [{ kind: 'opened' }, COMMAND],
    [{ kind: 'exception-ended' }, COMMAND],
    [{ deployment: { stage: 'prod', region: 'eu-west-1' } }, `${COMMAND} --stage prod --region eu-west-1`],
    [{ deployment: { stage: 'prod; rm', region: 'eu-west-1' } }, undefined],
    [{ kind: 'resolved' }, undefined],
    [{ kind: 'tampering' }, undefined],
    [{ findings: [] }, undefined],
    [{ moreFindings: 4 }, undefined],
    // a shell would read more than a name
    [{ findings: [{ ...FINDING, fingerprint: '7c1e-94ab; rm' }] }, undefined],
    [{ place: { ...PLACE, time: '' } }, undefined],
  ])('%o: %s', (more, expected) => {
    const alert = { ...BASTION_OPENED, findings: [FINDING], moreFindings: 0, place: PLACE, ...more };
    expect(acceptCommand(alert)).toBe(expected);
  });
});
