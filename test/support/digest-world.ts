import { deliverDigest, type DigestDelivered } from '../../lib/app/digest/deliver-digest.ts';
import { placesIn } from '../../lib/app/digest/object-place.ts';
import { sendDigest, type DigestMade } from '../../lib/app/digest/send-digest.ts';
import { parseConfig } from '../../lib/app/config/parse-config.ts';
import type { Config } from '../../lib/app/config/config.ts';
import type { DeliverMessage } from '../../lib/app/watch/messages.ts';
import type { Mail, TopicText } from '#notify';
import { Watched } from './watched.ts';
import { demoAccount } from './demo.ts';

const CONFIG = 'digest: { from: postern@shop.example, recipients: [sec@shop.example, ops@shop.example] }';

/** A service that watches the bundled account, its weekly mail, and people who get it. */
export class DigestWorld {
  readonly watched = new Watched(demoAccount());
  config: Config = parseConfig(CONFIG, 'postern.yml');
  readonly queue: DeliverMessage[] = [];
  readonly sent: Mail[] = [];
  readonly published: TopicText[] = [];
  /** Set to make SES, or the topic, say no. */
  refusal: (() => Error) | undefined;
  topicRefusal: (() => Error) | undefined;
  /** Called when SES has said yes, before that is recorded. */
  onSent: () => void = () => undefined;

  get #ports() {
    const { watched, config } = this;
    return {
      ...watched.stores,
      stores: watched.stores,
      clock: watched.clock,
      config,
      engine: '1.0.0',
      staleAfterMs: 3 * 3_600_000,
      placeOf: placesIn('shop-bucket', 'eu-west-1'),
      thread: 'weekly.postern-test',
      fetchCommand: (key: string) => `fetch ${key}`,
      channelQueue: () => ({
        send: (message: DeliverMessage) => {
          this.queue.push(message);
          return Promise.resolve();
        },
      }),
      mail: {
        send: (mail: Mail) => {
          if (this.refusal !== undefined) return Promise.reject(this.refusal());
          this.sent.push(mail);
          return Promise.resolve().then(() => {
            this.onSent();
            return { id: `ses-${String(this.sent.length)}` };
          });
        },
      },
      publish: (text: TopicText) => {
        if (this.topicRefusal !== undefined) return Promise.reject(this.topicRefusal());
        this.published.push(text);
        return Promise.resolve();
      },
    };
  }

  /** A read of the account. */
  async look(): Promise<void> {
    await this.watched.schedule();
    await this.watched.pass(300_000);
  }

  /** The clock strikes. */
  strike(due = this.watched.iso()): Promise<DigestMade> {
    return sendDigest(due, this.#ports);
  }

  /** The queue gives its first message. */
  async take(): Promise<DigestDelivered> {
    const message = this.queue.shift();
    if (message === undefined) throw new Error('the queue is empty');
    return deliverDigest(message, this.#ports);
  }

  pass(ms: number): void {
    this.watched.now += ms;
  }
}
