import type { Queue, RefreshMessage } from '../watch/messages.ts';

/** A pass for a change goes by a queue of its own, so that it never waits behind the rounds of five hundred accounts. */
export function refreshQueues(
  forChanges: Queue<RefreshMessage>,
  forRounds: Queue<RefreshMessage>,
): Queue<RefreshMessage> {
  return {
    send: (message, delaySeconds) => {
      const isForChange = message.reason === 'noticed' || message.reason === 'follow-up';
      return (isForChange ? forChanges : forRounds).send(message, delaySeconds);
    },
  };
}
