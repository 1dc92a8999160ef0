import type { AwsSnapshot } from '#sources/aws';
import type { KubernetesObject } from '#sources/kubernetes';
import {
  acl,
  ACCOUNT,
  card,
  group,
  mainTable,
  snapshot,
  subnet,
  table,
  type Bodies,
} from '../../aws/translate/account.ts';
import { node, object } from '../enforcement/objects.ts';

const ELB = `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}`;
const ALB = `${ELB}:loadbalancer/app/front/50dc`;
const LISTENER = `${ELB}:listener/app/front/50dc/1`;
const WEB = `${ELB}:targetgroup/web/1`;
const ANY = [{ CidrIp: '0.0.0.0/0' }];
const OUT = [{ IpProtocol: '-1', IpRanges: ANY }];
const tcp = (port: number, more: Bodies): Bodies => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...more,
});
const from = (...ids: readonly string[]): Bodies => ({
  UserIdGroupPairs: ids.map((GroupId) => ({ GroupId, UserId: ACCOUNT })),
});
const named = (...ids: readonly string[]) => ids.map((id) => ({ GroupId: id, GroupName: id }));

export type EksGiven = {
  /** Nodes let in each other, as eksctl sets it up. */
  readonly nodesTrustEachOther?: boolean;
  readonly nodeIsPublic?: boolean;
  readonly tagsOfFirstNode?: Readonly<Record<string, string>>;
  readonly tagsOfSecondNode?: Readonly<Record<string, string>>;
};

/**
 * A small EKS account: a load balancer in a public subnet, and in a private one two nodes with addresses for pods (single ones, and a block), an
 * interface that is a pod's alone, and a database that lets in the nodes.
 */
export function eksAccount({
  nodesTrustEachOther = true,
  nodeIsPublic = false,
  tagsOfFirstNode = {},
  tagsOfSecondNode = {},
}: EksGiven = {}): AwsSnapshot {
  const ip = (address: string, more: Bodies = {}) => ({ PrivateIpAddress: address, ...more });
  const association = nodeIsPublic ? { Association: { PublicIp: '203.0.113.66' } } : {};
  const onNode = (id: string) => ({ InstanceId: id, DeviceIndex: 0, Status: 'attached' });
  return snapshot({
    DescribeSubnets: { Subnets: [subnet('subnet-a', '10.0.0.0/24'), subnet('subnet-b', '10.0.1.0/24')] },
    DescribeRouteTables: {
      RouteTables: [
        mainTable(nodeIsPublic ? [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }] : []),
        table(
          'rtb-public',
          [{ SubnetId: 'subnet-a', AssociationState: { State: 'associated' } }],
          [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }],
        ),
      ],
    },
    DescribeNetworkAcls: {
      NetworkAcls: [
        acl(
          'acl-1',
          ['subnet-a', 'subnet-b'],
          [true, false].map((Egress) => ({
            RuleNumber: 100,
            Egress,
            RuleAction: 'allow',
            Protocol: '-1',
            CidrBlock: '0.0.0.0/0',
          })),
        ),
      ],
    },
    DescribeSecurityGroups: {
      SecurityGroups: [
        group('sg-lb', { IpPermissions: [tcp(443, { IpRanges: ANY })], IpPermissionsEgress: OUT }),
        group('sg-node', {
          IpPermissions: [
            { IpProtocol: '-1', ...from('sg-lb', ...(nodesTrustEachOther ? ['sg-node'] : [])) },
          ],
          IpPermissionsEgress: OUT,
        }),
        group('sg-pod', { IpPermissions: [tcp(8200, from('sg-node'))], IpPermissionsEgress: OUT }),
        group('sg-db', { IpPermissions: [tcp(5432, from('sg-node'))] }),
      ],
    },
    DescribeNetworkInterfaces: {
      NetworkInterfaces: [
        card('eni-lb', {
          Description: 'ELB app/front/50dc',
          RequesterId: 'amazon-elb',
          RequesterManaged: true,
          Groups: named('sg-lb'),
          PrivateIpAddresses: [ip('10.0.0.10', { Primary: true, Association: { PublicIp: '203.0.113.10' } })],
        }),
        card('eni-n1', {
          SubnetId: 'subnet-b',
          Groups: named('sg-node'),
          Attachment: onNode('i-0000000a'),
          PrivateIpAddresses: [
            ip('10.0.1.10', { Primary: true, ...association }),
            ip('10.0.1.11'),
            ip('10.0.1.12'),
          ],
          Ipv4Prefixes: [{ Ipv4Prefix: '10.0.1.80/28' }],
        }),
        card('eni-n2', {
          SubnetId: 'subnet-b',
          Groups: named('sg-node'),
          Attachment: onNode('i-0000000b'),
          PrivateIpAddresses: [ip('10.0.1.20', { Primary: true }), ip('10.0.1.21')],
        }),
        card('eni-0000000c', {
          InterfaceType: 'branch',
          SubnetId: 'subnet-b',
          Groups: named('sg-pod'),
          PrivateIpAddresses: [ip('10.0.1.60', { Primary: true })],
        }),
        card('eni-db', {
          SubnetId: 'subnet-b',
          Description: 'RDSNetworkInterface',
          RequesterId: 'amazon-rds',
          RequesterManaged: true,
          Groups: named('sg-db'),
          PrivateIpAddresses: [ip('10.0.1.50', { Primary: true })],
        }),
      ],
    },
    DescribeInstances: {
      Reservations: [
        {
          Instances: [
            {
              InstanceId: 'i-0000000a',
              State: { Name: 'running' },
              Tags: Object.entries(tagsOfFirstNode).map(([Key, Value]) => ({ Key, Value })),
            },
            {
              InstanceId: 'i-0000000b',
              State: { Name: 'running' },
              Tags: Object.entries(tagsOfSecondNode).map(([Key, Value]) => ({ Key, Value })),
            },
          ],
        },
      ],
    },
    DescribeLoadBalancers: {
      LoadBalancers: [
        { LoadBalancerArn: ALB, LoadBalancerName: 'front', Type: 'application', Scheme: 'internet-facing' },
      ],
    },
    DescribeListeners: {
      Listeners: [
        {
          ListenerArn: LISTENER,
          LoadBalancerArn: ALB,
          Protocol: 'HTTPS',
          Port: 443,
          DefaultActions: [{ Type: 'forward', TargetGroupArn: WEB }],
        },
      ],
    },
    DescribeRules: { [LISTENER]: { Rules: [{ IsDefault: true, Actions: [] }] } },
    DescribeTargetGroups: {
      TargetGroups: [
        {
          TargetGroupArn: WEB,
          Protocol: 'HTTP',
          Port: 8080,
          VpcId: 'vpc-1',
          TargetType: 'ip',
          LoadBalancerArns: [ALB],
        },
      ],
    },
    DescribeTargetHealth: {
      [WEB]: {
        TargetHealthDescriptions: [
          { Target: { Id: '10.0.1.11', Port: 8080 }, TargetHealth: { State: 'healthy' } },
        ],
      },
    },
    DescribeTargetGroupAttributes: { [WEB]: { Attributes: [] } },
  });
}

export function eksNode(name: string, instance: string): KubernetesObject {
  return node(name, { providerID: `aws:///eu-west-1a/${instance}` }) as object as KubernetesObject;
}

export const NODES = [eksNode('n1', 'i-0000000a'), eksNode('n2', 'i-0000000b')];

/** A pod of a Deployment of its name. */
export function eksPod(name: string, on: string, ip: string | undefined, annotations = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-x1`,
      namespace: 'shop',
      labels: { app: name },
      annotations,
      ownerReferences: [{ kind: 'ReplicaSet', name, controller: true }],
    },
    spec: { nodeName: on, containers: [] },
    status: { phase: 'Running', podIPs: ip === undefined ? [] : [{ ip }] },
  };
}

/** The shop: `web` behind the load balancer, `api` beside it, `worker` on the other node, `vault` with an interface of its own. */
export const PODS = [
  eksPod('web', 'n1', '10.0.1.11'),
  eksPod('api', 'n1', '10.0.1.85'),
  eksPod('worker', 'n2', '10.0.1.21'),
  eksPod('vault', 'n2', '10.0.1.60', {
    'vpc.amazonaws.com/pod-eni': '[{"eniId":"eni-0000000c","privateIp":"10.0.1.60","vlanId":1}]',
  }),
];

/** Admits to the pods of one Deployment these peers on this port. */
export function admits(name: string, port: number, peers: readonly object[]): KubernetesObject {
  return object('networking.k8s.io/v1', 'NetworkPolicy', `shop/to-${name}`, {
    spec: {
      podSelector: { matchLabels: { app: name } },
      ingress: [{ from: peers, ports: [{ port }] }],
    },
  }) as object as KubernetesObject;
}
