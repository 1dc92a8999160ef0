import type { Network } from '#model';
import type { PolicyChange } from './change.ts';

/** By which mark a tool is known that keeps an object as it has it elsewhere, those that undo a change soonest first. */
const MARKS: readonly (readonly [
  tool: string,
  key: RegExp,
  where: (value: string, key: string) => string,
])[] = [
  [
    'Argo CD',
    /^argocd\.argoproj\.io\/(?:instance|tracking-id)$/,
    (value) => `the Argo CD application ${value.split(':')[0] ?? value}`,
  ],
  ['Flux', /^kustomize\.toolkit\.fluxcd\.io\/name$/, (value) => `Flux, by its Kustomization ${value}`],
  ['Flux', /^helm\.toolkit\.fluxcd\.io\/name$/, (value) => `Flux, by its HelmRelease ${value}`],
  ['Config Sync', /^configsync\.gke\.io\/resource-id$/, () => 'Config Sync'],
  ['Helm', /^meta\.helm\.sh\/release-name$/, (value) => `the Helm release ${value}`],
  ['Helm', /^helm\.sh\/chart$/, (value) => `the Helm chart ${value}`],
  ['Kustomize', /^kustomize\.config\.k8s\.io\/.+$/, () => 'Kustomize'],
  ['a tool', /^app\.kubernetes\.io\/managed-by$/, (value) => value],
];

/**
 * What keeps the objects that changes are about, in sentences without a full stop, by the marks on the policies, and of a policy that is new by
 * those on the pods that it is for. Untrusted text.
 *
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function policyOwners({ policies }: Network, changes: readonly PolicyChange[]): readonly string[] {
  const told = changes.flatMap((change): readonly string[] => {
    if (change.kind === 'peer') {
      const policy = policies.get(change.policy);
      const keeper = policy && keeperOf(policy.tags);
      return policy === undefined || keeper === undefined
        ? []
        : [
            `${policy.at.id} is kept by ${keeper}: change it there; a change by hand is undone by the next sync or release`,
          ];
    }
    const keepers = new Set(change.carriers.flatMap(({ tags }) => keeperOf(tags) ?? []));
    return [...keepers].map(
      (keeper) =>
        `pods of ${change.wanted.namespace} are kept by ${keeper}: put the policy there as well, so that it stays`,
    );
  });
  return [...new Set(told)];
}

function keeperOf(tags: ReadonlyMap<string, string>): string | undefined {
  for (const [, pattern, where] of MARKS)
    for (const [key, value] of tags) if (pattern.test(key)) return where(value, key);
  return undefined;
}
