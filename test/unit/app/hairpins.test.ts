import { describe, expect, it } from 'vitest';
import { findNamed } from '#app';
import { idOf } from '#model';
import { endsOf } from '../../../lib/app/ends.ts';
import { explanationsOf } from '../../../lib/app/explanations.ts';
import { namedParts } from '../../../lib/app/facts/named-parts.ts';
import { flowsOf } from '../../support/ask.ts';
import { admits, analysed, TO_INTERNET, type Scene } from '../../peers/scene.ts';
import { table } from '../sources/aws/translate/account.ts';

/** `web` has 198.51.100.10; `app` has an address of its own or goes out by a NAT gateway at 198.51.100.5. */
function scene(web: Parameters<typeof admits>[1], { isPublic = true, nat = false } = {}): Scene {
  return {
    groups: { 'sg-web': [admits('tcp/443', web)], 'sg-app': [] },
    cards: {
      web: { ip: '10.0.0.10', publicIp: '198.51.100.10', groups: ['sg-web'] },
      app: { ip: '10.0.1.10', groups: ['sg-app'], ...(isPublic && { publicIp: '198.51.100.20' }) },
    },
    more: {
      ...(nat && {
        DescribeNatGateways: {
          NatGateways: [
            {
              NatGatewayId: 'nat-1',
              State: 'available',
              SubnetId: 'subnet-a',
              VpcId: 'vpc-1',
              NatGatewayAddresses: [{ PrivateIp: '10.0.0.5', PublicIp: '198.51.100.5' }],
            },
          ],
        },
        DescribeRouteTables: {
          RouteTables: [
            table('rtb-a', [{ SubnetId: 'subnet-a' }], TO_INTERNET),
            table(
              'rtb-b',
              [{ SubnetId: 'subnet-b' }],
              [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }],
            ),
          ],
        },
      }),
    },
  };
}

function asked(of: Scene, to: string, flows = 'tcp/443'): string {
  const analysis = analysed(of);
  const [origin, goal] = [findNamed(analysis.network, 'app'), findNamed(analysis.network, to)];
  const sources = endsOf(origin, analysis);
  const found = explanationsOf(analysis, { origin, sources, goal }, flowsOf(flows));
  const verdicts = found.map(({ verdict }) => verdict);
  return (
    verdicts.find((each) => each === 'allowed') ?? verdicts.find((each) => each === 'unknown') ?? 'denied'
  );
}

describe('RT17: a public address that is dialled from inside', () => {
  it.each<[string, Scene, string]>([
    ['arrives under the own public address', scene('198.51.100.20/32'), 'allowed'],
    ['is no member of a group any more', scene('sg-app'), 'denied'],
    ['is not seen under the private address', scene('10.0.1.10/32'), 'denied'],
    ['arrives from a NAT gateway', scene('198.51.100.5/32', { isPublic: false, nat: true }), 'allowed'],
    ['not from another', scene('198.51.100.6/32', { isPublic: false, nat: true }), 'denied'],
    ['needs a way out', scene('198.51.100.20/32', { isPublic: false }), 'denied'],
  ])('%s', (_, of, expected) => {
    expect(asked(of, '198.51.100.10')).toBe(expected);
  });

  it('counts for the thing as well, by whichever of its addresses', () => {
    expect(asked(scene('198.51.100.20/32'), 'web')).toBe('allowed');
    expect(asked(scene('10.0.1.10/32'), 'web')).toBe('allowed');
    expect(asked(scene('198.51.100.20/32'), 'web', 'tcp/22')).toBe('denied');
  });

  it('and what is asserted hears of it', () => {
    const analysis = analysed(scene('198.51.100.20/32'));
    const sure = (to: string): string =>
      namedParts({ from: 'app', to }, flowsOf('all'), analysis)
        .map((part) => part.sure.toString())
        .join();
    expect([sure('web'), sure('198.51.100.10'), sure('10.0.0.10')]).toEqual([
      'tcp 443',
      'tcp 443',
      'tcp 443',
    ]);
    expect(analysis.network.endpoints.has(idOf('eni-web'))).toBe(true);
  });
});
