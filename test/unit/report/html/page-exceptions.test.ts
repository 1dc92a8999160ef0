import { expect, it } from 'vitest';
import { analyse } from '#engine';
import { audit, latent, review, type Exception } from '#findings';
import { translate } from '#sources/aws';
import { pageExceptions, reviewNotes } from '../../../../lib/report/html/page-exceptions.ts';
import { demoAccount, SSH_WORLD } from '../../../support/demo.ts';

const NOW = '2026-03-01T12:00:00Z';
const analysis = analyse(translate([demoAccount([SSH_WORLD])]));
const findings = [...audit(analysis), ...latent(analysis)];

function told(...exceptions: readonly Exception[]) {
  const reviewed = { exceptions, review: review(findings, exceptions, NOW), now: NOW };
  return { list: pageExceptions(reviewed), notes: reviewNotes(reviewed) };
}

const of = (until: string, more: Partial<Exception> = {}): Exception => ({
  check: 'admin-port-exposed',
  owner: 'mara',
  reason: 'a test',
  until,
  ...more,
});

it.each<[string, Exception, ReturnType<typeof told>['list'][number]['state'] | undefined, number]>([
  ['far from its end holds', of('2026-06-01'), 'holds', 92],
  ['on its last day ends', of('2026-03-01'), 'ending', 0],
  ['within two weeks of its end ends', of('2026-03-15'), 'ending', 14],
  ['that is over, of what is open, ended', of('2026-02-28'), 'ended', -1],
  ['about nothing is unused', of('2026-06-01', { workload: 'nobody' }), 'unused', 92],
  ['that is over, of nothing, is not told', of('2026-02-28', { workload: 'nobody' }), undefined, 0],
])('an exception %s', (_, exception, state, days) => {
  const { list } = told(exception);
  expect(list.map((each) => [each.state, each.days])).toEqual(state === undefined ? [] : [[state, days]]);
});

it('what it is about is named, whether it still holds or not', () => {
  for (const until of ['2026-06-01', '2026-02-28'])
    expect(told(of(until)).list[0]?.titles).toEqual(['SSH on bastion is open to the whole internet']);
});

it('what ended comes before what ends, and that before what holds', () => {
  const { list } = told(
    of('2026-06-01', { workload: 'bastion' }),
    of('2026-03-05'),
    of('2026-02-01', { check: 'lateral-path' }),
  );
  expect(list.map(({ state }) => state)).toEqual(['ended', 'ending', 'holds']);
});

it('a finding whose exception ended says so, and one that is accepted says nothing', () => {
  const ssh = findings.find(({ check }) => check === 'admin-port-exposed')?.fingerprint ?? '';
  expect(told(of('2026-02-28')).notes.get(ssh)).toBe('the exception of mara ended on 2026-02-28');
  expect(told(of('2026-06-01')).notes.size).toBe(0);
});
