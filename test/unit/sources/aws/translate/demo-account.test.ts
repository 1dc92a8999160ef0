import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeSelector, idOf } from '#model';
import { readSnapshotText, translate } from '#sources/aws';
import { endpointOf, found, ingressOf, policyOf, tableOf } from './account.ts';

const file = readSnapshotText(readFileSync('examples/demo-account/account.json', 'utf8'), 'account.json');
if (!file.ok) throw new Error('the demo account cannot be read');
const network = translate(file.snapshots);

it('is read whole, but for its cluster and the endpoint of that', () => {
  expect([
    network.endpoints.size,
    network.networks.size,
    network.subnets.size,
    network.gateways.size,
  ]).toEqual([31, 2, 10, 5]);
  expect([...network.blindSpots.values()].map(({ what }) => what)).toEqual([
    'whether the API endpoint of the EKS cluster shop answers the internet was not read',
    'the Kubernetes cluster shop (3 nodes) was not read: which pods have addresses here, and what policies keep from them, is not seen',
  ]);
  expect([network.sideDoors, network.internetUnknown.size]).toEqual([[], 0]);
});

it('calls things by what the account proves', () => {
  const names = new Map<string, string[]>();
  for (const { name, role } of network.endpoints.values())
    names.set(role, [...(names.get(role) ?? []), name]);
  expect(Object.fromEntries(names)).toEqual({
    host: [
      ...['web-1', 'web-2', 'web-3', 'api-1', 'api-2', 'api-3', 'bastion', 'legacy-batch'],
      ...['eks-node-1', 'eks-node-2', 'eks-node-3', 'eks-node-1', 'eks-node-2', 'eks-node-3'],
      ...['ci-runner-1', 'ci-runner-2'],
    ],
    'load-balancer': ['shop-alb', 'shop-alb'],
    database: ['shop-orders', 'shop-orders-replica'],
    cache: ['shop-redis', 'shop-redis'],
    nat: ['nat-shop', 'nat-tools'],
    function: ['thumbnailer', 'thumbnailer'],
    'control-plane': ['eks:shop', 'eks:shop'],
    'service-endpoint': ['shop-ecr', 'shop-ecr'],
    other: ['eni-06d0ee43c722364ef (default)'],
  });
});

it('knows two interfaces of one node as one host, with the blocks of its pods', () => {
  const [node, pods] = ['eni-0d54c02fe1af08580', 'eni-0374d94b8290ee873'].map((id) =>
    endpointOf(network, id),
  );
  expect(node?.host).toBe(pods?.host);
  expect(pods?.addresses.length).toBeGreaterThan(1);
});

it('finds the tags of the database itself, by which somebody marks what matters', () => {
  expect(endpointOf(network, 'eni-0da96c7e71bdb16bf').tags.get('data-class')).toBe('customer');
});

it('knows what is attached to nothing', () => {
  expect(endpointOf(network, 'eni-06d0ee43c722364ef').liveness).toBe('detached');
});

describe('rules', () => {
  it('have the ids that AWS knows them by', () => {
    const groups = [...network.policies.values()].filter(({ kind }) => kind === 'any-allow');
    const ids = groups.flatMap(({ rules }) => rules.map(({ id }) => id));
    expect(ids).toHaveLength(32);
    expect(ids.every((id) => id.startsWith('sgr-'))).toBe(true);
    expect(new Set(ids).size).toBe(32);
  });

  it('say whom the bastion admits', () => {
    const [rule, ...rest] = ingressOf(network, 'sg-098e1159f30562d66');
    expect(rest).toEqual([]);
    expect([
      rule?.id,
      describeSelector(rule!.selector),
      rule?.transport.toString(),
      rule?.description,
    ]).toEqual(['sgr-008d7db4aae3c7834', 'pl-0d4e8ad1c8ddaabb6 "office"', 'tcp 22', 'office networks only']);
    expect(rule?.selector.kind === 'ips' && rule.selector.ips.toString()).toBe('198.51.100.0/25');
    expect(rule?.at).toEqual({
      source: 'aws',
      account: '111122223333',
      region: 'eu-west-1',
      path: 'DescribeSecurityGroups.SecurityGroups[5].IpPermissions[0].PrefixListIds[0]',
      id: 'sgr-008d7db4aae3c7834',
    });
  });

  it('of the data subnets stand in order', () => {
    expect(
      policyOf(network, 'acl-08c517750460f3d1b').rules.map(({ id }) => id.split('/').slice(1).join('/')),
    ).toEqual([
      ...['ingress/100', 'ingress/110', 'ingress/120', 'ingress/32767', 'ingress/32768'],
      ...['egress/100', 'egress/110', 'egress/32767', 'egress/32768'],
    ]);
  });

  it('tell default groups and ACLs from others', () => {
    const names = [...network.policies.values()].filter(({ isDefault }) => isDefault).map(({ name }) => name);
    expect(names).toEqual(['shop-default', 'tools-default', 'default', 'default']);
  });
});

it('routes by the gateways it has', () => {
  const { routes } = tableOf(network, 'rtb-02a60c3b4aa0def47');
  expect(routes.map(({ target }) => (target.kind === 'gateway' ? target.gateway : target.kind))).toEqual([
    'local',
    'local',
    'pcx-0f594156f242d4838',
    'igw-0bfc4eb6b08507371',
    'igw-0bfc4eb6b08507371',
  ]);
  expect(found(network.gateways.get(idOf<'gateway'>('pcx-0f594156f242d4838')), 'peering')).toMatchObject({
    isActive: true,
    sharesGroups: true,
  });
});
