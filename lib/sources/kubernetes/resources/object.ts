import { z } from 'zod';

/** Absent and `null` mean the same wherever Kubernetes decodes; `{}` and `[]` mean something else. */
export function maybe<T extends z.ZodType>(shape: T) {
  return shape.nullish().transform((value) => value ?? undefined);
}

/** Labels and names as the API server takes them: text, never a number that YAML made of it. */
export const labelsShape = z.record(z.string(), z.string());

/** A manifest may lack the kind, which the API server asks for: it still says whose pod it is. */
const ownerShape = z.object({
  kind: maybe(z.string()),
  name: z.string(),
  controller: maybe(z.boolean()),
});

const metaShape = z.looseObject({
  name: maybe(z.string()),
  generateName: maybe(z.string()),
  namespace: maybe(z.string()),
  labels: maybe(labelsShape),
  ownerReferences: maybe(z.array(ownerShape)),
});

export const objectShape = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.preprocess((value) => value ?? {}, metaShape),
});

/** One object as the API server or a manifest writes it: parsed JSON, whatever its kind. */
export type KubernetesObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string | undefined;
    readonly namespace?: string | undefined;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
};

/** Where an object was read: `payments.yaml:12`, or the call of a live cluster. */
export type ReadAt = {
  readonly file: string;
  /** The line at which its document begins, from 1; absent where there are no lines. */
  readonly line?: number;
};

export type ReadObject = { readonly object: KubernetesObject; readonly at: ReadAt };

/** `payments.yaml:12`. */
export function placeText({ file, line }: ReadAt): string {
  return line === undefined ? file : `${file}:${String(line)}`;
}

/** The API group of an object: `apps` of `apps/v1`, empty for the core group. */
export function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** The namespace of a namespaced object: a manifest without one goes where `default` is. */
export function namespaceOf({ metadata }: KubernetesObject): string {
  return metadata.namespace === undefined || metadata.namespace === '' ? 'default' : metadata.namespace;
}
