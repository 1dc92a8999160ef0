import {
  PutEventsCommand,
  type EventBridgeClient,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { Alert, AlertKind, AlertTransition } from '#findings';
import { ChannelFailure, type Channel } from '../../channel.ts';
import { documentOf } from '../../message/document.ts';
import { fitting } from '../../message/shrink.ts';
import { shortened } from '../../message/visible.ts';
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
  'exception-ended': 'Postern Exception Ended',
  'blind-spot': 'Postern Blind Spot',
  tampering: 'Postern Tampering',
  'catch-up': 'Postern Catch-Up',
  test: 'Postern Test',
};

/**
 * Puts one custom event for each transition of a finding on a bus, so that people attach what they like; for an alert without findings, one. If
 * the bus refuses one, those before it come again with the next try: the fingerprint tells.
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
      for (const batch of batchesOf(eventsOf(alert))) {
        const { FailedEntryCount = 0, Entries = [] } = await client
          .send(
            new PutEventsCommand({ Entries: batch.map((event) => ({ EventBusName: busName, ...event })) }),
          )
          .catch((error: unknown) => {
            throw awsFailure(error, { what, remedies: REMEDIES });
          });
        // The call as a whole succeeds even if the bus refused some of it.
        const refused = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
        if (FailedEntryCount > 0 || refused !== undefined)
          throw entryFailure(
            what,
            refused?.ErrorCode ?? 'an error without a code',
            refused?.ErrorMessage ?? '',
          );
      }
      return {};
    },
  };
}

/** One event for each finding that the alert is about, with what is said of all of them; or one, if it is about none. */
function eventsOf(alert: Alert): readonly PutEventsRequestEntry[] {
  const event = eventOf(alert);
  if (alert.transitions === undefined) return [event];
  const said = JSON.parse(event.Detail ?? '{}') as object;
  return alert.transitions.map((finding) => ({
    ...event,
    Detail: JSON.stringify({ ...said, severity: finding.severity, finding: shortFinding(finding) }),
  }));
}

/** A title is as long as the names that an account gives. */
function shortFinding(finding: AlertTransition): AlertTransition {
  return { ...finding, title: shortened(finding.title, 1_000) };
}

/** A call takes ten entries, and no more in all than one may have. */
function batchesOf(events: readonly PutEventsRequestEntry[]): readonly (readonly PutEventsRequestEntry[])[] {
  const batches: PutEventsRequestEntry[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event.Detail ?? '');
    const open = batches.at(-1);
    if (open !== undefined && open.length < 10 && bytes + size <= LARGEST) {
      open.push(event);
      bytes += size;
    } else {
      batches.push([event]);
      bytes = size;
    }
  }
  return batches;
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
