import { actorOf, type Actor } from './actor.ts';
import { sweepIds } from './sweep.ts';

/** What a change event tells. It is a hint: it gives scope and blame, never the truth about the network. */
export type ChangeEvent = {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly actor: Actor;
  /** False if AWS refused the call, or it only reads. */
  readonly isEffective: boolean;
  readonly ids: readonly string[];
};

/**
 * Reads an EventBridge event of detail type "AWS API Call via CloudTrail", or a bare CloudTrail record.
 * `undefined` if the value is neither.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function readEvent(value: unknown): ChangeEvent | undefined {
  if (!isObject(value)) return undefined;
  const detail = isObject(value['detail']) ? value['detail'] : value;
  const name = textOf(detail['eventName']);
  if (name === '') return undefined;
  return {
    id: textOf(detail['eventID']) || textOf(value['id']),
    name,
    source: textOf(detail['eventSource']),
    account: textOf(detail['recipientAccountId']) || textOf(value['account']),
    region: textOf(detail['awsRegion']) || textOf(value['region']),
    time: textOf(detail['eventTime']) || textOf(value['time']),
    actor: actorOf(detail),
    isEffective: textOf(detail['errorCode']) === '' && detail['readOnly'] !== true,
    ids: sweepIds(detail['requestParameters'], detail['responseElements']),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
