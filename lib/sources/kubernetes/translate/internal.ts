import type { KubernetesObject } from '../resources/index.ts';

/**
 * The annotations by which clouds are asked for an entrance that only their own network reaches.
 *
 * https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#scheme
 */
const INTERNAL: readonly (readonly [annotation: string, value: RegExp])[] = [
  ['service.beta.kubernetes.io/aws-load-balancer-internal', /^(?:true|0\.0\.0\.0\/0)$/i],
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', /^internal$/i],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', /^true$/i],
  ['networking.gke.io/load-balancer-type', /^internal$/i],
  ['cloud.google.com/load-balancer-type', /^internal$/i],
  ['service.beta.kubernetes.io/oci-load-balancer-internal', /^true$/i],
  ['service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type', /^private$/i],
  ['alb.ingress.kubernetes.io/scheme', /^internal$/i],
  ['kubernetes.io/ingress.class', /^gce-internal$/i],
];

export function isInternal({ metadata }: KubernetesObject): boolean {
  const annotations = (metadata['annotations'] ?? {}) as Record<string, unknown>;
  return INTERNAL.some(([annotation, value]) => {
    const text = annotations[annotation];
    return typeof text === 'string' && value.test(text);
  });
}
