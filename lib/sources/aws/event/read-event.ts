import { actorOf, type Actor } from './actor.ts';
import type { Tier } from './catalogue/event-group.ts';
import { isNoiseCall } from './catalogue/noise.ts';
import { tierOf } from './catalogue/tier.ts';
import { isObject, member, textOf, truthOf, type Loose } from './fields.ts';
import { idsOf } from './ids.ts';
import { namesOf } from './names.ts';
import type { RequestedRule } from './requested-rule.ts';
import { requestedRulesOf } from './requested-rules.ts';
import { isGlobalSource, scopeOf, type EventTarget } from './scope.ts';
import { targetsOf } from './targets.ts';

/** What a change event tells. It is a hint: it gives scope and blame, never the truth about the network. All texts are untrusted. */
export type ChangeEvent = {
  /** The record's own id, the same each time that the event is delivered; unique within its account and Region. */
  readonly eventId: string;
  readonly name: string;
  /** `ec2.amazonaws.com` */
  readonly source: string;
  /** Of a call that only reads: 0. */
  readonly tier: Tier;
  /** '' if the record does not say it in the right form. */
  readonly account: string;
  readonly region: string;
  /** As recorded: ISO 8601. */
  readonly time: string;
  readonly actor: Actor;
  /** False if AWS refused the call (a dry run is refused too), or it only reads. */
  readonly isEffective: boolean;
  /** '' if AWS did not refuse it. */
  readonly errorCode: string;
  /** It is logged in one Region and may concern each Region of the account, which `targets` does not list. */
  readonly isGlobal: boolean;
  /** The places that it concerns: its own, and the other side of a peering. Empty if the record does not say where it happened. */
  readonly targets: readonly EventTarget[];
  /** What it is about, in ascending order: EC2 ids, names and ARNs of load balancers, target groups, databases and proxies. */
  readonly ids: readonly string[];
  /** Names and ARNs of other services' resources: a hint. */
  readonly names: readonly string[];
  /** The security group rules and network ACL entries that it asks for, in order. */
  readonly rules: readonly RequestedRule[];
};

/**
 * Reads an EventBridge event of detail type "AWS API Call via CloudTrail", or a bare CloudTrail record.
 * `undefined` if the value is neither; never throws.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function readEvent(value: unknown): ChangeEvent | undefined {
  if (!isObject(value)) return undefined;
  const detail = isObject(value['detail']) ? value['detail'] : value;
  const name = textOf(member(detail, 'eventName'));
  if (name === '') return undefined;
  const source = textOf(member(detail, 'eventSource'));
  const isReading = isReadOnly(detail, name);
  const errorCode = textOf(member(detail, 'errorCode'));
  // What a reading call names is what it asked for, not what it touched.
  const request = isReading ? undefined : member(detail, 'requestParameters');
  const response = isReading ? undefined : member(detail, 'responseElements');
  const scope = scopeOf(value, detail);
  return {
    eventId: eventIdOf(value, detail),
    name,
    source,
    tier: isReading ? 0 : tierOf(source, name),
    ...scope,
    time: textOf(member(detail, 'eventTime')) || textOf(member(value, 'time')),
    actor: actorOf(detail),
    isEffective: errorCode === '' && !isReading,
    errorCode,
    isGlobal: isGlobalSource(source),
    targets: targetsOf(scope, request, response),
    ids: idsOf(source, name, request, response),
    names: namesOf(source, request, response),
    rules: requestedRulesOf(source, name, request),
  };
}

/** Whether an event cannot have changed what is reachable: refused, reading only, or a call of EC2 that is known to move nothing. */
export function isNoise({ isEffective, source, name }: ChangeEvent): boolean {
  return !isEffective || isNoiseCall(source, name);
}

/** Old records do not say whether a call only reads; then its verb does. */
function isReadOnly(detail: Loose, name: string): boolean {
  return truthOf(member(detail, 'readOnly')) ?? /^(?:Describe|Get|List|Search|Lookup)[A-Z]/.test(name);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function eventIdOf(envelope: Loose, detail: Loose): string {
  const candidates = [member(detail, 'eventID'), member(envelope, 'id')].map(textOf);
  return candidates.find((id) => UUID.test(id)) ?? candidates.find((id) => id !== '') ?? '';
}
