import { describe, expect, it } from 'vitest';
import { catchUpAlert } from '../../lib/notify/message/catch-up.ts';
import { testAlert } from '../../lib/notify/message/test-alert.ts';
import { eventOf } from '../../lib/notify/channels/eventbridge/eventbridge.ts';
import { slackMessageOf } from '../../lib/notify/channels/slack/message.ts';
import { snsMessageOf } from '../../lib/notify/channels/sns/sns.ts';
import type { Alert } from '#findings';
import { BASTION_OPENED, flood } from '../support/alert.ts';
import { Goldens } from '../support/golden.ts';

const RESOLVED: Alert = {
  schema: 1,
  id: 'shop/eu-west-1/44/7c1e94ab',
  kind: 'resolved',
  severity: 'critical',
  headline: 'SSH on bastion is no longer open to the internet',
  details: ['closed after 14 min by RevokeSecurityGroupIngress (mara)'],
  place: BASTION_OPENED.place,
  path: [],
  before: 'the whole internet (0.0.0.0/0)',
  after: '198.51.100.0/25 (prefix list "office")',
  rules: [],
  moreRules: 0,
  blame: BASTION_OPENED.blame.map((blame) => ({ ...blame, call: 'RevokeSecurityGroupIngress' })),
  blameIs: 'these',
  also: [],
  restore: {
    commands: [
      'aws ec2 authorize-security-group-ingress --region eu-west-1 --group-id sg-098e1159f30562d66 --protocol tcp --port 22 --cidr 0.0.0.0/0',
    ],
  },
  findings: BASTION_OPENED.findings,
  moreFindings: 0,
  links: [],
};

const TAMPERING: Alert = {
  ...testAlert({ account: '111122223333', region: 'eu-west-1', time: '2026-03-02T11:20:00Z' }),
  id: 'tampering-1',
  kind: 'tampering',
  severity: 'critical',
  headline: 'The trail that Postern listens to was stopped',
  blame: BASTION_OPENED.blame.map((blame) => ({ ...blame, call: 'StopLogging', mfa: false })),
  blameIs: 'these',
};

const ALERTS: Readonly<Record<string, Alert>> = {
  critical: BASTION_OPENED,
  resolved: RESOLVED,
  flood: flood(23),
  tampering: TAMPERING,
  'catch-up': catchUpAlert([BASTION_OPENED, flood(12), RESOLVED, TAMPERING], '2026-03-02T10:00:00Z'),
  test: testAlert({ account: '111122223333', region: 'eu-west-1', time: '2026-03-02T12:00:00Z' }),
};

const names = Object.keys(ALERTS);
const goldens = new Goldens('test/cases/alert', [
  ...names.map((name) => `${name}.mail`),
  'critical.sns-machines',
  'critical.slack',
  'flood.slack',
  'resolved.slack',
  'critical.eventbridge',
]);

/** A mail as it arrives. */
function mailOf(alert: Alert): string {
  const { Subject, Message } = snsMessageOf(alert);
  return `Subject: ${Subject}\n\n${(JSON.parse(Message) as { email: string }).email}`;
}

describe('what people and machines are sent', () => {
  it.each(names)('%s, by mail', (name) => {
    goldens.check(`${name}.mail`, mailOf(ALERTS[name]!));
  });

  it.each(['critical', 'flood', 'resolved'])('%s, in Slack', (name) => {
    goldens.check(`${name}.slack`, json(slackMessageOf(ALERTS[name]!)));
  });

  it('critical, to machines by SNS', () => {
    const { Message, MessageAttributes } = snsMessageOf(BASTION_OPENED);
    const { sqs } = JSON.parse(Message) as { sqs: string };
    goldens.check('critical.sns-machines', json({ MessageAttributes, sqs: JSON.parse(sqs) as unknown }));
  });

  it('critical, on a bus', () => {
    const { Detail = '', ...entry } = eventOf(BASTION_OPENED);
    goldens.check('critical.eventbridge', json({ ...entry, Detail: JSON.parse(Detail) as unknown }));
  });

  it('every stored text belongs to an alert', () => {
    goldens.checkStrays();
    expect(names).toHaveLength(6);
  });
});

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
