import { describe, expect, it } from 'vitest';
import { memoryStores } from '#store';
import { Timer } from '../../../../lib/app/watch/timer.ts';
import type { RefreshMessage } from '../../../../lib/app/watch/messages.ts';
import { demoAccount, SSH_WORLD } from '../../../support/demo.ts';
import { Died, TARGET, Watched } from '../../../support/watched.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const SHOP_BASTION = 'sg-098e1159f30562d66';

/** The service after its first, quiet run. */
async function watching(): Promise<Watched> {
  const world = new Watched(demoAccount());
  await world.schedule();
  await world.pass(5 * MINUTE);
  world.passes.length = 0;
  world.heard.length = 0;
  return world;
}

/** Changes evenly over a time; nothing is waited for after the last. */
async function burst(world: Watched, changes: number, ms: number): Promise<void> {
  for (let i = 0; i < changes; i += 1) {
    await world.notice(world.event('AuthorizeSecurityGroupIngress', [SHOP_BASTION]));
    if (i + 1 < changes) await world.pass(ms / (changes - 1));
  }
}

const passTimes = ({ passes }: Watched): readonly string[] =>
  passes.map(({ reason, at }) => `${reason} ${((at - 5 * MINUTE) / SECOND).toFixed(0)}`);

describe('from changes to passes', () => {
  it('500 changes in 20 seconds are two passes: after half a minute, and 90 seconds after the last', async () => {
    const world = await watching();
    await burst(world, 500, 20 * SECOND);
    await world.pass(30 * MINUTE);
    expect(passTimes(world)).toEqual(['noticed 30', 'follow-up 110']);
  });

  it('500 changes in ten minutes are at most twelve, never two within a minute, and the last is seen', async () => {
    const world = await watching();
    await burst(world, 500, 10 * MINUTE);
    const last = world.now;
    await world.pass(30 * MINUTE);
    expect(world.passes.length).toBeLessThanOrEqual(12);
    const apart = world.passes.slice(1).map(({ at }, i) => at - world.passes[i]!.at);
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(MINUTE);
    expect(world.passes.some(({ at, reason }) => reason === 'noticed' && at > last)).toBe(true);
    expect(world.passes.at(-1)).toMatchObject({ reason: 'follow-up' });
  });

  it('a change while the account is read makes a pass after it', async () => {
    const world = await watching();
    await world.notice(world.event('AuthorizeSecurityGroupIngress', [SHOP_BASTION]));
    let isDone = false;
    world.duringRead = async () => {
      if (isDone) return;
      isDone = true;
      world.account = demoAccount([SSH_WORLD]);
      await world.notice(world.event('AuthorizeSecurityGroupIngress', [SHOP_BASTION]));
    };
    await world.pass(31 * SECOND);
    expect(world.told()).toEqual([]);
    await world.pass(10 * MINUTE);
    expect(passTimes(world)).toEqual(['noticed 30', 'noticed 90', 'follow-up 150']);
    expect(world.told()).toEqual([expect.stringContaining('SSH on bastion is open to the whole internet')]);
  });

  it('the same event again is nothing new, before its pass or after', async () => {
    const world = await watching();
    const event = world.event('AuthorizeSecurityGroupIngress', [SHOP_BASTION]);
    await world.notice(event);
    await world.notice(event);
    await world.pass(10 * MINUTE);
    expect(passTimes(world)).toEqual(['noticed 30', 'follow-up 90']);
    expect(await world.notice(event)).toContain('a pass has seen it');
    await world.pass(10 * MINUTE);
    expect(world.passes).toHaveLength(2);
  });

  it('an event on which notice died half-way has its follow-up too', async () => {
    const world = await watching();
    const { notes } = world.stores;
    const { write } = notes;
    const event = world.event('AuthorizeSecurityGroupIngress', [SHOP_BASTION]);
    Object.assign(notes, {
      write: (...args: Parameters<typeof write>) =>
        args[1] === 'last-change' ? Promise.reject(new Died()) : write(...args),
    });
    await expect(world.notice(event)).rejects.toThrow(Died);
    Object.assign(notes, { write });
    await world.notice(event);
    await world.pass(10 * MINUTE);
    expect(passTimes(world)).toEqual(['noticed 30', 'follow-up 90']);
  });

  it('an event that is 15 minutes late, and one from the future, are passes like any other', async () => {
    const world = await watching();
    await world.pass(20 * MINUTE);
    await world.notice(world.event('CreateRoute', [], { time: world.now - 15 * MINUTE }));
    await world.notice(world.event('CreateRoute', [], { time: world.now + 15 * MINUTE }));
    await world.pass(10 * MINUTE);
    expect(world.passes.map(({ reason }) => reason)).toEqual(['noticed', 'follow-up']);
  });

  it('a lost message is asked for again by the next change, once its time is over', async () => {
    const world = await watching();
    const timer = new Timer(world.stores.notes, TARGET, world.clock);
    expect(await timer.ask('lost')).toBe(true);
    await world.notice(world.event('CreateRoute', []));
    await world.pass(4 * MINUTE);
    expect(world.passes).toEqual([]);
    await world.pass(2 * MINUTE);
    await world.notice(world.event('CreateRoute', []));
    await world.pass(MINUTE);
    expect(world.passes).toHaveLength(1);
  });

  it('the clock finds what a lost message would have', async () => {
    const world = await watching();
    await new Timer(world.stores.notes, TARGET, world.clock).ask('lost');
    world.account = demoAccount([SSH_WORLD]);
    await world.pass(MINUTE);
    await world.schedule();
    await world.pass(MINUTE);
    expect(world.told()).toHaveLength(1);
  });

  it('a pass that died is made again by its own message', async () => {
    const world = await watching();
    await world.notice(world.event('CreateRoute', []));
    world.duringRead = () => {
      world.duringRead = () => Promise.resolve();
      return Promise.reject(new Died());
    };
    world.account = demoAccount([SSH_WORLD]);
    await world.pass(31 * SECOND);
    expect(world.passes).toEqual([]);
    await world.pass(10 * MINUTE);
    expect(world.passes.map(({ reason }) => reason)).toContain('noticed');
    expect(world.told()).toHaveLength(1);
  });

  it('the same request twice is one pass', async () => {
    const world = await watching();
    const message: RefreshMessage = { target: TARGET, reason: 'scheduled', token: 'tick', at: world.iso() };
    expect((await world.refresh(message)).kind).toBe('committed');
    world.now += 2 * MINUTE;
    expect(await world.refresh(message)).toEqual({ kind: 'dropped', why: 'it was done' });
  });

  it('while a pass is under way another of the same target waits', async () => {
    const world = await watching();
    const [first, second] = ['one', 'two'].map((token) => ({
      target: TARGET,
      reason: 'follow-up' as const,
      token,
      at: world.iso(),
    }));
    world.duringRead = async () => {
      world.duringRead = () => Promise.resolve();
      world.now += 2 * MINUTE;
      expect(await world.refresh(second!)).toEqual({ kind: 'later', seconds: 30 });
    };
    expect((await world.refresh(first!)).kind).toBe('committed');
  });
});

it('of a hundred who ask at once, one is to send the message', async () => {
  const { notes } = memoryStores({ clock: () => new Date(0) });
  const timer = new Timer(notes, TARGET, () => new Date(0));
  const asked = await Promise.all(Array.from({ length: 100 }, (_, i) => timer.ask(String(i))));
  expect(asked.filter(Boolean)).toHaveLength(1);
});
