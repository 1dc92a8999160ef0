import { describe, expect, it } from 'vitest';
import type { AwsSnapshot } from '#sources/aws';
import { analysed, ALL_PASS, entry } from '../../../../peers/scene.ts';
import { doubt } from '../../../../peers/questions.ts';
import { acl, subnet, type Bodies } from './account.ts';
import { hub, spoke, SPOKE, wideWorld } from './wide-world.ts';

const [near, far] = (
  hub['DescribeTransitGatewayVpcAttachments'] as { TransitGatewayVpcAttachments: Bodies[] }
).TransitGatewayVpcAttachments;
const { Subnets } = spoke['DescribeSubnets'] as { Subnets: Bodies[] };
const SHUT = entry(10, { Egress: true, RuleAction: 'deny', Protocol: '6', CidrBlock: '0.0.0.0/0' });

type Landing = {
  readonly appliance?: 'enable' | 'disable';
  /** The list of the second subnet in which the attachment of the spoke stands. */
  readonly entries?: readonly Bodies[];
};

/** The attachment of the spoke stands in `subnet-u` of zone a and in `subnet-v` of zone b. */
function world({ appliance = 'disable', entries = ALL_PASS }: Landing): AwsSnapshot[] {
  const second = {
    ...subnet('subnet-v', '10.2.254.0/28'),
    VpcId: 'vpc-2',
    OwnerId: SPOKE,
    AvailabilityZone: 'eu-west-1b',
    AvailabilityZoneId: 'euw1-az2',
  };
  const list = (id: string, subnets: string[], all: readonly Bodies[]) => ({
    ...acl(id, subnets, all),
    VpcId: 'vpc-2',
  });
  const standing = {
    ...far,
    SubnetIds: ['subnet-u', 'subnet-v'],
    Options: { ...(far?.['Options'] as Bodies), ApplianceModeSupport: appliance },
  };
  return wideWorld({
    hub: { DescribeTransitGatewayVpcAttachments: { TransitGatewayVpcAttachments: [near, standing] } },
    spoke: {
      DescribeSubnets: { Subnets: [...Subnets, second] },
      DescribeNetworkAcls: {
        NetworkAcls: [
          list('acl-2', ['subnet-b', 'subnet-u'], ALL_PASS),
          list('acl-v', ['subnet-v'], entries),
        ],
      },
      DescribeTransitGatewayVpcAttachments: { TransitGatewayVpcAttachments: [standing] },
    },
  });
}

const landingSpots = (asked: AwsSnapshot[]) =>
  [...analysed(...asked).network.blindSpots.keys()].filter((id) => id.includes(':landing:'));

describe('RT9: an attachment that stands in several subnets', () => {
  const ask = (landing: Landing) => doubt(world(landing), 'eni-1', 'eni-2', 'tcp/443');

  it('is come in by where the packet’s zone is', () => {
    expect(ask({ entries: [SHUT, ...ALL_PASS] })).toBe('allowed');
  });

  it('in appliance mode may be come in by in any: what only some lists let pass is unknown, and says why', () => {
    const asked = world({ appliance: 'enable', entries: [SHUT, ...ALL_PASS] });
    expect(doubt(asked, 'eni-1', 'eni-2', 'tcp/443')).toBe('unknown: route-not-modelled');
    expect(landingSpots(asked)).toEqual(['route-not-modelled:landing:tgw-attach-2']);
  });

  it('tells nobody of it where it decides nothing', () => {
    const asked = world({ appliance: 'enable' });
    expect(doubt(asked, 'eni-1', 'eni-2', 'tcp/443')).toBe('allowed');
    expect(landingSpots(asked)).toEqual([]);
  });
});
