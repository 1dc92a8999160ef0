import { tierOf, tierSays } from './admin-tiers.ts';
import { calicoAdmits, isCalicoPolicy } from './calico.ts';
import { ciliumAdmits, isCiliumPolicy } from './cilium.ts';
import { endOf, seenFrom, type HostPods, type Sight } from './cluster.ts';
import { networkPoliciesAdmit } from './network-policy.ts';
import type { KubeObject } from './objects.ts';
import { notDefined, NotDefined, type Answer, type Question } from './question.ts';

/**
 * Whether one packet may begin a connection, by reading the policies as the documents tell it: leaving its source, and entering
 * its destination. Replies to it are allowed with it. An end outside the cluster has no policy.
 */
export function ask(objects: readonly KubeObject[], question: Question): Answer {
  try {
    const asPods = isAllowed(objects, question, 'as pods');
    const asNodes = isAllowed(objects, question, 'as nodes');
    if (asPods !== asNodes) return 'undefined';
    return asPods ? 'allowed' : 'denied';
  } catch (error) {
    if (error instanceof NotDefined) return 'undefined';
    throw error;
  }
}

function isAllowed(objects: readonly KubeObject[], question: Question, hostPods: HostPods): boolean {
  const from = endOf(objects, question.from);
  const to = endOf(objects, question.to);
  const packet = { ...question, hostPods };
  const leaving = seenFrom('egress', from, to, packet);
  const entering = seenFrom('ingress', from, to, packet);
  // Both are looked at, so that what is not defined at either end is noticed.
  const leaves = leaving === undefined || isAdmitted(objects, leaving);
  const enters = entering === undefined || isAdmitted(objects, entering);
  return leaves && enters;
}

function isAdmitted(objects: readonly KubeObject[], sight: Sight): boolean {
  const isCalico = objects.some(isCalicoPolicy);
  const isCilium = objects.some(isCiliumPolicy);
  const isAdmin = objects.some((each) => tierOf(each) !== undefined);
  if ([isCalico, isCilium, isAdmin].filter(Boolean).length > 1)
    notDefined('kinds of policies of several plugins');
  if (isCalico || isCilium) {
    const isOnHost = sight.near.hostNetwork || (sight.far.kind === 'pod' && sight.far.hostNetwork);
    if (isOnHost) notDefined('how the plugin sees its own node');
    return isCalico ? calicoAdmits(objects, sight) : ciliumAdmits(objects, sight);
  }
  return isAdmittedByTiers(objects, sight);
}

function isAdmittedByTiers(objects: readonly KubeObject[], sight: Sight): boolean {
  const admin = tierSays(objects, 'admin', sight);
  if (admin === 'allow') return true;
  if (admin === 'deny') return false;
  const byNetworkPolicies = networkPoliciesAdmit(objects, sight);
  if (byNetworkPolicies !== undefined) return byNetworkPolicies;
  return tierSays(objects, 'baseline', sight) !== 'deny';
}
