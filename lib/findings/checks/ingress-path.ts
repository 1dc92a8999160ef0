import type { Endpoint } from '#model';
import { HostGraph, PATH_LIMITS, type Path, type PathHop } from '#engine';
import type { Audited } from '../audited.ts';
import { Clusters } from '../clusters/cluster.ts';
import { culpritsBetween } from '../culprits.ts';
import { doubtsOn } from '../doubts.ts';
import type { Finding } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { severityOfPath } from '../severity.ts';

/**
 * Ways from what is published, through pods that fall one after the other, to whatever holds data, with a step from one namespace to another that
 * nobody chose: no policy is about the far end, or one admits everybody. An application and its database are built so that one leads
 * to the other; a blog and the payments of another team are not.
 */
export function checkIngressPaths({ analysis, intent }: Audited): Finding[] {
  const clusters = new Clusters(analysis.network);
  const jewels = clusters.workloads.filter(intent.isCrownJewel);
  if (jewels.length === 0 || !clusters.workloads.some((workload) => clusters.isPublished(workload)))
    return [];
  // what is behind a front door too: here that is the matter
  const graph = new HostGraph(analysis);
  return jewels.flatMap((jewel) => {
    const paths = graph
      .pathsTo({ kind: 'internet' }, jewel.host, { maxHops: LONGEST, maxPaths: MOST_PATHS })
      .filter(({ hops }) => hops.some((hop) => isUnguardedCrossing(hop, clusters, analysis.network)));
    const path = paths.find(({ isSure }) => isSure) ?? paths[0];
    return path === undefined ? [] : [findingOf(path, jewel, analysis)];
  });
}

const LONGEST = Math.min(6, PATH_LIMITS.maxHops);
const MOST_PATHS = 50;

function isUnguardedCrossing(
  { from, to, transport }: PathHop,
  clusters: Clusters,
  network: Audited['analysis']['network'],
): boolean {
  if (from === undefined || from.role === 'load-balancer') return false;
  if (clusters.namespaceOf(from) === clusters.namespaceOf(to)) return false;
  // no policy can be about what is on the network of its node
  if (to.unaddressed?.mayBeNamed !== undefined) return false;
  // what is published itself is reached without that step
  if (transport.isSubsetOf(clusters.publishedOn(to))) return false;
  const rules = culpritsBetween(network, from, to, transport).map(({ rule }) => rule);
  return clusters.isUnguarded(to, rules);
}

function findingOf(path: Path, jewel: Endpoint, analysis: Audited['analysis']): Finding {
  const stops = path.hops.slice(0, -1).map(({ to }) => to);
  const transport = path.hops.at(-1)?.transport ?? path.hops[0].transport;
  return {
    check: 'ingress-path-to-crown-jewel',
    severity: severityOfPath(stops.filter(({ canPivot }) => canPivot).length),
    certainty: path.isSure ? 'surely' : 'possibly',
    fingerprint: fingerprintOf('ingress-path-to-crown-jewel', jewel.workload.id),
    title: `whoever takes over ${stops.find(({ canPivot }) => canPivot)?.name ?? 'what is published'} ${path.isSure ? 'gets' : 'may get'} to ${jewel.name}: ${['internet', ...stops.map(({ name }) => name), jewel.name].join(' → ')}`,
    workload: jewel.workload,
    endpoints: [jewel],
    transport,
    path,
    culprits: path.hops.flatMap(({ from, to, transport: flows }) =>
      from === undefined || from.role === 'load-balancer'
        ? []
        : culpritsBetween(analysis.network, from, to, flows),
    ),
    because: path.isSure ? [] : doubtsOn(analysis, path, { family: 4, value: 0x08080808 }),
  };
}
