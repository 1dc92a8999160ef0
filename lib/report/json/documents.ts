import type {
  Connection,
  Doorway,
  FlowChange,
  RelayedConnection,
  RelayedExposure,
  WakingExposure,
} from '#engine';
import type { Change, Review } from '#findings';
import { reportFinding } from '../document/report-finding.ts';
import { reportExposure } from '../document/to-report.ts';

/** The JSON forms that `--format json` prints for answers that are no report. Sets are texts in the words of the command line. */
export function toConnectionJson({ from, to, family, sure, possible }: Connection) {
  return { from, to, family, sure: sure.toString(), possible: possible.toString() };
}

export function toRelayedConnectionJson({ through, dialled, ...connection }: RelayedConnection) {
  return {
    ...toConnectionJson(connection),
    through: through.map(({ id, name }) => ({ id, name })),
    dialled: dialled.toString(),
  };
}

/** @param judged what it opened that somebody answers for, and whether that is all of it, flows too */
export function toChangeJson(
  { blame, diff, opened, resolved, newVictims, undo, fix, restore }: Change,
  { accepted, isAnsweredFor }: { readonly accepted: Review['accepted']; readonly isAnsweredFor: boolean } = {
    accepted: [],
    isAnsweredFor: false,
  },
) {
  const flows = (list: readonly FlowChange[]) =>
    list.map(({ from, to, family, transport, through }) => ({
      from,
      to,
      family,
      flows: transport.toString(),
      ...(through && { through: through.map(({ id, name }) => ({ id, name })) }),
    }));
  return {
    blame,
    opened: opened.map((finding) => reportFinding(finding, diff.after.network)),
    accepted: accepted.map(({ finding, exception: { owner, reason, until } }) =>
      reportFinding(finding, diff.after.network, { suppression: { owner, reason, until } }),
    ),
    isAnsweredFor,
    resolved: resolved.map((finding) => reportFinding(finding, diff.before.network)),
    flows: { opened: flows(diff.opened), closed: flows(diff.closed), maybeOpened: flows(diff.maybeOpened) },
    exposures: diff.exposures.map(({ endpoint, family, through, door, before, after }) => ({
      endpoint,
      family,
      ...(through && { through: through.map(({ id, name }) => ({ id, name })) }),
      ...(door && { door: { id: door.id, name: door.name } }),
      before: before === undefined ? null : reportExposure(before),
      after: after === undefined ? null : reportExposure(after),
    })),
    newVictims,
    undo,
    ...(fix && { fix }),
    restore,
  };
}

/** What is reached through load balancers: the same, with the way to it. */
export function toRelayedJson({ through, dialled, ...exposure }: RelayedExposure) {
  return {
    ...reportExposure(exposure),
    through: through.map(({ id, name }) => ({ id, name })),
    dialled: dialled.toString(),
  };
}

/** What is opened by a front door, with who lets whom in. */
export function toDoorwayJson({ door, through, ...exposure }: Doorway) {
  const { id, name, gate, guests, because } = door;
  return {
    ...reportExposure(exposure),
    door: { id, name, gate, guests, ...(because !== undefined && { because }) },
    through: through.map((relay) => ({ id: relay.id, name: relay.name })),
  };
}

export function toWakingExposureJson(exposure: WakingExposure) {
  const { liveness } = exposure.endpoint;
  return {
    ...reportExposure(exposure),
    once: liveness === 'detached' ? 'attached' : 'started',
    address: exposure.address,
  };
}
