import { stringify } from 'yaml';
import { TransportSet } from '#netset';
import { NAME_LABEL } from '../translate/namespaces.ts';
import type { Peer, WantedPolicy } from './change.ts';

/** What the API server takes for names and namespaces; nothing else is put into a command. */
const NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

export function isName(text: string): boolean {
  return NAME.test(text);
}

/** The NetworkPolicy to apply; `undefined` where a name or a label is none that the API server takes, or its ports cannot be said. */
export function policyObject({
  namespace,
  name,
  selects,
  direction,
  allows,
}: WantedPolicy): object | undefined {
  const isTaken =
    isName(namespace) &&
    isName(name) &&
    [...selects].every(([key, value]) => LABEL_KEY.test(key) && LABEL_VALUE.test(value));
  const rules = allows.map(({ peer, transport }) => {
    const [ports, peers] = [portsOf(transport), peersOf(peer, namespace)];
    return (
      ports && {
        ...(peers.length > 0 && { [direction === 'ingress' ? 'from' : 'to']: peers }),
        ...(ports.length > 0 && { ports }),
      }
    );
  });
  if (!isTaken || rules.includes(undefined)) return undefined;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: {
      podSelector: selects.size === 0 ? {} : { matchLabels: Object.fromEntries(selects) },
      policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'],
      ...(rules.length > 0 && { [direction]: rules }),
    },
  };
}

/** As documents of one YAML text, in which no value takes more than its line. */
export function manifestText(objects: readonly object[]): string {
  return objects
    .map((object) =>
      stringify(object, { lineWidth: 0, blockQuote: false, doubleQuotedMinMultiLineLength: 1_000_000 }),
    )
    .join('---\n');
}

/** As a policy of that namespace names them; nothing for anybody. */
export function peersOf(peer: Peer, namespace: string): readonly object[] {
  if (peer === 'anyone') return [];
  if (peer === 'cluster') return [{ namespaceSelector: {} }];
  if (peer.namespace === namespace) return [{ podSelector: {} }];
  return [{ namespaceSelector: { matchLabels: { [NAME_LABEL]: peer.namespace } } }];
}

/** Entries of `ports`; none for everything. `undefined` where a NetworkPolicy has no words for it. */
function portsOf(transport: TransportSet): readonly object[] | undefined {
  if (transport.equals(TransportSet.ALL)) return [];
  const ports = (
    [
      [6, 'TCP', TransportSet.tcp()],
      [17, 'UDP', TransportSet.udp()],
      [132, 'SCTP', TransportSet.sctp()],
    ] as const
  ).flatMap(([number, protocol, whole]) =>
    whole.isSubsetOf(transport)
      ? [{ protocol }]
      : transport.portsOf(number).map(({ first, last }) => ({
          protocol,
          port: first,
          ...(last > first && { endPort: last }),
        })),
  );
  const said = TransportSet.unionOf([TransportSet.tcp(), TransportSet.udp(), TransportSet.sctp()]);
  return transport.isSubsetOf(said) && ports.length > 0 ? ports : undefined;
}
