import { describe, expect, it } from 'vitest';
import { diff, HostGraph, sourceName, type PathStart } from '#engine';
import { audit, exposureAlert } from '#findings';
import { idOf } from '#model';
import { translate } from '#sources/aws';
import { alb } from '../../../../peers/fronts.ts';
import { findings } from '../../../../peers/questions.ts';
import { account, admits, analysed, OPEN, type CardSketch, type Scene } from '../../../../peers/scene.ts';

const door = (type: string, more: Partial<CardSketch> = {}): CardSketch => ({
  ip: '10.0.0.60',
  groups: ['sg-door'],
  instance: 'none',
  InterfaceType: type,
  RequesterManaged: true,
  ...more,
});
const PLACE = { account: '111122223333', region: 'eu-west-1', time: '2026-03-01T08:00:00Z' };
const ORIGIN = { TagSet: [{ Key: 'aws.cloudfront.vpcorigin', Value: 'enabled' }] };

/** `app`, which has no public address, admits 443 as said; `db` admits `app` alone. */
function scene(cards: Scene['cards'], app = [admits('tcp/443', 'sg-door')]): Scene {
  return {
    groups: { 'sg-door': [], 'sg-app': app, 'sg-db': [admits('tcp/5432', 'sg-app')] },
    cards: {
      app: { ip: '10.0.0.10', groups: ['sg-app'] },
      db: { ip: '10.0.1.30', groups: ['sg-db'] },
      ...cards,
    },
  };
}

/** `internet by API Gateway > app > db: possibly`. */
function paths(asked: Scene, to: string, start: PathStart = { kind: 'internet' }): string[] {
  const graph = new HostGraph(analysed(asked));
  return graph.pathsTo(start, idOf<'host'>(to)).map(({ hops, isSure }) => {
    const names = [sourceName(hops[0]), ...hops.map(({ to: { name } }) => name)];
    return `${names.join(' > ')}: ${isSure ? 'surely' : 'possibly'}`;
  });
}

describe('LB6: a path that begins at a front door', () => {
  it.each<[string, CardSketch, Scene['groups'], string]>([
    ['API Gateway', door('api_gateway_managed'), undefined, 'internet by API Gateway > app > db: possibly'],
    [
      'CloudFront',
      door('interface', ORIGIN),
      undefined,
      'internet by CloudFront VPC origins > app > db: possibly',
    ],
    [
      'an accelerator',
      door('global_accelerator_managed'),
      { 'sg-app': [admits('tcp/443', '0.0.0.0/0')] },
      'internet by Global Accelerator > app > db: possibly',
    ],
  ])('is possible: %s', (_, card, groups, expected) => {
    const asked = scene({ door: card });
    expect(paths({ ...asked, groups: { ...asked.groups, ...groups } }, 'i-db')).toEqual([expected]);
  });

  it('is nothing where the door leads to nothing', () => {
    expect(paths(scene({ door: door('api_gateway_managed') }, []), 'i-db')).toEqual([]);
  });

  it('goes on through load balancers', () => {
    const balanced = alb({ admits: [admits('tcp/443', 'sg-door')] });
    const asked = {
      ...balanced,
      groups: { ...balanced.groups, 'sg-door': [] },
      cards: { ...balanced.cards, door: door('interface', ORIGIN) },
    };
    expect(paths(asked, 'i-app')).toEqual(['internet by CloudFront VPC origins > shop > app: possibly']);
  });

  it('is sure where the same thing is open to the internet without it', () => {
    const asked = scene({ door: door('api_gateway_managed') }, [OPEN]);
    const open = {
      ...asked,
      cards: { ...asked.cards, app: { ip: '10.0.0.10', publicIp: '198.51.100.9', groups: ['sg-app'] } },
    };
    expect(paths(open, 'i-db')).toEqual(['internet > app > db: surely']);
  });

  it.each([
    ['under its own address, surely', false, [admits('tcp/22', 'sg-door')], 'surely'],
    ["under the clients' addresses, possibly", true, [admits('tcp/22', '8.8.0.0/15')], 'possibly'],
  ])(
    'begins at the door of whom somebody invites, and not at the internet: %s',
    (_, PreserveClientIp, app, how) => {
      const asked = {
        ...scene({ eice: door('ec2_instance_connect_endpoint') }, app),
        more: {
          DescribeInstanceConnectEndpoints: {
            InstanceConnectEndpoints: [
              {
                InstanceConnectEndpointId: 'eice-1',
                State: 'create-complete',
                VpcId: 'vpc-1',
                PreserveClientIp,
                NetworkInterfaceIds: ['eni-eice'],
              },
            ],
          },
        },
      };
      expect(paths(asked, 'i-db')).toEqual([]);
      const start = { kind: 'host', host: idOf<'host'>('eni-eice') } as const;
      expect(paths(asked, 'i-db', start).map((line) => line.replace(/^.*? > /, ''))).toEqual([
        `app > db: ${how}`,
      ]);
      const fallen = new HostGraph(analysed(asked)).fallsFrom(start);
      expect(fallen.map(({ by, depth, isSure }) => [by.to.name, depth, isSure])).toEqual([
        ['app', 1, how === 'surely'],
        ['db', 2, how === 'surely'],
      ]);
    },
  );

  it('is a finding where data lies at its end, with the door that is in doubt as its cause', () => {
    const asked = scene({ door: door('api_gateway_managed') });
    const jewel = {
      ...asked,
      cards: {
        ...asked.cards,
        db: { ip: '10.0.1.30', groups: ['sg-db'], instance: 'none', Description: 'RDSNetworkInterface' },
      },
    };
    expect(findings(jewel).filter((line) => line.includes('lateral-path'))).toEqual([
      'high lateral-path: rds:sg-db may be 2 steps from the internet: internet by API Gateway → app → rds:sg-db',
    ]);
    const [found] = audit(analysed(jewel)).filter(({ check }) => check === 'lateral-path');
    expect(found?.because.join()).toMatch(/^gateway-not-modelled:/);
    expect(found?.culprits.map(({ policy }) => policy)).toEqual(['sg-app', 'sg-db']);
  });

  it('is news where it opens, and told as what may be', () => {
    const networks = [[], [admits('tcp/443', 'sg-door')]].map((app) =>
      translate([account(scene({ door: door('api_gateway_managed') }, app))]),
    );
    const delta = diff(networks[0]!, networks[1]!);
    expect(
      delta.exposures.map(({ endpoint, door: by, before, isWider }) => [endpoint, by?.name, before, isWider]),
    ).toEqual([['eni-app', 'API Gateway', undefined, true]]);
    expect(
      exposureAlert({ change: { diff: delta }, place: PLACE, blame: [], blameIs: 'nobody' }).headline,
    ).toBe('the internet may open more by API Gateway on app');
    expect(diff(networks[1]!, networks[1]!).exposures).toEqual([]);
  });
});
