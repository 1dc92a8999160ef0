import { TransportSet } from '#netset';
import type { Endpoint } from '#model';
import type { Audited } from '../audited.ts';
import type { Finding } from '../finding.ts';

/** An end of a flow: an endpoint, the internet, or the internet through relays. */
export type FlowEnd = Endpoint | 'internet' | 'relays';

export type OwnFlows = (from: FlowEnd, to: FlowEnd) => TransportSet;

/**
 * The flows that a finding is about, which its fix is there to shut: the steps of a path, what zones forbid, what the internet opens at a
 * workload or a workload at the internet. A finding about a group or a gateway is about none: whatever passes there may be needed.
 */
export function ownFlowsOf(finding: Finding, { analysis, intent }: Audited): OwnFlows {
  const { path, check, workload, endpoints, transport = TransportSet.NONE } = finding;
  const isIt = (end: FlowEnd): boolean => typeof end !== 'string' && end.workload.id === workload.id;
  if (path !== undefined) return ofPath(path);
  if (check === 'segmentation-broken')
    return (from, to) => {
      if (typeof to === 'string' || !isIt(to)) return TransportSet.NONE;
      if (typeof from === 'string') return transport;
      const forbidden = intent.forbidden(intent.zoneOf(from), intent.zoneOf(to));
      return TransportSet.unionOf(forbidden.map((each) => each.transport)).intersect(transport);
    };
  if (check === 'egress-from-crown-jewel')
    return (from, to) => (isIt(from) && to === 'internet' ? transport : TransportSet.NONE);
  const isAbout = new Set(endpoints.map(({ id }) => id));
  const handing = new Set(
    [...analysis.network.relays.values()]
      .filter(({ listeners }) =>
        listeners.some(({ handoffs }) => handoffs.some(({ target }) => isAbout.has(target))),
      )
      .flatMap(({ entrances }) => entrances),
  );
  return (from, to) =>
    isIt(to) && (typeof from === 'string' || handing.has(from.id)) ? transport : TransportSet.NONE;
}

/** The flows that any of several findings is about. */
export function flowsOfAll(findings: readonly Finding[], audited: Audited): OwnFlows {
  const each = findings.map((finding) => ownFlowsOf(finding, audited));
  return (from, to) => TransportSet.unionOf(each.map((own) => own(from, to)));
}

function ofPath({ hops }: NonNullable<Finding['path']>): OwnFlows {
  return (from, to) => {
    if (typeof to === 'string') return TransportSet.NONE;
    const source = typeof from === 'string' ? undefined : from.workload.id;
    const steps = hops.filter(
      (hop) => hop.to.workload.id === to.workload.id && hop.from?.workload.id === source,
    );
    return TransportSet.unionOf(steps.map((hop) => hop.transport));
  };
}
