import type { FlowChange } from '#engine';
import { reportFinding } from '#report';
import type { ClusterChange, OutsideChange } from './cluster-change.ts';

/** The same for machines. */
export function toClusterChangeJson(change: ClusterChange) {
  const { diff, outside, opened, resolved, added, removed, unseen, newlyUnseen } = change;
  const flows = (list: readonly FlowChange[]) =>
    list.map(({ from, to, family, transport }) => ({ from, to, family, flows: transport.toString() }));
  const ranges = (list: readonly OutsideChange[]) =>
    list.map(({ workload, direction, ips, transport }) => ({
      workload,
      direction,
      ranges: ips.toString(),
      flows: transport.toString(),
    }));
  return {
    opened: opened.map((finding) => reportFinding(finding, diff.after.network)),
    resolved: resolved.map((finding) => reportFinding(finding, diff.before.network)),
    flows: {
      opened: flows(diff.opened),
      closed: flows(diff.closed),
      maybeOpened: flows(diff.maybeOpened),
    },
    outside: {
      opened: ranges(outside.opened),
      closed: ranges(outside.closed),
      maybeOpened: ranges(outside.maybeOpened),
    },
    workloads: { added, removed },
    blindSpots: unseen,
    newBlindSpots: newlyUnseen.map(({ id }) => id),
  };
}
