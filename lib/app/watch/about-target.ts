import type { EndpointId, Network, SourceRef } from '#model';
import type { Finding } from '#findings';
import type { TargetKey } from '#store';
import type { Comparison } from '../comparison.ts';

/** Whether something was read in this target. */
export function isIn(target: TargetKey, { account, region }: Pick<SourceRef, 'account' | 'region'>): boolean {
  return account === target.account && region === target.region;
}

/** Whether a finding is about something of this target: each is told by one, however many are looked at together. */
export function isAbout(target: TargetKey): (finding: Finding) => boolean {
  return ({ endpoints, culprits }) =>
    endpoints.length > 0
      ? endpoints.some(({ at }) => isIn(target, at))
      : culprits.length === 0 || culprits.some(({ rule }) => isIn(target, rule.at));
}

/** What of a comparison of several targets is this one's to tell: who is reached is here. */
export function comparisonAbout(all: Comparison, target: TargetKey): Comparison {
  const { delta, was, is } = all;
  const isHere = (id: EndpointId): boolean =>
    [delta.after.network, delta.before.network].some(({ endpoints }: Network) => {
      const endpoint = endpoints.get(id);
      return endpoint !== undefined && isIn(target, endpoint.at);
    });
  return {
    ...all,
    delta: {
      ...delta,
      opened: delta.opened.filter(({ to }) => isHere(to)),
      closed: delta.closed.filter(({ to }) => isHere(to)),
      maybeOpened: delta.maybeOpened.filter(({ to }) => isHere(to)),
      exposures: delta.exposures.filter(({ endpoint }) => isHere(endpoint)),
    },
    was: was.filter(isAbout(target)),
    is: is.filter(isAbout(target)),
  };
}
