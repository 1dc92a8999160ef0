import type { Network } from '#model';
import type { PolicyChange } from './change.ts';
import { manifestText, policyObject } from './manifest.ts';
import { policyOwners } from './owners.ts';
import { patchesOf } from './patch.ts';

/** How changes are made in a cluster. */
export type PolicyForms = {
  /** Lines to be pasted into a shell as they are, in order. Empty where there is no command. */
  readonly kubectl: readonly string[];
  /** What keeps what is to be changed, in sentences: there it is to be changed, or the change will not last. */
  readonly owners: readonly string[];
};

/** The line that ends a manifest within a command; no line of a manifest is only a word. */
const END = 'EOF';

export function policyForms(network: Network, changes: readonly PolicyChange[]): PolicyForms {
  const wanted = changes.flatMap((change) => (change.kind === 'new-policy' ? [change.wanted] : []));
  const edited = changes.filter((change) => change.kind === 'peer');
  const objects = wanted.map(policyObject);
  const patches = patchesOf(network, edited);
  const owners = policyOwners(network, changes);
  // half of it might shut what the other half is to let through
  if (patches === undefined || objects.includes(undefined)) return { kubectl: [], owners };
  const manifest = manifestText(objects.filter((object) => object !== undefined));
  return {
    kubectl: [
      ...patches.map(
        ({ namespace, name, steps }) =>
          `kubectl patch networkpolicy ${name} --namespace ${namespace} --type json --patch '${JSON.stringify(steps)}'`,
      ),
      ...(manifest === '' ? [] : [`kubectl apply -f - <<'${END}'`, ...manifest.trimEnd().split('\n'), END]),
    ],
    owners,
  };
}
