import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AwsSnapshot } from '#sources/aws';
import { authorize, buildAccount, emptyServer, revoke, tcp, type Shop } from './account.ts';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { serverEndpoint, snapshotOf } from './live.ts';

/** The story of one door: it is shut, somebody opens it, it is shut again. By the public entries alone. */

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

/** The address blocks from which a group lets in TCP to port 22. */
function sshSources(snapshot: AwsSnapshot, group: string): readonly (string | undefined)[] {
  const found = snapshot.DescribeSecurityGroups?.SecurityGroups?.find(({ GroupId }) => GroupId === group);
  const ssh = found?.IpPermissions?.filter(({ FromPort }) => FromPort === 22) ?? [];
  return ssh.flatMap(({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp));
}

it('a rule for the whole internet comes and goes', async () => {
  const world = tcp(22, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] });
  const before = await snapshotOf(proxy.endpoint);

  const [rule] = await authorize(shop.ec2, shop.groups.bastion, world);
  const open = await snapshotOf(proxy.endpoint);

  await revoke(shop.ec2, shop.groups.bastion, world);
  const after = await snapshotOf(proxy.endpoint);

  const rows = [before, open, after].map((snapshot) => sshSources(snapshot, shop.groups.bastion));
  expect(rows).toEqual([[], ['0.0.0.0/0'], []]);
  const ids = open.DescribeSecurityGroupRules?.SecurityGroupRules?.map(
    ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
  );
  expect(ids).toContain(rule);
});
