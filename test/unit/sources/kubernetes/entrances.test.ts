import { describe, expect, it } from 'vitest';
import { exposures, relayedExposures } from '#engine';
import { analysed, pod, policy } from '../../../support/cluster.ts';

const service = (spec: string, annotations = '{}') =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: s, annotations: ${annotations} }\nspec: ${spec}\n`;
const ingress = (spec: string, annotations = '{}') =>
  `---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, annotations: ${annotations} }\nspec: ${spec}\n`;
const WEB = pod('web', {}, ['http 8080', 'admin 9000']);
const to = (port: string) =>
  `{ rules: [{ http: { paths: [{ path: /, backend: { service: { name: s, port: ${port} } } }] } }] }`;

/** What the internet gets to behind entrances, surely and with `?` perhaps. */
function reached(yaml: string): string[] {
  const analysis = analysed(yaml);
  return relayedExposures(analysis).flatMap(({ endpoint, through, sure, possible }) => {
    const isSure = sure.length > 0;
    return (isSure ? sure : possible).map(
      ({ ips, transport }) =>
        `${through[0].name} → ${endpoint.name} ${transport.toString()} from ${ips.size4() > 3e9 ? 'anywhere' : ips.toString()}${isSure ? '' : ' ?'}`,
    );
  });
}

describe('an Ingress', () => {
  it.each([
    {
      name: 'by number',
      spec: '{ selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }',
      port: '{ number: 80 }',
      is: 'tcp 8080',
    },
    {
      name: 'by name',
      spec: '{ selector: { app: web }, ports: [{ name: x, port: 80, targetPort: 8080 }] }',
      port: '{ name: x }',
      is: 'tcp 8080',
    },
    {
      name: 'to a named port',
      spec: '{ selector: { app: web }, ports: [{ port: 80, targetPort: http }] }',
      port: '{ number: 80 }',
      is: 'tcp 8080',
    },
    {
      name: 'without a target port',
      spec: '{ selector: { app: web }, ports: [{ port: 9000 }] }',
      port: '{ number: 9000 }',
      is: 'tcp 9000',
    },
    {
      name: 'by the target port, which is not the service’s',
      spec: '{ selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }',
      port: '{ number: 8080 }',
      is: undefined,
    },
    {
      name: 'to a service of nobody',
      spec: '{ selector: { app: gone }, ports: [{ port: 80 }] }',
      port: '{ number: 80 }',
      is: undefined,
    },
    {
      name: 'to a service without a selector',
      spec: '{ ports: [{ port: 80 }] }',
      port: '{ number: 80 }',
      is: undefined,
    },
  ])('leads to a pod $name', ({ spec, port, is }) => {
    const expected = is === undefined ? [] : [`ingress-controller → default/web[Pod] ${is} from anywhere`];
    expect(reached(WEB + service(spec) + ingress(to(port)))).toEqual(expected);
  });

  const published =
    WEB +
    service('{ selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }') +
    ingress('{ defaultBackend: { service: { name: s, port: { number: 80 } } } }');
  it.each([
    { rules: '[]', is: [] },
    { rules: '[{ from: [{ namespaceSelector: {} }] }]', is: ['tcp 8080'] },
    { rules: '[{ ports: [{ port: 8080 }] }]', is: ['tcp 8080'] },
    { rules: '[{ ports: [{ port: 80 }] }]', is: [] },
    { rules: '[{ from: [{ podSelector: {} }] }]', is: [] },
    { rules: '[{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]', is: [] },
  ])('asks the pod’s policies as a pod of which nothing is known: $rules', ({ rules, is }) => {
    const found = reached(published + policy('p', `{ podSelector: {}, ingress: ${rules} }`));
    expect(found.map((text) => text.replace(/^.*\] (.*) from.*$/, '$1'))).toEqual(is);
  });

  it('that is internal is not on the internet', () => {
    expect(
      reached(
        published.replace(
          'name: i, annotations: {}',
          'name: i, annotations: { alb.ingress.kubernetes.io/scheme: internal }',
        ),
      ),
    ).toEqual([]);
  });
});

describe('a service', () => {
  const spec = (more: string) =>
    `{ ${more}, selector: { app: web }, ports: [{ port: 80, targetPort: http, nodePort: 30080 }] }`;
  it.each([
    { yaml: service(spec('type: ClusterIP')), is: [] },
    {
      yaml: service(spec('type: LoadBalancer')),
      is: ['default/s[Service] → default/web[Pod] tcp 8080 from anywhere'],
    },
    {
      yaml: service(
        spec('type: LoadBalancer'),
        '{ service.beta.kubernetes.io/azure-load-balancer-internal: "true" }',
      ),
      // it has node ports all the same
      is: ['default/s[Service] node ports → default/web[Pod] tcp 8080 from anywhere ?'],
    },
    {
      yaml: service(
        spec('type: LoadBalancer, allocateLoadBalancerNodePorts: false'),
        '{ service.beta.kubernetes.io/azure-load-balancer-internal: "true" }',
      ),
      is: [],
    },
    {
      yaml: service(spec('type: LoadBalancer, loadBalancerSourceRanges: [8.8.8.0/24]')),
      is: [
        'default/s[Service] → default/web[Pod] tcp 8080 from 8.8.8.0/24',
        'default/s[Service] node ports → default/web[Pod] tcp 8080 from anywhere ?',
      ],
    },
    {
      yaml: service(spec('externalIPs: [203.0.113.7]')),
      is: ['default/s[Service] external addresses → default/web[Pod] tcp 8080 from anywhere ?'],
    },
    { yaml: service(spec('externalIPs: [10.0.0.7]')), is: [] },
    { yaml: service(spec('type: ExternalName, externalName: example.com')), is: [] },
    {
      yaml: service(spec('type: NodePort')),
      is: ['default/s[Service] → default/web[Pod] tcp 8080 from anywhere ?'],
    },
  ])('$yaml', ({ yaml, is }) => {
    expect(reached(WEB + yaml)).toEqual(is);
  });

  it('of a load balancer is judged by its clients’ addresses', () => {
    const block = policy(
      'p',
      '{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 8.8.0.0/16 } }] }] }',
    );
    expect(reached(WEB + service(spec('type: LoadBalancer')) + block)).toEqual([
      'default/s[Service] → default/web[Pod] tcp 8080 from 8.8.0.0/16',
    ]);
    const pods = policy('p', '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] }');
    expect(reached(WEB + service(spec('type: LoadBalancer')) + pods)).toEqual([]);
  });

  it('and no pod by itself is dialled from the internet', () => {
    expect(exposures(analysed(WEB + pod('other'))).map(({ endpoint }) => endpoint.id)).toEqual([]);
  });
});

describe('a service without a selector', () => {
  const at = (ip: string): string => `${WEB}status: { podIPs: [{ ip: "${ip}" }] }\n`;
  const open = service('{ type: LoadBalancer, ports: [{ name: web, port: 80 }] }');
  const slice = (end: string, ports = '[{ name: web, port: 8080 }]'): string => `---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: s-1, labels: { kubernetes.io/service-name: s } }
addressType: IPv4
ports: ${ports}
endpoints: [${end}]
`;
  const BY_LB = ['default/s[Service] → default/web[Pod] tcp 8080 from anywhere'];
  it.each([
    {
      name: 'by a pod’s name',
      yaml: slice('{ addresses: [10.1.0.9], targetRef: { kind: Pod, name: web } }'),
      is: BY_LB,
    },
    { name: 'by a pod’s address', yaml: slice('{ addresses: [10.1.0.5] }'), is: BY_LB },
    { name: 'to what is no pod', yaml: slice('{ addresses: [192.0.2.1] }'), is: [] },
    {
      name: 'on another port of the service',
      yaml: slice('{ addresses: [10.1.0.5] }', '[{ name: x, port: 1 }, { name: y, port: 2 }]'),
      is: [],
    },
    {
      name: 'by Endpoints',
      yaml: '---\napiVersion: v1\nkind: Endpoints\nmetadata: { name: s }\nsubsets: [{ addresses: [{ ip: 10.1.0.5 }], ports: [{ name: web, port: 8080 }] }]\n',
      is: BY_LB,
    },
  ])('leads $name', ({ yaml, is }) => {
    expect(reached(at('10.1.0.5') + open + yaml)).toEqual(is);
  });

  it('and without a word of where it leads is a blind spot', () => {
    const spots = [...analysed(WEB + open).network.blindSpots.values()];
    expect(spots.map(({ code, what }) => [code, what.includes('default/s')])).toEqual([
      ['load-balancer-targets', true],
    ]);
  });
});

describe('a Route of OpenShift', () => {
  const route = (spec: string): string =>
    `---\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata: { name: r }\nspec: ${spec}\n`;
  const two = service(
    '{ selector: { app: web }, ports: [{ name: h, port: 80, targetPort: http }, { name: a, port: 90, targetPort: 9000 }] }',
  );
  it.each([
    { spec: '{ to: { kind: Service, name: s }, port: { targetPort: h } }', is: ['tcp 8080'] },
    { spec: '{ to: { kind: Service, name: s }, port: { targetPort: 9000 } }', is: ['tcp 9000'] },
    { spec: '{ to: { kind: Service, name: s } }', is: ['tcp 8080,9000'] },
    {
      spec: '{ to: { kind: Service, name: gone }, alternateBackends: [{ kind: Service, name: s }], port: { targetPort: h } }',
      is: ['tcp 8080'],
    },
    { spec: '{ to: { kind: Service, name: gone } }', is: [] },
  ])('$spec', ({ spec, is }) => {
    const found = reached(WEB + two + route(spec));
    expect(found).toEqual(is.map((ports) => `ingress-controller → default/web[Pod] ${ports} from anywhere`));
  });
});

describe('a Gateway', () => {
  const V1 = 'apiVersion: gateway.networking.k8s.io/v1';
  const gateway = (listeners: string, more = ''): string =>
    `---\n${V1}\nkind: Gateway\nmetadata: { name: g, namespace: edge }\nspec: { gatewayClassName: x, ${more} listeners: ${listeners} }\n`;
  const HTTP = '[{ name: web, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }]';
  const route = (kind: string, spec: string): string =>
    `---\n${V1}\nkind: ${kind}\nmetadata: { name: r }\nspec: ${spec}\n`;
  const to = (parent: string, ref = 'name: s, port: 80'): string =>
    `{ parentRefs: [{ name: g, namespace: edge${parent} }], rules: [{ backendRefs: [{ ${ref} }] }] }`;
  const svc = service('{ selector: { app: web }, ports: [{ port: 80, targetPort: http }] }');
  const grant = (from: string): string =>
    `---\n${V1}beta1\nkind: ReferenceGrant\nmetadata: { name: x, namespace: other }\nspec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: ${from} }], to: [{ group: "", kind: Service }] }\n`;
  const OTHER = pod('other/web', {}, ['http 8080']) + svc.replace('name: s,', 'name: s, namespace: other,');
  const IN = ['edge/g[Gateway] → default/web[Pod] tcp 8080 from anywhere'];
  const IN_OTHER = ['edge/g[Gateway] → other/web[Pod] tcp 8080 from anywhere'];
  it.each([
    { name: 'leads by an HTTPRoute', yaml: gateway(HTTP) + route('HTTPRoute', to('')), is: IN },
    {
      name: 'by its listener’s name',
      yaml: gateway(HTTP) + route('HTTPRoute', to(', sectionName: web')),
      is: IN,
    },
    {
      name: 'not by that of another',
      yaml: gateway(HTTP) + route('HTTPRoute', to(', sectionName: no')),
      is: [],
    },
    {
      name: 'not to a share of nothing',
      yaml: gateway(HTTP) + route('HTTPRoute', to('', 'name: s, port: 80, weight: 0')),
      is: [],
    },
    {
      name: 'not by a port that the service does not have',
      yaml: gateway(HTTP) + route('HTTPRoute', to('', 'name: s, port: 8080')),
      is: [],
    },
    {
      name: 'not for routes of another namespace by default',
      yaml: gateway('[{ port: 80, protocol: HTTP }]') + route('HTTPRoute', to('')),
      is: [],
    },
    {
      name: 'for routes of namespaces that it selects',
      yaml:
        gateway(
          '[{ port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: default } } } } }]',
        ) + route('HTTPRoute', to('')),
      is: IN,
    },
    { name: 'not by a route of another protocol', yaml: gateway(HTTP) + route('TCPRoute', to('')), is: [] },
    {
      name: 'by TCP',
      yaml: gateway(HTTP.replace('HTTP', 'TCP')) + route('TCPRoute', to('')),
      is: IN,
    },
    {
      name: 'by a copy',
      yaml:
        gateway(HTTP) +
        route(
          'HTTPRoute',
          '{ parentRefs: [{ name: g, namespace: edge }], rules: [{ filters: [{ type: RequestMirror, requestMirror: { backendRef: { name: s, port: 80 } } }] }] }',
        ),
      is: IN,
    },
    {
      name: 'not into another namespace',
      yaml: gateway(HTTP) + OTHER + route('HTTPRoute', to('', 'name: s, namespace: other, port: 80')),
      is: [],
    },
    {
      name: 'but with a grant from there',
      yaml:
        gateway(HTTP) +
        OTHER +
        grant('default') +
        route('HTTPRoute', to('', 'name: s, namespace: other, port: 80')),
      is: IN_OTHER,
    },
    {
      name: 'for those whom it names',
      yaml:
        gateway(HTTP) +
        OTHER +
        grant('edge') +
        route('HTTPRoute', to('', 'name: s, namespace: other, port: 80')),
      is: [],
    },
    {
      name: 'not to the internet where its class is internal',
      yaml:
        gateway(HTTP).replace('gatewayClassName: x', 'gatewayClassName: gke-l7-rilb') +
        route('HTTPRoute', to('')),
      is: [],
    },
    {
      name: 'not as a proxy of a mesh',
      yaml:
        gateway(HTTP).replace('gatewayClassName: x', 'gatewayClassName: istio-waypoint') +
        route('HTTPRoute', to('')),
      is: [],
    },
  ])('$name', ({ yaml, is }) => {
    expect(reached(WEB + svc + yaml)).toEqual(is);
  });

  it('is a pod of which nothing is known to the policies of its targets', () => {
    const shut = policy('p', '{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }');
    expect(reached(WEB + svc + gateway(HTTP) + route('HTTPRoute', to('')) + shut)).toEqual([]);
  });
});
