import { addressText } from '../address.ts';
import type { Ids } from '../ids.ts';
import type { Layout, VpcPlan } from '../layout.ts';
import { ACCOUNT, arnOf, nameTag, REGION, zoneName } from '../owner.ts';

export function vpcBodies(layout: Layout, ids: Ids) {
  const { vpcs, peerings } = layout;
  return {
    DescribeVpcs: { Vpcs: vpcs.map((vpc, i) => vpcBody(vpc, isRealDefault(vpcs, i), ids)) },
    DescribeSubnets: { Subnets: vpcs.flatMap((vpc, i) => subnetBodies(vpc, isRealDefault(vpcs, i))) },
    DescribeInternetGateways: {
      InternetGateways: vpcs.map(({ id, name, internetGateway }) => ({
        Attachments: [{ State: 'available', VpcId: id }],
        InternetGatewayId: internetGateway,
        OwnerId: ACCOUNT,
        Tags: nameTag(`${name}-igw`),
      })),
    },
    DescribeVpcPeeringConnections: {
      VpcPeeringConnections: peerings.map(({ id, requester, accepter }) => ({
        AccepterVpcInfo: peeredVpc(accepter),
        RequesterVpcInfo: peeredVpc(requester),
        Status: { Code: 'active', Message: 'Active' },
        Tags: nameTag(`${requester.name}-to-${accepter.name}`),
        VpcPeeringConnectionId: id,
      })),
    },
  };
}

/** A Region has one default VPC; others with its block came from accounts that were merged. */
function isRealDefault(vpcs: readonly VpcPlan[], index: number): boolean {
  return index === vpcs.findIndex(({ isDefault }) => isDefault);
}

function vpcBody(vpc: VpcPlan, isDefault: boolean, ids: Ids) {
  const cidr = `${addressText(vpc.base)}/16`;
  return {
    OwnerId: ACCOUNT,
    InstanceTenancy: 'default',
    Ipv6CidrBlockAssociationSet: [],
    CidrBlockAssociationSet: [
      { AssociationId: ids.next('vpc-cidr-assoc'), CidrBlock: cidr, CidrBlockState: { State: 'associated' } },
    ],
    IsDefault: isDefault,
    Tags: nameTag(vpc.name),
    VpcId: vpc.id,
    State: 'available',
    CidrBlock: cidr,
    DhcpOptionsId: 'dopt-0970145c030e84e3b',
  };
}

function subnetBodies(vpc: VpcPlan, isDefault: boolean) {
  return vpc.subnets.map(({ id, name, tier, zone, base, pool }) => ({
    AvailabilityZoneId: `euw1-az${zone + 1}`,
    MapCustomerOwnedIpOnLaunch: false,
    OwnerId: ACCOUNT,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    Tags: nameTag(name),
    SubnetArn: arnOf('subnet', id),
    EnableDns64: false,
    Ipv6Native: false,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    SubnetId: id,
    State: 'available',
    VpcId: vpc.id,
    CidrBlock: `${addressText(base)}/20`,
    AvailableIpAddressCount: pool.free,
    AvailabilityZone: zoneName(zone),
    DefaultForAz: isDefault,
    MapPublicIpOnLaunch: tier === 'public',
  }));
}

function peeredVpc(vpc: VpcPlan) {
  const cidr = `${addressText(vpc.base)}/16`;
  return {
    CidrBlock: cidr,
    CidrBlockSet: [{ CidrBlock: cidr }],
    OwnerId: ACCOUNT,
    PeeringOptions: {
      AllowDnsResolutionFromRemoteVpc: false,
      AllowEgressFromLocalClassicLinkToRemoteVpc: false,
      AllowEgressFromLocalVpcToRemoteClassicLink: false,
    },
    VpcId: vpc.id,
    Region: REGION,
  };
}
