import { expect, it } from 'vitest';
import type { AwsSnapshot } from '#sources/aws';
import { demoAccount, SSH_WORLD } from '../../../support/demo.ts';
import { Watched } from '../../../support/watched.ts';

const MINUTE = 60_000;
const SHOP_BASTION = 'sg-098e1159f30562d66';

/** An account of which one read, that hides no way into it, is never permitted. */
function withoutVpnGateways(account: AwsSnapshot): AwsSnapshot {
  const { DescribeVpnGateways: _, ...rest } = account;
  return rest;
}

it('what could not be read from the first run on keeps nothing open that is closed', async () => {
  const world = new Watched(withoutVpnGateways(demoAccount([SSH_WORLD])));
  await world.schedule();
  await world.pass(5 * MINUTE);
  world.heard.length = 0;
  world.account = withoutVpnGateways(demoAccount());
  await world.notice(world.event('RevokeSecurityGroupIngress', [SHOP_BASTION]));
  await world.pass(5 * MINUTE);
  expect(world.told()).toEqual([
    expect.stringMatching(/^resolved CRITICAL SSH on bastion is open to the whole internet: no longer/),
  ]);
});
