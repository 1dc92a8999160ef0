import { describe, expect, it } from 'vitest';
import { keptReport } from '../../../../lib/app/watch/keep-report.ts';
import type { PageData } from '../../../../lib/report/html/page/data.ts';
import { demoAccount, SSH_WORLD } from '../../../support/demo.ts';
import { TARGET, Watched } from '../../../support/watched.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A service that keeps reports, and how often it wrote one. */
function keeping(): { readonly world: Watched; readonly written: string[] } {
  const world = new Watched(demoAccount());
  world.keepsReports = true;
  const written: string[] = [];
  const { objects } = world.stores;
  const put = objects.put.bind(objects);
  Object.assign(objects, {
    put: (key: string, text: string) => {
      if (key.startsWith('reports/')) written.push(key);
      return put(key, text);
    },
  });
  return { world, written };
}

async function scan(world: Watched): Promise<void> {
  await world.schedule();
  await world.pass(HOUR);
}

async function dataIn(world: Watched, key: string): Promise<PageData> {
  const html = (await world.stores.objects.get(key)) ?? '';
  const [, rest = ''] = html.split('id="data">');
  return JSON.parse(rest.slice(0, rest.indexOf('</script'))) as PageData;
}

describe('the report that a scan keeps', () => {
  it('is a page beside the findings, written once as long as nothing changes', async () => {
    const { world, written } = keeping();
    await scan(world);
    await scan(world);
    await scan(world);
    expect(written).toEqual([
      expect.stringMatching(/^reports\/111122223333\/eu-west-1\/2026-03-01-[0-9a-f]{32}\.html$/),
    ]);
    expect((await keptReport(TARGET, world.stores))?.key).toBe(written[0]);
    const data = await dataIn(world, written[0] ?? '');
    expect(data.findings.map(({ check }) => check)).toEqual(['default-group-in-use', 'default-group-in-use']);
    expect(data.targets).toEqual([{ account: '111122223333', region: 'eu-west-1', readAt: world.iso(0) }]);
  });

  it('waits for the hourly pass: a change is told at once, its report later', async () => {
    const { world, written } = keeping();
    await scan(world);
    world.account = demoAccount([SSH_WORLD]);
    world.heard.length = 0;
    await world.notice(world.event('AuthorizeSecurityGroupIngress', ['sg-098e1159f30562d66']));
    await world.pass(10 * MINUTE);
    expect(world.heard.length).toBeGreaterThan(0);
    expect(written).toHaveLength(1);
    await scan(world);
    expect(written).toHaveLength(2);
  });

  it('is written anew when something changes, with the days since when each finding is known', async () => {
    const { world, written } = keeping();
    await scan(world);
    world.account = demoAccount([SSH_WORLD]);
    await scan(world);
    expect(written).toHaveLength(2);
    const { findings } = await dataIn(world, written[1] ?? '');
    expect(findings[0]?.check).toBe('admin-port-exposed');
    expect(findings[0]?.since).toBe(world.iso(HOUR));
    expect(findings[0]?.fixes[0]?.proof).toMatch(/^Tried on the model: the finding goes, nothing opens/);
  });

  it('is written again each day, so that it never gets too old to be there', async () => {
    const { world, written } = keeping();
    for (let hour = 0; hour < 16; hour += 1) await scan(world);
    expect(written.map((key) => key.slice(0, 42))).toEqual(
      ['reports/111122223333/eu-west-1/2026-03-01-', 'reports/111122223333/eu-west-1/2026-03-02-'].map(
        (key) => key.slice(0, 42),
      ),
    );
  });

  it('is not there where nobody asks for it', async () => {
    const world = new Watched(demoAccount());
    await scan(world);
    expect(await keptReport(TARGET, world.stores)).toBeUndefined();
  });
});
