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
      is: [],
    },
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
