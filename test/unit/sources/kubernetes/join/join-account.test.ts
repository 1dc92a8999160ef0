import { describe, expect, it } from 'vitest';
import { parseTransport } from '#netset';
import { analyse, egress, reachBetween, relayedExposures } from '#engine';
import { audit } from '#findings';
import { idOf, type EndpointId, type Network } from '#model';
import { translate as translateAccount } from '#sources/aws';
import {
  clusterNodes,
  joinAccount,
  keepsAddresses,
  translate,
  type KubernetesObject,
} from '#sources/kubernetes';
import { faultsOf } from '../../aws/translate/integrity.ts';
import { daemonSet, object } from '../enforcement/objects.ts';
import { admits, eksAccount, eksNode, eksPod, NODES, PODS, type EksGiven } from './eks.ts';

function joined(objects: readonly KubernetesObject[], given?: EksGiven): Network {
  const { network, pods, problems } = translate({
    name: 'shop',
    objects: objects.map((object) => ({ object, at: { file: 'live shop' } })),
  });
  expect(problems).toEqual([]);
  return joinAccount(translateAccount([eksAccount(given)]), {
    name: 'shop',
    network,
    pods,
    nodes: clusterNodes(objects),
    keepsAddresses: keepsAddresses(objects),
  });
}

const POD: Readonly<Record<string, EndpointId>> = Object.fromEntries(
  ['web', 'api', 'worker', 'vault'].map((name) => [name, idOf(`shop/${name}[ReplicaSet] shop/${name}-x1`)]),
);

function idFor(name: string): EndpointId {
  return POD[name] ?? idOf<'endpoint'>(name);
}

/** `everything`, or what surely passes; with `?` what may pass besides. */
function reach(network: Network, from: string, to: string): string {
  const { sure, possible } = reachBetween(analyse(network), idFor(from), idFor(to));
  const text = (set: typeof sure): string =>
    set.equals(parseTransport('all') ?? set) ? 'everything' : set.isEmpty ? 'nothing' : set.toString();
  return sure.equals(possible) ? text(sure) : `${text(sure)}, ${text(possible)}?`;
}

/** Who is reached from the internet through the load balancer. */
function behindTheDoor(network: Network): readonly string[] {
  return relayedExposures(analyse(network)).flatMap(({ endpoint, sure }) =>
    sure.map(({ transport }) => `${endpoint.id} ${transport.toString()}`),
  );
}

const FROM_WEB = [{ podSelector: { matchLabels: { app: 'web' } } }];
const SHOP = [...NODES, ...PODS];

describe('a cluster joined to the account of its nodes', () => {
  it('is one way from the internet through the load balancer and the pod to the database', () => {
    const network = joined(SHOP);
    expect(faultsOf(network)).toEqual([]);
    expect(behindTheDoor(network)).toEqual([`${POD['web'] ?? ''} tcp 8080`]);
    expect(reach(network, 'web', 'eni-db')).toBe('tcp 5432');
  });

  it.each([
    { from: 'web', to: 'api', is: 'tcp 9000', why: 'the policy admits web' },
    { from: 'worker', to: 'api', is: 'nothing', why: 'the policy admits nobody else' },
    { from: 'worker', to: 'web', is: 'everything', why: 'no policy selects web' },
    { from: 'eni-n1', to: 'api', is: 'everything', why: 'its own node always gets in' },
    { from: 'eni-n2', to: 'api', is: 'nothing', why: 'another node is nobody that the policy names' },
    { from: 'eni-db', to: 'api', is: 'nothing', why: 'neither side lets it' },
    {
      from: 'worker',
      to: 'vault',
      is: 'tcp 8200',
      why: 'the group of its own interface admits the nodes’ group',
    },
    { from: 'vault', to: 'eni-db', is: 'nothing', why: 'its group is not the nodes’' },
    { from: 'vault', to: 'web', is: 'nothing', why: 'the nodes’ group does not admit its own' },
  ])('$from to $to: $is, since $why', ({ from, to, is }) => {
    expect(reach(joined([...SHOP, admits('api', 9000, FROM_WEB)]), from, to)).toBe(is);
  });

  it('takes both sides: a policy that does not admit the load balancer closes the door', () => {
    const closed = joined([...SHOP, admits('web', 8080, FROM_WEB)]);
    expect(behindTheDoor(closed)).toEqual([]);
    const open = joined([...SHOP, admits('web', 8080, [{ ipBlock: { cidr: '10.0.0.0/24' } }])]);
    expect(behindTheDoor(open)).toEqual([`${POD['web'] ?? ''} tcp 8080`]);
  });

  it('asks no security group between what is on one node', () => {
    const network = joined(SHOP, { nodesTrustEachOther: false });
    expect(reach(network, 'web', 'api')).toBe('everything');
    expect(reach(network, 'web', 'worker')).toBe('nothing');
    expect(reach(network, 'eni-n2', 'worker')).toBe('everything');
    // a pod with an interface of its own is not beside the others
    expect(reach(network, 'eni-n2', 'vault')).toBe('tcp 8200');
  });

  it('gives each address to one endpoint, and loses none', () => {
    const account = translateAccount([eksAccount()]);
    const network = joined(SHOP);
    const addressesOf = ({ endpoints }: Network): string[] =>
      [...endpoints.values()]
        .flatMap(({ addresses }) => addresses)
        .flatMap(({ first, last }) =>
          Array.from({ length: Number(last.value) - Number(first.value) + 1 }, (_, i) =>
            String(Number(first.value) + i),
          ),
        )
        .toSorted();
    expect(addressesOf(network)).toEqual(addressesOf(account));
    expect(network.endpoints.has(idOf('eni-0000000c'))).toBe(false);
  });

  it('has the services that clients inside dial hand on to the pods', () => {
    const service = object('v1', 'Service', 'shop/api', {
      spec: { selector: { app: 'api' }, ports: [{ port: 80, targetPort: 9000 }] },
    }) as object as KubernetesObject;
    const network = joined([...SHOP, service]);
    const handoffs = [...network.relays.values()]
      .filter(({ entrances }) => entrances.length === 0)
      .flatMap(({ listeners }) => listeners.flatMap((listener) => listener.handoffs));
    expect(handoffs.map(({ target, ip }) => [target, ip?.value])).toEqual([[POD['api'], 0x0a000155]]);
    expect(faultsOf(network)).toEqual([]);
  });

  it('makes no finding of what it says of nodes itself', () => {
    const ofNodes = audit(analyse(joined(SHOP))).filter(({ workload }) => workload.name.includes('node i-'));
    expect(ofNodes).toEqual([]);
  });

  it('leaves what a pod sends to its own node to the plugin', () => {
    const egress = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'no-way-out', namespace: 'shop' },
      spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'] },
    };
    const network = joined([...SHOP, egress]);
    expect(reach(network, 'web', 'eni-n1')).toBe('nothing, everything?');
    expect(reach(network, 'web', 'eni-n2')).toBe('nothing');
    expect(network.blindSpots.has(idOf('own-node'))).toBe(true);
  });

  it('leaves a pod on the network of its node to the node', () => {
    const proxy = eksPod('proxy', 'n1', '10.0.1.10');
    const network = joined([
      ...SHOP,
      { ...proxy, spec: { nodeName: 'n1', hostNetwork: true, containers: [] } },
    ]);
    expect([...network.endpoints.keys()].filter((id) => id.includes('proxy'))).toEqual([]);
    expect(network.endpoints.get(idOf('eni-n1'))?.addresses[0]).toMatchObject({ isPrimary: true });
  });
});

describe('what pods send out of the VPC', () => {
  const TOLD = daemonSet('kube-system/aws-node', [
    { name: 'aws-node', image: 'x/amazon-k8s-cni:v1.19.2', env: { AWS_VPC_K8S_CNI_EXTERNALSNAT: 'true' } },
  ]) as object as KubernetesObject;

  it.each([
    {
      name: 'may leave under the public address of their node',
      rest: [],
      nodeIsPublic: true,
      ways: 'perhaps',
    },
    {
      name: 'finds no way out where the plugin keeps their addresses',
      rest: [TOLD],
      nodeIsPublic: true,
      ways: 'none',
    },
    { name: 'finds no way out where the node has none', rest: [], nodeIsPublic: false, ways: 'none' },
  ])('$name', ({ rest, nodeIsPublic, ways }) => {
    const network = joined([...SHOP, ...rest], { nodeIsPublic });
    const web = egress(analyse(network)).find(({ endpoint }) => endpoint.id === POD['web']);
    expect(web?.sure ?? []).toEqual([]);
    expect((web?.possible ?? []).length > 0).toBe(ways === 'perhaps');
    expect(network.blindSpots.has(idOf('leaves-as-node'))).toBe(ways === 'perhaps');
  });
});

describe('where only one side was read', () => {
  const spotsOf = (network: Network): string[] =>
    [...network.blindSpots.keys()].filter((id) => id !== 'own-node');

  it.each([
    {
      name: 'nodes that are not in the account',
      objects: [eksNode('n9', 'i-00000099'), eksPod('web', 'n9', '10.0.1.11')],
      spot: 'pods-not-placed:account',
      says: /shop\/web-x1 of shop are on nodes whose instances are not in the account/,
    },
    {
      name: 'addresses that only the cluster knows',
      objects: [...NODES, eksPod('web', 'n1', '192.168.4.4')],
      spot: 'pods-not-placed:overlay',
      says: /addresses that no interface of their node has/,
    },
    {
      name: 'pods without an address',
      objects: [...NODES, eksPod('web', 'n1', undefined)],
      spot: 'pods-not-placed:pending',
      says: /have no address yet/,
    },
  ])('$name are a blind spot, and the pods stay in the cluster’s own network', ({ objects, spot, says }) => {
    const network = joined(objects);
    expect(faultsOf(network)).toEqual([]);
    // the account has a node of its own, by its block of addresses, which only some of these clusters read
    expect(spotsOf(network).filter((id) => id !== 'cluster-not-read:vpc-1')).toEqual([spot]);
    expect(network.blindSpots.get(idOf(spot))).toMatchObject({ effect: 'hides-ways' });
    expect(network.blindSpots.get(idOf(spot))?.what).toMatch(says);
    expect(network.endpoints.get(idOf('shop/web[ReplicaSet]'))?.network).toBe('cluster network');
  });

  it('nodes of a cluster that was not read are a blind spot', () => {
    const [first] = NODES;
    const network = joined(first === undefined ? [] : [first, ...PODS.slice(0, 2)], {
      tagsOfSecondNode: { 'aws:eks:cluster-name': 'billing' },
    });
    expect(spotsOf(network)).toEqual(['cluster-not-read:vpc-1/billing']);
    // what it has of policies can only refuse
    expect(network.blindSpots.get(idOf('cluster-not-read:vpc-1/billing'))).toMatchObject({
      effect: 'only-narrows',
    });
  });

  it('nodes of the cluster itself that were not read hide ways', () => {
    const [first] = NODES;
    const tags = { 'aws:eks:cluster-name': 'shop' };
    const network = joined(first === undefined ? [] : [first, ...PODS.slice(0, 2)], {
      tagsOfFirstNode: tags,
      tagsOfSecondNode: tags,
    });
    expect(spotsOf(network)).toEqual(['cluster-not-read:vpc-1/shop']);
    const spot = network.blindSpots.get(idOf('cluster-not-read:vpc-1/shop'));
    expect(spot).toMatchObject({ effect: 'hides-ways' });
    expect(spot?.what).toMatch(/^1 instance is a node of the cluster shop/);
  });

  it('a whole cluster with its account has none', () => {
    expect(spotsOf(joined(SHOP, { tagsOfSecondNode: { 'aws:eks:cluster-name': 'shop' } }))).toEqual([]);
  });

  it('on Fargate a pod is found by its address', () => {
    const fargate = {
      ...eksNode('fargate-1', 'fargate-ip-10-0-1-60'),
      metadata: { name: 'fargate-1', labels: { 'eks.amazonaws.com/compute-type': 'fargate' } },
    };
    const network = joined([fargate, eksPod('vault', 'fargate-1', '10.0.1.60')]);
    // the pod has its place; the node of the account is none that was read
    expect(spotsOf(network)).toEqual(['cluster-not-read:vpc-1']);
    expect(network.endpoints.get(POD['vault'] ?? idOf('none'))?.subnet).toBe('subnet-b');
  });
});
