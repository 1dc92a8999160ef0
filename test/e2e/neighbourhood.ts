import {
  AcceptVpcPeeringConnectionCommand,
  AllocateAddressCommand,
  AssociateAddressCommand,
  AssociateVpcCidrBlockCommand,
  CreateNetworkAclEntryCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayRouteCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcCommand,
  CreateVpcPeeringConnectionCommand,
  DescribeNetworkAclsCommand,
  DescribeTransitGatewayRouteTablesCommand,
  DescribeVpcsCommand,
  type CreateRouteCommandInput,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  authorize,
  createGroup,
  createRouteTable,
  createSubnet,
  CREDENTIALS,
  idOf,
  REGION,
  runInstance,
  tcp,
  type Shop,
} from './account.ts';

const EVERYBODY = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const FROM_SHOP = { IpRanges: [{ CidrIp: '10.20.0.0/16' }] };

/** An internet-facing load balancer `front`, which hands 80 on to `app` on 8080. `app` stands in the private subnet. */
export async function addFront(
  { ec2, vpc, publicSubnet, privateSubnet }: Shop,
  endpoint: string,
): Promise<void> {
  const front = await createGroup(ec2, vpc, 'front');
  await authorize(ec2, front, tcp(80, EVERYBODY));
  const app = await createGroup(ec2, vpc, 'app');
  await authorize(ec2, app, tcp(8080, { UserIdGroupPairs: [{ GroupId: front }] }));
  const target = await runInstance(ec2, privateSubnet, app, 'app');

  const elb = new ElasticLoadBalancingV2Client({ region: REGION, endpoint, credentials: CREDENTIALS });
  const balancer = await elb.send(
    new CreateLoadBalancerCommand({
      Name: 'front',
      Type: 'application',
      Scheme: 'internet-facing',
      Subnets: [publicSubnet],
      SecurityGroups: [front],
    }),
  );
  const LoadBalancerArn = idOf(balancer.LoadBalancers?.[0]?.LoadBalancerArn);
  const group = { Name: 'app', Protocol: 'HTTP', Port: 8080, VpcId: vpc, TargetType: 'instance' } as const;
  const made = await elb.send(new CreateTargetGroupCommand(group));
  const TargetGroupArn = idOf(made.TargetGroups?.[0]?.TargetGroupArn);
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: target }] }));
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
  await elb.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions }));

  // AWS makes an interface for the load balancer in each of its subnets; the server does not
  const Description = `ELB ${LoadBalancerArn.slice(LoadBalancerArn.indexOf('app/'))}`;
  const card = await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId: publicSubnet, Groups: [front], Description }),
  );
  const address = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  const NetworkInterfaceId = idOf(card.NetworkInterface?.NetworkInterfaceId);
  await ec2.send(
    new AssociateAddressCommand({ AllocationId: idOf(address.AllocationId), NetworkInterfaceId }),
  );
}

/** `ledger` in a network of its own that is peered with the shop's, with routes on both sides. */
export async function addPeer(shop: Shop): Promise<void> {
  const { ec2, vpc } = shop;
  const far = await addNetwork(shop, {
    block: '10.30.0.0/16',
    subnet: '10.30.0.0/24',
    host: 'ledger',
    port: 5432,
  });
  const ask = new CreateVpcPeeringConnectionCommand({ VpcId: vpc, PeerVpcId: far.vpc });
  const VpcPeeringConnectionId = idOf((await ec2.send(ask)).VpcPeeringConnection?.VpcPeeringConnectionId);
  await ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
  await route(shop, shop.publicTable, { DestinationCidrBlock: '10.30.0.0/16', VpcPeeringConnectionId });
  await route(shop, far.table, { DestinationCidrBlock: '10.20.0.0/16', VpcPeeringConnectionId });
}

/** What each block of a transit gateway's table is routed to. */
export type TransitRoutes = Readonly<Record<string, { readonly attachment: string; readonly vpc: string }>>;

/** `archive` in a network that a transit gateway joins with the shop's private subnet. Its table has a route to each. */
export async function addTransit(shop: Shop): Promise<TransitRoutes> {
  const { ec2, vpc, privateSubnet } = shop;
  const far = await addNetwork(shop, {
    block: '10.40.0.0/16',
    subnet: '10.40.0.0/24',
    host: 'archive',
    port: 9000,
  });
  const transit = (await ec2.send(new CreateTransitGatewayCommand({}))).TransitGateway;
  const TransitGatewayId = idOf(transit?.TransitGatewayId);
  const { TransitGatewayRouteTables } = await ec2.send(new DescribeTransitGatewayRouteTablesCommand({}));
  const TransitGatewayRouteTableId = idOf(
    TransitGatewayRouteTables?.find((each) => each.TransitGatewayId === TransitGatewayId)
      ?.TransitGatewayRouteTableId,
  );
  const ends = [
    { VpcId: vpc, SubnetIds: [privateSubnet], DestinationCidrBlock: '10.20.0.0/16' },
    { VpcId: far.vpc, SubnetIds: [far.subnet], DestinationCidrBlock: '10.40.0.0/16' },
  ];
  const routes: Record<string, { attachment: string; vpc: string }> = {};
  for (const { VpcId, SubnetIds, DestinationCidrBlock } of ends) {
    const attach = new CreateTransitGatewayVpcAttachmentCommand({ TransitGatewayId, VpcId, SubnetIds });
    const made = (await ec2.send(attach)).TransitGatewayVpcAttachment;
    const TransitGatewayAttachmentId = idOf(made?.TransitGatewayAttachmentId);
    routes[DestinationCidrBlock] = { attachment: TransitGatewayAttachmentId, vpc: VpcId };
    // the server propagates nothing
    await ec2.send(
      new CreateTransitGatewayRouteCommand({
        TransitGatewayRouteTableId,
        DestinationCidrBlock,
        TransitGatewayAttachmentId,
      }),
    );
  }
  await route(shop, shop.privateTable, { DestinationCidrBlock: '10.40.0.0/16', TransitGatewayId });
  await route(shop, far.table, { DestinationCidrBlock: '10.20.0.0/16', TransitGatewayId });
  return routes;
}

/** `six` in a subnet of both families. It has no public IPv4 address, and its subnet leads both families to the internet. */
export async function addDualStack(shop: Shop): Promise<void> {
  const { ec2, vpc, internetGateway: GatewayId } = shop;
  await ec2.send(new AssociateVpcCidrBlockCommand({ VpcId: vpc, AmazonProvidedIpv6CidrBlock: true }));
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpc] }));
  const block = idOf(Vpcs?.[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock);
  const Ipv6CidrBlock = block.replace(/\/56$/, '/64');
  const subnet = await createSubnet(ec2, vpc, '10.20.6.0/24', { Ipv6CidrBlock });
  const table = await createRouteTable(ec2, vpc, subnet);
  await route(shop, table, { DestinationCidrBlock: '0.0.0.0/0', GatewayId });
  await route(shop, table, { DestinationIpv6CidrBlock: '::/0', GatewayId });
  const group = await createGroup(ec2, vpc, 'six');
  await authorize(ec2, group, tcp(443, { ...EVERYBODY, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }));
  await runInstance(ec2, subnet, group, 'six', { Ipv6AddressCount: 1 });
  await passIpv6(shop, subnet);
}

/** AWS adds these entries to a network's default ACL with its IPv6 block; the server does not. */
async function passIpv6({ ec2 }: Shop, subnet: string): Promise<void> {
  const Filters = [{ Name: 'association.subnet-id', Values: [subnet] }];
  const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
  const NetworkAclId = idOf(NetworkAcls?.[0]?.NetworkAclId);
  for (const Egress of [true, false]) {
    const pass = { RuleNumber: 101, RuleAction: 'allow', Protocol: '-1', Ipv6CidrBlock: '::/0' } as const;
    await ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId, Egress, ...pass }));
  }
}

type Far = { readonly block: string; readonly subnet: string; readonly host: string; readonly port: number };

/** A network with one host that lets the shop in on one port. */
async function addNetwork(
  { ec2 }: Shop,
  { block, subnet: part, host, port }: Far,
): Promise<{ readonly vpc: string; readonly subnet: string; readonly table: string }> {
  const vpc = idOf((await ec2.send(new CreateVpcCommand({ CidrBlock: block }))).Vpc?.VpcId);
  const subnet = await createSubnet(ec2, vpc, part);
  const table = await createRouteTable(ec2, vpc, subnet);
  const group = await createGroup(ec2, vpc, host);
  await authorize(ec2, group, tcp(port, FROM_SHOP));
  await runInstance(ec2, subnet, group, host);
  return { vpc, subnet, table };
}

async function route(
  { ec2 }: Shop,
  RouteTableId: string,
  to: Omit<CreateRouteCommandInput, 'RouteTableId'>,
): Promise<void> {
  await ec2.send(new CreateRouteCommand({ RouteTableId, ...to }));
}
