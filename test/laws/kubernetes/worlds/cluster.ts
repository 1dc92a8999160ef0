import fc from 'fast-check';
import { namespace, pod } from '../build.ts';
import type { ContainerPort, KubeObject, Protocol } from '../oracle/objects.ts';
import { labels, NAMESPACE_LABELS, POD_LABELS } from './labels.ts';

export const NAMESPACES = ['x', 'y', 'default'];
export const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
/** Names that mean another number on another pod, and one that no pod has. */
export const PORT_NAMES = ['http', 'alt', 'none'];

/** Two or three namespaces, one of which may be known only by what is in it, with one to three pods each. */
export const clusters: fc.Arbitrary<KubeObject[]> = fc
  .constantFrom(['x', 'y'], NAMESPACES)
  .chain((names) => fc.tuple(...names.map(inhabited)))
  .map((namespaces) => namespaces.flat());

/** None, one or two of a cluster's nodes; one has an address that policies name by a block. */
export const nodes: fc.Arbitrary<KubeObject[]> = fc.constantFrom(0, 1, 2, 2).map((count) =>
  (
    [
      ['n0', 'a', ['192.0.2.64', '2001:db8:1::1']],
      ['n1', 'b', ['198.51.100.128']],
    ] as const
  )
    .slice(0, count)
    .map(([name, zone, addresses]): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { zone } },
      status: { addresses: addresses.map((address) => ({ type: 'InternalIP', address })) },
    })),
);

function inhabited(name: string): fc.Arbitrary<KubeObject[]> {
  return fc
    .tuple(
      fc.option(labels(NAMESPACE_LABELS), { nil: undefined, freq: 6 }),
      fc.array(member, { minLength: 1, maxLength: 3 }),
    )
    .map(([own, members]) => [
      ...(own === undefined ? [] : [namespace(name, own)]),
      ...members.map(({ labels: podLabels, ports, hostNetwork, host, isDual }, at) => ({
        ...pod(`${name}/p${String(at)}`, podLabels, ports, hostNetwork ? { hostNetwork } : {}),
        // on both sides of the edge of a block that policies name, and no pod has the address of another
        ...(host === undefined || hostNetwork
          ? {}
          : {
              status: {
                podIPs: [
                  { ip: `10.${String(host)}.${String(NAMESPACES.indexOf(name))}.${String(at)}` },
                  ...(isDual ? [{ ip: `fd00::${String(NAMESPACES.indexOf(name))}:${String(at)}` }] : []),
                ],
              },
            }),
      })),
    ]);
}

const containerPort: fc.Arbitrary<ContainerPort> = fc.record(
  {
    containerPort: fc.constantFrom(80, 81, 8080),
    name: fc.constantFrom('http', 'alt'),
    protocol: fc.constantFrom(...PROTOCOLS),
  },
  { requiredKeys: ['containerPort'] },
);

const member = fc.record({
  labels: labels(POD_LABELS),
  // A name and a protocol lead to one number, or the documents would have to say to which.
  ports: fc.uniqueArray(containerPort, {
    maxLength: 3,
    selector: ({ name, protocol, containerPort: number }) => `${name ?? String(number)} ${protocol ?? 'TCP'}`,
  }),
  host: fc.constantFrom(0, 1, undefined),
  isDual: fc.boolean(),
  hostNetwork: fc
    .boolean()
    .chain((one) => (one ? fc.integer({ min: 0, max: 9 }).map((x) => x === 9) : fc.constant(false))),
});
