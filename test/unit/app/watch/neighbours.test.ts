import { describe, expect, it } from 'vitest';
import { neighboursOf, type AwsSnapshot } from '#sources/aws';
import { ACCOUNT, REGION, Watched } from '../../../support/watched.ts';
import { acl, card, group, snapshot, subnet, table, vpc } from '../../sources/aws/translate/account.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DATA = '444455556666';
const DATA_TARGET = { account: DATA, region: REGION };
const PEERING = 'pcx-0aaaaaaaaaaaaaaa1';
const DB_GROUP = 'sg-0ddddddddddddddd1';
const SHOP_TABLE = 'rtb-0aaaaaaaaaaaaaaa1';
const EVERYTHING = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

const PEERINGS = {
  VpcPeeringConnections: [
    {
      VpcPeeringConnectionId: PEERING,
      Status: { Code: 'active' },
      RequesterVpcInfo: { VpcId: 'vpc-1', OwnerId: ACCOUNT, Region: REGION, CidrBlock: '10.0.0.0/16' },
      AccepterVpcInfo: { VpcId: 'vpc-2', OwnerId: DATA, Region: REGION, CidrBlock: '10.2.0.0/16' },
    },
  ],
};

/** A shop whose web server answers the internet; its table leads to the data account or not. */
function shop({ isRouted = true, isPeered = true } = {}): AwsSnapshot {
  const routes = [
    { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' },
    ...(isRouted ? [{ DestinationCidrBlock: '10.2.0.0/16', VpcPeeringConnectionId: PEERING }] : []),
  ];
  return snapshot({
    DescribeSecurityGroups: {
      SecurityGroups: [
        group('sg-1', {
          IpPermissions: [
            { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
          ],
          IpPermissionsEgress: EVERYTHING,
        }),
      ],
    },
    DescribeNetworkAcls: { NetworkAcls: [acl('acl-1', ['subnet-a', 'subnet-b'], OPEN)] },
    DescribeRouteTables: {
      RouteTables: [table(SHOP_TABLE, [{ Main: true, AssociationState: { State: 'associated' } }], routes)],
    },
    DescribeNetworkInterfaces: {
      NetworkInterfaces: [
        card('eni-web', {
          TagSet: [{ Key: 'Name', Value: 'web' }],
          PrivateIpAddresses: [
            {
              PrivateIpAddress: '10.0.0.10',
              Primary: true,
              Association: { PublicIp: '203.0.113.10', IpOwnerId: ACCOUNT },
            },
          ],
        }),
      ],
    },
    DescribeVpcPeeringConnections: isPeered ? PEERINGS : { VpcPeeringConnections: [] },
  });
}

const OPEN = [true, false].map((Egress) => ({
  RuleNumber: 100,
  Egress,
  RuleAction: 'allow',
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
}));

/** The data account: one database that answers whoever its group names. */
function data(from: string, { isPeered = true } = {}): AwsSnapshot {
  return snapshot(
    {
      DescribeVpcs: { Vpcs: [vpc('vpc-2', '10.2.0.0/16', { OwnerId: DATA })] },
      DescribeSubnets: {
        Subnets: [subnet('subnet-d', '10.2.0.0/24', { VpcId: 'vpc-2', OwnerId: DATA })],
      },
      DescribeSecurityGroups: {
        SecurityGroups: [
          group(DB_GROUP, {
            VpcId: 'vpc-2',
            OwnerId: DATA,
            IpPermissions: [
              { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: from }] },
            ],
          }),
        ],
      },
      DescribeNetworkInterfaces: {
        NetworkInterfaces: [
          card('eni-db', {
            OwnerId: DATA,
            VpcId: 'vpc-2',
            SubnetId: 'subnet-d',
            Description: 'RDSNetworkInterface',
            RequesterId: 'amazon-rds',
            Groups: [{ GroupId: DB_GROUP, GroupName: 'orders-db' }],
            PrivateIpAddresses: [{ PrivateIpAddress: '10.2.0.20', Primary: true }],
          }),
        ],
      },
      DescribeNetworkAcls: { NetworkAcls: [{ ...acl('acl-2', ['subnet-d'], OPEN), VpcId: 'vpc-2' }] },
      DescribeRouteTables: {
        RouteTables: [
          {
            ...table(
              'rtb-0ddddddddddddddd1',
              [{ Main: true, AssociationState: { State: 'associated' } }],
              [],
            ),
            VpcId: 'vpc-2',
            Routes: [
              { DestinationCidrBlock: '10.2.0.0/16', GatewayId: 'local', State: 'active' },
              ...(isPeered
                ? [{ DestinationCidrBlock: '10.0.0.0/16', VpcPeeringConnectionId: PEERING, State: 'active' }]
                : []),
            ],
          },
        ],
      },
      DescribeInternetGateways: { InternetGateways: [] },
      DescribeVpcPeeringConnections: isPeered ? PEERINGS : { VpcPeeringConnections: [] },
    },
    { account: DATA },
  );
}

/** Both accounts have been looked at, the shop first, and what was said by then is forgotten. */
async function watching(shopNow: AwsSnapshot, dataNow: AwsSnapshot): Promise<Watched> {
  const world = new Watched(shopNow);
  world.others.set(`${DATA}/${REGION}`, dataNow);
  await world.schedule();
  await world.pass(2 * MINUTE);
  await world.schedule(DATA_TARGET);
  await world.pass(10 * MINUTE);
  world.heard.length = 0;
  world.passes.length = 0;
  return world;
}

const PATH = /^opened \w+ .*(orders-db|rds)/;

describe('accounts that are joined', () => {
  it('are looked at together: a way from the internet through one into the other is a finding of the other', async () => {
    const world = new Watched(shop());
    world.others.set(`${DATA}/${REGION}`, data('10.0.0.0/16'));
    await world.schedule();
    await world.pass(2 * MINUTE);
    await world.schedule(DATA_TARGET);
    await world.pass(10 * MINUTE);
    const findings = world.heard.flatMap(({ channel, alert }) =>
      channel === 'sns' ? alert.findings.map(({ check }) => `${alert.place.account} ${check}`) : [],
    );
    expect(findings).toContain(`${DATA} lateral-path`);
    expect(findings).not.toContain(`${ACCOUNT} lateral-path`);
  });

  it('when the database opens itself, its own account tells it, by whoever did it', async () => {
    const world = await watching(shop(), data('10.9.0.0/16'));
    world.others.set(`${DATA}/${REGION}`, data('10.0.0.0/16'));
    await world.notice(world.event('AuthorizeSecurityGroupIngress', [DB_GROUP], { account: DATA }));
    await world.pass(10 * MINUTE);
    expect(world.told()).toEqual([expect.stringMatching(PATH)]);
    expect(world.heard[0]!.alert).toMatchObject({ place: { account: DATA }, blameIs: 'these' });
  });

  it('when the shop opens the way, the data account hears of it within minutes, and the call in the shop is to blame', async () => {
    const world = await watching(shop({ isRouted: false }), data('10.0.0.0/16'));
    world.account = shop();
    await world.notice(world.event('CreateRoute', [SHOP_TABLE]));
    const reads = world.reads.length;
    await world.pass(4 * MINUTE);
    expect(world.told()).toEqual([expect.stringMatching(PATH)]);
    const { alert } = world.heard[0]!;
    expect(alert).toMatchObject({ place: { account: DATA }, blameIs: 'these' });
    expect(alert.blame.map(({ call }) => call)).toEqual(['CreateRoute']);
    expect(alert.undo?.commands.join('\n')).toMatch(/delete-route .* # in account 111122223333/);
    // the data account is judged anew, and not read: only the change and its follow-up read the shop
    expect(world.passes.map(({ reason }) => reason).sort()).toEqual(['follow-up', 'neighbour', 'noticed']);
    expect(world.reads.length - reads).toBe(2);

    world.account = shop({ isRouted: false });
    await world.notice(world.event('DeleteRoute', [SHOP_TABLE]));
    await world.pass(10 * MINUTE);
    expect(world.told()[1]).toMatch(/^resolved /);
    expect(world.told()).toHaveLength(2);
  });

  it('the coming of an account that was not watched so far is nobody’s change', async () => {
    const world = new Watched(shop());
    await world.schedule();
    await world.pass(HOUR);
    world.heard.length = 0;
    world.others.set(`${DATA}/${REGION}`, data('10.0.0.0/16'));
    await world.schedule(DATA_TARGET);
    await world.pass(HOUR);
    await world.schedule();
    await world.pass(HOUR);
    expect(world.told().filter((said) => !said.startsWith('newly-seen'))).toEqual([]);
    expect(world.heard.flatMap(({ alert }) => alert.blame)).toEqual([]);
  });

  it('nothing changes, nothing is said, and the passes end early', async () => {
    const world = await watching(shop(), data('10.0.0.0/16'));
    for (let hour = 0; hour < 3; hour += 1) {
      await world.schedule();
      await world.schedule(DATA_TARGET);
      await world.pass(HOUR);
    }
    expect(world.told()).toEqual([]);
    expect(world.passes.every(({ reason }) => reason === 'scheduled')).toBe(true);
    const head = await world.stores.state.head(DATA_TARGET);
    expect(head?.neighbours.map(({ account }) => account)).toEqual([ACCOUNT]);
  });

  it('a peering that goes takes its ways with it', async () => {
    const world = await watching(shop(), data('10.0.0.0/16'));
    world.account = shop({ isRouted: false, isPeered: false });
    await world.notice(world.event('DeleteVpcPeeringConnection', [PEERING]));
    await world.pass(10 * MINUTE);
    expect(world.told()).toEqual([expect.stringMatching(/^resolved /)]);
  });
});

describe('neighboursOf', () => {
  const named = (bodies: Parameters<typeof snapshot>[0]) =>
    neighboursOf(snapshot(bodies)).map(({ account, region }) => `${account}/${region}`);

  it.each([
    ['nobody, of an account by itself', {}, []],
    ['the other side of a peering', { DescribeVpcPeeringConnections: PEERINGS }, [`${DATA}/${REGION}`]],
    [
      'a peer of a transit gateway in another Region',
      {
        DescribeTransitGatewayPeeringAttachments: {
          TransitGatewayPeeringAttachments: [
            {
              TransitGatewayAttachmentId: 'tgw-attach-1',
              RequesterTgwInfo: { TransitGatewayId: 'tgw-1', OwnerId: ACCOUNT, Region: REGION },
              AccepterTgwInfo: { TransitGatewayId: 'tgw-9', OwnerId: DATA, Region: 'us-east-1' },
            },
          ],
        },
      },
      [`${DATA}/us-east-1`],
    ],
    [
      'its own account in another Region',
      {
        DescribeVpcPeeringConnections: {
          VpcPeeringConnections: [
            {
              VpcPeeringConnectionId: PEERING,
              RequesterVpcInfo: { OwnerId: ACCOUNT, Region: REGION },
              AccepterVpcInfo: { OwnerId: ACCOUNT, Region: 'us-east-1' },
            },
          ],
        },
      },
      [`${ACCOUNT}/us-east-1`],
    ],
    [
      'the owner of a shared subnet',
      { DescribeSubnets: { Subnets: [subnet('subnet-a', '10.0.0.0/24', { OwnerId: DATA })] } },
      [`${DATA}/${REGION}`],
    ],
    [
      'whoever takes part in its subnets',
      { DescribeNetworkInterfaces: { NetworkInterfaces: [card('eni-1', { OwnerId: DATA })] } },
      [`${DATA}/${REGION}`],
    ],
    [
      'owners of a transit gateway and of what is attached to it, each once',
      {
        DescribeTransitGatewayAttachments: {
          TransitGatewayAttachments: [
            {
              TransitGatewayAttachmentId: 'tgw-attach-1',
              TransitGatewayOwnerId: DATA,
              ResourceOwnerId: ACCOUNT,
            },
            {
              TransitGatewayAttachmentId: 'tgw-attach-2',
              TransitGatewayOwnerId: DATA,
              ResourceOwnerId: '777788889999',
            },
          ],
        },
      },
      [`${DATA}/${REGION}`, `777788889999/${REGION}`],
    ],
    [
      'nobody, where an owner is no account',
      { DescribeVpcs: { Vpcs: [vpc('vpc-1', '10.0.0.0/16', { OwnerId: 'amazon-elb' })] } },
      [],
    ],
  ])('%s', (_, bodies, expected) => {
    expect(named(bodies)).toEqual(expected);
  });
});
