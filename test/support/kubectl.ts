import { parseAllDocuments } from 'yaml';
import type { KubernetesObject, ReadObject } from '#sources/kubernetes';

type Json = Record<string, unknown>;
type Step = { readonly op: 'add' | 'remove' | 'replace'; readonly path: string; readonly value?: unknown };

/**
 * A second, small reading of what kubectl does with the lines of a fix: `apply` of a manifest from stdin, and a JSON Patch of one policy.
 *
 * @throws Error at a line of which neither is meant
 */
export function afterKubectl(objects: readonly ReadObject[], lines: readonly string[]): ReadObject[] {
  let now = objects.map((read) => structuredClone(read));
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i]!;
    if (line === "kubectl apply -f - <<'EOF'") {
      const end = lines.indexOf('EOF', i);
      if (end < 0) throw new Error('a manifest does not end');
      for (const document of parseAllDocuments(lines.slice(i + 1, end).join('\n')))
        now = applied(now, document.toJS() as KubernetesObject);
      i = end;
      continue;
    }
    const patch = /^kubectl patch networkpolicy (\S+) --namespace (\S+) --type json --patch '([^']*)'$/.exec(
      line,
    );
    if (patch === null) throw new Error(`no command that is known: ${line}`);
    const [, name, namespace, steps = ''] = patch;
    const policy = now.find(
      ({ object: { kind, metadata } }) =>
        kind === 'NetworkPolicy' && metadata.name === name && (metadata.namespace ?? 'default') === namespace,
    );
    if (policy === undefined) throw new Error(`NetworkPolicy ${namespace!}/${name!} not found`);
    for (const step of JSON.parse(steps) as Step[]) patchObject(policy.object, step);
  }
  return now;
}

function applied(objects: readonly ReadObject[], object: KubernetesObject): ReadObject[] {
  const isIt = ({ object: { kind, metadata } }: ReadObject): boolean =>
    kind === object.kind &&
    metadata.name === object.metadata.name &&
    (metadata.namespace ?? 'default') === (object.metadata.namespace ?? 'default');
  return [...objects.filter((read) => !isIt(read)), { object, at: { file: 'applied.yaml', line: 1 } }];
}

function patchObject(object: Json, { op, path, value }: Step): void {
  const parts = path.split('/').slice(1);
  const last = parts.pop()!;
  const parent = parts.reduce<unknown>((at, part) => (at as Json)[part], object);
  const isThere = Array.isArray(parent) ? Number(last) < parent.length : last in (parent as Json);
  if (op !== 'add' && !isThere) throw new Error(`nothing at ${path}`);
  if (op !== 'remove') (parent as Json)[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else throw new Error(`no list at ${path}`);
}
