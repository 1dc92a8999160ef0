import { macAddressOf } from '../ids.ts';
import type { InterfacePlan, PublicAddress } from '../interfaces.ts';
import { ACCOUNT, CREATED_AT, nameTag, REGION, zoneName } from '../owner.ts';
import type { WorkloadKind } from '../workloads.ts';
import { cacheName } from './services.ts';

type Look = { readonly type: string; readonly requester?: string; readonly attachedBy: string };

/** How AWS marks the interfaces that a service made: interface type, who asked for it, who attached it. */
const LOOKS: Record<WorkloadKind, Look> = {
  'load-balancer': { type: 'interface', requester: 'amazon-elb', attachedBy: 'amazon-elb' },
  instance: { type: 'interface', attachedBy: ACCOUNT },
  node: { type: 'interface', attachedBy: ACCOUNT },
  task: { type: 'interface', requester: '444455556666', attachedBy: '444455556666' },
  function: { type: 'lambda', requester: 'AROAEXAMPLEEXAMPLE001:worker', attachedBy: 'amazon-aws' },
  database: { type: 'interface', requester: 'amazon-rds', attachedBy: 'amazon-rds' },
  cache: { type: 'interface', requester: 'amazon-elasticache', attachedBy: 'amazon-elasticache' },
  endpoint: { type: 'vpc_endpoint', requester: '444455556666', attachedBy: 'amazon-aws' },
  nat: { type: 'nat_gateway', requester: 'amazon-nat', attachedBy: 'amazon-nat' },
  transit: { type: 'transit_gateway', requester: '444455556666', attachedBy: 'amazon-aws' },
  spare: { type: 'interface', attachedBy: ACCOUNT },
};

export function interfaceBodies(interfaces: readonly InterfacePlan[]) {
  return { NetworkInterfaces: interfaces.map(interfaceBody) };
}

function interfaceBody(planned: InterfacePlan) {
  const { workload, subnet, instance } = planned;
  const look = LOOKS[workload.kind];
  const association =
    planned.publicAddress === undefined ? {} : { Association: associationOf(planned.publicAddress) };
  return {
    ...association,
    ...(planned.attachment === undefined
      ? {}
      : { Attachment: attachmentOf(planned, planned.attachment, look) }),
    AvailabilityZone: zoneName(subnet.zone),
    Description: descriptionOf(planned),
    Groups: groupsOf(planned),
    InterfaceType: look.type,
    Ipv6Addresses: [],
    MacAddress: macAddressOf(planned.id),
    NetworkInterfaceId: planned.id,
    OwnerId: ACCOUNT,
    PrivateDnsName: privateNameOf(planned.addresses[0] ?? ''),
    PrivateIpAddress: planned.addresses[0] ?? '',
    PrivateIpAddresses: privateAddressesOf(planned),
    RequesterManaged: look.requester !== undefined,
    ...(look.requester === undefined ? {} : { RequesterId: look.requester }),
    SourceDestCheck: workload.kind !== 'nat' && workload.kind !== 'transit',
    Status: planned.attachment === undefined ? 'available' : 'in-use',
    SubnetId: subnet.id,
    TagSet: instance === undefined ? [] : nameTag(instance.name),
    VpcId: workload.vpc.id,
  };
}

export function groupsOf({ workload }: InterfacePlan) {
  return workload.groups.map(({ id, name }) => ({ GroupId: id, GroupName: name }));
}

export function privateAddressesOf({ addresses, publicAddress }: InterfacePlan) {
  return addresses.map((address, i) => ({
    ...(i === 0 && publicAddress !== undefined ? { Association: associationOf(publicAddress) } : {}),
    Primary: i === 0,
    PrivateDnsName: privateNameOf(address),
    PrivateIpAddress: address,
  }));
}

export function privateNameOf(address: string): string {
  return `ip-${address.replaceAll('.', '-')}.${REGION}.compute.internal`;
}

export function publicNameOf(address: string): string {
  return `ec2-${address.replaceAll('.', '-')}.${REGION}.compute.amazonaws.com`;
}

export function associationOf({ ip, owner, allocation, association }: PublicAddress) {
  return {
    ...(allocation === undefined ? {} : { AllocationId: allocation }),
    ...(association === undefined ? {} : { AssociationId: association }),
    IpOwnerId: owner === 'account' ? ACCOUNT : owner,
    PublicDnsName: publicNameOf(ip),
    PublicIp: ip,
  };
}

function attachmentOf({ instance, deviceIndex }: InterfacePlan, id: string, look: Look) {
  return {
    AttachTime: CREATED_AT,
    AttachmentId: id,
    DeleteOnTermination: instance !== undefined,
    DeviceIndex: instance === undefined ? 1 : deviceIndex,
    NetworkCardIndex: 0,
    ...(instance === undefined ? {} : { InstanceId: instance.id }),
    InstanceOwnerId: look.attachedBy,
    Status: 'attached',
  };
}

function descriptionOf({ workload, instance, deviceIndex, number, id }: InterfacePlan): string {
  switch (workload.kind) {
    case 'load-balancer':
      return `ELB ${workload.service}`;
    case 'instance':
      return '';
    case 'node':
      return deviceIndex === 0 ? '' : `aws-K8S-${instance?.id ?? ''}`;
    case 'task':
      return `arn:aws:ecs:${REGION}:${ACCOUNT}:attachment/${uuidOf(id)}`;
    case 'function':
      return `AWS Lambda VPC ENI-${workload.name}-${uuidOf(id)}`;
    case 'database':
      return 'RDSNetworkInterface';
    case 'cache':
      return `ElastiCache ${cacheName(workload, number)}`;
    case 'endpoint':
      return `VPC Endpoint Interface ${workload.service}`;
    case 'nat':
      return `Interface for NAT Gateway ${workload.service}`;
    case 'transit':
      return `Network Interface for Transit Gateway Attachment ${workload.service}`;
    case 'spare':
      return 'left over from migration';
  }
}

function uuidOf(id: string): string {
  const hex = id.slice(-16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-9${hex.slice(1, 4)}-${hex.slice(4, 16)}`;
}
