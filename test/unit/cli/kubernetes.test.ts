import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, scratch } from '../../support/run-cli.ts';

const SHOP = 'examples/kubernetes-shop';
const { folder, write } = scratch();

/** The shop, with the policy of the database as it was meant: both selectors in one item. */
function mended(): string {
  const copy = join(folder, 'mended');
  cpSync(SHOP, copy, { recursive: true });
  const file = join(copy, 'finance.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('        - podSelector:', '          podSelector:'));
  return copy;
}

describe('questions to a folder of manifests', () => {
  it.each<[readonly string[], number, RegExp]>([
    [['list'], 0, /finance\/payments-db\[StatefulSet\] +tcp 5432 +from .*marketing\/wordpress\[Deployment\]/],
    [
      ['list', '--to', 'payments', '--port', 'tcp/8443'],
      0,
      /^ +finance\/payments\[Deployment\] +tcp 8443 +from shop\/frontend/,
    ],
    [
      ['list', '--workload', 'frontend', '--direction', 'egress'],
      0,
      /^ +finance\/payments\[Deployment\] +tcp 8443 +from shop\/frontend\[Deployment\]\n\nblind spots/,
    ],
    [['exposure'], 0, /marketing\/wordpress\[Deployment\] +tcp 8080 +through ingress-controller tcp 80,443/],
    [
      ['paths', 'internet', 'payments-db', '--max-paths', '1'],
      0,
      /ingress-controller.*wordpress.*payments-db/,
    ],
    [['blast-radius', 'wordpress'], 0, /payments-db/],
    [
      ['explain', 'shop/frontend', 'payments-db', 'tcp/5432'],
      0,
      /^denied[\s\S]*shop\/default-deny[\s\S]*what none allows is denied/,
    ],
    [
      ['explain', 'wordpress', 'payments-db', 'tcp/5432'],
      0,
      /^allowed[\s\S]*finance\/payments-db ingress\[0\]\.from\[0\] allows tcp 5432 from all pods in all namespaces/,
    ],
    [['audit'], 1, /HIGH +whoever takes over marketing\/wordpress/],
    [['audit', '--fail-on', 'critical'], 0, /HIGH/],
  ])('%s', async (args, code, says) => {
    const ran = await run([...args, '--kubernetes', SHOP]);
    expect([ran.code, ran.err]).toEqual([code, '']);
    expect(ran.out).toMatch(says);
  });

  it.each([
    ['csv', /^finance\/payments\[Deployment\],finance\/payments-db\[StatefulSet\],tcp 5432,IPv4,surely,\r$/m],
    ['csv', /^internet,ingress-controller,"tcp 80,443",IPv4,surely,\r$/m],
    ['markdown', /^\| outside 0\.0\.0\.0\/0 \| shop\/frontend\\\[Deployment\\\] \| tcp 8443 \|/m],
    ['mermaid', /-->\|"tcp 5432"\| n\d/],
    ['dot', /label="finance\/payments-db\[StatefulSet\]"/],
  ])('listed as %s', async (format, says) => {
    const ran = await run(['list', '--kubernetes', SHOP, '--format', format]);
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toMatch(says);
  });

  it('lists what two have to do with each other, and nothing else', async () => {
    const told = await run([
      ...['list', '--kubernetes', SHOP, '--format', 'csv'],
      ...['--workload', 'payments-db', '--peer', 'wordpress,frontend', '--direction', 'ingress'],
    ]);
    expect(told.out.trim().split('\r\n').slice(1)).toEqual([
      'marketing/wordpress[Deployment],finance/payments-db[StatefulSet],tcp 5432,IPv4,surely,',
    ]);
  });

  it('names what it did not see', async () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n---\nfoo: [\n';
    const ran = await run(['list', '--kubernetes', write('half-listed.yaml', text)]);
    expect(ran.out).toMatch(/half-listed\.yaml:\d+: [^?]*what it holds is\s+left out/);
    const json = await run(['list', '--kubernetes', write('half-listed.yaml', text), '--format', 'json']);
    expect((JSON.parse(json.out) as { blindSpots: readonly object[] }).blindSpots).toHaveLength(2);
  });

  it('in JSON, with what policies say of addresses outside', async () => {
    const { out } = await run(['list', '--kubernetes', SHOP, '--format', 'json']);
    const { outside } = JSON.parse(out) as { outside: readonly object[] };
    expect(outside).toContainEqual({
      workload: 'shop/frontend[Deployment]',
      direction: 'ingress',
      ranges: '0.0.0.0/0',
      sure: 'tcp 8443',
      possible: 'tcp 8443',
    });
  });
});

describe('exposure to pods that are not there yet', () => {
  const cluster = [
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: db, namespace: shop }\nspec: { template: { metadata: { labels: { app: db } }, spec: { containers: [{ ports: [{ name: sql, containerPort: 5432 }] }] } } }',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: open, namespace: web }',
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: db, namespace: shop }\nspec: { podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress, Egress], ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: sql }] }], egress: [{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }], ports: [{ protocol: UDP, port: 53 }] }] }',
  ].join('\n---\n');

  it('names whom policies admit before they come, and whom no policy is about', async () => {
    const ran = await run(['exposure', '--kubernetes', write('potential.yaml', cluster)]);
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out.slice(ran.out.indexOf('pods that'), ran.out.indexOf('blind spots ')).trim()).toBe(
      [
        'pods that are not there yet would reach',
        '  shop/db[Deployment]  tcp 5432     from pods with app=api in shop',
        '  web/open[Pod]        all traffic  from any pod of the cluster: no policy is about it',
        '',
        'and would be reached by',
        '  shop/db[Deployment]  udp 53       to all pods in namespaces with kubernetes.io/metadata.name=kube-system',
        '  web/open[Pod]        all traffic  to any pod of the cluster: no policy is about it',
      ].join('\n'),
    );
  });

  it('leaves out who is there already, and says it in JSON', async () => {
    const api = 'apiVersion: v1\nkind: Pod\nmetadata: { name: api, namespace: shop, labels: { app: api } }';
    const file = write('there.yaml', `${cluster}\n---\n${api}`);
    const { out } = await run(['exposure', '--kubernetes', file, '--format', 'json']);
    const { potential } = JSON.parse(out) as { potential: readonly { workload: string }[] };
    expect(potential.filter(({ workload }) => workload === 'shop/db[Deployment]')).toEqual([
      {
        workload: 'shop/db[Deployment]',
        direction: 'egress',
        peer: {
          text: 'all pods in namespaces with kubernetes.io/metadata.name=kube-system',
          podSelector: {},
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        },
        possible: 'udp 53',
        sure: 'udp 53',
        portsByName: [],
        isUnprotected: false,
      },
    ]);
  });

  it('is nothing of an account', async () => {
    const snapshot = 'examples/demo-account/account.json';
    const { out } = await run(['exposure', '--snapshot', snapshot, '--format', 'json']);
    expect(JSON.parse(out)).not.toHaveProperty('potential');
  });
});

describe('diff of two folders', () => {
  it('names what opens and closes, and is a gate', async () => {
    const [good, bad] = [mended(), SHOP];
    const opened = await run(['diff', '--kubernetes', good, bad]);
    expect(opened.code).toBe(1);
    expect(opened.out).toMatch(
      /opens\n +finance\/payments-db\[StatefulSet\] +tcp 5432 +from marketing\/wordpress/,
    );
    const closed = await run(['diff', '--kubernetes', bad, good]);
    expect([closed.code, closed.out]).toEqual([0, expect.stringMatching(/^closes\n/)]);
    expect(closed.out).toContain('resolved');
    expect((await run(['diff', '--kubernetes', good, bad, '--fail-on', 'high'])).code).toBe(1);
    expect((await run(['diff', '--kubernetes', good, bad, '--fail-on', 'critical'])).code).toBe(0);
    expect((await run(['diff', '--kubernetes', good, bad, '--fail-on', 'never'])).code).toBe(0);
    expect((await run(['diff', '--kubernetes', bad, bad])).out).toMatch(/^quiet/);
  });

  it('is not passed by a manifest that can be read no more', async () => {
    const good = mended();
    const torn = join(folder, 'torn');
    cpSync(good, torn, { recursive: true });
    const file = join(torn, 'finance.yaml');
    // two lines above it more: what was not seen before is still the same
    writeFileSync(file, `# one\n# two\n${readFileSync(file, 'utf8')}`);
    expect((await run(['diff', '--kubernetes', good, torn])).code).toBe(0);
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n---\nkind: NetworkPolicy\n  metadata: [\n`);
    const ran = await run(['diff', '--kubernetes', good, torn]);
    expect([ran.code, ran.out]).toEqual([
      1,
      // nothing surely opens; by a policy that was lost, everything may
      expect.stringMatching(
        /^may open\n[\s\S]*from outside, 0\.0\.0\.0\/0\n[\s\S]*\? unknown[\s\S]*not seen any more +1 thing/,
      ),
    ]);
    expect(ran.out).not.toMatch(/^opens/m);
    const json = JSON.parse((await run(['diff', '--kubernetes', good, torn, '--format', 'json'])).out) as {
      readonly outside: Readonly<Record<string, readonly unknown[]>>;
    };
    expect(json.outside['opened']).toEqual([]);
    expect(json.outside['maybeOpened']).not.toEqual([]);
    const other = join(folder, 'other');
    cpSync(good, other, { recursive: true });
    writeFileSync(join(other, 'more.yaml'), 'kind: ConfigMap\n  metadata: [\n');
    const unseen = await run(['diff', '--kubernetes', good, other]);
    expect([unseen.code, unseen.out]).toEqual([
      1,
      expect.stringMatching(/^unknown[\s\S]*not seen any more +1 thing/),
    ]);
    expect((await run(['diff', '--kubernetes', torn, torn])).code).toBe(0);
  });

  it('also of addresses outside alone', async () => {
    const policyOf = (cidr: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: n }\nspec: { podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [{ ipBlock: { cidr: ${cidr} } }] }] }\n`;
    const [narrow, wide] = [
      write('narrow.yaml', policyOf('8.8.8.0/24')),
      write('wide.yaml', policyOf('8.8.0.0/16')),
    ];
    const ran = await run(['diff', '--kubernetes', narrow, wide]);
    expect([ran.code, ran.out]).toEqual([
      1,
      expect.stringMatching(/default\/p\[Pod\] +all traffic +from outside, /),
    ]);
    expect((await run(['diff', '--kubernetes', wide, narrow])).code).toBe(0);
  });
});

describe('what cannot be answered ends with 2 and says why', () => {
  it.each([
    {
      name: 'an invalid policy',
      text: 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: n }\nspec: { ingress: [{ from: [{}] }] }\n',
      says: /bad\.yaml:1 NetworkPolicy default\/n spec\.ingress\[0\]\.from\[0\]: names nobody/,
    },
    { name: 'nothing of Kubernetes', text: 'a: b\n', says: /nothing of Kubernetes/ },
    { name: 'no YAML', text: '{{ .Values.x }}: [', says: /nothing of Kubernetes.*bad\.yaml/s },
  ])('$name', async ({ text, says }) => {
    const ran = await run(['list', '--kubernetes', write('bad.yaml', text)]);
    expect([ran.code, ran.out]).toEqual([2, '']);
    expect(ran.err).toMatch(says);
  });

  it('a document that is broken is a blind spot, and the rest is answered', async () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n---\nfoo: [\n';
    const ran = await run(['exposure', '--kubernetes', write('half.yaml', text)]);
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/half\.yaml:\d+: [^?]*what it holds is\s+left out/);
  });
});
