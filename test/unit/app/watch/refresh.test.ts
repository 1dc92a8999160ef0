import { describe, expect, it } from 'vitest';
import type { AwsSnapshot } from '#sources/aws';
import { demoAccount, demoEvent, PREFIX_LIST, SSH_WORLD, type DemoDocument } from '../../../support/demo.ts';
import { Died, TARGET, Watched } from '../../../support/watched.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SHOP_BASTION = 'sg-098e1159f30562d66';

async function watching(account: AwsSnapshot = demoAccount()): Promise<Watched> {
  const world = new Watched(account);
  await world.schedule();
  await world.pass(5 * MINUTE);
  world.heard.length = 0;
  world.passes.length = 0;
  return world;
}

/** The account is another by now, and its event comes. */
async function change(
  world: Watched,
  account: AwsSnapshot,
  ids: readonly string[] = [SHOP_BASTION],
): Promise<void> {
  world.account = account;
  await world.notice(world.event('AuthorizeSecurityGroupIngress', ids));
  await world.pass(5 * MINUTE);
}

describe('a run', () => {
  it('is one summary the first time, and silence when nothing changes', async () => {
    const world = new Watched(demoAccount([SSH_WORLD]));
    await world.schedule();
    await world.pass(MINUTE);
    expect(world.told()).toEqual([
      expect.stringMatching(
        /^newly-seen CRITICAL \d findings seen for the first time: 1 critical, 3 high, 1 low/,
      ),
    ]);
    for (let hour = 0; hour < 5; hour += 1) {
      await world.schedule();
      await world.pass(HOUR);
    }
    expect(world.told()).toHaveLength(1);
    expect(world.passes).toHaveLength(6);
    expect((await world.stores.state.head(TARGET))?.version).toBe(6);
  });

  it('tells what a change opened, whose it is and the way back; then that it is closed', async () => {
    const world = await watching();
    await change(world, demoAccount([SSH_WORLD]));
    expect(world.told()).toEqual(['opened CRITICAL SSH on bastion is open to the whole internet']);
    const alert = world.heard[0]!.alert;
    expect(alert.blameIs).toBe('these');
    expect(alert.blame.map(({ who, call }) => `${who} ${call}`)).toEqual([
      'mara AuthorizeSecurityGroupIngress',
    ]);
    expect(alert.findings.map(({ check }) => check)).toEqual([
      'admin-port-exposed',
      'lateral-path',
      'lateral-path',
      'lateral-path',
    ]);
    expect(alert.undo).toMatchObject({ isProven: true });
    expect(alert.undo?.commands.join()).toContain('revoke-security-group-ingress');
    await change(world, demoAccount());
    expect(world.told()[1]).toMatch(
      /^resolved CRITICAL SSH on bastion is open to the whole internet: no longer/,
    );
    expect(world.told()).toHaveLength(2);
    const threads = world.heard.filter(({ channel }) => channel === 'slack').map(({ thread }) => thread);
    expect(threads).toEqual([undefined, expect.stringMatching(/^slack-/)]);
  });

  it('the real event of the bundled account is to blame by the rule that it made', async () => {
    const now = demoEvent(SSH_WORLD);
    const other = await watching();
    now.detail['eventTime'] = other.iso();
    other.account = demoAccount([SSH_WORLD]);
    await other.notice(now);
    await other.pass(5 * MINUTE);
    expect(other.heard[0]!.alert).toMatchObject({ blameIs: 'these', blame: [{ who: 'mara' }] });
  });

  it('blames the call that named the prefix list, not others of the same minute', async () => {
    const world = await watching();
    world.account = demoAccount([PREFIX_LIST]);
    await world.notice(world.event('CreateTags', ['pl-0d4e8ad1c8ddaabb6']));
    await world.notice(world.event('CreateRoute', ['rtb-0a11111111111111a']));
    await world.notice(world.event('ModifyManagedPrefixList', ['pl-0d4e8ad1c8ddaabb6']));
    await world.pass(5 * MINUTE);
    const { blame, blameIs } = world.heard[0]!.alert;
    expect(blameIs).toBe('these');
    expect(blame.map(({ call }) => call)).toEqual(['ModifyManagedPrefixList']);
  });

  it('where no call named what changed, all are listed and none is picked', async () => {
    const world = await watching();
    world.account = demoAccount([SSH_WORLD]);
    await world.notice(world.event('CreateRoute', ['rtb-0a11111111111111a']));
    await world.notice(world.event('SomethingNew', []));
    await world.pass(5 * MINUTE);
    const { blame, blameIs } = world.heard[0]!.alert;
    expect(blameIs).toBe('one-of');
    expect(blame.map(({ call }) => call)).toEqual(['CreateRoute', 'SomethingNew']);
  });

  it('what opened between two reads of the clock is nobody’s', async () => {
    const world = await watching();
    world.account = demoAccount([SSH_WORLD]);
    await world.schedule();
    await world.pass(MINUTE);
    expect(world.heard[0]!.alert).toMatchObject({ kind: 'opened', blame: [], blameIs: 'nobody' });
  });

  it('what opens and closes again and again is silent after a last word, with all its ways', async () => {
    const world = await watching();
    for (let times = 0; times < 6; times += 1) {
      await change(world, demoAccount([SSH_WORLD]));
      await change(world, demoAccount());
    }
    const kinds = world.told().map((text) => text.split(' ')[0]);
    expect(kinds.slice(0, 6)).toEqual(['opened', 'resolved', 'opened', 'resolved', 'opened', 'resolved']);
    expect(new Set(kinds.slice(6))).toEqual(new Set(['flapping']));
  });

  it('whose former snapshot is gone is like a first one, and fails nothing', async () => {
    const world = await watching();
    const { objects, state } = world.stores;
    const head = await state.head(TARGET);
    await state.commit(TARGET, {
      ...head!,
      version: head!.version + 1,
      snapshot: 'gone',
      findings: 'gone too',
    });
    expect(await objects.get('gone')).toBeUndefined();
    await change(world, demoAccount([SSH_WORLD]));
    expect(world.told()).toEqual([expect.stringMatching(/^newly-seen CRITICAL .* seen for the first time/)]);
    await change(world, demoAccount());
    expect(world.told()[1]).toMatch(/^resolved CRITICAL/);
  });

  it('an upgrade is never somebody’s change', async () => {
    const world = await watching(demoAccount([SSH_WORLD]));
    const head = await world.stores.state.head(TARGET);
    // the former version had no check that found anything
    await world.stores.objects.put('findings/none.json', '[]');
    await world.stores.state.commit(TARGET, {
      ...head!,
      version: head!.version + 1,
      findings: 'findings/none.json',
      engine: '0.9.0',
    });
    await world.notice(world.event('CreateRoute', []));
    await world.pass(5 * MINUTE);
    expect(world.told()).toEqual([expect.stringMatching(/^newly-seen CRITICAL .* seen for the first time/)]);
    expect(world.heard[0]!.alert.blameIs).toBe('nobody');
  });

  it('two that race commit one after the other, and what opened is told once', async () => {
    const world = await watching();
    const message = (token: string) => ({
      target: TARGET,
      reason: 'follow-up' as const,
      token,
      at: world.iso(),
    });
    world.account = demoAccount([SSH_WORLD]);
    let rival: Promise<unknown> | undefined;
    world.duringRead = async () => {
      world.duringRead = () => Promise.resolve();
      world.now += 6 * MINUTE;
      rival = world.refresh(message('second'));
      await rival;
    };
    const first = await world.refresh(message('first'));
    expect(first).toEqual({ kind: 'superseded' });
    await world.pass(MINUTE);
    expect(world.told()).toHaveLength(1);
  });

  it('one that began earlier and ends later does not put an old state over a new one', async () => {
    const world = await watching();
    const message = (token: string) => ({
      target: TARGET,
      reason: 'follow-up' as const,
      token,
      at: world.iso(),
    });
    world.duringRead = async () => {
      world.duringRead = () => Promise.resolve();
      world.account = demoAccount([SSH_WORLD]);
      world.now += 6 * MINUTE;
      await world.refresh(message('second'));
    };
    expect(await world.refresh(message('first'))).toEqual({ kind: 'superseded' });
    await world.pass(MINUTE);
    expect(world.told()).toEqual(['opened CRITICAL SSH on bastion is open to the whole internet']);
  });
});

describe('what cannot be read', () => {
  const blind = (account: AwsSnapshot): AwsSnapshot => {
    const { DescribeNetworkAcls: _, ...rest } = account;
    return {
      ...rest,
      _meta: {
        ...rest._meta,
        blindSpots: [
          {
            code: 'denied',
            call: 'DescribeNetworkAcls',
            what: 'DescribeNetworkAcls was denied, which hides what crosses a border of a subnet',
            remedy: 'allow ec2:DescribeNetworkAcls',
            narrows: false,
            error: 'UnauthorizedOperation',
          },
        ],
      },
    };
  };

  it('is told once, and closes nothing by itself', async () => {
    const world = await watching(demoAccount([SSH_WORLD]));
    world.account = blind(demoAccount([SSH_WORLD]));
    await world.schedule();
    await world.pass(HOUR);
    await world.schedule();
    await world.pass(HOUR);
    expect(world.told()).toEqual([
      expect.stringMatching(/^blind-spot CRITICAL DescribeNetworkAcls was denied.*could be read before/),
    ]);
    expect(world.heard[0]!.alert.details.join()).toContain('allow ec2:DescribeNetworkAcls');
    // the rule that let it in is gone, whatever the lists at the subnets' borders say: that is sure
    world.account = blind(demoAccount());
    await world.schedule();
    await world.pass(HOUR);
    expect(world.told().slice(1)).toEqual([expect.stringMatching(/^resolved CRITICAL SSH on bastion/)]);
    world.account = demoAccount();
    await world.schedule();
    await world.pass(HOUR);
    expect(world.told()).toHaveLength(2);
  });

  it('closes nothing in the pass in which it begins, and nothing that was out of sight', async () => {
    const world = await watching(demoAccount([SSH_WORLD]));
    world.account = blind(demoAccount());
    await world.schedule();
    await world.pass(HOUR);
    await world.schedule();
    await world.pass(HOUR);
    expect(world.told().map((text) => text.split(' ')[0])).toEqual(['blind-spot']);
    world.account = demoAccount();
    await world.schedule();
    await world.pass(HOUR);
    expect(world.told().slice(1)).toEqual([expect.stringMatching(/^resolved CRITICAL SSH on bastion/)]);
  });

  it.each([[[]], [[SSH_WORLD]]])('now and then is told once a day, with %j open', async (events) => {
    const world = await watching(demoAccount(events));
    for (let hour = 0; hour < 30; hour += 1) {
      world.account = hour % 2 === 0 ? blind(demoAccount(events)) : demoAccount(events);
      await world.schedule();
      await world.pass(HOUR);
    }
    const told = world.told().filter((text) => text.startsWith('blind-spot'));
    expect(told).toHaveLength(2);
  });

  it('as a whole is told once a day, and leaves what is remembered as it is', async () => {
    const { Unreadable } = await import('../../../../lib/app/watch/unreadable.ts');
    const world = await watching(demoAccount([SSH_WORLD]));
    const before = await world.stores.state.head(TARGET);
    world.duringRead = () =>
      Promise.reject(
        new Unreadable('the reader role was not to be had', { isAccountWide: true, remedy: 'make it' }),
      );
    for (let hour = 0; hour < 10; hour += 1) {
      await world.schedule();
      await world.pass(HOUR);
    }
    expect(world.told()).toEqual([
      'blind-spot HIGH account 111122223333 cannot be read: the reader role was not to be had',
    ]);
    expect(await world.stores.state.head(TARGET)).toEqual(before);
    world.duringRead = () => Promise.resolve();
    await world.schedule();
    await world.pass(HOUR);
    expect(world.told()).toHaveLength(1);
  });
});

describe('identity is the workload', () => {
  const NODES = 'eks-node';
  /** The account with so many machines of a node group, all like the first. */
  const scaled = (count: number, then: (document: DemoDocument) => void = () => undefined): AwsSnapshot =>
    demoAccount([], (document) => {
      const { NetworkInterfaces: cards } = document.DescribeNetworkInterfaces;
      const reservations = (
        document['DescribeInstances'] as { Reservations: { Instances: Record<string, unknown>[] }[] }
      ).Reservations;
      const hosts = reservations.flatMap(({ Instances }) => Instances);
      const model = hosts.find(({ Tags }) => JSON.stringify(Tags).includes(NODES));
      if (model === undefined) throw new Error('no node in the bundled account');
      const card = cards.find((each) => JSON.stringify(each).includes(String(model['InstanceId'])));
      if (card === undefined) throw new Error('the node has no interface');
      for (let i = 0; i < count; i += 1) {
        const digits = String(i).padStart(3, '0');
        const replace = (text: string) =>
          text
            .replaceAll(String(model['InstanceId']), `i-0ffffffffffffe${digits}`)
            .replaceAll(card.NetworkInterfaceId, `eni-0ffffffffffffe${digits}`)
            .replaceAll(String(card['PrivateIpAddress']), `10.20.11.${String(100 + i)}`);
        reservations.push({
          Instances: [JSON.parse(replace(JSON.stringify(model))) as Record<string, unknown>],
        });
        cards.push(JSON.parse(replace(JSON.stringify(card))) as (typeof cards)[number]);
      }
      then(document);
    });

  it('scaling 3 → 40 → 3 says nothing', async () => {
    const world = await watching();
    await change(world, scaled(37), []);
    await change(world, demoAccount(), []);
    expect(world.passes.length).toBeGreaterThanOrEqual(4);
    expect(world.told()).toEqual([]);
  });
});

describe('killed', () => {
  /** Every write of the stores, in order, as a number; the n-th dies before or after it is done. */
  function mortal(world: Watched, dies: (write: number) => 'before' | 'after' | undefined): () => number {
    let writes = 0;
    const wrap =
      <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
      async (...args: A): Promise<R> => {
        writes += 1;
        const when = dies(writes);
        if (when === 'before') throw new Died();
        const result = await method(...args);
        if (when === 'after') throw new Died();
        return result;
      };
    const { objects, state, notes } = world.stores as { objects: object; state: object; notes: object };
    for (const [store, names] of [
      [objects, ['put']],
      [state, ['commit', 'owe']],
      [notes, ['write']],
    ] as const)
      for (const name of names)
        Reflect.set(
          store,
          name,
          wrap((Reflect.get(store, name) as (...args: unknown[]) => Promise<unknown>).bind(store)),
        );
    return () => writes;
  }

  it.each(['before', 'after'] as const)(
    '%s any of its writes, it loses nothing and says nothing twice',
    async (when) => {
      let deaths = 0;
      for (let n = 1; ; n += 1) {
        const world = await watching();
        const died: number[] = [];
        mortal(world, (write) => {
          if (died.length > 0 || write !== n) return undefined;
          died.push(write);
          deaths += 1;
          return when;
        });
        world.account = demoAccount([SSH_WORLD]);
        const event = world.event('AuthorizeSecurityGroupIngress', [SHOP_BASTION]);
        // whoever calls notice tries again, as Lambda does for an event
        await world.notice(event).catch(() => world.notice(event));
        await world.pass(HOUR);
        await world.schedule();
        await world.pass(2 * HOUR);
        await world.sweep();
        await world.pass(HOUR);
        expect(world.told(), `${when} write ${String(n)}`).toEqual([
          'opened CRITICAL SSH on bastion is open to the whole internet',
        ]);
        if (died.length === 0) break;
      }
      expect(deaths).toBeGreaterThan(6);
    },
  );
});
