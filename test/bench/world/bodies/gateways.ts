import { groupedBy } from '../grouped.ts';
import type { InterfacePlan } from '../interfaces.ts';
import type { Layout } from '../layout.ts';
import { ACCOUNT, arnOf, CREATED_AT, nameTag, REGION } from '../owner.ts';
import { groupsOf } from './interfaces.ts';

/** NAT and transit gateways, endpoints and the account's own public addresses. */
export function gatewayBodies(
  layout: Layout,
  interfaces: readonly InterfacePlan[],
  tablesOf: (endpoint: string) => string[],
) {
  const byService = groupedBy(interfaces, ({ workload }) => workload.service);
  return {
    DescribeNatGateways: {
      NatGateways: layout.vpcs.flatMap(({ natGateway, name }) =>
        natGateway === undefined
          ? []
          : (byService.get(natGateway) ?? []).map((planned) => natBody(natGateway, `${name}-nat`, planned)),
      ),
    },
    DescribeAddresses: { Addresses: interfaces.flatMap(addressBodies) },
    DescribeVpcEndpoints: {
      VpcEndpoints: layout.vpcs.flatMap((vpc) => [
        {
          ...endpoint(vpc.storageEndpoint, 'Gateway', 's3', vpc.id),
          RouteTableIds: tablesOf(vpc.storageEndpoint),
          SubnetIds: [],
          Groups: [],
          PrivateDnsEnabled: false,
          NetworkInterfaceIds: [],
          Tags: nameTag(`${vpc.name}-s3`),
        },
        ...vpc.endpoints.map(({ id, service }) => {
          const own = byService.get(id) ?? [];
          return {
            ...endpoint(id, 'Interface', service, vpc.id),
            RouteTableIds: [],
            SubnetIds: own.map(({ subnet }) => subnet.id),
            Groups: own.slice(0, 1).flatMap(groupsOf),
            PrivateDnsEnabled: true,
            NetworkInterfaceIds: own.map((planned) => planned.id),
            Tags: nameTag(`${vpc.name}-${service}`),
          };
        }),
      ]),
    },
    ...transitBodies(layout),
  };
}

function transitBodies({ transitGateway, vpcs }: Layout) {
  const gateways = transitGateway === undefined ? [] : [transitGateway];
  return {
    DescribeTransitGateways: {
      TransitGateways: gateways.map((id) => ({
        TransitGatewayId: id,
        TransitGatewayArn: arnOf('transit-gateway', id),
        State: 'available',
        OwnerId: ACCOUNT,
        Description: 'between VPCs',
        CreationTime: CREATED_AT,
        Options: {
          AmazonSideAsn: 64_512,
          AutoAcceptSharedAttachments: 'disable',
          DefaultRouteTableAssociation: 'enable',
          DefaultRouteTablePropagation: 'enable',
          VpnEcmpSupport: 'enable',
          DnsSupport: 'enable',
          SecurityGroupReferencingSupport: 'disable',
          MulticastSupport: 'disable',
        },
        Tags: nameTag('backbone'),
      })),
    },
    DescribeTransitGatewayAttachments: {
      TransitGatewayAttachments: gateways.flatMap((gateway) =>
        vpcs.flatMap(({ id, name, transitAttachment }) =>
          transitAttachment === undefined
            ? []
            : {
                TransitGatewayAttachmentId: transitAttachment,
                TransitGatewayId: gateway,
                TransitGatewayOwnerId: ACCOUNT,
                ResourceOwnerId: ACCOUNT,
                ResourceType: 'vpc',
                ResourceId: id,
                State: 'available',
                CreationTime: CREATED_AT,
                Tags: nameTag(name),
              },
        ),
      ),
    },
  };
}

function natBody(
  id: string,
  name: string,
  { publicAddress, subnet, addresses, workload, ...planned }: InterfacePlan,
) {
  return {
    CreateTime: CREATED_AT,
    NatGatewayAddresses: [
      {
        AllocationId: publicAddress?.allocation ?? '',
        NetworkInterfaceId: planned.id,
        PrivateIp: addresses[0] ?? '',
        PublicIp: publicAddress?.ip ?? '',
        AssociationId: publicAddress?.association ?? '',
        IsPrimary: true,
        Status: 'succeeded',
      },
    ],
    NatGatewayId: id,
    State: 'available',
    SubnetId: subnet.id,
    VpcId: workload.vpc.id,
    Tags: nameTag(name),
    ConnectivityType: 'public',
  };
}

function addressBodies({ id, publicAddress, addresses, instance }: InterfacePlan) {
  if (publicAddress?.allocation === undefined) return [];
  return [
    {
      AllocationId: publicAddress.allocation,
      AssociationId: publicAddress.association ?? '',
      Domain: 'vpc',
      NetworkInterfaceId: id,
      NetworkInterfaceOwnerId: ACCOUNT,
      PrivateIpAddress: addresses[0] ?? '',
      PublicIp: publicAddress.ip,
      PublicIpv4Pool: 'amazon',
      NetworkBorderGroup: REGION,
      Tags: [],
      ...(instance === undefined ? {} : { InstanceId: instance.id }),
    },
  ];
}

function endpoint(id: string, type: 'Gateway' | 'Interface', service: string, vpc: string) {
  return {
    VpcEndpointId: id,
    VpcEndpointType: type,
    VpcId: vpc,
    ServiceName: `com.amazonaws.${REGION}.${service}`,
    State: 'available',
    IpAddressType: 'ipv4',
    RequesterManaged: false,
    CreationTimestamp: CREATED_AT,
    OwnerId: ACCOUNT,
  };
}
