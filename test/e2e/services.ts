import {
  AcceptVpcPeeringConnectionCommand,
  AllocateAddressCommand,
  CreateCustomerGatewayCommand,
  CreateNatGatewayCommand,
  CreateSubnetCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayRouteCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcCommand,
  CreateVpcEndpointServiceConfigurationCommand,
  CreateVpcPeeringConnectionCommand,
  CreateVpnConnectionCommand,
  CreateVpnGatewayCommand,
  DescribeTransitGatewayRouteTablesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateLoadBalancerCommand as CreateClassicCommand,
  ElasticLoadBalancingClient,
  RegisterInstancesWithLoadBalancerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { CREDENTIALS, idOf, REGION, type Shop } from './account.ts';

export type Services = {
  readonly nat: string;
  readonly peering: string;
  readonly transitRouteTable: string;
  readonly vpn: string;
  readonly loadBalancer: string;
  readonly listener: string;
  readonly targetGroup: string;
  /** A rule of the listener that hands on to a group of its own. */
  readonly rule: string;
  readonly classic: string;
  readonly endpointService: string;
  readonly streamGroup: string;
  readonly database: string;
};

/** Puts beside the shop what is not in its story: gateways between networks, a load balancer, a managed database. */
export async function addServices(shop: Shop, endpoint: string): Promise<Services> {
  const { ec2 } = shop;
  const address = idOf((await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }))).AllocationId);
  const nat = new CreateNatGatewayCommand({ SubnetId: shop.publicSubnet, AllocationId: address });
  return {
    nat: idOf((await ec2.send(nat)).NatGateway?.NatGatewayId),
    peering: await addPeering(shop),
    transitRouteTable: await addTransitGateway(shop),
    vpn: await addVpn(shop),
    ...(await addLoadBalancer(shop, endpoint)),
    classic: await addClassic(shop, endpoint),
    ...(await addEndpointService(shop, endpoint)),
    database: await addDatabase(shop, endpoint),
  };
}

async function addPeering({ ec2, vpc }: Shop): Promise<string> {
  const other = idOf((await ec2.send(new CreateVpcCommand({ CidrBlock: '10.30.0.0/16' }))).Vpc?.VpcId);
  const command = new CreateVpcPeeringConnectionCommand({ VpcId: vpc, PeerVpcId: other });
  const id = idOf((await ec2.send(command)).VpcPeeringConnection?.VpcPeeringConnectionId);
  await ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId: id }));
  return id;
}

async function addTransitGateway({ ec2, vpc, privateSubnet }: Shop): Promise<string> {
  const transit = (await ec2.send(new CreateTransitGatewayCommand({}))).TransitGateway;
  const TransitGatewayId = idOf(transit?.TransitGatewayId);
  const attach = { TransitGatewayId, VpcId: vpc, SubnetIds: [privateSubnet] };
  const attachment = await ec2.send(new CreateTransitGatewayVpcAttachmentCommand(attach));
  const { TransitGatewayRouteTables } = await ec2.send(new DescribeTransitGatewayRouteTablesCommand({}));
  const table = idOf(TransitGatewayRouteTables?.[0]?.TransitGatewayRouteTableId);
  await ec2.send(
    new CreateTransitGatewayRouteCommand({
      TransitGatewayRouteTableId: table,
      DestinationCidrBlock: '10.40.0.0/16',
      TransitGatewayAttachmentId: attachment.TransitGatewayVpcAttachment?.TransitGatewayAttachmentId,
    }),
  );
  return table;
}

async function addVpn({ ec2 }: Shop): Promise<string> {
  const gateway = await ec2.send(new CreateVpnGatewayCommand({ Type: 'ipsec.1' }));
  const customer = await ec2.send(
    new CreateCustomerGatewayCommand({ Type: 'ipsec.1', IpAddress: '203.0.113.7', BgpAsn: 65_000 }),
  );
  const command = new CreateVpnConnectionCommand({
    Type: 'ipsec.1',
    VpnGatewayId: idOf(gateway.VpnGateway?.VpnGatewayId),
    CustomerGatewayId: idOf(customer.CustomerGateway?.CustomerGatewayId),
  });
  return idOf((await ec2.send(command)).VpnConnection?.VpnConnectionId);
}

async function addLoadBalancer(
  { ec2, vpc, publicSubnet, groups, instances }: Shop,
  endpoint: string,
): Promise<Pick<Services, 'loadBalancer' | 'listener' | 'targetGroup' | 'rule'>> {
  const elb = new ElasticLoadBalancingV2Client({ region: REGION, endpoint, credentials: CREDENTIALS });
  const zone = { VpcId: vpc, CidrBlock: '10.20.1.0/24', AvailabilityZone: `${REGION}b` };
  const secondSubnet = idOf((await ec2.send(new CreateSubnetCommand(zone))).Subnet?.SubnetId);
  const balancer = await elb.send(
    new CreateLoadBalancerCommand({
      Name: 'shop',
      Type: 'application',
      Scheme: 'internet-facing',
      Subnets: [publicSubnet, secondSubnet],
      SecurityGroups: [groups.web],
    }),
  );
  const loadBalancer = idOf(balancer.LoadBalancers?.[0]?.LoadBalancerArn);
  const group = { Name: 'web', Protocol: 'HTTP', Port: 8080, VpcId: vpc, TargetType: 'instance' } as const;
  const made = await elb.send(new CreateTargetGroupCommand(group));
  const targetGroup = idOf(made.TargetGroups?.[0]?.TargetGroupArn);
  await elb.send(
    new RegisterTargetsCommand({ TargetGroupArn: targetGroup, Targets: [{ Id: instances.web }] }),
  );
  const listening = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: loadBalancer,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
    }),
  );
  const listener = idOf(listening.Listeners?.[0]?.ListenerArn);
  const second = await elb.send(new CreateTargetGroupCommand({ ...group, Name: 'api', Port: 9090 }));
  const rule = await elb.send(
    new CreateRuleCommand({
      ListenerArn: listener,
      Priority: 10,
      Conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
      Actions: [{ Type: 'forward', TargetGroupArn: idOf(second.TargetGroups?.[0]?.TargetGroupArn) }],
    }),
  );
  return { loadBalancer, targetGroup, listener, rule: idOf(rule.Rules?.[0]?.RuleArn) };
}

async function addClassic({ publicSubnet, groups, instances }: Shop, endpoint: string): Promise<string> {
  const elb = new ElasticLoadBalancingClient({ region: REGION, endpoint, credentials: CREDENTIALS });
  const LoadBalancerName = 'old-shop';
  const listener = { Protocol: 'HTTP', LoadBalancerPort: 80, InstanceProtocol: 'HTTP', InstancePort: 8080 };
  await elb.send(
    new CreateClassicCommand({
      LoadBalancerName,
      Listeners: [listener],
      Subnets: [publicSubnet],
      SecurityGroups: [groups.web],
    }),
  );
  const Instances = [{ InstanceId: instances.web }];
  await elb.send(new RegisterInstancesWithLoadBalancerCommand({ LoadBalancerName, Instances }));
  return LoadBalancerName;
}

/** A Network Load Balancer that other accounts may reach by PrivateLink. */
async function addEndpointService(
  { ec2, vpc, privateSubnet }: Shop,
  endpoint: string,
): Promise<Pick<Services, 'endpointService' | 'streamGroup'>> {
  const elb = new ElasticLoadBalancingV2Client({ region: REGION, endpoint, credentials: CREDENTIALS });
  const balancer = await elb.send(
    new CreateLoadBalancerCommand({
      Name: 'stream',
      Type: 'network',
      Scheme: 'internal',
      Subnets: [privateSubnet],
    }),
  );
  const LoadBalancerArn = idOf(balancer.LoadBalancers?.[0]?.LoadBalancerArn);
  const group = { Name: 'stream', Protocol: 'TCP', Port: 9000, VpcId: vpc, TargetType: 'instance' } as const;
  const made = await elb.send(new CreateTargetGroupCommand(group));
  const streamGroup = idOf(made.TargetGroups?.[0]?.TargetGroupArn);
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: streamGroup }];
  await elb.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'TCP', Port: 9000, DefaultActions }));
  const offer = new CreateVpcEndpointServiceConfigurationCommand({
    NetworkLoadBalancerArns: [LoadBalancerArn],
  });
  const { ServiceConfiguration } = await ec2.send(offer);
  return { endpointService: idOf(ServiceConfiguration?.ServiceId), streamGroup };
}

async function addDatabase({ groups }: Shop, endpoint: string): Promise<string> {
  const rds = new RDSClient({ region: REGION, endpoint, credentials: CREDENTIALS });
  const command = new CreateDBInstanceCommand({
    DBInstanceIdentifier: 'shop-orders',
    DBInstanceClass: 'db.t4g.micro',
    Engine: 'postgres',
    AllocatedStorage: 20,
    MasterUsername: 'shop',
    MasterUserPassword: 'a-password-of-a-test',
    VpcSecurityGroupIds: [groups.database],
  });
  return idOf((await rds.send(command)).DBInstance?.DBInstanceIdentifier);
}
