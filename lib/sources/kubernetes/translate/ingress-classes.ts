import { groupOf, type ReadObject } from '../resources/index.ts';
import type { Labels } from './match-labels.ts';

/** A known program that carries out Ingress objects. */
export type ControllerKind = {
  readonly name: string;
  /** What `spec.controller` of an IngressClass says. */
  readonly controller: RegExp;
  /** Names that a class has where nobody chose another. */
  readonly classes: readonly string[];
  /** How its pods are known that clients' connections end at; absent where none does, since it sets up something outside the cluster. */
  readonly pods?: {
    readonly labels: readonly Readonly<Record<string, string>>[];
    /** The image without registry and tag. */
    readonly image?: RegExp;
  };
};

/**
 * Those that people run, by their own charts and manifests. Contour's clients meet Envoy, Istio's its gateway, and what the cloud controllers set up
 * stands outside.
 *
 * https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/
 */
const KINDS: readonly ControllerKind[] = [
  {
    name: 'ingress-nginx',
    controller: /^k8s\.io\/ingress-nginx/,
    classes: ['nginx'],
    pods: {
      labels: [
        { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
        { app: 'ingress-nginx', component: 'controller' },
      ],
      image: /(?:^|\/)ingress-nginx\/controller(?:-chroot)?$|(?:^|\/)nginx-ingress-controller$/,
    },
  },
  {
    name: 'NGINX Ingress Controller',
    controller: /^nginx\.org\/ingress-controller/,
    classes: ['nginx'],
    pods: {
      labels: [{ app: 'nginx-ingress' }, { 'app.kubernetes.io/name': 'nginx-ingress' }],
      image: /(?:^|\/)nginx\/nginx-ingress$|(?:^|\/)nginx-plus-ingress$/,
    },
  },
  {
    name: 'Traefik',
    controller: /^traefik\.io\/ingress-controller/,
    classes: ['traefik'],
    pods: {
      labels: [{ 'app.kubernetes.io/name': 'traefik' }, { app: 'traefik' }],
      image: /(?:^|\/)(?:rancher\/mirrored-library-)?traefik$/,
    },
  },
  {
    name: 'HAProxy Ingress',
    controller: /^haproxy-ingress\.github\.io\/controller/,
    classes: ['haproxy'],
    pods: { labels: [{ 'app.kubernetes.io/name': 'haproxy-ingress' }], image: /(?:^|\/)haproxy-ingress$/ },
  },
  {
    name: 'HAProxy Kubernetes Ingress Controller',
    controller: /^haproxy\.org\/ingress-controller/,
    classes: ['haproxy'],
    pods: {
      labels: [{ run: 'haproxy-ingress' }, { 'app.kubernetes.io/name': 'kubernetes-ingress' }],
      image: /(?:^|\/)haproxytech\/kubernetes-ingress$/,
    },
  },
  {
    name: 'Contour',
    controller: /^projectcontour\.io\//,
    classes: ['contour'],
    pods: {
      labels: [
        { 'app.kubernetes.io/name': 'contour', 'app.kubernetes.io/component': 'envoy' },
        { app: 'envoy' },
      ],
    },
  },
  {
    name: 'Kong',
    controller: /^ingress-controllers\.konghq\.com\/kong/,
    classes: ['kong'],
    pods: {
      labels: [{ app: 'proxy-kong' }, { app: 'ingress-kong' }, { 'app.kubernetes.io/name': 'kong' }],
      image: /(?:^|\/)kong(?:-gateway)?$/,
    },
  },
  {
    name: 'Istio',
    controller: /^istio\.io\/ingress-controller/,
    classes: ['istio'],
    pods: { labels: [{ istio: 'ingressgateway' }] },
  },
  {
    name: 'Emissary',
    controller: /^getambassador\.io\/ingress-controller/,
    classes: ['ambassador'],
    pods: { labels: [{ 'app.kubernetes.io/name': 'emissary-ingress' }, { service: 'ambassador' }] },
  },
  {
    name: 'OpenShift',
    controller: /^openshift\.io\/ingress-to-route/,
    classes: ['openshift-default'],
    pods: { labels: [{ 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': 'default' }] },
  },
  {
    name: 'AWS load balancer',
    controller: /^(?:ingress|eks)\.(?:k8s|amazonaws)\.(?:aws|com)\/alb/,
    classes: ['alb'],
  },
  {
    name: 'Google Cloud load balancer',
    controller: /^k8s\.io\/ingress-gce/,
    classes: ['gce', 'gce-internal'],
  },
  {
    name: 'Azure Application Gateway',
    controller: /^azure\/application-gateway/,
    classes: ['azure-application-gateway', 'azure/application-gateway'],
  },
];

/** By which program each Ingress is carried out, as far as its class, the classes of the cluster, or what runs there tells. */
export class IngressClasses {
  readonly #controllers = new Map<string, string>();
  readonly #default: string | undefined;

  constructor(objects: readonly ReadObject[]) {
    let fallback: string | undefined;
    for (const { object } of objects) {
      const { kind, metadata } = object;
      if (kind !== 'IngressClass' || groupOf(object) !== 'networking.k8s.io') continue;
      const controller = (object['spec'] as { controller?: unknown } | undefined)?.controller;
      const name = metadata.name ?? '';
      if (typeof controller === 'string') this.#controllers.set(name, controller);
      if (annotationsOf(metadata)['ingressclass.kubernetes.io/is-default-class'] === 'true') fallback = name;
    }
    this.#default = fallback;
  }

  /** The kinds that may be meant: the one of its class; of a class that nobody declared, those that go by that name; without a class, all. */
  kindsOf(className: string | undefined): readonly ControllerKind[] {
    const name = className ?? this.#default;
    if (name === undefined) return KINDS.filter(({ pods }) => pods !== undefined);
    const controller = this.#controllers.get(name);
    return controller === undefined
      ? KINDS.filter(({ classes }) => classes.includes(name))
      : KINDS.filter((kind) => kind.controller.test(controller));
  }
}

/** The class that an Ingress names: by the field, or by the annotation that was there before it. */
export function classOf(
  spec: { readonly ingressClassName?: string | undefined },
  metadata: Readonly<Record<string, unknown>>,
): string | undefined {
  const annotated = annotationsOf(metadata)['kubernetes.io/ingress.class'];
  return spec.ingressClassName ?? (typeof annotated === 'string' ? annotated : undefined);
}

export function isOfKind(
  { pods }: ControllerKind,
  { labels, images }: { readonly labels: Labels; readonly images: readonly string[] },
): boolean {
  if (pods === undefined) return false;
  const { image } = pods;
  return (
    pods.labels.some((wanted) => Object.entries(wanted).every(([key, value]) => labels.get(key) === value)) ||
    (image !== undefined && images.some((one) => image.test(one.replace(/(?::[^/@]*)?(?:@.*)?$/, ''))))
  );
}

function annotationsOf(metadata: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return (metadata['annotations'] ?? {}) as Readonly<Record<string, unknown>>;
}
