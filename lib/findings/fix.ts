import type { Network, PolicyId } from '#model';
import { analyse } from '#engine';
import { audit, latent } from './audit.ts';
import type { Culprit, Finding } from './finding.ts';
import { NOTHING_SAID, type IntentSettings } from './intent/settings.ts';

/** Rules whose removal ends a finding, tried on the model: `isProven` says that it did. */
export type Fix = { readonly remove: readonly Culprit[]; readonly isProven: boolean };

/** The network as it would be without these rules. */
export function withoutRules(network: Network, culprits: readonly Culprit[]): Network {
  const policies = new Map(network.policies);
  for (const { policy: id, rule } of culprits) {
    const policy = policies.get(id as PolicyId);
    if (policy === undefined) continue;
    policies.set(policy.id, {
      ...policy,
      rules: policy.rules.filter((kept) => kept !== rule && kept.id !== rule.id),
    });
  }
  return { ...network, policies };
}

/** The smallest removal among the first hop's rules, then all culprits, that makes the finding go; tried, not presumed. */
export function fixFor(network: Network, finding: Finding, meant: IntentSettings = NOTHING_SAID): Fix {
  if (finding.check === 'default-group-in-use') return { remove: [], isProven: false };
  const entry =
    finding.path === undefined
      ? finding.culprits
      : finding.culprits.filter(({ rule }) => rule.selector.kind === 'ips').slice(0, 1);
  const look = isLatent(finding) ? latent : audit;
  for (const remove of [entry, finding.culprits]) {
    if (remove.length === 0) continue;
    const left = look(analyse(withoutRules(network, remove)), meant);
    if (!left.some(({ fingerprint }) => fingerprint === finding.fingerprint))
      return { remove, isProven: true };
  }
  return { remove: finding.culprits, isProven: false };
}

function isLatent({ check }: Finding): boolean {
  return check === 'latent-exposure' || check === 'open-group-unused';
}
