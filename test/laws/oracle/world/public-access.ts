import type { Account } from '../responses.ts';
import type { Dice } from './dice.ts';
import type { Target, VpcPlan } from './layout.ts';

/** The mode of one account in one Region, and what is excluded from it. */
export function describePublicAccess(
  dice: Dice,
  vpcs: readonly VpcPlan[],
  target: Target,
): Pick<Account, 'DescribeVpcBlockPublicAccessOptions' | 'DescribeVpcBlockPublicAccessExclusions'> {
  const own = dice.fork(target.account, target.region);
  const mode = own.pick(['off', 'off', 'block-ingress', 'block-bidirectional', 'block-bidirectional']);
  const resources = vpcs.flatMap((vpc) => [
    `vpc/${vpc.id}`,
    ...vpc.subnets.map((subnet) => `subnet/${subnet.id}`),
  ]);
  return {
    DescribeVpcBlockPublicAccessOptions: {
      VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: mode },
    },
    DescribeVpcBlockPublicAccessExclusions: {
      VpcBlockPublicAccessExclusions: own.some(resources, 0.3).map((resource, number) => ({
        ExclusionId: `vpcbpa-exclude-0${number.toString(16).padStart(16, '0')}`,
        InternetGatewayExclusionMode: own.pick([
          'allow-bidirectional',
          'allow-bidirectional',
          'allow-egress',
        ]),
        ResourceArn: `arn:aws:ec2:${target.region}:${target.account}:${resource}`,
        State: own.chance(0.9) ? 'create-complete' : 'delete-complete',
      })),
    },
  };
}
