import { describe, expect, it } from 'vitest';
import { run, scratch } from '../../support/run-cli.ts';

const { write } = scratch();

const POD = (name: string) => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec: { containers: [{ name: main, image: app, ports: [{ containerPort: 80 }] }] }
`;
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec: { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }] }] }
`;
const SHOP = `${POD('web')}${POD('api')}${POD('db')}---\n${POLICY}`;
const LOST = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: lost, namespace: shop
spec: { podSelector: {} }
`;

async function explain(from: string, manifests: string): Promise<string> {
  const file = write('cluster.yaml', manifests);
  const { code, out, err } = await run([
    'explain',
    `shop/${from}`,
    'shop/db',
    'tcp/80',
    '--kubernetes',
    file,
  ]);
  expect([code, err]).toEqual([0, '']);
  return out;
}

describe('a document that cannot be read', () => {
  it('changes nothing where there is none', async () => {
    expect(await explain('api', SHOP)).toMatch(/^allowed/);
    expect(await explain('web', SHOP)).toMatch(/^denied/);
  });

  it.each([
    ['a policy', LOST],
    // what follows has no line of dashes before it, so that its keys are there twice
    [
      'a policy that runs into the one before',
      `---\n${POLICY.replace('name: db', 'name: other')}${LOST.slice(4)}`,
    ],
    ['of a kind that nobody can tell', '---\nmetadata: { name: lost\n'],
  ])('puts what is allowed and what is denied in doubt, and is the reason: %s', async (_, lost) => {
    for (const from of ['api', 'web']) {
      const out = await explain(from, `${SHOP}${lost}`);
      expect(out).toMatch(/^unknown/);
      expect(out).toMatch(/cluster\.yaml:\d+: [\s\S]*it may be a\s+policy/);
    }
  });

  it('is named, and in doubt is nothing, where it is of another kind', async () => {
    const lost = '---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: lost\n';
    expect(await explain('api', `${SHOP}${lost}`)).toMatch(/^allowed/);
    expect(await explain('web', `${SHOP}${lost}`)).toMatch(/^denied/);
    const file = write('other.yaml', `${SHOP}${lost}`);
    const { out } = await run(['list', '--kubernetes', file]);
    expect(out).toMatch(/other\.yaml:\d+: [\s\S]*left out/);
    expect(out).not.toContain('it may be a policy');
  });

  it('an object with an invalid field is refused as a whole', async () => {
    const file = write(
      'invalid.yaml',
      `${SHOP}${LOST.replace('shop\nspec: { podSelector: {} }', 'shop }\nspec: { podSelector: 3 }')}`,
    );
    const { code, err } = await run(['list', '--kubernetes', file]);
    expect(code).toBe(2);
    expect(err).toContain('NetworkPolicy shop/lost spec.podSelector');
  });
});
