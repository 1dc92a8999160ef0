import { HEARTBEAT_LATE_MS } from '../watch/heartbeats.ts';
import type { Deployment } from '../desk/deployment.ts';
import { missing, ok, unknown, type Check } from './check.ts';
import type { HubFacts } from './facts.ts';

/** Hourly by default, and the alarm goes off after three hours too. */
const STALE_MS = 3 * 3_600_000;

/** Whether a forwarder whose rules are in place was heard of within the day. */
export function heartbeatCheck(
  target: string,
  heartbeats: ReadonlyMap<string, string>,
  { name }: Deployment,
  now: Date,
): Check {
  const subject = { what: 'sign of life', at: target };
  const last = heartbeats.get(target);
  if (last === undefined)
    return unknown(subject, {
      why: 'the hub has not heard of this forwarder yet',
      remedy: `A new one is heard of within a day. If this one is older, look into the queue ${name}-forward-dead of its account and Region`,
    });
  if (now.getTime() - Date.parse(last) > HEARTBEAT_LATE_MS)
    return missing(subject, `last heard of ${last}, and it should be daily: changes may not get to the hub`, {
      remedy: `Look at the schedule ${name}-heartbeat and the queue ${name}-forward-dead of its account and Region, and at the policy of the bus ${name}`,
    });
  return ok(subject, `last heard of ${last}`);
}

/** Whether the hub reads a target: the proof that its schedule, its queue and the reader role work, whoever asks. */
export function lastReadCheck(
  target: string,
  lastReads: ReadonlyMap<string, string>,
  { name, region }: Deployment,
  now: Date,
): Check {
  const subject = { what: 'read by the hub', at: target };
  const last = lastReads.get(target);
  const look = {
    remedy: 'Look into the log of refresh',
    run: [`aws logs tail --region ${region} --since 3h /aws/lambda/${name}-refresh`],
  };
  if (last === undefined)
    return missing(
      subject,
      'never: nothing is known of it, and a change there is compared with nothing',
      look,
    );
  if (now.getTime() - Date.parse(last) > STALE_MS)
    return missing(subject, `not since ${last}: what changed since is not known`, look);
  return ok(subject, `last ${last}`);
}

/** What only the hub's table tells, where it could not be read. */
export function tableChecks(
  { heartbeats, lastReads }: HubFacts,
  { account, region }: Deployment,
): readonly Check[] {
  const at = `${account}/${region}`;
  const closed = [heartbeats, lastReads].filter((one) => !one.told);
  return closed
    .filter(({ why }, i) => closed.findIndex((one) => one.why === why) === i)
    .map((one) => unknown({ what: 'hub, table', at }, one));
}
