import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '#findings';
import { catchUpAlert, plainTextOf, subjectOf } from '#notify';
import { eventOf } from '../../lib/notify/channels/eventbridge/eventbridge.ts';
import { bareSlackMessageOf, slackMessageOf } from '../../lib/notify/channels/slack/message.ts';
import { snsMessageOf } from '../../lib/notify/channels/sns/sns.ts';
import { BASTION_OPENED, flood } from '../support/alert.ts';
import { alerts } from './alert-arbitraries.ts';

/** What acts or hides in a mail or on a screen; line ends are ours. */
const ACTS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cs}/u;
const LINK = /^<https:\/\/[^\s<>|]+\|[^<>|*_~`]*>$/;
const CODE = /^```\n[^`]*\n```$/;

/** The largest of everything at once. */
const HUGE: Alert = {
  ...flood(2_000),
  headline: '<!channel> '.repeat(3_000),
  details: Array.from({ length: 500 }, () => '& '.repeat(500)),
  rules: Array.from({ length: 500 }, () => ({ ...BASTION_OPENED.rules[0]!, description: '語'.repeat(255) })),
  also: Array.from({ length: 500 }, () => '😀'.repeat(300)),
  path: Array.from({ length: 300 }, (_, i) => ({
    from: `h${String(i)}`,
    to: `h${String(i + 1)}`,
    flows: 'tcp 22',
  })),
  blame: Array.from({ length: 500 }, () => BASTION_OPENED.blame[0]!),
  undo: {
    commands: Array.from({ length: 400 }, (_, i) => `aws ec2 revoke ${String(i)} ${'x'.repeat(900)}`),
    isProven: false,
  },
};

function holds(law: (alert: Alert) => void): void {
  fc.assert(fc.property(alerts, law), { numRuns: 150, examples: [[HUGE], [BASTION_OPENED], [flood(2_000)]] });
}

describe('whatever an account holds', () => {
  it('a subject is one that SNS takes', () => {
    holds((alert) => {
      const subject = subjectOf(alert);
      expect(subject).toMatch(/^\[Postern\] [A-Z][\x20-\x7e]+$/);
      expect(subject.length).toBeLessThan(100);
    });
  });

  it('a mail is as wide as a mail, shows what acts, and leaves commands whole', () => {
    holds((alert) => {
      const text = plainTextOf(alert);
      expect(ACTS.exec(text)).toBeNull();
      const commands = new Set([...(alert.undo?.commands ?? []), ...(alert.restore?.commands ?? [])]);
      for (const line of text.split('\n'))
        if (line.length > 76 && !commands.has(line))
          // a word that is longer than a line stands alone behind the label
          expect(line.lastIndexOf(' '), line).toBeLessThan(26);
      const shown = (alert.undo?.commands ?? []).filter(
        (command) => command.trim() !== '' && !ACTS.test(command),
      );
      for (const command of shown.filter((one) => /^[\x20-\x7e]+$/.test(one)).slice(0, 1))
        expect(text.split('\n')).toContain(command);
    });
  });

  it('SNS gets what it takes', () => {
    holds((alert) => {
      const { Subject, Message, MessageAttributes } = snsMessageOf(alert);
      const attributes = Object.entries(MessageAttributes).flatMap(([name, { DataType, StringValue }]) => {
        expect(StringValue).not.toBe('');
        return [name, DataType ?? '', StringValue ?? ''];
      });
      expect(Buffer.byteLength([Subject, Message, ...attributes].join(''))).toBeLessThan(262_144);
      const parts = JSON.parse(Message) as Record<string, string>;
      expect(parts['default']).not.toBe('');
      const document = JSON.parse(parts['sqs']!) as Alert;
      expect(document).toMatchObject({ schema: 1, kind: alert.kind, severity: alert.severity });
      expect(document.findings.length).toBeLessThanOrEqual(10);
      expect(document.findings.length + document.moreFindings).toBe(
        alert.findings.length + alert.moreFindings,
      );
    });
  });

  it('a bus gets what it takes', () => {
    holds((alert) => {
      const { Detail = '' } = eventOf(alert);
      expect(Buffer.byteLength(Detail)).toBeLessThan(256_000);
      expect(JSON.parse(Detail)).toMatchObject({ schema: 1, kind: alert.kind });
    });
  });

  it('Slack gets what it takes, and nothing in it acts', () => {
    holds((alert) => {
      const { blocks, text } = slackMessageOf(alert);
      expect(blocks!.length).toBeLessThanOrEqual(50);
      expect(JSON.stringify(blocks).length).toBeLessThan(12_000);
      for (const block of blocks!) {
        if (block.type === 'header') expectText(block.text, 150);
        else if (block.type === 'section') {
          expect(Boolean(block.text) !== Boolean(block.fields)).toBe(true);
          if (block.text) expectText(block.text, 3_000);
          if (block.fields) {
            expect(block.fields.length).toBeLessThanOrEqual(10);
            for (const field of block.fields) expectText(field, 2_000);
          }
        } else if (block.type === 'context') {
          expect(block.elements.length).toBeGreaterThan(0);
          expect(block.elements.length).toBeLessThanOrEqual(10);
          for (const element of block.elements) expectText(element as ShownText, 3_000);
        } else expect.unreachable(block.type);
      }
      expectHarmless(text);
      expectHarmless(bareSlackMessageOf(alert).text);
    });
  });

  it('what was missed becomes one message that fits as well', () => {
    fc.assert(
      fc.property(fc.array(alerts, { maxLength: 6 }), fc.string(), (missed, since) => {
        const alert = catchUpAlert(missed, since);
        expect(alert.findings.length).toBeLessThanOrEqual(10);
        expect(subjectOf(alert).length).toBeLessThan(100);
        expect(Buffer.byteLength(snsMessageOf(alert).Message)).toBeLessThan(262_144);
        expect(JSON.stringify(slackMessageOf(alert).blocks).length).toBeLessThan(12_000);
      }),
      { numRuns: 60 },
    );
  });
});

type ShownText = {
  readonly type: string;
  readonly text: string;
  readonly emoji?: boolean;
  readonly verbatim?: boolean;
};

function expectText({ type, text, emoji, verbatim }: ShownText, longest: number): void {
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThanOrEqual(longest);
  if (type === 'plain_text') {
    expect(emoji).toBe(false);
    expectHarmless(text);
  } else {
    expect(verbatim).toBe(true);
    // Our own formatting: code or a link, and nothing else.
    expect(LINK.test(text) || CODE.test(text), text).toBe(true);
    expectHarmless(LINK.test(text) ? text.slice(1, -1) : text);
  }
}

function expectHarmless(text: string): void {
  expect(ACTS.exec(text)).toBeNull();
  expect(text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
}
