import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read } from './record.ts';

const ELB = 'elasticloadbalancing.amazonaws.com';
const RDS = 'rds.amazonaws.com';
const lb = 'arn:aws:elasticloadbalancing:eu-north-1:210987654321:loadbalancer/app/shop/50dc6c495c0c9188';
const group = 'arn:aws:elasticloadbalancing:eu-north-1:210987654321:targetgroup/shop/73e2d6bc24d8a067';
const listener =
  'arn:aws:elasticloadbalancing:eu-north-1:210987654321:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2';

/** Ids of a call whose request is this. */
const of = (requestParameters: unknown, more: object = {}) =>
  read('ModifyThings', { requestParameters, ...more }).ids;

describe('ids in EC2’s two dialects', () => {
  it.each([
    { form: 'flat, under items', request: { groupSet: { items: [{ groupId: 'sg-0a1b2c3d' }] } } },
    { form: 'flat, under item', request: { groupSet: { item: [{ groupId: 'sg-0a1b2c3d' }] } } },
    { form: 'one under item', request: { groupSet: { item: { groupId: 'sg-0a1b2c3d' } } } },
    { form: 'texts under item', request: { groupIdSet: { item: ['sg-0a1b2c3d', 'sg-0a1b2c3d'] } } },
    { form: 'wrapped', request: { DoItRequest: { GroupId: 'sg-0a1b2c3d' } } },
    { form: 'a wrapper of another name', request: { DelTheGrpReq: { GroupId: 'sg-0a1b2c3d' } } },
    {
      form: 'a tagged scalar',
      request: { DoItRequest: { SecurityGroupId: { tag: 1, content: 'sg-0a1b2c3d' } } },
    },
    {
      form: 'tagged scalars',
      request: { DoItRequest: { SecurityGroupId: [{ tag: 1, content: 'sg-0a1b2c3d' }] } },
    },
    { form: 'a plain array', request: { securityGroups: ['sg-0a1b2c3d'] } },
    { form: 'joined by commas', request: { groups: 'sg-0a1b2c3d, sg-0a1b2c3d' } },
    { form: 'in an ARN', request: { arn: 'arn:aws:ec2:eu-north-1:210987654321:security-group/sg-0a1b2c3d' } },
  ])('are found $form', ({ request }) => {
    expect(of(request)).toEqual(['sg-0a1b2c3d']);
  });

  it('come from request and response, once each, in order', () => {
    const responseElements = {
      MakeItResponse: { xmlns: 'x', vpcId: 'vpc-11111111', subnetIdSet: '', groupSet: {} },
    };
    expect(
      of({ b: 'subnet-22222222', a: 'vpc-11111111,eni-33333333333333333' }, { responseElements }),
    ).toEqual(['eni-33333333333333333', 'subnet-22222222', 'vpc-11111111']);
  });

  it.each(['null', '{}', '""', '[]', '7', '"sg-"'])('of a request that is %s are none', (text) => {
    expect(of(JSON.parse(text))).toEqual([]);
  });
});

describe('an EC2 id', () => {
  it.each([
    ['sg-0123abcd'],
    ['sg-0123456789abcdef0'],
    ['tgw-attach-0123456789abcdef0'],
    ['tgw-rtb-0123456789abcdef0'],
    ['vpce-svc-0123456789abcdef0'],
    ['eipassoc-0123456789abcdef0'],
    ['pl-63a5400a'],
    ['cgw-0123abcd'],
    ['eni-attach-0123abcd'],
    ['cvpn-endpoint-0123456789abcdef0'],
    ['eice-0123456789abcdef0'],
  ])('is %s', (id) => {
    expect(of({ thing: id })).toEqual([id]);
  });

  it.each([
    ['sg-0123abc', 'is a digit short'],
    ['sg-0123456789abcdef', 'has sixteen digits'],
    ['sg-0123ABCD', 'is not in lower case'],
    ['sg-YOUR_GROUP', 'is a placeholder'],
    ['sg-0xxxxxxxxxxxxxxxx', 'is masked'],
    ['ami-0123abcd', 'is an image'],
    ['lt-0123456789abcdef0', 'is a template'],
    ['fs-0123456789abcdef0', 'is a file system'],
    ['dopt-0123abcd', 'is a set of DHCP options'],
    ['default-vpc-0123abcd', 'is a name'],
    ['token_subnet-0123abcd_2', 'has more around it'],
    ['a sg-0123abcd', 'is part of a sentence'],
  ])('is not %s: it %s', (id) => {
    expect(of({ thing: id })).toEqual([]);
  });

  it.each([
    ['vpc-cidr-assoc-0123456789abcdef0', 'associationId'],
    ['subnet-cidr-assoc-0123abcd', 'associationId'],
    ['ipam-pl-resolver-0123456789abcdef0', 'IpamPrefixListResolverId'],
  ])(
    'of a rarer kind is %s where a request of EC2 names it so, not where an answer repeats it',
    (id, key) => {
      expect(of({ [key]: id })).toEqual([id]);
      expect(of({ [key]: id }, { eventSource: 'ecs.amazonaws.com' })).toEqual([]);
      expect(of({ note: id })).toEqual([]);
      expect(of({}, { responseElements: { vpc: { set: { items: [{ [key]: id }] } } } })).toEqual([]);
    },
  );

  it.each([
    ['imageId', 'ami-0123abcd'],
    ['launchTemplateId', 'lt-0123456789abcdef0'],
    ['snapshotId', 'snap-0123abcd'],
    ['ipv4IpamPoolId', 'ipam-pool-0123456789abcdef0'],
  ])('is not what a launch is made of: %s %s', (key, id) => {
    expect(of({ [key]: id })).toEqual([]);
  });
});

describe('no ids come from', () => {
  it.each([
    { what: 'tags', request: { tagSet: { items: [{ key: 'for', value: 'i-0123abcd' }] } } },
    {
      what: 'tag specifications',
      request: { tagSpecificationSet: { items: [{ tags: [{ value: 'i-0123abcd' }] }] } },
    },
    {
      what: 'wrapped tag specifications',
      request: { R: { TagSpecification: { tag: 1, Tag: { tag: 1, Value: 'i-0123abcd' } } } },
    },
    { what: 'a dictionary of tags', request: { tags: { owner: 'i-0123abcd' } } },
    { what: 'a group’s description', request: { groupDescription: 'i-0123abcd' } },
    { what: 'a rule’s description', request: { items: [{ description: 'i-0123abcd' }] } },
    { what: 'a name', request: { groupName: 'i-0123abcd' } },
    { what: 'a token', request: { clientToken: 'i-0123abcd' } },
    { what: 'a policy', request: { policyDocument: 'i-0123abcd' } },
    { what: 'an error in the answer', request: { error: { message: 'i-0123abcd' } } },
  ])('$what', ({ request }) => {
    expect(of(request, { responseElements: request })).toEqual([]);
  });

  it('the error text, the agent, the identity, the way in, or the resources beside the request', () => {
    const event = read('CreateVpc', {
      errorCode: 'Client.UnauthorizedOperation',
      errorMessage: 'vpc-0123abcd',
      userAgent: 'vpc-0123abcd',
      vpcEndpointId: 'vpce-0123abcd',
      resources: [{ ARN: 'arn:aws:ec2:eu-north-1:210987654321:vpc/vpc-0123abcd' }],
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::210987654321:assumed-role/EC2Role/i-0123abcd',
        sessionContext: { sessionIssuer: { type: 'Role', userName: 'EC2Role' } },
      },
    });
    expect(event.ids).toEqual([]);
  });

  it('the filter of a call that only reads', () => {
    const requestParameters = { filterSet: { items: [{ name: 'vpc-id', value: 'vpc-0123abcd' }] } };
    expect(read('DescribeSubnets', { readOnly: true, requestParameters }).ids).toEqual([]);
  });
});

describe('names and ARNs', () => {
  it('hold an id in an ARN even where a name is due', () => {
    expect(of({ resourceName: 'arn:aws:ec2:eu-north-1:210987654321:vpc/vpc-0123abcd' })).toEqual([
      'vpc-0123abcd',
    ]);
  });

  it.each([
    {
      what: 'a load balancer that is made',
      source: ELB,
      name: 'CreateLoadBalancer',
      request: { name: 'shop', scheme: 'internet-facing' },
      response: { loadBalancers: [{ loadBalancerArn: lb, loadBalancerName: 'shop', dNSName: 'shop-1.elb' }] },
      ids: [lb, 'shop'],
    },
    {
      what: 'a load balancer whose making failed, by the request alone',
      source: ELB,
      name: 'CreateLoadBalancer',
      request: { name: '1-shop' },
      response: null,
      ids: ['1-shop'],
    },
    {
      what: 'no name of another call',
      source: ELB,
      name: 'CreateRule',
      request: { name: 'shop' },
      response: null,
      ids: [],
    },
    {
      what: 'no masked load balancer',
      source: ELB,
      name: 'CreateLoadBalancer',
      request: { name: '****' },
      response: null,
      ids: [],
    },
    {
      what: 'no namesake call of another service',
      source: 'lightsail.amazonaws.com',
      name: 'CreateLoadBalancer',
      request: { name: 'shop', loadBalancerName: 'shop' },
      response: null,
      ids: [],
    },
    {
      what: 'a load balancer that is named by its ARN alone',
      source: ELB,
      name: 'DeleteLoadBalancer',
      request: { loadBalancerArn: lb },
      response: null,
      ids: [lb],
    },
    {
      what: 'a classic load balancer and its hosts',
      source: ELB,
      name: 'RegisterInstancesWithLoadBalancer',
      request: { loadBalancerName: 'old', instances: [{ instanceId: 'i-0123abcd' }] },
      response: null,
      ids: ['i-0123abcd', 'old'],
    },
    {
      what: 'a listener’s balancer and group, not the listener',
      source: ELB,
      name: 'ModifyListener',
      request: { listenerArn: listener },
      response: {
        listeners: [{ listenerArn: listener, loadBalancerArn: lb, actions: [{ targetGroupArn: group }] }],
      },
      ids: [lb, group],
    },
    {
      what: 'a target group that is made',
      source: ELB,
      name: 'CreateTargetGroup',
      request: { name: 'shop', vpcId: 'vpc-0123abcd' },
      response: { targetGroups: [{ targetGroupArn: group, targetGroupName: 'shop' }] },
      ids: [group, 'shop', 'vpc-0123abcd'],
    },
    {
      what: 'target groups of an Auto Scaling group',
      source: 'autoscaling.amazonaws.com',
      name: 'AttachLoadBalancerTargetGroups',
      request: { autoScalingGroupName: 'web', targetGroupARNs: [group] },
      response: null,
      ids: [group],
    },
    {
      what: 'a database under its old and new name, not its subnet group or snapshot',
      source: RDS,
      name: 'ModifyDBInstance',
      request: {
        dBInstanceIdentifier: 'orders',
        newDBInstanceIdentifier: 'orders-2',
        dBSubnetGroupName: 'inner',
      },
      response: {
        dBInstanceArn: 'arn:aws:rds:eu-north-1:210987654321:db:orders',
        dBSnapshotArn: 'arn:aws:rds:eu-north-1:210987654321:snapshot:before',
        finalDBSnapshotIdentifier: 'last',
      },
      ids: ['arn:aws:rds:eu-north-1:210987654321:db:orders', 'orders', 'orders-2'],
    },
    {
      what: 'a cluster',
      source: RDS,
      name: 'DeleteDBCluster',
      request: { dBClusterIdentifier: 'lake', skipFinalSnapshot: true },
      response: { dBClusterArn: 'arn:aws:rds:eu-north-1:210987654321:cluster:lake' },
      ids: ['arn:aws:rds:eu-north-1:210987654321:cluster:lake', 'lake'],
    },
    {
      what: 'a proxy',
      source: RDS,
      name: 'CreateDBProxy',
      request: { dBProxyName: 'pool', vpcSubnetIds: ['subnet-0123abcd'] },
      response: { dBProxy: { dBProxyArn: 'arn:aws:rds:eu-north-1:210987654321:db-proxy:prx-0123' } },
      ids: ['arn:aws:rds:eu-north-1:210987654321:db-proxy:prx-0123', 'pool', 'subnet-0123abcd'],
    },
    {
      what: 'nothing that another service calls alike',
      source: 'redshift.amazonaws.com',
      name: 'CreateCluster',
      request: { clusterIdentifier: 'warehouse', dBInstanceIdentifier: 'other', name: 'x' },
      response: null,
      ids: [],
    },
    {
      what: 'no name that is masked or a placeholder',
      source: RDS,
      name: 'DeleteDBInstance',
      request: { dBInstanceIdentifier: 'XXXXXXXX', sourceDBInstanceIdentifier: 'YOUR_DB' },
      response: { dBInstanceArn: 'arn:aws:rds:eu-north-1:YOUR_ACCOUNT:db:orders' },
      ids: [],
    },
  ])('of $what', ({ source, name, request, response, ids }) => {
    const more = { eventSource: source, requestParameters: request, responseElements: response };
    expect(read(name, more).ids).toEqual(ids);
  });
});

describe('wherever an id stands', () => {
  const id = 'eni-0123456789abcdef0';
  /** What AWS puts around a value, from the inside out. */
  const around = fc.constantFrom<(inner: unknown) => unknown>(
    (inner) => ({ items: [inner] }),
    (inner) => ({ item: inner }),
    (inner) => ({ items: [{ other: 7 }, null, inner, {}] }),
    (inner) => [inner],
    (inner) => ({ tag: 1, content: inner }),
    (inner) => ({ networkInterfaceId: inner, description: 'vpc-0123abcd' }),
    (inner) => ({ NetworkInterface: inner, tagSet: { items: [{ value: 'vpc-0123abcd' }] } }),
    (inner) => ({ CreateSomethingRequest: inner }),
  );
  const speaking = fc.constantFrom(
    'tagSet',
    'TagSpecification',
    'Tag',
    'tags',
    'groupDescription',
    'message',
    'error',
  );
  const nest = (layers: readonly ((inner: unknown) => unknown)[], core: unknown) =>
    layers.reduce((inner, wrap) => wrap(inner), core);
  const layers = fc.array(around, { maxLength: 12 });

  it('it is found, and nothing else', () => {
    fc.assert(
      fc.property(layers, fc.boolean(), (outer, inResponse) => {
        const part = nest(outer, { a: id });
        expect(inResponse ? of(null, { responseElements: part }) : of(part)).toEqual([id]);
      }),
    );
  });

  it('it is not, if people wrote it there', () => {
    fc.assert(
      fc.property(layers, speaking, layers, (inner, key, outer) => {
        expect(of(nest(outer, { [key]: nest(inner, id) }))).toEqual([]);
      }),
    );
  });
});
