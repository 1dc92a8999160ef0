import { describe, expect, it } from 'vitest';
import { readBrief } from '../../../../lib/app/watch/read-head.ts';
import { demoAccount, SSH_WORLD } from '../../../support/demo.ts';
import { TARGET, Watched } from '../../../support/watched.ts';

const MINUTE = 60_000;

async function briefIn(world: Watched) {
  const head = await world.stores.state.head(TARGET);
  return readBrief(head!, world.stores);
}

async function look(world: Watched): Promise<void> {
  await world.schedule();
  await world.pass(5 * MINUTE);
}

describe('what a run says in short', () => {
  it('is how much was seen, and what was not', async () => {
    const world = new Watched(demoAccount());
    await look(world);
    const brief = await briefIn(world);
    expect(brief).toMatchObject({ schema: 1, interfaces: 31, networks: 2, moreBlindSpots: 0 });
    expect(brief!.blindSpots).toEqual([
      expect.objectContaining({ what: expect.stringContaining('EKS cluster shop') as unknown, times: 1 }),
      expect.objectContaining({
        what: expect.stringContaining('Kubernetes cluster shop') as unknown,
        times: 1,
      }),
    ]);
  });

  it('is the way in and the owner of each finding, and stays when it is closed', async () => {
    const tagged = (events: readonly string[]) =>
      demoAccount(events, (document) => {
        const { Reservations } = document['DescribeInstances'] as {
          Reservations: { Instances: { Tags: { Key: string; Value: string }[] }[] }[];
        };
        for (const { Instances } of Reservations)
          for (const { Tags } of Instances) Tags.push({ Key: 'Owner', Value: 'platform' });
      });
    const world = new Watched(tagged([SSH_WORLD]));
    await look(world);
    const open = await briefIn(world);
    const ways = open!.findings.filter(({ path }) => path !== undefined);
    expect(ways.map(({ path }) => path!.map(({ from, to }) => `${from} ${to}`)[0])).toEqual([
      'internet bastion',
      'internet bastion',
      'internet bastion',
    ]);
    expect(open!.findings.filter(({ owner }) => owner === 'platform').length).toBeGreaterThan(0);
    expect(open!.findings.flatMap(({ facets }) => facets)).toContain('ssh');

    world.account = tagged([]);
    await look(world);
    const closed = await briefIn(world);
    for (const way of ways) expect(closed!.findings).toContainEqual(way);
  });

  it('is written for a head of before there were any, by its next pass, and then not again', async () => {
    const world = new Watched(demoAccount());
    await look(world);
    const { state } = world.stores;
    const { brief: _, ...old } = (await state.head(TARGET))!;
    await state.commit(TARGET, { ...old, version: old.version + 1 });
    expect(await briefIn(world)).toBeUndefined();
    await look(world);
    expect(await briefIn(world)).toBeDefined();
    const { brief } = (await state.head(TARGET))!;
    await look(world);
    expect((await state.head(TARGET))!.brief).toBe(brief);
  });
});
