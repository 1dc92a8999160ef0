import { expect, it } from 'vitest';
import { demoAccount } from '../../../support/demo.ts';
import { Watched } from '../../../support/watched.ts';

const MINUTE = 60_000;

it('a rule for a group of an account that was never read says that this is new, and not that it could be read before', async () => {
  const world = new Watched(demoAccount());
  await world.schedule();
  await world.pass(5 * MINUTE);
  world.heard.length = 0;
  world.account = demoAccount([], ({ DescribeSecurityGroups: { SecurityGroups } }) => {
    SecurityGroups[0]!.IpPermissions.push({
      IpProtocol: 'tcp',
      FromPort: 9_000,
      ToPort: 9_000,
      IpRanges: [],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [{ GroupId: 'sg-0ffffffffffffffff', UserId: '999988887777' }],
    });
  });
  await world.notice(world.event('AuthorizeSecurityGroupIngress', [groupOf(world)]));
  await world.pass(5 * MINUTE);
  const told = world.told().filter((text) => text.startsWith('blind-spot'));
  expect(told).toEqual([
    'blind-spot MEDIUM account 999988887777 was not collected in eu-west-1: that is new',
  ]);
});

function groupOf({ account }: Watched): string {
  return account.DescribeSecurityGroups?.SecurityGroups?.[0]?.GroupId ?? '';
}
