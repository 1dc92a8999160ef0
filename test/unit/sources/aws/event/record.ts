import { readEvent, type ChangeEvent } from '../../../../../lib/sources/aws/event/index.ts';

type Json = Readonly<Record<string, unknown>>;

/** A record of ours: a person's call of EC2 that worked. `more` replaces members of it. */
export function record(eventName: string, more: Json = {}): Json {
  return {
    eventVersion: '1.10',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: 'arn:aws:iam::210987654321:user/mira',
      accountId: '210987654321',
      userName: 'mira',
    },
    eventTime: '2026-11-20T08:15:00Z',
    eventSource: 'ec2.amazonaws.com',
    eventName,
    awsRegion: 'eu-north-1',
    sourceIPAddress: '198.51.100.23',
    userAgent: 'aws-cli/2.22.12 md/awscrt#0.23.4',
    requestParameters: null,
    responseElements: null,
    eventID: '6f1c2d3e-0a1b-4c5d-8e9f-001122334455',
    readOnly: false,
    recipientAccountId: '210987654321',
    ...more,
  };
}

/** What is read of such a record. */
export function read(eventName: string, more: Json = {}): ChangeEvent {
  const event = readEvent(record(eventName, more));
  if (event === undefined) throw new Error('a record was not read');
  return event;
}
