import { describeFlow } from '#netset';
import { describeSelector } from '#model';
import type {
  Connection,
  Exposure,
  FlowChange,
  OutsideReach,
  Path,
  RelayedExposure,
  WakingExposure,
} from '#engine';
import type { Change, Finding, Remark } from '#findings';

/** The JSON forms that `--format json` prints. Sets are texts in the words of the command line. */
export function toExposureJson({ endpoint, family, sure, possible }: Exposure) {
  const reach = (pieces: readonly OutsideReach[]) =>
    pieces.map(({ ips, transport, repliesOnlyTo }) => ({
      from: ips.toString(),
      flows: transport.toString(),
      ...(repliesOnlyTo && { repliesOnlyTo: repliesOnlyTo.toString() }),
    }));
  return {
    endpoint: endpoint.id,
    name: endpoint.name,
    workload: endpoint.workload.id,
    family,
    sure: reach(sure),
    possible: reach(possible),
  };
}

/** What is reached through load balancers: the same, with the way to it. */
export function toRelayedJson({ through, dialled, ...exposure }: RelayedExposure) {
  return {
    ...toExposureJson(exposure),
    through: through.map(({ id, name }) => ({ id, name })),
    dialled: dialled.toString(),
  };
}

export function toWakingExposureJson(exposure: WakingExposure) {
  const { liveness } = exposure.endpoint;
  return {
    ...toExposureJson(exposure),
    once: liveness === 'detached' ? 'attached' : 'started',
    address: exposure.address,
  };
}

export function toConnectionJson({ from, to, family, sure, possible }: Connection) {
  return { from, to, family, sure: sure.toString(), possible: possible.toString() };
}

export function toPathJson({ hops, isSure }: Path) {
  return {
    isSure,
    hops: hops.map(({ from, to, transport }) => ({
      from: from?.id ?? 'internet',
      fromName: from?.name ?? 'internet',
      to: to.id,
      toName: to.name,
      flows: transport.toString(),
    })),
  };
}

export function toFindingJson(
  finding: Finding,
  fix: { readonly commands: readonly string[]; readonly isProven: boolean } | undefined,
) {
  const {
    check,
    severity,
    certainty,
    fingerprint,
    title,
    workload,
    endpoints,
    transport,
    witness,
    path,
    culprits,
    because,
  } = finding;
  return {
    check,
    severity,
    certainty,
    fingerprint,
    title,
    workload,
    endpoints: endpoints.map(({ id }) => id),
    ...(transport && { flows: transport.toString() }),
    ...(witness && { witness: describeFlow(witness) }),
    ...(path && { path: toPathJson(path) }),
    culprits: culprits.map(({ policy, rule }) => ({
      policy,
      rule: rule.id,
      flows: rule.transport.toString(),
      far: describeSelector(rule.selector),
      at: rule.at,
    })),
    because,
    ...(fix && { fix }),
  };
}

export function toChangeJson({ blame, diff, opened, resolved, newVictims, undo, restore }: Change) {
  const flows = (list: readonly FlowChange[]) =>
    list.map(({ from, to, family, transport }) => ({ from, to, family, flows: transport.toString() }));
  return {
    blame,
    opened: opened.map((finding) => toFindingJson(finding, undefined)),
    resolved: resolved.map((finding) => toFindingJson(finding, undefined)),
    flows: { opened: flows(diff.opened), closed: flows(diff.closed), maybeOpened: flows(diff.maybeOpened) },
    exposures: diff.exposures.map(({ endpoint, family, through, before, after }) => ({
      endpoint,
      family,
      ...(through && { through: through.map(({ id, name }) => ({ id, name })) }),
      before: before === undefined ? null : toExposureJson(before),
      after: after === undefined ? null : toExposureJson(after),
    })),
    newVictims,
    undo,
    restore,
  };
}

export function toRemarkJson({ rules, ...remark }: Remark) {
  return { ...remark, rules: rules.map(({ policy, rule }) => ({ policy, rule: rule.id })) };
}
