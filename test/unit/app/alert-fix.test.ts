import { describe, expect, it } from 'vitest';
import type { Alert } from '#findings';
import { changeLines, judgedChange, loadSnapshots, NO_STYLE, toChangeJson } from '#app';
import { plainTextOf } from '#notify';
import type { AwsSnapshot } from '#sources/aws';
import { alertFindings } from '../../../lib/app/security-hub/alert-findings.ts';
import { nextRun } from '../../../lib/app/watch/next-run.ts';
import { documentOf } from '../../../lib/notify/message/document.ts';
import { fitting } from '../../../lib/notify/message/shrink.ts';
import { slackMessageOf } from '../../../lib/notify/channels/slack/message.ts';

const [BEFORE] = (await loadSnapshots(
  new URL('../../cases/data-platform/account.json', import.meta.url).pathname,
)) as [AwsSnapshot];

/** Somebody starts the notebook that was stopped: no rule, no route and no list was changed, so that there is nothing to take back. */
const AFTER = JSON.parse(
  JSON.stringify(BEFORE).replace('{"Code":80,"Name":"stopped"}', '{"Code":16,"Name":"running"}'),
) as AwsSnapshot;

const PLACE = { account: '333344445555', region: 'us-east-1' };
const RUN = { neighbours: [], changes: [], toldGaps: new Set<string>(), place: PLACE, remindAfterMs: 1e15 };

function told(): Alert {
  const first = nextRun({ ...RUN, after: BEFORE, tracked: [], now: '2026-03-01T08:00:00Z' });
  const { alerts } = nextRun({
    ...RUN,
    before: BEFORE,
    after: AFTER,
    tracked: first.tracked,
    now: '2026-03-01T09:00:00Z',
  });
  return alerts.find(({ kind }) => kind === 'opened')!;
}

const REVOKE = /aws ec2 revoke-security-group-ingress .*sgr-22e2e1634d4f1522b/;

describe('what opened without anything to undo', () => {
  it('is told with the fix of its worst finding, what was tried of it, and the commands', () => {
    const { undo, fix } = told();
    expect(undo).toBeUndefined();
    expect(fix).toMatchObject({
      what: 'in sg-notebook (notebook), replace tcp 8888 from 0.0.0.0/0 by tcp 8888 from 10.20.0.0/23; tcp 8888 from 10.20.2.0/24',
      isProven: true,
      proof: 'proven on the model: the finding goes, nothing opens; nothing else is shut',
    });
    expect(fix?.commands.at(-1)).toMatch(REVOKE);
  });

  it('in every channel', () => {
    const alert = told();
    for (const text of [
      plainTextOf(alert),
      JSON.stringify(slackMessageOf(alert).blocks),
      documentOf(alert),
      JSON.stringify(alertFindings(alert, { account: '333344445555', region: 'us-east-1' })),
    ]) {
      expect(text).toMatch(REVOKE);
      expect(text).toContain('replace tcp 8888 from 0.0.0.0/0');
    }
    expect(plainTextOf(alert)).toContain('proven on the model: the finding goes');
  });

  it('at a desk, as text and as JSON', async () => {
    const change = await judgedChange([BEFORE], [AFTER], undefined);
    expect(changeLines(change, NO_STYLE).join('\n')).toMatch(
      /^ {2}fix {5}in sg-notebook[^]*revoke-security/m,
    );
    expect(toChangeJson(change).fix?.commands.at(-1)).toMatch(REVOKE);
  });

  it('and a message that is too long loses the fix whole, before an undo, and says so', () => {
    const alert = told();
    const short = fitting(
      alert,
      (form) => form,
      (form) => JSON.stringify(form).length < 1_000,
    );
    expect(short.fix).toBeUndefined();
    expect(short.details.at(-1)).toContain('the fix');
  });
});

it('a first look that finds little has a fix, too', () => {
  const first = nextRun({ ...RUN, after: BEFORE, tracked: [], now: '2026-03-01T08:00:00Z' });
  const [seen] = first.alerts;
  expect(seen).toMatchObject({ kind: 'newly-seen', moreFindings: 0 });
  expect(seen?.fix?.proof).toMatch(/^proven on the model: the first finding goes/);
});
