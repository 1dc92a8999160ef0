import type { Rewrite } from './fault-proxy.ts';

/**
 * Takes the delay off each message on its way to its queue, and remembers it. A test then need not sit through half a minute: the poller
 * gets the message at once, and holds it back itself for as long as was asked, by the test's own time.
 */
export class HeldBack {
  readonly #seconds = new Map<string, number[]>();

  readonly rewrite: Rewrite = ({ operation }, body) => {
    if (operation !== 'SendMessage') return body;
    const { DelaySeconds, ...message } = JSON.parse(body.toString('utf8')) as Sent;
    const key = keyOf(message.QueueUrl, message.MessageBody);
    this.#seconds.set(key, [...(this.#seconds.get(key) ?? []), DelaySeconds ?? 0]);
    return Buffer.from(JSON.stringify(message));
  };

  /** For how long a message that came from a queue was to be held back; 0 for one that was never sent through here. */
  secondsOf(queueUrl: string, text: string): number {
    return this.#seconds.get(keyOf(queueUrl, text))?.shift() ?? 0;
  }
}

type Sent = { readonly QueueUrl: string; readonly MessageBody: string; readonly DelaySeconds?: number };

function keyOf(queueUrl: string, text: string): string {
  return `${queueUrl} ${text}`;
}
