import { describe, expect, it } from 'vitest';
import { keepException } from '../../../../lib/app/exceptions/kept-exceptions.ts';
import { parseConfig } from '../../../../lib/app/config/parse-config.ts';
import { demoAccount, SSH_WORLD } from '../../../support/demo.ts';
import { TARGET, Watched } from '../../../support/watched.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SHOP_BASTION = 'sg-098e1159f30562d66';
const CHANNELS = 'channels: { slack: true, eventbridge: false }\n';
/** All that SSH from everywhere on the bastion brings. */
const ACCEPTING = `exceptions:
  - { check: admin-port-exposed, workload: bastion, owner: mara, reason: a drill, until: 2026-03-03 }
  - { check: lateral-path, owner: mara, reason: a drill, until: 2026-03-03 }
`;

async function watching(config: string): Promise<Watched> {
  const world = new Watched(demoAccount());
  world.config = parseConfig(CHANNELS + config, 'postern.yml');
  await world.schedule();
  await world.pass(5 * MINUTE);
  world.heard.length = 0;
  return world;
}

async function open(world: Watched): Promise<void> {
  world.account = demoAccount([SSH_WORLD]);
  await world.notice(world.event('AuthorizeSecurityGroupIngress', [SHOP_BASTION]));
  await world.pass(5 * MINUTE);
}

async function hourly(world: Watched, hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour += 1) {
    await world.schedule();
    await world.pass(HOUR);
  }
}

describe('the service, by what people say', () => {
  it('hears of what was opened where nothing is said', async () => {
    const world = await watching('');
    await open(world);
    expect(world.told()).toEqual(['opened CRITICAL SSH on bastion is open to the whole internet']);
  });

  it('is silent of what was accepted, and says once that it ended', async () => {
    const world = await watching(ACCEPTING);
    await open(world);
    await hourly(world, 24);
    // what the bastion shows is accepted; that other hosts can get there now is not, and is told as that
    expect(world.told().filter((line) => /SSH on bastion|steps from/.test(line))).toEqual([]);
    world.heard.length = 0;
    await hourly(world, 48);
    const told = world.told();
    expect(told.filter((line) => line.startsWith('exception-ended'))).toHaveLength(told.length);
    expect(world.heard.flatMap(({ alert }) => alert.findings.map(({ check }) => check)).toSorted()).toContain(
      'admin-port-exposed',
    );
    world.heard.length = 0;
    await hourly(world, 12);
    expect(world.told()).toEqual([]);
  });

  it('a word in the table counts from the next pass on, although nothing changed', async () => {
    const world = await watching('');
    await open(world);
    const opened = world.heard.find(({ alert }) => alert.kind === 'opened')?.alert;
    const all = opened?.findings.map(({ fingerprint }) => fingerprint) ?? [];
    world.heard.length = 0;
    for (const fingerprint of all)
      await keepException(world.stores.notes, {
        fingerprint,
        owner: 'mara',
        reason: 'a drill',
        until: '2026-03-03',
        by: 'arn:aws:iam::111122223333:user/mara',
        at: world.iso(),
      });
    // without that, somebody would be reminded after a day
    await hourly(world, 36);
    expect(world.told()).toEqual([]);
    await hourly(world, 36);
    expect(world.told().length).toBeGreaterThan(0);
    expect(world.heard.every(({ alert }) => alert.kind === 'exception-ended')).toBe(true);
  });

  it('of what is meant nobody hears, and a head knows by what it was judged', async () => {
    const meant = `exposures: [{ what: { name: bastion }, ports: tcp/22, reason: a drill }]\n`;
    const world = await watching(meant);
    const head = await world.stores.state.head(TARGET);
    expect(head?.engine).toMatch(/^1\.0\.0 [0-9a-f]{16}$/);
    await open(world);
    // what can be got at from there, step by step, nobody has meant
    expect(world.told().filter((line) => line.includes('internet'))).toEqual([
      'opened HIGH shop-redis is 3 steps from the internet: internet → bastion → api-1 → shop-redis',
    ]);
    // once it is not meant any more, it is newly seen: nobody opened it just now
    world.heard.length = 0;
    world.config = parseConfig(CHANNELS, 'postern.yml');
    await hourly(world, 1);
    expect(new Set(world.heard.map(({ alert }) => alert.kind))).toEqual(new Set(['newly-seen']));
    expect((await world.stores.state.head(TARGET))?.engine).toBe('1.0.0');
  });
});
