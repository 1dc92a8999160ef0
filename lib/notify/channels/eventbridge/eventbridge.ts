import {
  PutEventsCommand,
  type EventBridgeClient,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { Alert, AlertKind } from '#findings';
import { ChannelFailure, type Channel } from '../../channel.ts';
import { documentOf } from '../../message/document.ts';
import { fitting } from '../../message/shrink.ts';
import { awsFailure } from '../aws-failure.ts';

/**
 * An entry may take 256 KB, by the API's reference; the targets behind a bus may take less. A part is left for the envelope.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
const LARGEST = 240_000;

/** What rules match on, together with the source `postern`. */
const DETAIL_TYPES: Readonly<Record<AlertKind, string>> = {
  opened: 'Postern Finding Opened',
  resolved: 'Postern Finding Resolved',
  'newly-seen': 'Postern Finding Newly Seen',
  unconfirmed: 'Postern Finding Unconfirmed',
  flapping: 'Postern Finding Flapping',
  reminder: 'Postern Finding Still Open',
  'blind-spot': 'Postern Blind Spot',
  tampering: 'Postern Tampering',
  'catch-up': 'Postern Catch-Up',
  test: 'Postern Test',
};

/**
 * Puts one custom event for each alert on a bus, so that people attach what they like.
 *
 * @param client made with {@link CHANNEL_CLIENT}
 * @param busName a bus's name or ARN
 */
export function eventBridgeChannel({
  client,
  busName,
  name = 'eventbridge',
}: {
  readonly client: EventBridgeClient;
  readonly busName: string;
  readonly name?: string;
}): Channel {
  const what = `EventBridge bus ${busName}`;
  return {
    name,
    send: async (alert) => {
      const { FailedEntryCount = 0, Entries: [entry] = [] } = await client
        .send(new PutEventsCommand({ Entries: [{ EventBusName: busName, ...eventOf(alert) }] }))
        .catch((error: unknown) => {
          throw awsFailure(error, { what, remedies: REMEDIES });
        });
      // The call as a whole succeeds even if the bus refused the entry.
      if (FailedEntryCount > 0 || entry?.ErrorCode !== undefined)
        throw entryFailure(what, entry?.ErrorCode ?? 'an error without a code', entry?.ErrorMessage ?? '');
      return {};
    },
  };
}

export function eventOf(alert: Alert): PutEventsRequestEntry {
  const time = new Date(/^\d{4}-\d\d-\d\dT/.test(alert.place.time) ? alert.place.time : NaN);
  const event = {
    Source: 'postern',
    DetailType: DETAIL_TYPES[alert.kind],
    ...(Number.isNaN(time.getTime()) ? {} : { Time: time }),
  };
  return fitting(
    alert,
    (form) => ({ ...event, Detail: documentOf(form) }),
    ({ Detail }) => Buffer.byteLength(Detail) <= LARGEST,
  );
}

/** Codes of a refused entry that trying again cannot mend. */
const FINAL = /AccessDenied|NotAuthorized|InvalidArgument|Malformed|ResourceNotFound|Validation/;

function entryFailure(what: string, code: string, message: string): ChannelFailure {
  const mayRecover = !FINAL.test(code);
  const remedy = mayRecover ? 'It is tried again later.' : (REMEDIES[code] ?? 'Trying again cannot help.');
  return new ChannelFailure(
    `${what}: ${code}: ${message.replace(/[.\s]+$/, '') || 'no further words'}. ${remedy}`,
    { mayRecover },
  );
}

const GRANT =
  'Allow events:PutEvents on this bus to the role of the function that delivers; for a bus of another account, its policy has to allow it too.';

const REMEDIES: Readonly<Record<string, string>> = {
  AccessDeniedException: GRANT,
  NotAuthorizedForSourceException: GRANT,
  ResourceNotFoundException:
    'The bus is gone or its name is wrong: correct the channel in the configuration.',
};
