import { mockClient } from 'aws-sdk-client-mock';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import type { AlertKind } from '#findings';
import { ChannelFailure, eventBridgeChannel } from '#notify';
import { BASTION_OPENED } from '../../support/alert.ts';

function busThat() {
  const client = new EventBridgeClient({ region: 'eu-west-1' });
  return { mock: mockClient(client), channel: eventBridgeChannel({ client, busName: 'postern' }) };
}

describe('EventBridge', () => {
  it.each<[AlertKind, string]>([
    ['opened', 'Postern Finding Opened'],
    ['resolved', 'Postern Finding Resolved'],
    ['exception-ended', 'Postern Exception Ended'],
    ['tampering', 'Postern Tampering'],
    ['catch-up', 'Postern Catch-Up'],
  ])('%s is one event of the type "%s"', async (kind, type) => {
    const { mock, channel } = busThat();
    mock.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: 'e-1' }] });
    expect(await channel.send({ ...BASTION_OPENED, kind })).toEqual({});
    const { Entries = [] } = mock.commandCalls(PutEventsCommand)[0]!.args[0].input;
    expect(Entries).toMatchObject([
      {
        EventBusName: 'postern',
        Source: 'postern',
        DetailType: type,
        Time: new Date('2026-03-02T10:01:07Z'),
      },
    ]);
    expect(JSON.parse(Entries[0]!.Detail!)).toEqual({ ...BASTION_OPENED, kind });
  });

  it.each<[string, boolean]>([
    ['InternalFailure', true],
    ['ThrottlingException', true],
    ['AccessDeniedException', false],
    ['NotAuthorizedForSourceException', false],
  ])(
    'an entry that is refused is a failure though the call succeeds: %s may recover %s',
    async (code, may) => {
      const { mock, channel } = busThat();
      mock
        .on(PutEventsCommand)
        .resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: code, ErrorMessage: 'no' }] });
      const failure = await channel.send(BASTION_OPENED).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ChannelFailure);
      expect(failure).toMatchObject({ mayRecover: may });
      expect(String(failure)).toContain(code);
    },
  );

  it('each finding is an event of its own, ten in a call', async () => {
    const { mock, channel } = busThat();
    mock.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
    const transitions = Array.from({ length: 25 }, (_, i) => ({
      fingerprint: `fp-${String(i)}`,
      check: 'admin-port-exposed' as const,
      severity: 'high' as const,
      title: `SSH on host ${String(i)}`,
      workload: { id: `i-${String(i)}`, name: `host ${String(i)}` },
    }));
    await channel.send({ ...BASTION_OPENED, transitions });
    const calls = mock.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries ?? []);
    expect(calls.map((entries) => entries.length)).toEqual([10, 10, 5]);
    const details = calls.flat().map(({ Detail }) => JSON.parse(Detail ?? '') as Record<string, unknown>);
    expect(details.map(({ finding }) => finding)).toEqual(transitions);
    expect(details[0]).toMatchObject({
      id: BASTION_OPENED.id,
      severity: 'high',
      headline: BASTION_OPENED.headline,
    });
    expect(details[0]).not.toHaveProperty('transitions');
  });

  it('if one of several is refused the whole is a failure', async () => {
    const { mock, channel } = busThat();
    mock.on(PutEventsCommand).resolves({
      FailedEntryCount: 1,
      Entries: [{ EventId: 'e-1' }, { ErrorCode: 'InternalFailure', ErrorMessage: 'no' }],
    });
    const finding = {
      fingerprint: 'a',
      check: 'lateral-path' as const,
      severity: 'low' as const,
      title: '',
      workload: { id: '', name: '' },
    };
    await expect(
      channel.send({ ...BASTION_OPENED, transitions: [finding, { ...finding, fingerprint: 'b' }] }),
    ).rejects.toMatchObject({ mayRecover: true });
  });

  it('a bus that is gone is final', async () => {
    const { mock, channel } = busThat();
    mock.on(PutEventsCommand).rejects(
      Object.assign(new Error('no such bus'), {
        name: 'ResourceNotFoundException',
        $metadata: { httpStatusCode: 400 },
      }),
    );
    await expect(channel.send(BASTION_OPENED)).rejects.toMatchObject({
      mayRecover: false,
      message: expect.stringContaining('its name is wrong') as string,
    });
  });

  it('a time that is none is left to the bus', async () => {
    const { mock, channel } = busThat();
    mock.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{}] });
    await channel.send({ ...BASTION_OPENED, place: { account: '', region: '', time: 'yesterday' } });
    expect(mock.commandCalls(PutEventsCommand)[0]!.args[0].input.Entries?.[0]).not.toHaveProperty('Time');
  });
});
