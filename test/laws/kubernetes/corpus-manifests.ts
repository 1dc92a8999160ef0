import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from './oracle/objects.ts';

/** One row of a case is about all pods of a workload; `pod` is one of them, to ask about. */
export type Workload = { readonly name: string; readonly pod: KubeObject };

export type Manifests = { readonly objects: readonly KubeObject[]; readonly workloads: readonly Workload[] };

type Raw = {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string | null;
    readonly labels?: Record<string, string> | null;
    readonly ownerReferences?: readonly OwnerReference[] | null;
  };
  readonly spec?: { readonly template?: Raw; readonly jobTemplate?: Raw } | null;
  readonly items?: readonly Raw[] | null;
};
type OwnerReference = { readonly kind: string; readonly name: string; readonly controller?: boolean };

const TEMPLATED = new Set([
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'ReplicationController',
  'Job',
  'CronJob',
]);

/** All manifests below a folder: the objects, and each workload with a pod that stands for it. */
export function readManifests(folder: string): Manifests {
  const objects: KubeObject[] = [];
  const workloads = new Map<string, Workload>();
  for (const raw of documentsIn(folder).flatMap(unpacked)) {
    const { apiVersion, kind, metadata } = raw;
    if (apiVersion === undefined || kind === undefined || metadata?.name === undefined) continue;
    const object = { ...raw, apiVersion, kind, metadata: { ...metadata, name: metadata.name } };
    const workload = workloadOf(object, raw);
    if (workload === undefined) {
      objects.push(object);
      continue;
    }
    if (!workloads.has(workload.name)) workloads.set(workload.name, workload);
  }
  const found = [...workloads.values()];
  return { objects: [...objects, ...found.map((each) => each.pod)], workloads: found };
}

function workloadOf(object: KubeObject, raw: Raw): Workload | undefined {
  const namespace = object.metadata.namespace ?? 'default';
  if (object.kind === 'Pod') {
    const owner = raw.metadata?.ownerReferences?.find((each) => each.controller === true);
    const { kind, name } =
      owner === undefined || owner.kind === 'Node' ? { kind: 'Pod', name: object.metadata.name } : owner;
    return standIn(`${namespace}/${name}[${kind}]`, namespace, raw);
  }
  if (!TEMPLATED.has(object.kind)) return undefined;
  const template = raw.spec?.template ?? raw.spec?.jobTemplate?.spec?.template;
  return standIn(`${namespace}/${object.metadata.name}[${object.kind}]`, namespace, template ?? {});
}

/** The corpus takes no notice of the host network. */
function standIn(name: string, namespace: string, template: Raw): Workload {
  const labels = template.metadata?.labels ?? {};
  const spec = { ...template.spec, hostNetwork: false };
  return { name, pod: { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels }, spec } };
}

function unpacked(document: Raw): Raw[] {
  if (document.kind?.endsWith('List') !== true) return [document];
  const kind = document.kind.slice(0, -'List'.length);
  return (document.items ?? []).map((item) => ({
    ...(kind === '' ? {} : { kind, apiVersion: document.apiVersion ?? '' }),
    ...item,
  }));
}

function documentsIn(folder: string): Raw[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .toSorted()
    .flatMap((name) =>
      parseAllDocuments(readFileSync(path.join(folder, name), 'utf8'), { logLevel: 'silent' })
        .filter((document) => document.errors.length === 0)
        .map((document) => document.toJS() as Raw | null),
    )
    .filter((raw): raw is Raw => typeof raw === 'object' && raw !== null);
}
