import { expect, it } from 'vitest';
import type { Exception } from '#findings';
import { loadSnapshots } from '#app';
import type { AwsSnapshot } from '#sources/aws';
import { alertFindings } from '../../../lib/app/security-hub/alert-findings.ts';
import { nextRun, type RunOutput } from '../../../lib/app/watch/next-run.ts';

const [ACCOUNT] = (await loadSnapshots(
  new URL('../../cases/saas/account.json', import.meta.url).pathname,
)) as [AwsSnapshot];
const PLACE = { account: '444455556666', region: 'eu-west-1' };
const VPN = '82f2-63ea';

const accepting: Exception = {
  fingerprint: VPN,
  owner: 'mara',
  reason: 'a VPN is there to be dialled',
  until: '2026-06-30',
};

function pass(now: string, exceptions: readonly Exception[], before?: RunOutput): RunOutput {
  return nextRun({
    ...(before && { before: ACCOUNT }),
    after: ACCOUNT,
    neighbours: [],
    changes: [],
    tracked: before?.tracked ?? [],
    toldGaps: new Set<string>(),
    place: PLACE,
    now,
    remindAfterMs: 1e15,
    exceptions,
  });
}

it.each<[string, string, readonly Exception[]]>([
  ['is withdrawn', '2026-03-02T08:00:00Z', []],
  ['ends', '2026-07-01T00:00:00Z', [accepting]],
])('a finding whose exception %s is active in Security Hub with the next pass', (_, now, exceptions) => {
  const accepted = pass('2026-03-01T08:00:00Z', [accepting]);
  const quiet = pass('2026-03-01T09:00:00Z', [accepting], accepted);
  expect(quiet.alerts).toEqual([]);
  const { alerts } = pass(now, exceptions, quiet);
  expect(alerts.map(({ kind }) => kind)).toEqual(['exception-ended']);
  expect(alerts.flatMap((alert) => alertFindings(alert, PLACE))).toMatchObject([
    {
      Id: `postern/444455556666/eu-west-1/${VPN}`,
      RecordState: 'ACTIVE',
      Compliance: { Status: 'FAILED' },
    },
  ]);
});
