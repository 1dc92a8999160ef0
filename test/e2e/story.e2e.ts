import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeBetween, type Change } from '#app';
import { formatCidr } from '#netset';
import { authorize, buildAccount, emptyServer, revoke, tcp, type Shop } from './account.ts';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { serverEndpoint, snapshotOf } from './live.ts';

/** The story of one door: it is shut, somebody opens it, it is shut again. Read on the wire, audited, compared. */

let proxy: FaultProxy;
let shop: Shop;

beforeAll(async () => {
  await emptyServer(serverEndpoint());
  proxy = await startFaultProxy(serverEndpoint());
  shop = await buildAccount(proxy.endpoint);
});
afterAll(async () => {
  await proxy.close();
});

/** Who can newly be dialled from the internet, by whom and on what. */
function doorsOf({ diff }: Change): readonly string[] {
  return diff.exposures
    .filter(({ isWider }) => isWider)
    .flatMap(({ after }) =>
      (after?.sure ?? []).map(
        ({ ips, transport }) =>
          `${after?.endpoint.name ?? ''} ${transport.toString()} ${ips.toCidrs().slice(0, 1).map(formatCidr).join('')}`,
      ),
    );
}

it('a rule for the whole internet opens exactly that door, and its removal shuts it', async () => {
  const world = tcp(22, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] });
  const before = await snapshotOf(proxy.endpoint);
  const [rule] = await authorize(shop.ec2, shop.groups.bastion, world);
  const open = await snapshotOf(proxy.endpoint);
  await revoke(shop.ec2, shop.groups.bastion, world);
  const after = await snapshotOf(proxy.endpoint);

  const opening = changeBetween([before], [open], undefined);
  expect(doorsOf(opening)).toEqual(['bastion tcp 22 1.0.0.0/8']);
  const found = opening.opened.filter(({ check }) => check === 'admin-port-exposed');
  expect(found.map(({ severity, workload }) => `${severity} ${workload.name}`)).toEqual(['critical bastion']);
  expect(found.flatMap(({ culprits }) => culprits.map((culprit) => culprit.rule.id))).toEqual([rule]);
  expect(opening.undo).toMatchObject({ isProven: true });
  expect(opening.undo?.commands.join()).toContain(rule);

  const closing = changeBetween([open], [after], undefined);
  expect(doorsOf(closing)).toEqual([]);
  expect(closing.opened).toEqual([]);
  expect(closing.resolved.map(({ fingerprint }) => fingerprint).toSorted()).toEqual(
    opening.opened.map(({ fingerprint }) => fingerprint).toSorted(),
  );
  const whole = changeBetween([before], [after], undefined);
  expect([...whole.diff.opened, ...whole.diff.closed, ...whole.diff.exposures]).toEqual([]);
});

it('what could not be read opens and resolves nothing', async () => {
  const before = await snapshotOf(proxy.endpoint);
  proxy.fault('DescribeNetworkAcls', { kind: 'deny' });
  const blind = await snapshotOf(proxy.endpoint);
  const change = changeBetween([before], [blind], undefined);
  expect(blind._meta.blindSpots.map(({ call }) => call)).toContain('DescribeNetworkAcls');
  expect(change.diff.opened).toEqual([]);
  expect(change.diff.closed).toEqual([]);
  expect(change.resolved).toEqual([]);
});
