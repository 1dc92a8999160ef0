import { tierOf, tierSays } from './admin-tiers.ts';
import { calicoAdmits, isCalicoPolicy } from './calico.ts';
import { ciliumAdmits, isCiliumPolicy } from './cilium.ts';
import { endOf, seenFrom, type HostPods, type Networks, type Sight } from './cluster.ts';
import { networkPoliciesAdmit } from './network-policy.ts';
import type { KubeObject } from './objects.ts';
import { notDefined, NotDefined, type Answer, type Question } from './question.ts';

/**
 * Whether one packet may begin a connection, by reading the policies as the documents tell it: leaving its source, and entering
 * its destination. Replies to it are allowed with it. An end outside the cluster has no policy.
 */
export function ask(
  objects: readonly KubeObject[],
  question: Question,
  { networks = 'anybody' }: { readonly networks?: Networks } = {},
): Answer {
  const { protocol, port } = question;
  const from = endOf(objects, question.from);
  const to = endOf(objects, question.to);
  const isOnHost = [from, to].some((end) => end.kind === 'pod' && end.hostNetwork);
  const readings: readonly HostPods[] = isOnHost ? ['as pods', 'as nodes'] : ['as pods'];
  const answers = readings.map((hostPods): Answer => {
    const packet = { protocol, port, networks, hostPods };
    const ends = (['egress', 'ingress'] as const).map((direction) =>
      answerAt(objects, seenFrom(direction, from, to, packet)),
    );
    // What one end denies is denied, whatever the other does.
    return ends.find((each) => each === 'denied') ?? ends.find((each) => each === 'undefined') ?? 'allowed';
  });
  return answers.every((answer) => answer === answers[0]) ? (answers[0] ?? 'undefined') : 'undefined';
}

function answerAt(objects: readonly KubeObject[], sight: Sight | undefined): Answer {
  if (sight === undefined) return 'allowed';
  try {
    return isAdmitted(objects, sight) ? 'allowed' : 'denied';
  } catch (error) {
    if (error instanceof NotDefined) return 'undefined';
    throw error;
  }
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
