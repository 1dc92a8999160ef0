import { TransportSet } from '#netset';
import { reachBetween, analyse, type Analysis } from '#engine';
import { idOf, type Network } from '#model';
import {
  assessEnforcement,
  readDocuments,
  translate,
  type Problem,
  type TranslateOptions,
} from '#sources/kubernetes';

/** The cluster that some YAML tells of. @throws Error if any of it is unreadable */
export function clusterOf(
  yaml: string,
  options: TranslateOptions = {},
): { network: Network; problems: readonly Problem[] } {
  const { objects, problems } = readDocuments(yaml, 'test.yaml');
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('; '));
  return translate({ name: 'test', objects }, options);
}

/** The same compiled, where nothing in it is invalid. */
export function analysed(yaml: string, options: TranslateOptions = {}): Analysis {
  const { network, problems } = clusterOf(yaml, options);
  if (problems.length > 0)
    throw new Error(problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
  return analyse(network);
}

/** The same for a cluster whose network plugin is among its objects. */
export function analysedCluster(yaml: string): Analysis {
  const { objects } = readDocuments(yaml, 'test.yaml');
  const enforcement = assessEnforcement(objects.map(({ object }) => object));
  const { network, problems } = translate({ name: 'test', objects, enforcement });
  if (problems.length > 0)
    throw new Error(problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
  return analyse(network);
}

/** A pod with labels, and named ports. */
export function pod(
  name: string,
  labels: Record<string, string> = {},
  ports: readonly string[] = [],
): string {
  const [namespace, own] = name.includes('/') ? name.split('/') : ['default', name];
  const listed = ports.map((text) => {
    const [port, number, protocol = 'TCP'] = text.split(' ');
    return `{ name: ${String(port)}, containerPort: ${String(number)}, protocol: ${protocol} }`;
  });
  return `---
apiVersion: v1
kind: Pod
metadata: { name: ${String(own)}, namespace: ${String(namespace)}, labels: ${JSON.stringify({ app: own, ...labels })} }
spec: { containers: [{ name: main, image: app, ports: [${listed.join(', ')}] }] }
`;
}

export function namespace(name: string, labels: Record<string, string> = {}): string {
  return `---
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: ${JSON.stringify(labels)} }
`;
}

/** A NetworkPolicy of `default`, or of `namespace/name`, with a spec in JSON or YAML flow. */
export function policy(name: string, spec: string): string {
  const [where, own] = name.includes('/') ? name.split('/') : ['default', name];
  return `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${String(own)}, namespace: ${String(where)} }
spec: ${spec}
`;
}

/** What one pod surely opens on another, and `? …` for what it perhaps does beside. */
export function opens(analysis: Analysis, from: string, to: string): string {
  const id = (name: string) => idOf<'endpoint'>(`${name.includes('/') ? name : `default/${name}`}[Pod]`);
  const { sure, possible } = reachBetween(analysis, id(from), id(to));
  const unknown = possible.subtract(sure);
  return unknown.isEmpty ? sure.toString() : `${sure.toString()} ? ${unknown.toString()}`;
}

/** The same where most is open: `all but tcp 80`, and `? …` for what of that is perhaps open. */
export function opensBut(analysis: Analysis, from: string, to: string): string {
  const id = (name: string) => idOf<'endpoint'>(`${name.includes('/') ? name : `default/${name}`}[Pod]`);
  const { sure, possible } = reachBetween(analysis, id(from), id(to));
  const unknown = possible.subtract(sure);
  const shut = TransportSet.ALL.subtract(sure);
  const text = sure.isEmpty || shut.isEmpty ? sure.toString() : `all but ${shut.toString()}`;
  return unknown.isEmpty ? text : `${text} ? ${unknown.toString()}`;
}
