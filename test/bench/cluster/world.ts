/** How large an invented cluster is. Each pod is a workload of its own, which is the worst that a cluster of that many pods can be. */
export type ClusterSize = {
  readonly namespaces: number;
  readonly podsEach: number;
  readonly policiesEach: number;
};

/** 5,000 pods and 500 policies. */
export const LARGE_CLUSTER: ClusterSize = { namespaces: 50, podsEach: 100, policiesEach: 10 };

const TIERS = ['web', 'api', 'worker', 'db'];

/**
 * Manifests of an invented cluster as one YAML text: namespaces that deny by default, and let in by label, by namespace, and here and there everybody, as
 * teams do; every tenth namespace denies nothing by default, an Ingress leads to one workload of each.
 */
export function clusterYaml({ namespaces, podsEach, policiesEach }: ClusterSize): string {
  const documents: string[] = [];
  for (let n = 0; n < namespaces; n += 1) {
    const namespace = `team-${String(n)}`;
    documents.push(
      `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${namespace}\n  labels: { zone: z${String(n % 5)} }\n`,
    );
    for (let p = 0; p < podsEach; p += 1) documents.push(podYaml(namespace, p));
    documents.push(
      `apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: ${namespace} }\nspec: { selector: { app: app-0 }, ports: [{ port: 80, targetPort: http }] }\n`,
      `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, namespace: ${namespace} }\nspec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }\n`,
    );
    for (let i = 0; i < policiesEach; i += 1)
      documents.push(policyYaml(namespace, i, n, podsEach, namespaces));
  }
  return documents.join('---\n');
}

function podYaml(namespace: string, p: number): string {
  const tier = TIERS[p % TIERS.length] ?? 'web';
  const [port, number] = tier === 'db' ? ['sql', 5432] : ['http', 8080];
  return `apiVersion: v1
kind: Pod
metadata:
  name: app-${String(p)}
  namespace: ${namespace}
  labels:
    app: app-${String(p)}
    tier: ${tier}
    version: v${String(p % 7)}
spec:
  containers:
    - name: main
      image: registry.example.com/${tier === 'db' ? 'postgres' : 'app'}:${String(p)}
      ports:
        - name: ${port}
          containerPort: ${String(number)}
`;
}

function policyYaml(namespace: string, i: number, n: number, podsEach: number, namespaces: number): string {
  const other = `team-${String((n + i) % namespaces)}`;
  const specs = [
    '{ podSelector: {}, policyTypes: [Ingress] }',
    '{ podSelector: { matchLabels: { tier: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { tier: api } } }], ports: [{ port: sql }] }] }',
    '{ podSelector: { matchLabels: { tier: web } }, ingress: [{ ports: [{ port: http }] }] }',
    `{ podSelector: { matchLabels: { tier: api } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${other} } } }], ports: [{ port: 8080 }] }] }`,
    '{ podSelector: { matchLabels: { tier: worker } }, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: {} }], ports: [{ protocol: UDP, port: 53 }] }, { to: [{ podSelector: { matchLabels: { tier: db } } }], ports: [{ port: sql }] }] }',
    `{ podSelector: { matchLabels: { app: app-${String(i % podsEach)} } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { zone: z${String(i % 5)} } }, podSelector: { matchExpressions: [{ key: tier, operator: In, values: [web, api] }] } }], ports: [{ port: 9090 }] }] }`,
    `{ podSelector: { matchLabels: { app: app-${String(i % podsEach)} } }, ingress: [{ from: [{ ipBlock: { cidr: 203.0.${String(n)}.0/24 } }], ports: [{ port: 443 }] }] }`,
  ];
  // every tenth namespace denies nothing by default
  const spec = n % 10 === 9 ? specs[5] : specs[i % specs.length];
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p-${String(i)}, namespace: ${namespace} }\nspec: ${spec ?? '{}'}\n`;
}
