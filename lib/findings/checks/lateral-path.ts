import { sourceName, type Path } from '#engine';
import { isAsked, type Audited } from '../audited.ts';
import { culpritsOfHop } from '../culprits.ts';
import { doubtsOn } from '../doubts.ts';
import type { Culprit, Finding } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { hostGraphOf } from '../host-graph.ts';
import { severityOfPath } from '../severity.ts';

/** Ways from the internet, through hosts that fall one after the other, to whatever holds data. One finding for each workload: the shortest. */
export function checkLateralPaths(audited: Audited): Finding[] {
  const { analysis, intent } = audited;
  if (!hasJewel(audited)) return [];
  const graph = hostGraphOf(audited);
  const findings = new Map<string, Finding>();
  for (const { host, depth } of graph.fallsFrom({ kind: 'internet' })) {
    const jewel = graph.endpointsOf(host).find(intent.isCrownJewel);
    // one step is an exposure of the jewel itself, which has a check of its own
    if (jewel === undefined || !isAsked(audited, jewel.workload.id)) continue;
    if (depth < 2 || findings.has(jewel.workload.id)) continue;
    const path = graph.shortestTo({ kind: 'internet' }, host);
    if (path === undefined) continue;
    const stops = path.hops.slice(0, -1).map(({ to }) => to);
    // where only load balancers lie between, nobody has to fall: that is an exposure too
    const fallen = stops.filter(({ canPivot }) => canPivot).length;
    if (fallen === 0) continue;
    const transport = path.hops.at(-1)?.transport ?? path.hops[0].transport;
    findings.set(jewel.workload.id, {
      check: 'lateral-path',
      severity: severityOfPath(fallen),
      certainty: path.isSure ? 'surely' : 'possibly',
      fingerprint: fingerprintOf('lateral-path', jewel.workload.id),
      title: `${jewel.workload.name} ${path.isSure ? 'is' : 'may be'} ${String(depth)} steps from the internet: ${[sourceName(path.hops[0]), ...stops.map(({ name }) => name), jewel.name].join(' → ')}`,
      workload: jewel.workload,
      endpoints: [jewel],
      transport,
      path,
      culprits: culpritsOf(path, { analysis }),
      because: path.isSure ? [] : doubtsOn(analysis, path, { family: 4, value: 0x08080808 }),
    });
  }
  return [...findings.values()];
}

function hasJewel(audited: Audited): boolean {
  for (const endpoint of audited.analysis.network.endpoints.values())
    if (isAsked(audited, endpoint.workload.id) && audited.intent.isCrownJewel(endpoint)) return true;
  return false;
}

/** The rule that lets the internet in comes first: without it there is no path. */
function culpritsOf(path: Path, { analysis }: Pick<Audited, 'analysis'>): Culprit[] {
  return path.hops.flatMap((hop) => culpritsOfHop(analysis.network, hop));
}
