import type { NoticeEventPorts } from '../watch/notice-event.ts';
import type { RefreshPorts } from '../watch/refresh.ts';
import type { SchedulePorts } from '../watch/schedule.ts';
import type { SweepPorts } from '../watch/sweep.ts';
import type { TakeDeliveryPorts } from '../watch/take-delivery.ts';
import { VERSION } from '../version.ts';
import { baseOn } from './base.ts';
import { channelsOf } from './channels.ts';
import { readTarget } from './read-target.ts';
import { readerCredentials } from './reader-credentials.ts';
import type { Environment } from './settings.ts';
import { watchedTargets } from './watched-targets.ts';

/**
 * What each function's work needs, on AWS; made once for each process. Each has one of its own, so that no function carries clients that
 * it does not use. For the arguments and errors see `baseOn`.
 */
export async function noticeService(environment: Environment, configFile: string): Promise<NoticeEventPorts> {
  const base = await baseOn(environment, configFile);
  const { busName, topicArn } = base.settings;
  return { ...base, own: { busName, topicArn } };
}

export async function scheduleService(environment: Environment, configFile: string): Promise<SchedulePorts> {
  const base = await baseOn(environment, configFile);
  const credentials = readerCredentials(base.settings);
  return {
    ...base,
    targets: () => watchedTargets(base.config, credentials),
    staleAfterMs: base.settings.staleAfterMs,
  };
}

export async function refreshService(environment: Environment, configFile: string): Promise<RefreshPorts> {
  const base = await baseOn(environment, configFile);
  const credentials = readerCredentials(base.settings);
  return {
    ...base,
    stores: base,
    engine: VERSION,
    read: (target) => readTarget(target, credentials),
    keepsReports: true,
  };
}

export async function deliverService(
  environment: Environment,
  configFile: string,
): Promise<TakeDeliveryPorts & SweepPorts> {
  const base = await baseOn(environment, configFile);
  return { ...base, channel: channelsOf(base.settings, base.clock) };
}
