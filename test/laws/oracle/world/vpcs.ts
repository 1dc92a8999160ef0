import { formatBlock } from '../address.ts';
import type { Subnet, Vpc } from '../responses.ts';
import type { SubnetPlan, VpcPlan } from './layout.ts';

export function describeVpc(vpc: VpcPlan): Vpc {
  const blocks = vpc.blocks.map(formatBlock);
  return {
    VpcId: vpc.id,
    OwnerId: vpc.target.account,
    State: 'available',
    CidrBlock: blocks[0] ?? '',
    IsDefault: false,
    CidrBlockAssociationSet: blocks.map((block, at) => ({
      AssociationId: vpc.id.replace('vpc-', `vpc-cidr-assoc-${at}`),
      CidrBlock: block,
      CidrBlockState: { State: 'associated' },
    })),
    ...(vpc.block6 === undefined
      ? {}
      : {
          Ipv6CidrBlockAssociationSet: [
            {
              AssociationId: vpc.id.replace('vpc-', 'vpc-cidr-assoc-6'),
              Ipv6CidrBlock: formatBlock(vpc.block6),
              Ipv6CidrBlockState: { State: 'associated' },
            },
          ],
        }),
  };
}

export function describeSubnet(subnet: SubnetPlan): Subnet {
  return {
    SubnetId: subnet.id,
    VpcId: subnet.vpcId,
    OwnerId: subnet.target.account,
    State: 'available',
    CidrBlock: formatBlock(subnet.block),
    ...zoneOf(subnet),
    MapPublicIpOnLaunch: false,
    Ipv6CidrBlockAssociationSet:
      subnet.block6 === undefined
        ? []
        : [
            {
              AssociationId: subnet.id.replace('subnet-', 'subnet-cidr-assoc-'),
              Ipv6CidrBlock: formatBlock(subnet.block6),
              Ipv6CidrBlockState: { State: 'associated' },
            },
          ],
  };
}

/** Names of zones are each account's own, ids are not. */
function zoneOf({ target, zone }: SubnetPlan): Pick<Subnet, 'AvailabilityZone' | 'AvailabilityZoneId'> {
  const isHome = target.account === '111122223333';
  const letter = (zone === 1) === isHome ? 'a' : 'b';
  const region = target.region === 'eu-west-1' ? 'euw1' : 'euc1';
  return { AvailabilityZone: `${target.region}${letter}`, AvailabilityZoneId: `${region}-az${zone}` };
}
