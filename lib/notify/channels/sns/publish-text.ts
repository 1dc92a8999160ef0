import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { asciiLine } from '../../message/subject.ts';
import { visible } from '../../message/visible.ts';
import { awsFailure } from '../aws-failure.ts';
import { LARGEST, SNS_REMEDIES } from './sns.ts';

/** A text that is no alert, for people, with what machines get in its place. */
export type TopicText = {
  readonly subject: string;
  readonly text: string;
  /** JSON. */
  readonly document: string;
  /** For filter policies. */
  readonly type: string;
};

/** Publishes a text to an SNS topic. What does not fit is cut at the end of a line, and says so. @throws ChannelFailure if it was not taken */
export async function publishText(
  { client, topicArn }: { readonly client: SNSClient; readonly topicArn: string },
  { subject, text, document, type }: TopicText,
): Promise<void> {
  const shown = fitting(text, (LARGEST - Buffer.byteLength(document)) / 3);
  const StringValue = visible(type);
  const attribute = { DataType: 'String', StringValue };
  const command = new PublishCommand({
    TopicArn: topicArn,
    Subject: asciiLine(subject),
    MessageStructure: 'json',
    Message: JSON.stringify({
      default: shown,
      email: shown,
      sms: asciiLine(subject),
      sqs: document,
      lambda: document,
      https: document,
    }),
    MessageAttributes: { type: attribute, change_kind: attribute },
  });
  try {
    await client.send(command);
  } catch (error) {
    throw awsFailure(error, { what: `SNS topic ${topicArn}`, remedies: SNS_REMEDIES });
  }
}

/** It travels twice, and a few of its characters as two. */
function fitting(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  const lines: string[] = [];
  let size = 0;
  for (const line of text.split('\n')) {
    size += Buffer.byteLength(line) + 1;
    if (size > most - 100) break;
    lines.push(line);
  }
  return `${lines.join('\n')}\n\nThis is too long for SNS: the rest was left out.\n`;
}
