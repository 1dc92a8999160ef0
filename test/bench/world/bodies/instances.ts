import type { Ids } from '../ids.ts';
import { macAddressOf } from '../ids.ts';
import type { InstancePlan, InterfacePlan } from '../interfaces.ts';
import { ACCOUNT, CREATED_AT, nameTag, zoneName } from '../owner.ts';
import { associationOf, groupsOf, privateAddressesOf, privateNameOf, publicNameOf } from './interfaces.ts';

const LAUNCHED_TOGETHER = 5;

/** Instances of one workload are launched a few at a time, which is what AWS calls a reservation. */
export function instanceBodies(interfaces: readonly InterfacePlan[], ids: Ids) {
  const reservations: { workload: unknown; instances: InstancePlan[] }[] = [];
  const instances = new Set(interfaces.flatMap(({ instance }) => (instance === undefined ? [] : [instance])));
  for (const instance of instances) {
    const last = reservations.at(-1);
    const isTogether = last?.workload === instance.workload && last.instances.length < LAUNCHED_TOGETHER;
    if (isTogether) last.instances.push(instance);
    else reservations.push({ workload: instance.workload, instances: [instance] });
  }
  return {
    Reservations: reservations.map((reservation) => ({
      ReservationId: ids.next('r'),
      OwnerId: ACCOUNT,
      Groups: [],
      Instances: reservation.instances.map(instanceBody),
    })),
  };
}

function instanceBody(instance: InstancePlan, launchIndex: number) {
  const first = instance.interfaces[0];
  if (first === undefined) throw new Error(`${instance.id} has no interface`);
  const { subnet, workload, publicAddress } = first;
  const address = first.addresses[0] ?? '';
  return {
    AmiLaunchIndex: launchIndex,
    ImageId: 'ami-0123456789abcdef0',
    InstanceId: instance.id,
    InstanceType: instance.type,
    LaunchTime: CREATED_AT,
    Monitoring: { State: 'disabled' },
    Placement: { AvailabilityZone: zoneName(subnet.zone), GroupName: '', Tenancy: 'default' },
    PrivateDnsName: privateNameOf(address),
    PrivateIpAddress: address,
    PublicDnsName: publicAddress === undefined ? '' : publicNameOf(publicAddress.ip),
    ...(publicAddress === undefined ? {} : { PublicIpAddress: publicAddress.ip }),
    State: instance.isRunning ? { Code: 16, Name: 'running' } : { Code: 80, Name: 'stopped' },
    StateTransitionReason: instance.isRunning ? '' : 'User initiated (2026-02-20 18:00:00 GMT)',
    SubnetId: subnet.id,
    VpcId: workload.vpc.id,
    Architecture: 'x86_64',
    EbsOptimized: false,
    Hypervisor: 'xen',
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    VirtualizationType: 'hvm',
    SourceDestCheck: true,
    SecurityGroups: groupsOf(first),
    Tags: nameTag(instance.name),
    MetadataOptions: {
      State: 'applied',
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 2,
      HttpEndpoint: 'enabled',
    },
    NetworkInterfaces: instance.interfaces.map(nestedInterface),
  };
}

function nestedInterface(planned: InterfacePlan) {
  return {
    ...(planned.publicAddress === undefined ? {} : { Association: associationOf(planned.publicAddress) }),
    Attachment: {
      AttachTime: CREATED_AT,
      AttachmentId: planned.attachment ?? '',
      DeleteOnTermination: true,
      DeviceIndex: planned.deviceIndex,
      NetworkCardIndex: 0,
      Status: 'attached',
    },
    Description: '',
    Groups: groupsOf(planned),
    Ipv6Addresses: [],
    MacAddress: macAddressOf(planned.id),
    NetworkInterfaceId: planned.id,
    OwnerId: ACCOUNT,
    PrivateDnsName: privateNameOf(planned.addresses[0] ?? ''),
    PrivateIpAddress: planned.addresses[0] ?? '',
    PrivateIpAddresses: privateAddressesOf(planned),
    SourceDestCheck: true,
    Status: 'in-use',
    SubnetId: planned.subnet.id,
    VpcId: planned.workload.vpc.id,
    InterfaceType: 'interface',
  };
}
