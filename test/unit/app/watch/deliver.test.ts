import { describe, expect, it } from 'vitest';
import { draftAlert, type Alert } from '#findings';
import { ChannelFailure } from '#notify';
import { oweAlerts } from '../../../../lib/app/watch/outbox.ts';
import { parseConfig } from '../../../../lib/app/config/parse-config.ts';
import { demoAccount, SSH_WORLD } from '../../../support/demo.ts';
import { Died, TARGET, Watched } from '../../../support/watched.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function watching(account = demoAccount()): Promise<Watched> {
  const world = new Watched(account);
  await world.schedule();
  await world.pass(5 * MINUTE);
  world.heard.length = 0;
  return world;
}

async function open(world: Watched): Promise<void> {
  world.account = demoAccount([SSH_WORLD]);
  await world.notice(world.event('AuthorizeSecurityGroupIngress', ['sg-098e1159f30562d66']));
  await world.pass(MINUTE);
}

async function shut(world: Watched): Promise<void> {
  world.account = demoAccount();
  await world.notice(world.event('RevokeSecurityGroupIngress', ['sg-098e1159f30562d66']));
  await world.pass(5 * MINUTE);
}

const down = (): Error => new ChannelFailure('Slack is down');

/** An alert of no run. */
function news(world: Watched, headline: string, more: Partial<Alert> = {}): Alert {
  const place = { account: TARGET.account, region: TARGET.region, time: world.iso() };
  return {
    ...draftAlert({ kind: 'opened', severity: 'high', headline }, { place, blame: [], blameIs: 'nobody' }),
    ...more,
  };
}

async function owe(world: Watched, id: string, alerts: readonly Alert[]): Promise<void> {
  const { stores, config, clock, channelQueue } = world;
  await oweAlerts(id, TARGET, alerts, { ...stores, config, clock, channelQueue });
}

describe('delivery', () => {
  it('gets to each channel once, and the same item again changes nothing', async () => {
    const world = await watching();
    await owe(world, 'item', [news(world, 'one'), news(world, 'two')]);
    await owe(world, 'item', [news(world, 'one'), news(world, 'two')]);
    await world.pass(HOUR);
    expect(world.told('sns')).toEqual(['opened HIGH one', 'opened HIGH two']);
    expect(world.told('slack')).toEqual(world.told('sns'));
    expect(await world.stores.state.owed()).toEqual([]);
  });

  it('dies between the channel’s yes and the record: one repeat, of the same alert', async () => {
    const world = await watching();
    let isDead = false;
    world.onSaid = ({ channel }) => {
      if (channel !== 'slack' || isDead) return;
      isDead = true;
      throw new Died();
    };
    await open(world);
    await world.pass(HOUR);
    const heard = world.heard.filter(({ channel }) => channel === 'slack').map(({ alert }) => alert);
    expect(heard).toHaveLength(2);
    expect(heard[0]!.findings.map(({ fingerprint }) => fingerprint)).toEqual(
      heard[1]!.findings.map(({ fingerprint }) => fingerprint),
    );
    expect(heard[0]!.id).toBe(heard[1]!.id);
    expect(world.told('sns')).toHaveLength(1);
  });

  it('a channel that is down for two days delays no other, and then catches up in one message', async () => {
    const world = await watching();
    world.broken.set('slack', down);
    await open(world);
    expect(world.told('sns')).toEqual(['opened CRITICAL SSH on bastion is open to the whole internet']);
    for (let sweeps = 0; sweeps < 2 * 24 * 6; sweeps += 1) {
      await world.sweep();
      await world.pass(10 * MINUTE);
      if (sweeps === 100) await shut(world);
      if (sweeps === 200) await open(world);
    }
    expect(world.told('sns')).toHaveLength(3);
    expect(world.told('slack')).toEqual([]);
    // those that came while it was down, not one for each sweep
    expect(world.dead.length).toBeLessThanOrEqual(6);
    world.broken.clear();
    await world.sweep();
    await world.pass(HOUR);
    expect(world.told('slack')).toEqual([
      expect.stringMatching(/^catch-up CRITICAL 4 findings are still open: 1 critical, 3 high/),
    ]);
    await world.sweep();
    await world.pass(HOUR);
    expect(world.told('slack')).toHaveLength(1);
    expect(await world.stores.state.owed()).toEqual([]);
  });

  it('a channel that keeps findings gets each message that it missed, and none that stands for several', async () => {
    const world = await watching();
    world.config = parseConfig('channels: { securityhub: true, eventbridge: false }', 'postern.yml');
    world.broken.set('securityhub', down);
    await open(world);
    await world.sweep();
    await world.pass(HOUR);
    await shut(world);
    await world.pass(2 * HOUR);
    world.broken.clear();
    await world.sweep();
    await world.pass(HOUR);
    expect(world.told('securityhub').map((text) => text.split(' ')[0])).toEqual(['opened', 'resolved']);
  });

  it('one message that is late comes as it is', async () => {
    const world = await watching();
    world.broken.set('slack', down);
    await open(world);
    await world.pass(3 * HOUR);
    world.broken.clear();
    await world.sweep();
    await world.pass(MINUTE);
    expect(world.told('slack')).toEqual(['opened CRITICAL SSH on bastion is open to the whole internet']);
  });

  it('catches up with what can be read, though one of the late messages is gone', async () => {
    const world = await watching();
    world.broken.set('slack', down);
    const gone = world.stores.objects.get;
    await owe(world, 'gone', [news(world, 'nobody finds this')]);
    const item = await world.stores.state.owedItem('gone');
    await world.pass(MINUTE);
    await owe(world, 'one', [news(world, 'one')]);
    await owe(world, 'two', [news(world, 'two')]);
    await world.pass(3 * HOUR);
    world.broken.clear();
    Object.assign(world.stores.objects, {
      get: (key: string) => (key === item!.alerts ? Promise.resolve(undefined) : gone(key)),
    });
    world.dead.length = 0;
    await world.sweep();
    await world.pass(HOUR);
    expect(world.told('slack')).toHaveLength(1);
    expect(world.heard.at(-1)!.alert.details.join()).toContain('2 messages');
    expect((await world.stores.state.owed()).map(({ id }) => id)).toEqual(['gone']);
    // and it rings
    expect(world.dead.filter(({ channel, item: id }) => channel === 'slack' && id === 'gone')).not.toEqual(
      [],
    );
  });

  it('catches up with very many in several messages', async () => {
    const world = await watching();
    world.broken.set('slack', down);
    for (let i = 0; i < 250; i += 1)
      await owe(world, `item ${String(i)}`, [news(world, `news ${String(i)}`)]);
    await world.pass(2 * HOUR);
    world.broken.clear();
    for (let sweeps = 0; sweeps < 4; sweeps += 1) {
      await world.sweep();
      await world.pass(10 * MINUTE);
    }
    expect(world.told('slack')).toHaveLength(3);
    expect(await world.stores.state.owed()).toEqual([]);
  });

  it('a channel that names its time is asked then, and not before', async () => {
    const world = await watching();
    const { now } = world;
    world.broken.set('slack', () => new ChannelFailure('too much', { retryAfterMs: 90_000 }));
    await owe(world, 'item', [news(world, 'one')]);
    await world.pass(1000);
    world.broken.clear();
    await world.pass(HOUR);
    const slack = world.heard.filter(({ channel }) => channel === 'slack');
    expect(slack.map(({ at }) => at - now)).toEqual([90_000]);
    expect(world.dead).toEqual([]);
  });

  it('a channel that will never take it ends among the dead letters, and in the sweep', async () => {
    const world = await watching();
    world.broken.set('slack', () => new ChannelFailure('the token was revoked', { mayRecover: false }));
    await owe(world, 'item', [news(world, 'one')]);
    await world.pass(HOUR - MINUTE);
    expect(world.dead.map(({ channel }) => channel)).toEqual(['slack']);
    expect((await world.stores.state.owed()).map(({ id }) => id)).toEqual(['item']);
  });

  it('a message that was lost is found by the sweep', async () => {
    const world = await watching();
    const { channelQueue } = world;
    const lost = { send: () => Promise.resolve() };
    await oweAlerts('item', TARGET, [news(world, 'one')], {
      ...world.stores,
      config: world.config,
      clock: world.clock,
      channelQueue: () => lost,
    });
    await world.pass(MINUTE);
    expect(await world.sweep()).toBe(0);
    await world.pass(2 * MINUTE);
    expect(await world.sweep()).toBe(2);
    await world.pass(MINUTE);
    expect(world.told('sns')).toEqual(['opened HIGH one']);
    expect(channelQueue).toBeDefined();
  });

  it('two at once say it once', async () => {
    const world = await watching();
    const { deliver } = await import('../../../../lib/app/watch/deliver.ts');
    await oweAlerts('item', TARGET, [news(world, 'one')], {
      ...world.stores,
      config: world.config,
      clock: world.clock,
      channelQueue: () => undefined,
    });
    let said = 0;
    const ports = {
      ...world.stores,
      clock: world.clock,
      channel: (name: string) =>
        Promise.resolve({ name, send: () => Promise.resolve({ reference: String((said += 1)) }) }),
    };
    const both = await Promise.all([1, 2].map(() => deliver({ channel: 'sns', item: 'item' }, ports)));
    expect(said).toBe(1);
    expect(both.map(({ sent }) => sent).sort()).toEqual([0, 1]);
  });
});

describe('routing', () => {
  it('goes by severity, account and owner; what tells of blindness goes to all', async () => {
    const world = await watching();
    world.config = parseConfig(
      `channels: { slack: true, eventbridge: true }
routes:
  - { channel: slack, from: critical }
  - { channel: eventbridge, owners: [payments] }
`,
      'postern.yml',
    );
    await owe(world, 'item', [
      news(world, 'high'),
      news(world, 'critical', { id: 'c', severity: 'critical' }),
      news(world, 'payments', { id: 'p', owner: 'payments', severity: 'low' }),
      news(world, 'info', { id: 'i', severity: 'info' }),
      news(world, 'blind', { id: 'b', kind: 'blind-spot', severity: 'medium' }),
    ]);
    await world.pass(HOUR);
    const headlines = (channel: string) => world.told(channel).map((text) => text.split(' ').at(-1));
    expect(headlines('sns')).toEqual(['high', 'critical', 'payments', 'blind']);
    expect(headlines('slack')).toEqual(['critical', 'blind']);
    expect(headlines('eventbridge')).toEqual(['payments', 'blind']);
  });
});
