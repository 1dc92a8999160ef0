import type { FlowChange } from '#engine';
import { intentFor, type Change, type Finding, type IntentSettings } from '#findings';
import { acceptedWays } from './watch/news/accepted-ways.ts';
import { withoutMeant } from './watch/news/without-meant.ts';

/**
 * Whether somebody answers for everything that a change opened: it was accepted, or it is meant to be open or allowed by what a team wrote down. Then
 * a gate has nothing to stop. That web ports of load balancers are meant is nobody's word, and holds up a gate like everything else.
 *
 * @param change with the findings that nobody answers for as those that it opened
 * @param accepted the other findings that it opened
 */
export function isAnsweredFor(
  { opened, diff }: Pick<Change, 'opened' | 'diff'>,
  accepted: readonly Finding[],
  meant: IntentSettings,
): boolean {
  if (opened.length > 0) return false;
  const { isAccepted, isBeyond } = acceptedWays(accepted);
  const isWritten = writtenIn(meant, diff.after.network);
  return (
    [...diff.opened, ...diff.maybeOpened].every((flow) => isAccepted(flow) || isWritten(flow)) &&
    withoutMeant(diff, meant).exposures.every((exposure) => !exposure.isWider || !isBeyond(exposure))
  );
}

/** Whether a flow between two of a network is allowed, or goes to what is meant to be open to the whole internet. */
function writtenIn(
  meant: IntentSettings,
  network: Change['diff']['after']['network'],
): (flow: FlowChange) => boolean {
  const intent = intentFor({ ...meant, frontDoorsAreMeant: false }, network);
  return ({ from, to, transport }) => {
    const [source, target] = [network.endpoints.get(from), network.endpoints.get(to)];
    if (source === undefined || target === undefined) return false;
    const allowed = intent.allowed(intent.zoneOf(source), intent.zoneOf(target));
    return transport.isSubsetOf(allowed.union(intent.meantOpen(target)));
  };
}
