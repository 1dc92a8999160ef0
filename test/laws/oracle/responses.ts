import type { RelayResponses } from './responses-relay.ts';
import type { SiteResponses } from './responses-site.ts';
import type { TransitResponses } from './responses-transit.ts';

/**
 * The parts of AWS describe responses that decide where packets go, as the AWS CLI prints them.
 *
 * One `Account` is what was read of one account in one Region: one member for each API call, holding that
 * call's response body with all pages merged. A call that is absent was not made or failed.
 */
export type Account = {
  readonly _meta?: Meta;
  readonly DescribeVpcs?: { readonly Vpcs: readonly Vpc[] };
  readonly DescribeSubnets?: { readonly Subnets: readonly Subnet[] };
  readonly DescribeSecurityGroups?: { readonly SecurityGroups: readonly SecurityGroup[] };
  readonly DescribeSecurityGroupRules?: { readonly SecurityGroupRules: readonly SecurityGroupRule[] };
  readonly DescribeNetworkInterfaces?: { readonly NetworkInterfaces: readonly NetworkInterface[] };
  readonly DescribeInstances?: { readonly Reservations: readonly Reservation[] };
  readonly DescribeRouteTables?: { readonly RouteTables: readonly RouteTable[] };
  readonly DescribeNetworkAcls?: { readonly NetworkAcls: readonly NetworkAcl[] };
  readonly DescribeInternetGateways?: { readonly InternetGateways: readonly InternetGateway[] };
  readonly DescribeEgressOnlyInternetGateways?: {
    readonly EgressOnlyInternetGateways: readonly EgressOnlyInternetGateway[];
  };
  readonly DescribeNatGateways?: { readonly NatGateways: readonly NatGateway[] };
  readonly DescribeVpcPeeringConnections?: { readonly VpcPeeringConnections: readonly PeeringConnection[] };
  readonly DescribeManagedPrefixLists?: { readonly PrefixLists: readonly PrefixList[] };
  readonly GetManagedPrefixListEntries?: Readonly<Record<string, PrefixListEntries>>;
  readonly DescribeVpcEndpoints?: { readonly VpcEndpoints: readonly VpcEndpoint[] };
  readonly DescribeVpcBlockPublicAccessOptions?: {
    readonly VpcBlockPublicAccessOptions: { readonly InternetGatewayBlockMode?: string };
  };
  readonly DescribeVpcBlockPublicAccessExclusions?: {
    readonly VpcBlockPublicAccessExclusions: readonly BlockExclusion[];
  };
} & TransitResponses &
  SiteResponses &
  RelayResponses;

/** `ResourceArn` ends in `vpc/vpc-…` or `subnet/subnet-…`. */
export type BlockExclusion = {
  readonly ExclusionId: string;
  readonly InternetGatewayExclusionMode: string;
  readonly ResourceArn: string;
  readonly State: string;
};

export type Meta = {
  readonly account?: string;
  readonly region?: string;
  readonly capturedAt?: string;
  readonly shape?: string;
  readonly schemaVersion?: number;
  readonly blindSpots?: readonly { readonly code: string; readonly call: string; readonly why: string }[];
};

export type Tag = { readonly Key: string; readonly Value: string };

export type Vpc = {
  readonly VpcId: string;
  readonly OwnerId: string;
  readonly State: string;
  readonly CidrBlock: string;
  readonly IsDefault: boolean;
  readonly CidrBlockAssociationSet: readonly {
    readonly AssociationId: string;
    readonly CidrBlock: string;
    readonly CidrBlockState: State;
  }[];
  readonly Ipv6CidrBlockAssociationSet?: readonly {
    readonly AssociationId: string;
    readonly Ipv6CidrBlock: string;
    readonly Ipv6CidrBlockState: State;
  }[];
};

type State = { readonly State: string };

export type Subnet = {
  readonly SubnetId: string;
  readonly VpcId: string;
  readonly OwnerId: string;
  readonly State: string;
  readonly CidrBlock: string;
  readonly AvailabilityZone: string;
  /** The same zone has the same id in every account; its name may differ. */
  readonly AvailabilityZoneId?: string;
  readonly MapPublicIpOnLaunch: boolean;
  readonly Ipv6CidrBlockAssociationSet: readonly {
    readonly AssociationId: string;
    readonly Ipv6CidrBlock: string;
    readonly Ipv6CidrBlockState: State;
  }[];
};

export type SecurityGroup = {
  readonly GroupId: string;
  readonly GroupName: string;
  readonly Description: string;
  readonly VpcId: string;
  readonly OwnerId: string;
  readonly IpPermissions: readonly IpPermission[];
  readonly IpPermissionsEgress: readonly IpPermission[];
};

/** For icmp and icmpv6 `FromPort` is the type and `ToPort` the code; -1 is any. */
export type IpPermission = {
  readonly IpProtocol: string;
  readonly FromPort?: number | null;
  readonly ToPort?: number | null;
  readonly IpRanges: readonly { readonly CidrIp: string; readonly Description?: string }[];
  readonly Ipv6Ranges: readonly { readonly CidrIpv6: string; readonly Description?: string }[];
  readonly PrefixListIds: readonly { readonly PrefixListId: string }[];
  readonly UserIdGroupPairs: readonly GroupPair[];
};

export type GroupPair = {
  readonly GroupId: string;
  readonly UserId: string;
  readonly VpcId?: string;
  readonly VpcPeeringConnectionId?: string;
  readonly PeeringStatus?: string;
};

export type SecurityGroupRule = {
  readonly SecurityGroupRuleId: string;
  readonly GroupId: string;
  readonly GroupOwnerId: string;
  readonly IsEgress: boolean;
  readonly IpProtocol: string;
  readonly FromPort: number;
  readonly ToPort: number;
  readonly CidrIpv4?: string;
  readonly CidrIpv6?: string;
  readonly PrefixListId?: string;
  readonly ReferencedGroupInfo?: GroupPair;
  readonly Tags: readonly Tag[];
};

type Association = { readonly PublicIp?: string; readonly IpOwnerId: string };

export type NetworkInterface = {
  readonly NetworkInterfaceId: string;
  readonly InterfaceType: string;
  readonly Description: string;
  readonly Status: string;
  readonly OwnerId: string;
  readonly VpcId: string;
  readonly SubnetId: string;
  readonly SourceDestCheck: boolean;
  readonly RequesterManaged: boolean;
  readonly RequesterId?: string;
  readonly Attachment?: {
    readonly AttachmentId: string;
    readonly DeviceIndex: number;
    readonly InstanceOwnerId: string;
    readonly Status: string;
    readonly InstanceId?: string;
  };
  readonly Association?: Association;
  readonly Groups: readonly { readonly GroupId: string; readonly GroupName: string }[];
  readonly PrivateIpAddress?: string;
  readonly PrivateIpAddresses: readonly {
    readonly Primary: boolean;
    readonly PrivateIpAddress: string;
    readonly Association?: Association;
  }[];
  readonly Ipv6Addresses: readonly { readonly Ipv6Address: string; readonly IsPrimaryIpv6?: boolean }[];
  readonly Ipv4Prefixes?: readonly { readonly Ipv4Prefix: string }[];
  readonly Ipv6Prefixes?: readonly { readonly Ipv6Prefix: string }[];
};

export type Reservation = {
  readonly ReservationId: string;
  readonly OwnerId: string;
  readonly Instances: readonly Instance[];
};

export type Instance = {
  readonly InstanceId: string;
  readonly State: { readonly Code: number; readonly Name: string };
  readonly InstanceType?: string;
  readonly VpcId?: string;
  readonly SubnetId?: string;
  readonly PrivateIpAddress?: string;
  readonly Tags?: readonly Tag[];
  readonly NetworkInterfaces?: readonly { readonly NetworkInterfaceId: string }[];
};

export type RouteTable = {
  readonly RouteTableId: string;
  readonly VpcId: string;
  readonly OwnerId: string;
  readonly Associations: readonly {
    readonly RouteTableAssociationId: string;
    readonly RouteTableId: string;
    readonly Main: boolean;
    readonly SubnetId?: string;
    /** An edge association: the table of what comes in by that gateway. */
    readonly GatewayId?: string;
    readonly AssociationState?: State;
  }[];
  readonly PropagatingVgws: readonly { readonly GatewayId: string }[];
  readonly Routes: readonly Route[];
};

export type Route = {
  readonly DestinationCidrBlock?: string;
  readonly DestinationIpv6CidrBlock?: string;
  readonly DestinationPrefixListId?: string;
  readonly GatewayId?: string;
  readonly NatGatewayId?: string;
  readonly EgressOnlyInternetGatewayId?: string;
  readonly VpcPeeringConnectionId?: string;
  readonly NetworkInterfaceId?: string;
  readonly TransitGatewayId?: string;
  readonly Origin: string;
  readonly State: string;
};

export type NetworkAcl = {
  readonly NetworkAclId: string;
  readonly VpcId: string;
  readonly OwnerId: string;
  readonly IsDefault: boolean;
  readonly Associations: readonly {
    readonly NetworkAclAssociationId: string;
    readonly NetworkAclId: string;
    readonly SubnetId: string;
  }[];
  readonly Entries: readonly AclEntry[];
};

export type AclEntry = {
  readonly RuleNumber: number;
  readonly RuleAction: string;
  readonly Egress: boolean;
  readonly Protocol: string;
  readonly CidrBlock?: string;
  readonly Ipv6CidrBlock?: string;
  readonly PortRange?: { readonly From: number; readonly To: number } | null;
  readonly IcmpTypeCode?: { readonly Type: number; readonly Code: number } | null;
};

type GatewayAttachment = { readonly State: string; readonly VpcId: string };

export type InternetGateway = {
  readonly InternetGatewayId: string;
  readonly OwnerId: string;
  readonly Attachments: readonly GatewayAttachment[];
};

export type EgressOnlyInternetGateway = {
  readonly EgressOnlyInternetGatewayId: string;
  readonly Attachments: readonly GatewayAttachment[];
};

export type NatGateway = {
  readonly NatGatewayId: string;
  readonly VpcId: string;
  readonly SubnetId: string;
  readonly State: string;
  readonly ConnectivityType?: string;
  readonly NatGatewayAddresses: readonly NatGatewayAddress[];
};

export type NatGatewayAddress = {
  readonly NetworkInterfaceId?: string;
  readonly PrivateIp?: string;
  readonly PublicIp?: string;
  readonly AllocationId?: string;
  readonly IsPrimary?: boolean;
  readonly Status?: string;
};

export type PeeringConnection = {
  readonly VpcPeeringConnectionId: string;
  readonly Status: { readonly Code: string; readonly Message: string };
  readonly AccepterVpcInfo: PeeringSide;
  readonly RequesterVpcInfo: PeeringSide;
};

export type PeeringSide = {
  readonly VpcId: string;
  readonly OwnerId: string;
  readonly Region: string;
  readonly CidrBlock?: string;
  readonly CidrBlockSet?: readonly { readonly CidrBlock: string }[];
  readonly Ipv6CidrBlockSet?: readonly { readonly Ipv6CidrBlock: string }[];
};

export type PrefixList = {
  readonly PrefixListId: string;
  readonly PrefixListName: string;
  readonly AddressFamily: string;
  readonly State: string;
  readonly OwnerId: string;
  readonly Version?: number;
  readonly MaxEntries?: number;
};

export type PrefixListEntries = { readonly Entries: readonly { readonly Cidr: string }[] };

export type VpcEndpoint = {
  readonly VpcEndpointId: string;
  readonly VpcEndpointType: string;
  readonly VpcId: string;
  readonly OwnerId: string;
  readonly ServiceName: string;
  readonly State: string;
  readonly RouteTableIds: readonly string[];
};
