import { expect, it } from 'vitest';
import { refreshQueues } from '../../../../lib/app/wire/refresh-queues.ts';
import { refreshMessage, type RefreshMessage } from '../../../../lib/app/watch/messages.ts';

it('a pass for a change goes by the one queue, every other by the other, with its delay', async () => {
  const sent: string[] = [];
  const queue = (name: string) => ({
    send: ({ reason }: RefreshMessage, seconds?: number) => {
      sent.push(`${name} ${reason} ${String(seconds)}`);
      return Promise.resolve();
    },
  });
  const both = refreshQueues(queue('changes'), queue('rounds'));
  const target = { account: '111122223333', region: 'eu-west-1' };
  for (const reason of refreshMessage.shape.reason.options)
    await both.send({ target, reason, token: 't', at: '2026-03-01T10:00:00.000Z' }, 30);
  expect(sent).toEqual([
    'changes noticed 30',
    'changes follow-up 30',
    'rounds scheduled 30',
    'rounds neighbour 30',
  ]);
});
