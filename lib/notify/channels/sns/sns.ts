import { PublishCommand, type MessageAttributeValue, type SNSClient } from '@aws-sdk/client-sns';
import type { Alert } from '#findings';
import type { Channel } from '../../channel.ts';
import { documentOf } from '../../message/document.ts';
import { plainTextOf } from '../../message/plain-text.ts';
import { fitting } from '../../message/shrink.ts';
import { subjectOf } from '../../message/subject.ts';
import { visible } from '../../message/visible.ts';
import { awsFailure } from '../aws-failure.ts';

/**
 * 256 KB for the message and its attributes, of which a part is left for what SNS adds for some subscribers.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export const LARGEST = 240_000;

/** What is published: text for people, the whole alert as JSON for machines, and attributes for filter policies. */
export type SnsMessage = {
  readonly Subject: string;
  readonly MessageStructure: 'json';
  readonly Message: string;
  readonly MessageAttributes: Record<string, MessageAttributeValue>;
};

/**
 * Publishes to an SNS topic.
 *
 * @param client made with {@link CHANNEL_CLIENT}
 */
export function snsChannel({
  client,
  topicArn,
  name = 'sns',
}: {
  readonly client: SNSClient;
  readonly topicArn: string;
  readonly name?: string;
}): Channel {
  return {
    name,
    send: async (alert) => {
      try {
        await client.send(new PublishCommand({ TopicArn: topicArn, ...snsMessageOf(alert) }));
        // A mail cannot be attached to another one.
        return {};
      } catch (error) {
        throw awsFailure(error, { what: `SNS topic ${topicArn}`, remedies: SNS_REMEDIES });
      }
    },
  };
}

export function snsMessageOf(alert: Alert): SnsMessage {
  return fitting(alert, messageOf, (message) => sizeOf(message) <= LARGEST);
}

function messageOf(alert: Alert): SnsMessage {
  const text = plainTextOf(alert);
  const subject = subjectOf(alert);
  const document = documentOf(alert);
  return {
    Subject: subject,
    MessageStructure: 'json',
    Message: JSON.stringify({
      default: text,
      email: text,
      sms: subject,
      sqs: document,
      lambda: document,
      https: document,
    }),
    MessageAttributes: attributesOf(alert),
  };
}

/** An attribute's value must not be empty: what there is none of is left out. */
function attributesOf({
  severity,
  kind,
  place,
  findings: [worst],
}: Alert): Record<string, MessageAttributeValue> {
  const values = {
    severity,
    account: place.account,
    region: place.region,
    type: worst?.check ?? kind,
    change_kind: kind,
    fingerprint: worst?.fingerprint ?? '',
  };
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== '')
      .map(([key, value]) => [key, { DataType: 'String', StringValue: visible(value) }]),
  );
}

function sizeOf({ Subject, Message, MessageAttributes }: SnsMessage): number {
  return [
    Subject,
    Message,
    ...Object.entries(MessageAttributes).flatMap(([key, { DataType = '', StringValue = '' }]) => [
      key,
      DataType,
      StringValue,
    ]),
  ].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

const GRANT =
  'Allow sns:Publish on this topic to the role of the function that delivers, and kms:GenerateDataKey and kms:Decrypt on its key if ' +
  'the topic is encrypted.';
const MISSING = 'The topic is gone or its ARN is wrong: correct the channel in the configuration.';

export const SNS_REMEDIES: Readonly<Record<string, string>> = {
  NotFoundException: MISSING,
  NotFound: MISSING,
  InvalidParameterException:
    'If the words name the topic, correct its ARN in the configuration; else please report it: no message should be refused for its form.',
  AuthorizationErrorException: GRANT,
  AuthorizationError: GRANT,
  AccessDeniedException: GRANT,
  AccessDenied: GRANT,
  KMSAccessDeniedException: GRANT,
  KMSDisabledException: 'Enable the KMS key of the topic.',
  KMSNotFoundException: 'The KMS key of the topic is gone: give the topic another one.',
};
