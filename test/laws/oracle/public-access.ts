import { every, NO, oneOf, UNKNOWN, YES } from './maybe.ts';
import type { Maybe } from './maybe.ts';
import type { Account } from './responses.ts';

/** How a packet meets the internet: straight by an internet gateway either way, or by a gateway that only lets out. */
export type Access = 'in' | 'out' | 'out only';

/** RT16: what VPC Block Public Access lets pass at a subnet of a VPC. */
export type PublicAccess = (vpc: string, subnet: string, access: Access) => Maybe;

/**
 * The mode is each account's and Region's own; exclusions are of VPCs and subnets. NAT gateways and egress-only
 * gateways count as letting out only.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 */
export function readPublicAccess(accounts: readonly Account[]): PublicAccess {
  const modes = new Map<string, string>();
  for (const account of accounts) {
    const mode =
      account.DescribeVpcBlockPublicAccessOptions?.VpcBlockPublicAccessOptions.InternetGatewayBlockMode;
    for (const vpc of vpcsOf(account)) if (mode !== undefined) modes.set(vpc, mode);
  }
  const exclusions = accounts
    .flatMap(
      (account) => account.DescribeVpcBlockPublicAccessExclusions?.VpcBlockPublicAccessExclusions ?? [],
    )
    .filter(({ State }) => State === 'create-complete' || State === 'update-complete');
  const exclusionsOf = (id: string): string[] =>
    exclusions
      .filter(({ ResourceArn }) => ResourceArn.endsWith(`/${id}`))
      .map((each) => each.InternetGatewayExclusionMode);
  return (vpc, subnet, access) => {
    const mode = modes.get(vpc) ?? 'off';
    if (mode === 'off') return YES;
    const excluded = new Set([...exclusionsOf(vpc), ...exclusionsOf(subnet)]);
    // Which of two exclusions counts is not told
    return oneOf([...(excluded.size === 0 ? ['none'] : excluded)].map((each) => left(mode, each, access)));
  };
}

function left(mode: string, exclusion: string, access: Access): Maybe {
  if (exclusion === 'allow-bidirectional') return YES;
  if (mode === 'block-ingress') return access === 'out only' ? YES : NO;
  // Outbound traffic is allowed, which is more than what sets out: without its answers it would be none
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcBlockPublicAccessExclusion.html
  return exclusion === 'allow-egress' && access !== 'in' ? YES : NO;
}

/** A NAT gateway's own subnet faces the internet; whether its client's counts too is not told where they differ. */
export function behindNat(
  access: PublicAccess,
  client: { readonly vpc: string; readonly subnet: string },
  nat: { readonly vpc: string; readonly subnet: string },
): Maybe {
  const near = access(client.vpc, client.subnet, 'out only');
  const far = access(nat.vpc, nat.subnet, 'out only');
  return near.sure === far.sure && near.possible === far.possible ? far : every([far, UNKNOWN]);
}

function vpcsOf(account: Account): Set<string> {
  return new Set([
    ...(account.DescribeVpcs?.Vpcs ?? []).map((vpc) => vpc.VpcId),
    ...(account.DescribeRouteTables?.RouteTables ?? []).map((table) => table.VpcId),
  ]);
}
