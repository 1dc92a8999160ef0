import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Network } from '#model';
import { analyse, connectivity, diff, egress, relayedConnections, type Analysis } from '#engine';
import { audit, changedNetwork, fixesFor } from '#findings';
import { policyForms, translate, type ReadObject } from '#sources/kubernetes';
import { afterKubectl } from '../support/kubectl.ts';

const NAMESPACES = ['shop', 'money', 'blog'];
const APPS = ['web', 'api', 'db'];

type Labels = Readonly<Record<string, string>>;
const object = (kind: string, apiVersion: string, rest: object): ReadObject => ({
  object: { apiVersion, kind, metadata: {}, ...rest },
  at: { file: 'c.yaml', line: 1 },
});

const workload = fc
  .record({ namespace: fc.constantFrom(...NAMESPACES), app: fc.constantFrom(...APPS), tier: fc.boolean() })
  .map(({ namespace, app, tier }) =>
    object('Deployment', 'apps/v1', {
      metadata: { name: app, namespace },
      spec: {
        template: {
          metadata: { labels: { app, ...(tier && { tier: 'x' }) } },
          spec: {
            containers: [
              {
                image: app === 'db' ? 'postgres:16' : 'app',
                ports: [{ name: 'main', containerPort: app === 'db' ? 5432 : 8080 }],
              },
            ],
          },
        },
      },
    }),
  );

const labels: fc.Arbitrary<Labels> = fc.constantFrom<Labels[]>(
  ...[{}, { app: 'web' }, { app: 'api' }, { app: 'db' }, { tier: 'x' }],
);
const selector = labels.map((matchLabels) => ({ matchLabels }));
const namespaces = fc.constantFrom(
  {},
  ...NAMESPACES.map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })),
);
const peer = fc.oneof(
  fc.record({ namespaceSelector: namespaces }),
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector: namespaces, podSelector: selector }),
  fc.constantFrom({ ipBlock: { cidr: '8.8.0.0/16' } }, { ipBlock: { cidr: '0.0.0.0/0' } }),
);
const ports = fc.constantFrom<object[]>(
  ...[
    {},
    { ports: [{ port: 5432 }] },
    { ports: [{ port: 'main' }] },
    { ports: [{ protocol: 'UDP', port: 53 }] },
  ],
);
const rules = (list: 'from' | 'to') =>
  fc.array(
    fc
      .tuple(fc.array(peer, { maxLength: 2 }), ports)
      .map(([peers, some]) => ({ ...(peers.length > 0 && { [list]: peers }), ...some })),
    { maxLength: 2 },
  );
const policy = (n: number) =>
  fc
    .record({
      namespace: fc.constantFrom(...NAMESPACES),
      podSelector: selector,
      policyTypes: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
      ingress: rules('from'),
      egress: rules('to'),
    })
    .map(({ namespace, ...spec }) =>
      object('NetworkPolicy', 'networking.k8s.io/v1', {
        metadata: { name: `p${String(n)}`, namespace },
        spec,
      }),
    );
const published = fc
  .record({
    namespace: fc.constantFrom(...NAMESPACES),
    app: fc.constantFrom(...APPS),
    balanced: fc.boolean(),
  })
  .map(({ namespace, app, balanced }) => [
    object('Service', 'v1', {
      metadata: { name: app, namespace },
      spec: {
        selector: { app },
        ports: [{ port: 80, targetPort: 'main' }],
        ...(balanced && { type: 'LoadBalancer' }),
      },
    }),
    ...(balanced
      ? []
      : [
          object('Ingress', 'networking.k8s.io/v1', {
            metadata: { name: 'i', namespace },
            spec: { defaultBackend: { service: { name: app, port: { number: 80 } } } },
          }),
        ]),
  ]);

const cluster = fc
  .record({
    workloads: fc.uniqueArray(workload, {
      minLength: 2,
      maxLength: 6,
      selector: ({ object: { metadata } }) => `${metadata.namespace!}/${metadata.name!}`,
    }),
    policies: fc.tuple(...[1, 2, 3].map((n) => fc.option(policy(n), { nil: undefined }))),
    entrance: fc.option(published, { nil: [] }),
  })
  .map(({ workloads, policies, entrance }) => [
    ...workloads,
    ...policies.filter((one) => one !== undefined),
    ...entrance,
  ]);

function networkOf(objects: readonly ReadObject[]): Network {
  const { network, problems } = translate({ name: 'c', objects });
  expect(problems).toEqual([]);
  return network;
}

function answersOf(analysis: Analysis): readonly string[] {
  const relayed = relayedConnections(analysis, { into: () => true, by: () => true });
  return [
    ...[...connectivity(analysis), ...relayed].map(
      ({ from, to, possible, sure }) => `${from} → ${to} ${sure.toString()} | ${possible.toString()}`,
    ),
    ...egress(analysis).map(
      ({ endpoint, possible }) =>
        `${endpoint.id} → ${possible.map(({ ips, transport }) => `${ips.toString()} ${transport.toString()}`).join('; ')}`,
    ),
  ].sort();
}

describe('what a fix of a cluster says, kubectl does', () => {
  it('typed into a cluster and read again: the finding is gone, nothing opened, and everything else is as on the model', () => {
    const told = new Map<string, number>();
    fc.assert(
      fc.property(cluster, (objects) => {
        const network = networkOf(objects);
        const analysis = analyse(network);
        for (const finding of audit(analysis)) {
          for (const { changes, isProven } of fixesFor(analysis, finding).fixes) {
            const own = changes.filter(({ kind }) => kind === 'new-policy' || kind === 'peer') as Parameters<
              typeof policyForms
            >[1];
            if (!isProven || own.length === 0) continue;
            const { kubectl } = policyForms(network, own);
            expect(kubectl).not.toEqual([]);
            const key = `${finding.check} ${own[0]!.kind}`;
            told.set(key, (told.get(key) ?? 0) + 1);
            const after = networkOf(afterKubectl(objects, kubectl));
            expect(audit(analyse(after)).map(({ fingerprint }) => fingerprint)).not.toContain(
              finding.fingerprint,
            );
            const change = diff(network, after);
            expect([
              ...change.opened,
              ...change.maybeOpened,
              ...change.exposures.filter(({ isWider }) => isWider),
            ]).toEqual([]);
            expect(answersOf(analyse(after))).toEqual(answersOf(analyse(changedNetwork(network, changes))));
          }
        }
      }),
      { numRuns: 150, seed: 20_261_126 },
    );
    // each way to end a finding was typed
    expect([...told.keys()].sort()).toEqual([
      'database-exposed peer',
      'egress-from-crown-jewel new-policy',
      'egress-from-crown-jewel peer',
      'ingress-path-to-crown-jewel new-policy',
      'ingress-path-to-crown-jewel peer',
      'namespace-without-default-deny new-policy',
      'open-to-cluster peer',
    ]);
  });
});
