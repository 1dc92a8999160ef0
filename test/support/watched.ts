import { parseConfig } from '../../lib/app/config/parse-config.ts';
import type { DeliverMessage, RefreshMessage } from '../../lib/app/watch/messages.ts';
import { noticeEvent } from '../../lib/app/watch/notice-event.ts';
import { refresh, type Refreshed } from '../../lib/app/watch/refresh.ts';
import { sweep } from '../../lib/app/watch/sweep.ts';
import { takeDelivery } from '../../lib/app/watch/take-delivery.ts';
import type { Alert } from '#findings';
import type { Channel } from '#notify';
import type { AwsSnapshot } from '#sources/aws';
import { memoryStores, type Stores } from '#store';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const TARGET = { account: ACCOUNT, region: REGION };
export const BUS = 'postern-test';
export const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:postern-test-alerts`;

type Waiting =
  | { readonly queue: 'refresh'; readonly at: number; readonly message: RefreshMessage }
  | { readonly queue: 'deliver'; readonly at: number; readonly message: DeliverMessage; tries: number };

export type Heard = {
  readonly channel: string;
  readonly at: number;
  readonly alert: Alert;
  readonly thread?: string;
};
export type Pass = { readonly at: number; readonly reason: string; readonly outcome: Refreshed };

/** How long a queue waits before it gives a message again whose work failed, and how often it does. */
const AGAIN_MS = 360_000;
const MOST_TRIES = 5;

/**
 * The service on a clock of its own: queues that hold messages back and give them again, stores in memory, an account that a test changes, and
 * channels that a test breaks. Times are milliseconds from the start.
 */
export class Watched {
  readonly start = Date.parse('2026-03-01T10:00:00.000Z');
  now = 0;
  readonly stores: Stores;
  readonly heard: Heard[] = [];
  readonly passes: Pass[] = [];
  readonly dead: DeliverMessage[] = [];
  /** What the account holds now. */
  account: AwsSnapshot;
  /** What further targets hold, by `<account>/<region>`. */
  readonly others = new Map<string, AwsSnapshot>();
  /** Done while the account is being read, after its state was taken. */
  duringRead: () => Promise<void> = () => Promise.resolve();
  readonly reads: number[] = [];
  /** Set to make a channel fail. */
  readonly broken = new Map<string, () => Error>();
  /** Called when a channel has said yes, before that is recorded. */
  onSaid: (heard: Heard) => void = () => undefined;
  config = parseConfig('channels: { slack: true, eventbridge: false }', 'postern.yml');
  engine = '1.0.0';
  /** Whether scans keep the report as a page as well. */
  keepsReports = false;
  #waiting: Waiting[] = [];
  #event = 0;

  constructor(account: AwsSnapshot, stores?: (clock: () => Date) => Stores) {
    this.account = account;
    this.stores = (stores ?? ((clock) => memoryStores({ clock })))(this.clock);
  }

  readonly clock = (): Date => new Date(this.start + this.now);

  iso(ms = this.now): string {
    return new Date(this.start + ms).toISOString();
  }

  readonly refreshQueue = {
    send: (message: RefreshMessage, seconds = 0): Promise<void> => {
      this.#waiting.push({ queue: 'refresh', at: this.now + seconds * 1000, message });
      return Promise.resolve();
    },
  };

  readonly channelQueue = () => ({
    send: (message: DeliverMessage, seconds = 0): Promise<void> => {
      this.#waiting.push({ queue: 'deliver', at: this.now + seconds * 1000, message, tries: 0 });
      return Promise.resolve();
    },
  });

  get #ports() {
    const { config, clock, refreshQueue, channelQueue, stores } = this;
    return { ...stores, config, clock, refreshQueue, channelQueue };
  }

  /** An EventBridge event of a call that names these ids, by mara. */
  event(
    name: string,
    ids: readonly string[],
    more: { readonly time?: number; readonly id?: string; readonly account?: string } = {},
  ): object {
    this.#event += 1;
    const id = more.id ?? `00000000-0000-4000-8000-${String(this.#event).padStart(12, '0')}`;
    return {
      id,
      source: 'aws.ec2',
      'detail-type': 'AWS API Call via CloudTrail',
      account: more.account ?? ACCOUNT,
      region: REGION,
      detail: {
        eventID: id,
        eventName: name,
        eventSource: 'ec2.amazonaws.com',
        eventTime: this.iso(more.time ?? this.now),
        awsRegion: REGION,
        recipientAccountId: more.account ?? ACCOUNT,
        userAgent: 'aws-cli/2.22.12',
        sourceIPAddress: '198.51.100.23',
        userIdentity: { type: 'IAMUser', userName: 'mara' },
        requestParameters: { items: ids.map((each) => ({ id: each })) },
        responseElements: { _return: true },
      },
    };
  }

  async notice(value: unknown): Promise<string> {
    return (await noticeEvent(value, { ...this.#ports, own: { busName: BUS, topicArn: TOPIC } })).what;
  }

  schedule(target = TARGET): Promise<void> {
    const at = this.iso();
    return this.refreshQueue.send({ target, reason: 'scheduled', token: `scheduled ${at}`, at });
  }

  sweep(): Promise<number> {
    return sweep(this.#ports);
  }

  /** Lets so much time go by, and everything happen that is due within it. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      const next = this.#waiting.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.#waiting = this.#waiting.filter((waiting) => waiting !== next);
      this.now = Math.max(this.now, next.at);
      await (next.queue === 'refresh' ? this.#refresh(next.message) : this.#deliver(next));
    }
    this.now = end;
  }

  /** The pass of a message, here and now; what it throws is the test's. */
  async refresh(message: RefreshMessage): Promise<Refreshed> {
    const outcome = await refresh(message, {
      ...this.#ports,
      stores: this.stores,
      engine: this.engine,
      keepsReports: this.keepsReports,
      read: async (target) => {
        this.reads.push(this.now);
        const account = this.others.get(`${target.account}/${target.region}`) ?? this.account;
        await this.duringRead();
        return account;
      },
    });
    if (outcome.kind !== 'later' && outcome.kind !== 'dropped')
      this.passes.push({ at: this.now, reason: message.reason, outcome });
    return outcome;
  }

  async #refresh(message: RefreshMessage): Promise<void> {
    try {
      await this.refresh(message);
    } catch (error) {
      if (!(error instanceof Died)) throw error;
      this.#waiting.push({ queue: 'refresh', at: this.now + AGAIN_MS, message });
    }
  }

  async #deliver(waiting: Extract<Waiting, { queue: 'deliver' }>): Promise<void> {
    try {
      await takeDelivery(waiting.message, {
        ...this.#ports,
        channel: (name) => Promise.resolve(this.#channel(name)),
      });
    } catch {
      waiting.tries += 1;
      if (waiting.tries >= MOST_TRIES) this.dead.push(waiting.message);
      else this.#waiting.push({ ...waiting, at: this.now + AGAIN_MS });
    }
  }

  #channel(name: string): Channel {
    return {
      name,
      send: (alert, thread) => {
        const fault = this.broken.get(name);
        if (fault !== undefined) return Promise.reject(fault());
        const heard = { channel: name, at: this.now, alert, ...(thread !== undefined && { thread }) };
        this.heard.push(heard);
        try {
          this.onSaid(heard);
        } catch (error) {
          return Promise.reject(error instanceof Error ? error : new Error(String(error)));
        }
        return Promise.resolve({ reference: `${name}-${String(this.heard.length)}` });
      },
    };
  }

  /** What was said on a channel, as `opened CRITICAL SSH on …`. */
  told(channel = 'sns'): string[] {
    return this.heard
      .filter((heard) => heard.channel === channel)
      .map(({ alert }) => `${alert.kind} ${alert.severity.toUpperCase()} ${alert.headline}`);
  }
}

/** The process that did the work is gone. */
export class Died extends Error {}
