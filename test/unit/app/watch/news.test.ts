import { describe, expect, it } from 'vitest';
import { plainTextOf } from '#notify';
import { demoAccount, type DemoDocument } from '../../../support/demo.ts';
import { Watched } from '../../../support/watched.ts';

const MINUTE = 60_000;
const BASTION_GROUP = 'sg-098e1159f30562d66';

type Instance = Record<string, unknown> & { InstanceId: string };

/** Copies of the bastion, each a host of its own with a public address. */
function withBastions(document: DemoDocument, count: number): void {
  const { NetworkInterfaces: cards } = document.DescribeNetworkInterfaces;
  const card = cards.find((each) => JSON.stringify(each).includes(BASTION_GROUP));
  const reservations = (document['DescribeInstances'] as { Reservations: { Instances: Instance[] }[] })
    .Reservations;
  const hosts = reservations.flatMap(({ Instances }) => Instances);
  const host = hosts.find(({ InstanceId }) => JSON.stringify(card).includes(InstanceId));
  if (card === undefined || host === undefined) throw new Error('the bundled account has no bastion');
  const [address] = card['PrivateIpAddresses'] as {
    PrivateIpAddress: string;
    Association: { PublicIp: string };
  }[];
  if (address === undefined) throw new Error('the bastion has no address');
  for (let i = 0; i < count; i += 1) {
    const digits = String(i).padStart(4, '0');
    const copy = (text: string): string =>
      text
        .replaceAll(host.InstanceId, `i-0eeeeeeeeeeee${digits}`)
        .replaceAll(card.NetworkInterfaceId, `eni-0eeeeeeeeeeee${digits}`)
        .replaceAll(address.Association.PublicIp, `203.0.${String(114 + (i >> 8))}.${String(i & 255)}`)
        .replaceAll(address.PrivateIpAddress, `10.20.${String(100 + (i >> 8))}.${String(i & 255)}`)
        .replaceAll('"bastion"', `"bastion-${digits}"`);
    reservations.push({ Instances: [JSON.parse(copy(JSON.stringify(host))) as Instance] });
    cards.push(JSON.parse(copy(JSON.stringify(card))) as (typeof cards)[number]);
  }
}

function open(document: DemoDocument, group: string, port: number, cidr = '0.0.0.0/0'): void {
  const found = document.DescribeSecurityGroups.SecurityGroups.find(({ GroupId }) => GroupId === group);
  if (found === undefined) throw new Error(`no ${group}`);
  found.IpPermissions.push({
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    IpRanges: [{ CidrIp: cidr }],
    Ipv6Ranges: [],
    PrefixListIds: [],
    UserIdGroupPairs: [],
  });
}

async function watching(change: (document: DemoDocument) => void = () => undefined): Promise<Watched> {
  const world = new Watched(demoAccount([], change));
  await world.schedule();
  await world.pass(5 * MINUTE);
  world.heard.length = 0;
  return world;
}

async function becomes(world: Watched, change: (document: DemoDocument) => void): Promise<void> {
  world.account = demoAccount([], change);
  await world.notice(world.event('AuthorizeSecurityGroupIngress', [BASTION_GROUP]));
  await world.pass(5 * MINUTE);
}

describe('many findings', () => {
  it('of one change are one message, with the worst ten and the number of the rest', async () => {
    const world = await watching((document) => {
      withBastions(document, 500);
    });
    await becomes(world, (document) => {
      withBastions(document, 500);
      open(document, BASTION_GROUP, 22);
    });
    expect(world.told()).toEqual([
      expect.stringMatching(/^opened CRITICAL 504 findings by one change: 501 critical, 3 high/),
    ]);
    const { alert } = world.heard[0]!;
    expect(alert.findings).toHaveLength(10);
    expect(alert.moreFindings).toBe(494);
    expect(alert.blame).toHaveLength(1);
    expect(plainTextOf(alert).split('\n').length).toBeLessThan(80);
  });

  it('of a first look at 2,000 are one summary', async () => {
    const world = new Watched(
      demoAccount([], (document) => {
        withBastions(document, 2000);
        open(document, BASTION_GROUP, 22);
      }),
    );
    await world.schedule();
    await world.pass(MINUTE);
    expect(world.told()).toEqual([
      expect.stringMatching(/^newly-seen CRITICAL 2,00\d findings seen for the first time/),
    ]);
    expect(await world.stores.state.owed()).toEqual([]);
  });
});

describe('causes', () => {
  it('two changes in one pass are two messages, each with its own hand', async () => {
    const world = await watching();
    const api = demoAccount().DescribeSecurityGroups?.SecurityGroups?.find(
      ({ GroupName }) => GroupName === 'shop-alb',
    );
    if (api?.GroupId === undefined) throw new Error('no load balancer group');
    const { GroupId: albGroup } = api;
    world.account = demoAccount([], (document) => {
      open(document, BASTION_GROUP, 3389);
      open(document, albGroup, 8443);
    });
    await world.notice(world.event('AuthorizeSecurityGroupIngress', [BASTION_GROUP]));
    await world.notice(world.event('ModifySecurityGroupRules', [albGroup]));
    await world.pass(5 * MINUTE);
    const news = world.heard.filter(({ channel }) => channel === 'sns').map(({ alert }) => alert);
    expect(
      news.map(({ headline, blame }) => `${headline} | ${blame.map(({ call }) => call).join()}`).sort(),
    ).toEqual([
      expect.stringMatching(/^RDP on bastion is open.* \| AuthorizeSecurityGroupIngress$/),
      expect.stringMatching(/^tcp 8443 on shop-alb is open.* \| ModifySecurityGroupRules$/),
    ]);
    expect(news.map(({ undo }) => undo)).toEqual([undefined, undefined]);
  });

  it('a limited range that may newly get in is told, and is nobody’s finding', async () => {
    const world = await watching();
    await becomes(world, (document) => {
      open(document, BASTION_GROUP, 22, '203.0.113.64/26');
    });
    expect(world.told()).toEqual(['opened LOW limited ranges of the internet can open more on bastion']);
    expect(world.heard[0]!.alert.undo?.commands.join()).toContain('revoke-security-group-ingress');
  });

  it('a new machine with the ways of its kind is no news; one that the internet reaches is', async () => {
    const world = await watching();
    await becomes(world, (document) => {
      withBastions(document, 1);
    });
    expect(world.told()).toEqual([]);
    const other = await watching((document) => {
      open(document, BASTION_GROUP, 22);
    });
    await becomes(other, (document) => {
      open(document, BASTION_GROUP, 22);
      withBastions(document, 1);
    });
    expect(other.told()).toEqual([expect.stringMatching(/^opened CRITICAL SSH on bastion-0000 is open/)]);
  });

  it('an open group that is put on an Auto Scaling group of forty is one message', async () => {
    const fleet = (group: string) => (document: DemoDocument) => {
      open(document, BASTION_GROUP, 22);
      withBastions(document, 40);
      const text = JSON.stringify(document);
      const other = document.DescribeSecurityGroups.SecurityGroups.find(
        ({ GroupId }) => GroupId !== BASTION_GROUP,
      );
      for (const card of document.DescribeNetworkInterfaces.NetworkInterfaces)
        if (card.NetworkInterfaceId.startsWith('eni-0eeee'))
          card['Groups'] = [{ GroupId: group === 'open' ? BASTION_GROUP : other?.GroupId, GroupName: 'any' }];
      const { Reservations: reservations } = document['DescribeInstances'] as {
        Reservations: { Instances: Instance[] }[];
      };
      for (const host of reservations.flatMap(({ Instances }) => Instances))
        if (host.InstanceId.startsWith('i-0eeee'))
          host['Tags'] = [{ Key: 'aws:autoscaling:groupName', Value: 'fleet' }];
      expect(text).toContain('i-0eeee');
    };
    const world = await watching(fleet('shut'));
    await becomes(world, fleet('open'));
    expect(world.told().filter((text) => text.startsWith('opened CRITICAL'))).toEqual([
      expect.stringMatching(/^opened CRITICAL SSH on fleet is open to the whole internet/),
    ]);
    expect(world.told().slice(1)).toEqual([expect.stringMatching(/^resolved HIGH tcp 80,443 on fleet/)]);
    expect(world.heard[0]!.alert.also).toEqual([expect.stringMatching(/^\d+ private hosts can now open /)]);
  });

  it('more ports on an open host are told as more', async () => {
    const world = await watching((document) => {
      open(document, BASTION_GROUP, 22);
    });
    await becomes(world, (document) => {
      open(document, BASTION_GROUP, 22);
      open(document, BASTION_GROUP, 3389);
    });
    expect(world.told()).toEqual([expect.stringMatching(/^opened CRITICAL SSH and RDP on bastion are open/)]);
  });
});
