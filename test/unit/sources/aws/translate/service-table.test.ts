import { describe, expect, it } from 'vitest';
import { isCrownJewel } from '#findings';
import { card, endpointOf, translated, type Bodies } from './account.ts';

const ARN = 'arn:aws:kafka:eu-west-1:1:cluster/orders/6411a16c-75d7-48b0-afdb-8ed466fe2072-2';

/** Each kind of interface as public examples show it: role, name, what it can do, whether it is guarded as a crown jewel. */
const ROWS: readonly (readonly [Bodies, string])[] = [
  [
    { InterfaceType: 'efs', Description: 'EFS mount target for fs-1 (fsmt-2)' },
    'file-system fs-1: serves, jewel',
  ],
  [{ Description: 'EFS mount target for fs-1 (fsmt-2)' }, 'file-system fs-1: serves, jewel'],
  [{ Description: 'AWS created network interface for FSx fs-0ab1' }, 'file-system fs-0ab1: serves, jewel'],
  [
    { TagSet: [{ Key: 'AmazonFSx.FileSystemId', Value: 'fs-1' }] },
    'file-system file-system:sg-1: serves, jewel',
  ],
  [{ Description: 'FSx for Lustre interface fs-0ab1' }, 'file-system fs-0ab1: serves, jewel'],
  [{ Description: 'ES logs' }, 'search logs: serves, jewel'],
  [{ RequesterId: 'amazon-elasticsearch' }, 'search search:sg-1: serves, jewel'],
  [{ Description: 'RedshiftNetworkInterface' }, 'database redshift:sg-1: serves, jewel'],
  [{ Description: 'RDSNetworkInterface' }, 'database rds:sg-1: serves, jewel'],
  [{ Description: 'Network interface for DBProxy orders' }, 'database orders: serves, jewel'],
  [{ Description: 'ElastiCache orders-001' }, 'cache orders-001: serves, jewel'],
  [{ Description: 'DAX orders' }, 'cache dax:sg-1: serves, jewel'],
  [{ RequesterId: 'amazon-memorydb' }, 'cache memorydb:sg-1: serves, jewel'],
  [
    { Description: `DO NOT DELETE - Amazon MSK network interface for cluster ${ARN}.` },
    'queue msk:orders: serves, jewel',
  ],
  [{ RequesterId: 'amazon-mq' }, 'queue mq:sg-1: serves, jewel'],
  [{ Description: 'DMSNetworkInterface' }, 'other dms:sg-1: serves'],
  [{ Description: 'CloudHsm ENI' }, 'other hsm:sg-1: serves'],
  [{ Description: 'Amazon EKS prod' }, 'control-plane eks:prod: serves'],
  [
    { Description: 'AWS created network interface for directory d-9067f0c1a2' },
    'control-plane directory:d-9067f0c1a2: serves',
  ],
  [{ Description: 'Route 53 Resolver: rslvr-in-5582:rni-9494' }, 'other resolver:rslvr-in-5582: serves'],
  [{ Description: 'Route 53 Resolver: rslvr-out-9bb0:rni-51f5' }, 'other resolver:rslvr-out-9bb0: dials'],
  [{ Description: 'Created By Amazon Workspaces for AWS Account ID 1' }, 'host eni-1 (sg-1): hosts'],
  [{ Description: 'Attached to Glue using role: arn:aws:iam::1:role/etl' }, 'host eni-1 (sg-1): hosts'],
  [
    { Description: '[DO NOT DELETE] ENI managed by SageMaker for Studio Domain(d-g7djlrunxivy) - a09d' },
    'host sagemaker:d-g7djlrunxivy: hosts',
  ],
  [{ Description: 'AWS ElasticMapReduce' }, 'host eni-1 (sg-1): hosts'],
  [{ Description: 'AWS CodeBuild interface' }, 'host eni-1 (sg-1): hosts'],
  [{ Description: 'arn:aws:ecs:eu-west-1:1:attachment/x' }, 'host eni-1 (sg-1): hosts'],
  [{ InterfaceType: 'quicksight' }, 'other quicksight:sg-1: dials'],
  [{ InterfaceType: 'iot_rules_managed' }, 'other iot-rules:sg-1: dials'],
  [{ InterfaceType: 'aws_codestar_connections_managed' }, 'other codestar:sg-1: dials'],
  [{ Description: 'Amazon Kinesis Firehose - clicks' }, 'other firehose:clicks: dials'],
  [{ InterfaceType: 'lambda' }, 'function eni-1 (sg-1): dials'],
  [{ InterfaceType: 'nat_gateway', Groups: [] }, 'nat eni-1: nothing'],
  [{ InterfaceType: 'transit_gateway', Groups: [] }, 'transit eni-1: nothing'],
  [{ InterfaceType: 'ec2_instance_connect_endpoint' }, 'other instance-connect:sg-1: lets in'],
  [{ Description: 'ClientVPN Endpoint resource' }, 'other client-vpn:sg-1: lets in'],
  [{ InterfaceType: 'api_gateway_managed' }, 'other api-gateway:sg-1: lets in'],
  [{ InterfaceType: 'global_accelerator_managed' }, 'other global-accelerator:sg-1: lets in'],
  [{ TagSet: [{ Key: 'aws.cloudfront.vpcorigin', Value: 'enabled' }] }, 'other cloudfront:sg-1: lets in'],
  [
    { Groups: [{ GroupId: 'sg-1', GroupName: 'CloudFront-VPCOrigins-Service-SG' }] },
    'other cloudfront:CloudFront-VPCOrigins-Service-SG: lets in',
  ],
  [{ Description: 'somebody new' }, 'other eni-1 (sg-1): hosts'],
  // what an instance has belongs to the instance, whatever is written on it
  [
    { Description: 'ES logs', InterfaceType: 'efs', Attachment: { InstanceId: 'i-1', Status: 'attached' } },
    'host i-1: hosts',
  ],
];

function abilities({ initiates, listens, canPivot }: ReturnType<typeof endpointOf>): string {
  if (!initiates) return listens ? 'only answers' : 'nothing';
  if (listens) return canPivot ? 'hosts' : 'serves';
  return canPivot ? 'lets in' : 'dials';
}

const withCard = (more: Bodies) =>
  translated({ DescribeNetworkInterfaces: { NetworkInterfaces: [card('eni-1', more)] } });

describe('EN8 and EN9: each service by its interface', () => {
  it.each(ROWS)('%j: %s', (more, expected) => {
    const endpoint = endpointOf(withCard(more));
    const { role, name } = endpoint;
    expect(`${role} ${name}: ${abilities(endpoint)}${isCrownJewel(endpoint) ? ', jewel' : ''}`).toBe(
      expected,
    );
  });
});

describe('LB6: front doors are named where they are, and nowhere else', () => {
  const doors = (more: Bodies): string[] =>
    [...withCard(more).blindSpots.values()].flatMap(({ code, what }) =>
      code === 'gateway-not-modelled' ? [what] : [],
    );

  it.each<[Bodies, string]>([
    [
      { Description: 'ClientVPN Endpoint resource' },
      'whom a Client VPN endpoint lets into vpc-1 is not followed',
    ],
    [
      { InterfaceType: 'api_gateway_managed' },
      'what API Gateway brings into vpc-1 by a VPC link is not followed',
    ],
    [
      { TagSet: [{ Key: 'aws.cloudfront.vpcorigin', Value: 'enabled' }] },
      'what CloudFront brings into vpc-1 by its VPC origins is not followed',
    ],
    [
      { InterfaceType: 'global_accelerator_managed' },
      'what a Global Accelerator brings into vpc-1 is not followed',
    ],
    [{ Description: 'AWS Verified Access endpoint' }, 'whom Verified Access lets into vpc-1 is not followed'],
    [{ Description: 'VPC Lattice resource gateway' }, 'what VPC Lattice brings into vpc-1 is not followed'],
  ])('%j', (more, expected) => {
    expect(doors(more)).toEqual([expected]);
  });

  it.each<[Bodies]>([
    [{}],
    // what is not known of it is that its call was not made
    [{ InterfaceType: 'ec2_instance_connect_endpoint' }],
    [{ InterfaceType: 'quicksight' }],
    [{ Description: 'RDSNetworkInterface' }],
    [{ Description: 'my lattice', Attachment: { InstanceId: 'i-1', Status: 'attached' } }],
  ])('none for %j', (more) => {
    expect(doors(more)).toEqual([]);
  });

  it('one for each network, however many interfaces', () => {
    const two = ['eni-1', 'eni-2'].map((id) => card(id, { InterfaceType: 'global_accelerator_managed' }));
    const network = translated({ DescribeNetworkInterfaces: { NetworkInterfaces: two } });
    const codes = [...network.blindSpots.values()].map(({ code }) => code);
    expect(codes.filter((code) => code === 'gateway-not-modelled')).toHaveLength(1);
  });
});

describe('RT12: an endpoint service lets other accounts in', () => {
  const said = (service: Bodies): string[] =>
    [
      ...translated({
        DescribeVpcEndpointServiceConfigurations: { ServiceConfigurations: [service] },
      }).blindSpots.values(),
    ].map(({ what }) => what);
  const SERVICE = {
    ServiceId: 'vpce-svc-1',
    ServiceState: 'Available',
    NetworkLoadBalancerArns: ['arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/net/fast/50dc'],
  };

  it('to the load balancer behind it', () => {
    expect(said(SERVICE)).toEqual([
      'who reaches fast from other accounts by the endpoint service vpce-svc-1 is not followed',
    ]);
  });

  it.each<[Bodies]>([
    [{ ...SERVICE, ServiceState: 'Deleted' }],
    [{ ...SERVICE, NetworkLoadBalancerArns: [] }],
  ])('not where there is nothing behind it: %j', (service) => {
    expect(said(service)).toEqual([]);
  });
});
