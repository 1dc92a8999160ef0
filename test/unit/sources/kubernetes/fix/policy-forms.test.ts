import { describe, expect, it } from 'vitest';
import { TransportSet } from '#netset';
import type { Network } from '#model';
import { policyForms, readDocuments, translate, withMarks } from '#sources/kubernetes';
import { pod, policy } from '../../../../support/cluster.ts';

type Changes = Parameters<typeof policyForms>[1];

function networkOf(yaml: string): Network {
  const { objects } = readDocuments(yaml, 'test.yaml');
  return withMarks(translate({ name: 'test', objects }).network, objects);
}

/** Takes the rules at these fields of the one policy away, or has them name others. */
function edits(
  network: Network,
  fields: readonly string[],
  instead?: 'cluster' | { namespace: string },
): Changes {
  return fields.map((field) => {
    const [found] = [...network.policies.values()].flatMap(({ id, rules }) =>
      rules.filter(({ at }) => at.path.endsWith(` spec.${field}`)).map((rule) => ({ id, rule })),
    );
    return { kind: 'peer', policy: found!.id, rule: found!.rule, ...(instead && { instead }) };
  });
}

function stepsOf({ kubectl }: ReturnType<typeof policyForms>): unknown {
  expect(kubectl).toHaveLength(1);
  return JSON.parse(/--patch '(.*)'$/.exec(kubectl[0]!)![1]!);
}

const WIDE = policy(
  'shop/db',
  '{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: {} }, { ipBlock: { cidr: 8.8.8.8/32 } }] }, { ports: [{ port: 80 }] }] }',
);
const wanted = (more: object = {}): Changes => [
  {
    kind: 'new-policy',
    carriers: [],
    wanted: {
      namespace: 'shop',
      name: 'own',
      selects: new Map([['app', 'web']]),
      direction: 'ingress',
      allows: [
        { peer: { namespace: 'shop' }, transport: TransportSet.ALL },
        { peer: { namespace: 'blog' }, transport: TransportSet.tcp(80, 90).union(TransportSet.udp()) },
        { peer: 'anyone', transport: TransportSet.sctp(7) },
      ],
      ...more,
    },
  },
];

describe('an edit of a rule is a patch of its policy', () => {
  const network = networkOf(pod('shop/db') + pod('blog/web') + WIDE);

  it.each([
    {
      name: 'one peer of several goes',
      fields: ['ingress[0].from[1]'],
      steps: [{ op: 'remove', path: '/spec/ingress/0/from/1' }],
    },
    {
      name: 'of several the last first, so that the others keep their number',
      fields: ['ingress[0].from[0]', 'ingress[0].from[1]'],
      steps: [
        { op: 'remove', path: '/spec/ingress/0/from/1' },
        { op: 'remove', path: '/spec/ingress/0/from/0' },
      ],
    },
    {
      name: 'all peers: a rule without any would be for everybody, and goes whole',
      fields: ['ingress[0].from[0]', 'ingress[0].from[1]', 'ingress[0].from[2]'],
      steps: [{ op: 'remove', path: '/spec/ingress/0' }],
    },
    {
      name: 'a rule for everybody',
      fields: ['ingress[1]'],
      steps: [{ op: 'remove', path: '/spec/ingress/1' }],
    },
  ])('$name', ({ fields, steps }) => {
    expect(stepsOf(policyForms(network, edits(network, fields)))).toEqual(steps);
  });

  it.each([
    ['ingress[0].from[1]', { namespace: 'shop' }, 'replace', '/spec/ingress/0/from/1', { podSelector: {} }],
    ['ingress[1]', { namespace: 'shop' }, 'add', '/spec/ingress/1/from', [{ podSelector: {} }]],
    ['ingress[1]', 'cluster', 'add', '/spec/ingress/1/from', [{ namespaceSelector: {} }]],
  ] as const)('%s for %o', (field, instead, op, path, value) => {
    expect(stepsOf(policyForms(network, edits(network, [field], instead)))).toEqual([{ op, path, value }]);
  });

  it('is none where another kind of policy is meant', () => {
    const other = networkOf(
      `${pod('shop/db')}---\napiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: { name: a }\nspec: { priority: 1, subject: { namespaces: {} }, ingress: [{ action: Allow, from: [{ namespaces: {} }] }] }\n`,
    );
    expect(policyForms(other, edits(other, ['ingress[0].from[0]'])).kubectl).toEqual([]);
  });
});

describe('a policy that is new is a manifest', () => {
  it('in the words of NetworkPolicies', () => {
    expect(policyForms(networkOf(''), wanted()).kubectl).toEqual([
      "kubectl apply -f - <<'EOF'",
      'apiVersion: networking.k8s.io/v1',
      'kind: NetworkPolicy',
      'metadata:',
      '  name: own',
      '  namespace: shop',
      'spec:',
      '  podSelector:',
      '    matchLabels:',
      '      app: web',
      '  policyTypes:',
      '    - Ingress',
      '  ingress:',
      '    - from:',
      '        - podSelector: {}',
      '    - from:',
      '        - namespaceSelector:',
      '            matchLabels:',
      '              kubernetes.io/metadata.name: blog',
      '      ports:',
      '        - protocol: TCP',
      '          port: 80',
      '          endPort: 90',
      '        - protocol: UDP',
      '    - ports:',
      '        - protocol: SCTP',
      '          port: 7',
      'EOF',
    ]);
  });

  it.each([
    ['a name with a line in it', { name: 'x\nEOF\nrm -rf /' }],
    ['a namespace with a quote', { namespace: "shop' --now" }],
    ['a label with a line in it', { selects: new Map([['app', 'x\nEOF\ncurl evil']]) }],
    ['a key that is none', { selects: new Map([['$(id)', 'x']]) }],
    ['flows that no policy can say', { allows: [{ peer: 'anyone', transport: TransportSet.icmp() }] }],
  ])('is none for %s', (_, more) => {
    expect(policyForms(networkOf(''), wanted(more)).kubectl).toEqual([]);
  });
});

describe('what keeps a policy is told first', () => {
  const kept = (metadata: string): readonly string[] => {
    const text = pod('shop/db') + WIDE.replace('namespace: shop }', `namespace: shop, ${metadata} }`);
    const network = networkOf(text);
    return policyForms(network, edits(network, ['ingress[1]'])).owners;
  };

  it.each([
    ['labels: { app.kubernetes.io/managed-by: Helm, helm.sh/chart: shop-1.2 }', 'the Helm chart shop-1.2'],
    ['annotations: { meta.helm.sh/release-name: shop-prod }', 'the Helm release shop-prod'],
    ['labels: { argocd.argoproj.io/instance: shop, helm.sh/chart: c }', 'the Argo CD application shop'],
    [
      'annotations: { argocd.argoproj.io/tracking-id: "shop:apps/Deployment:shop/x" }',
      'the Argo CD application shop',
    ],
    [
      'labels: { kustomize.toolkit.fluxcd.io/name: apps, kustomize.toolkit.fluxcd.io/namespace: flux-system }',
      'Flux, by its Kustomization apps',
    ],
    ['labels: { app.kubernetes.io/managed-by: pulumi }', 'pulumi'],
  ])('%s', (metadata, keeper) => {
    expect(kept(metadata)).toEqual([
      `NetworkPolicy shop/db is kept by ${keeper}: change it there; a change by hand is undone by the next sync or release`,
    ]);
  });

  it('and nothing where no mark is', () => {
    expect(kept('labels: { team: shop }')).toEqual([]);
  });
});
