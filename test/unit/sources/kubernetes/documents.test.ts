import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocuments, readManifests } from '#sources/kubernetes';
import { scratch } from '../../../support/run-cli.ts';

const NAMED = (name: string, kind = 'ConfigMap') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;

function told(text: string) {
  const { objects, problems } = readDocuments(text, 'f.yaml');
  return {
    objects: objects.map(({ object, at }) =>
      `${object.kind} ${String(object.metadata.name)} ${String(at.line ?? '')}`.trim(),
    ),
    problems: problems.map(({ at, message }) => `${String(at.line ?? '')} ${message}`.trim()),
  };
}

describe('what a text holds', () => {
  it.each([
    {
      name: 'several documents',
      text: `${NAMED('a')}---\n${NAMED('b')}`,
      objects: ['ConfigMap a 1', 'ConfigMap b 6'],
    },
    {
      name: 'empty documents between',
      text: `---\n---\n${NAMED('a')}---\n# nothing\n---\n`,
      objects: ['ConfigMap a 3'],
    },
    {
      name: 'a list',
      text: `kind: List\napiVersion: v1\nitems:\n- ${NAMED('a').replaceAll('\n', '\n  ')}`,
      objects: ['ConfigMap a 1'],
    },
    {
      name: 'a typed list whose items do not say what they are',
      text: '{"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"p"}}]}',
      objects: ['Pod p'],
    },
    {
      name: 'JSON',
      text: JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } }),
      objects: ['Pod p'],
    },
    {
      name: 'merge keys and anchors',
      text: `x: &x {name: a}\napiVersion: v1\nkind: Pod\nmetadata:\n  <<: *x\n`,
      objects: ['Pod a 1'],
    },
    { name: 'nothing', text: '', objects: [] },
    { name: 'a list of nothing', text: 'apiVersion: v1\nkind: List\nitems: null\n', objects: [] },
    { name: 'a byte order mark', text: `\uFEFF${NAMED('a')}`, objects: ['ConfigMap a 1'] },
    {
      name: 'a byte order mark before JSON',
      text: `\uFEFF${JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } })}`,
      objects: ['Pod p'],
    },
    {
      name: 'lines that end as on Windows',
      text: `${NAMED('a')}---\n${NAMED('b')}`.replaceAll('\n', '\r\n'),
      objects: ['ConfigMap a 1', 'ConfigMap b 6'],
    },
    { name: 'bare lists', text: `- ${NAMED('a').replaceAll('\n', '\n  ')}`, objects: ['ConfigMap a 1'] },
    {
      name: 'several calls of kubectl in one pipe',
      text: ['a', 'b']
        .map((name) => JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name } }, null, 1))
        .join('\n'),
      objects: ['Pod a 1', 'Pod b 8'],
    },
    {
      name: 'what Helm prints around manifests',
      text: `NAME: x\nSTATUS: pending-install\nHOOKS:\n---\n# Source: x/test.yaml\n${NAMED('t')}MANIFEST:\n---\n${NAMED('a')}\nNOTES:\nThank you: {{ for }} [it\n`,
      objects: ['ConfigMap t 6', 'ConfigMap a 12'],
    },
  ])('$name', ({ text, objects }) => {
    expect(told(text)).toEqual({ objects, problems: [] });
  });

  it.each([
    {
      name: 'no YAML',
      text: `${NAMED('a')}---\nfoo: [1\n---\n${NAMED('b')}`,
      objects: ['ConfigMap a 1', 'ConfigMap b 8'],
      problem: /^\d+ .+/,
    },
    {
      name: 'no object',
      text: `${NAMED('a')}---\njust text\n`,
      objects: ['ConfigMap a 1'],
      problem: /^6 is no Kubernetes object/,
    },
    {
      name: 'a template that nobody filled in, at its line',
      text: `${NAMED('a')}---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n  {{- include "x" . }}\n---\n${NAMED('b')}`,
      objects: ['ConfigMap a 1', 'ConfigMap b 12'],
      problem: /^9 is a template .*helm template/,
    },
    {
      name: 'a template in quotes',
      text: 'apiVersion: v1\nkind: Pod\nmetadata: { name: "{{ .Release.Name }}-x" }',
      objects: [],
      problem: /^1 is a template/,
    },
    {
      name: 'a key that is there twice',
      text: 'apiVersion: v1\nkind: Pod\nkind: Pod\nmetadata: { name: a }',
      objects: [],
      problem: /^3 .*unique/,
    },
    {
      name: 'a label that YAML made a number of',
      text: 'apiVersion: v1\nkind: Pod\nmetadata: { name: a, labels: { v: 1 } }',
      objects: [],
      problem: /metadata\.labels\.v/,
    },
    { name: 'a key twice', text: 'apiVersion: v1\nkind: Pod\nkind: Job\n', objects: [], problem: /unique/ },
  ])(
    'a document that is $name is told with its place, and the others are read',
    ({ text, objects, problem }) => {
      const found = told(text);
      expect(found.objects).toEqual(objects);
      expect(found.problems).toHaveLength(1);
      expect(found.problems[0]).toMatch(problem);
    },
  );
});

describe('a folder of manifests', () => {
  const { folder } = scratch();
  it('is read by the names of its files, whatever lies deeper', async () => {
    mkdirSync(join(folder, 'm', 'deep'), { recursive: true });
    writeFileSync(join(folder, 'm', 'z.yml'), NAMED('last'));
    writeFileSync(
      join(folder, 'm', 'deep', 'a.json'),
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"first"}}',
    );
    writeFileSync(join(folder, 'm', 'notes.txt'), NAMED('not'));
    const { objects } = await readManifests(join(folder, 'm'));
    expect(objects.map(({ object, at }) => `${at.file} ${String(object.metadata.name)}`)).toEqual([
      'deep/a.json first',
      'z.yml last',
    ]);
    expect((await readManifests(join(folder, 'm', 'z.yml'))).objects).toHaveLength(1);
    await expect(readManifests(join(folder, 'nowhere'))).rejects.toThrow(/nowhere/);
  });
});

describe('a text that cannot be read', () => {
  const BROKEN = 'metadata: { name: a\nspec: [1\n';
  const policy = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n';
  const config = 'apiVersion: v1\nkind: ConfigMap\n';
  it.each([
    ['a policy', `${policy}${BROKEN}`],
    ['a policy of an engine', `apiVersion: cilium.io/v2\nkind: "CiliumNetworkPolicy" # all\n${BROKEN}`],
    ['what a policy names', `apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\n${BROKEN}`],
    ['of no kind', `apiVersion: v1\n${BROKEN}`],
    ['of a kind that is to be filled in', `apiVersion: v1\nkind: {{ .Values.kind }}\n${BROKEN}`],
    ['a policy with a template', `${policy}metadata:\n  name: {{ .Values.name }}\n  {{- include "x" . }}\n`],
    ['a policy with a template in quotes', `${policy}metadata: { name: "{{ .Values.name }}" }\n`],
    ['a list, of which the items may be any', `apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  x: [1\n`],
    ['a policy after another without a line between', `${config}metadata: { name: a }\n${policy}`],
    ['a policy before another without a line between', `${policy}metadata: { name: a }\n${config}`],
    ['something without a kind after another', `${config}apiVersion: v1\n${BROKEN}`],
    ['JSON that ends too soon', '{"apiVersion":"v1","items":[{"kind":"Pod","metadata":{"name":"a"'],
    [
      'a policy with a label that YAML made a number of',
      `${policy}metadata: { name: a, labels: { v: 1 } }\n`,
    ],
    ['parts of an object without a kind', 'metadata: { name: a }\nspec: { podSelector: {} }\n'],
  ])('may be a policy: %s', (_, text) => {
    const { problems } = readDocuments(text, 'f.yaml');
    expect(problems.map(({ mayBePolicy }) => mayBePolicy)).toEqual([true]);
  });

  it.each([
    ['another kind', `${config}${BROKEN}`],
    ['another kind with a template', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n'],
    ['two of another kind without a line between', `${config}metadata: { name: a }\n${config}`],
    ['JSON of another kind', '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"'],
    ['values of a chart', 'replicas: 3\nimage: { tag: a }\n'],
    ['text', 'just text\n'],
  ])('is no policy: %s', (_, text) => {
    const { problems } = readDocuments(text, 'f.yaml');
    expect(problems.map(({ mayBePolicy }) => mayBePolicy)).toEqual([undefined]);
  });
});
