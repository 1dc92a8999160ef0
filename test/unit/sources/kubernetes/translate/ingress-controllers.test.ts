import { describe, expect, it } from 'vitest';
import { relayedExposures } from '#engine';
import type { TranslateOptions } from '#sources/kubernetes';
import { analysed, clusterOf, namespace, pod, policy } from '../../../../support/cluster.ts';

type Labels = Readonly<Record<string, string>>;
const NGINX: Labels = {
  'app.kubernetes.io/name': 'ingress-nginx',
  'app.kubernetes.io/component': 'controller',
};

const controllerPod = (labels: Labels, ports = ['http 80', 'https 443', 'metrics 9999'], more = '') =>
  pod('edge/controller', labels, ports).replace('spec: { ', `spec: { ${more}`);
const service = (name: string, app: string, spec: string) => {
  const [where, own] = name.split('/');
  return `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${String(own)}, namespace: ${String(where)} }\nspec: { selector: { app: ${app} }, ${spec} }\n`;
};
const ingress = (spec = '', annotations = '{}') =>
  `---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, namespace: shop, annotations: ${annotations} }\nspec: { ${spec} defaultBackend: { service: { name: web, port: { number: 80 } } } }\n`;
const ingressClass = (name: string, controller: string, annotations = '{}') =>
  `---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: ${name}, annotations: ${annotations} }\nspec: { controller: ${controller} }\n`;

const WEB =
  namespace('shop') +
  namespace('edge') +
  pod('shop/web', {}, ['http 8080']) +
  service('shop/web', 'web', 'ports: [{ port: 80, targetPort: 8080 }]');
const BALANCED = service(
  'edge/lb',
  'controller',
  'type: LoadBalancer, ports: [{ port: 80, targetPort: 80 }, { port: 443, targetPort: 443 }]',
);

/** How the internet gets to the web pod, and `?` where that is not certain. */
function ways(yaml: string, options?: TranslateOptions): string[] {
  const lines = relayedExposures(analysed(WEB + yaml, options))
    .filter(({ endpoint }) => endpoint.name === 'shop/web[Pod]')
    .map(
      ({ through, possible, sure }) =>
        `${through.map(({ name }) => name).join(' → ')}: ${possible.map(({ transport }) => transport.toString()).join()}${sure.length === 0 ? ' ?' : ''}`,
    );
  return [...new Set(lines)];
}

const FOUND = ['edge/lb[Service] → edge/controller[Pod]: tcp 8080'];
const UNKNOWN = ['ingress-controller: tcp 8080'];

describe('a controller that is there is on the way, and the policies of its own pods are asked', () => {
  it.each([
    { name: 'no policy', policies: '', is: FOUND },
    {
      name: 'its namespace is admitted',
      policies: policy(
        'shop/web',
        '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: edge } } }] }] }',
      ),
      is: FOUND,
    },
    {
      name: 'another namespace is admitted',
      policies: policy(
        'shop/web',
        '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } } }] }] }',
      ),
      is: [],
    },
    {
      name: 'it may open nothing',
      policies: policy('edge/shut', '{ podSelector: {}, policyTypes: [Egress] }'),
      is: [],
    },
    {
      name: 'it admits nobody from outside',
      policies: policy('edge/shut', '{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }'),
      is: [],
    },
    {
      name: 'on the network of its node, where what it opens is not certain',
      policies: policy('shop/web', '{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }'),
      more: 'hostNetwork: true, ',
      is: ['edge/lb[Service] → edge/controller[Pod]: tcp 8080 ?'],
    },
  ])('$name', ({ policies, is, more }) => {
    expect(ways(controllerPod(NGINX, undefined, more) + BALANCED + ingress() + policies)).toEqual(is);
  });

  it('is reached by an entrance that nobody wrote where no service publishes it', () => {
    expect(ways(controllerPod(NGINX) + ingress())).toEqual([
      'ingress-entrance → edge/controller[Pod]: tcp 8080',
    ]);
  });

  it('answers clients on the ports that are for them', () => {
    const { network } = clusterOf(WEB + controllerPod(NGINX) + ingress());
    const relay = [...network.relays.values()].find(({ name }) => name === 'edge/controller[Pod]');
    expect(relay!.listeners.map(({ transport }) => transport.toString())).toEqual(['tcp 80,443']);
  });

  it('is not known where that is asked for', () => {
    const yaml = controllerPod(NGINX) + BALANCED + ingress();
    expect(ways(yaml, { ingressControllers: 'unknown' })).toEqual(UNKNOWN);
  });
});

describe('which of the programs that are there carries an Ingress out', () => {
  it.each<[string, Labels, string, string]>([
    ['k8s.io/ingress-nginx', NGINX, 'nginx', ''],
    ['nginx.org/ingress-controller', { app: 'nginx-ingress' }, 'nginx', ''],
    ['traefik.io/ingress-controller', { 'app.kubernetes.io/name': 'traefik' }, 'traefik', ''],
    ['haproxy-ingress.github.io/controller', { 'app.kubernetes.io/name': 'haproxy-ingress' }, 'haproxy', ''],
    ['haproxy.org/ingress-controller', { run: 'haproxy-ingress' }, 'haproxy', ''],
    ['projectcontour.io/projectcontour/contour', { app: 'envoy' }, 'contour', ''],
    ['ingress-controllers.konghq.com/kong', { 'app.kubernetes.io/name': 'kong' }, 'kong', ''],
    ['istio.io/ingress-controller', { istio: 'ingressgateway' }, 'istio', ''],
    ['k8s.io/ingress-nginx', {}, 'nginx', 'registry.k8s.io/ingress-nginx/controller:v1.11.2@sha256:ab'],
    ['traefik.io/ingress-controller', {}, 'traefik', 'docker.io/traefik:v3.1'],
  ])('%s by %o, class %s, image "%s"', (controller, labels, name, image) => {
    const own = controllerPod(labels).replace('image: app', `image: ${image === '' ? 'app' : image}`);
    // what the labels of one program are is no service's selector here
    const text = own + BALANCED.replace('app: controller', `app: ${labels['app'] ?? 'controller'}`);
    expect(ways(`${text}${ingressClass('mine', controller)}${ingress('ingressClassName: mine,')}`)).toEqual(
      FOUND,
    );
    expect(ways(text + ingress(`ingressClassName: ${name},`))).toEqual(FOUND);
    expect(ways(text + ingress('', `{ kubernetes.io/ingress.class: ${name} }`))).toEqual(FOUND);
  });

  it.each([
    { name: 'pods of another program', yaml: ingress('ingressClassName: traefik,') },
    {
      name: 'a class of a program that is not known',
      yaml: ingressClass('x', 'example.com/x') + ingress('ingressClassName: x,'),
    },
    {
      name: 'the default class is of another program',
      yaml:
        ingressClass(
          't',
          'traefik.io/ingress-controller',
          '{ ingressclass.kubernetes.io/is-default-class: "true" }',
        ) + ingress(),
    },
    {
      name: 'no class, and two programs are there',
      yaml: pod('edge/other', { istio: 'ingressgateway' }) + ingress(),
    },
  ])('nobody can say: $name', ({ yaml }) => {
    expect(ways(controllerPod(NGINX) + BALANCED + yaml)).toEqual(UNKNOWN);
  });
});

describe('a load balancer of the cloud is no pod', () => {
  it.each([
    { from: '[]', is: ['ingress-load-balancer: tcp 8080'] },
    { from: '[{ namespaceSelector: {} }]', is: [] },
    { from: '[{ ipBlock: { cidr: 10.0.0.0/16 } }]', is: ['ingress-load-balancer: tcp 8080 ?'] },
  ])('from: $from', ({ from, is }) => {
    const yaml = policy('shop/web', `{ podSelector: {}, ingress: [{ from: ${from} }] }`);
    expect(ways(controllerPod(NGINX) + BALANCED + yaml + ingress('ingressClassName: alb,'))).toEqual(is);
  });

  it('has addresses that were not read', () => {
    const { network } = clusterOf(WEB + ingress('ingressClassName: alb,'));
    expect([...network.blindSpots.keys()]).toEqual(['ingress-load-balancer-address']);
  });
});
