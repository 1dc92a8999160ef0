import { TransportSet } from '#netset';
import type { InnerService, Network } from '#model';
import type { End, Explanation } from './explanation.ts';

/** The explanation, where what is asked for is a service that nothing filters: then it passes, whatever else decided. */
export function withInnerServices(
  network: Network,
  from: End,
  to: End,
  asked: TransportSet,
  found: Explanation,
): Explanation {
  if (from.kind !== 'endpoint' || to.kind !== 'outside') return found;
  const endpoint = network.endpoints.get(from.id);
  if (endpoint?.liveness !== 'live' || !endpoint.initiates) return found;
  const services = network.innerServices.filter(
    (service) =>
      (service.network === undefined || service.network === endpoint.network) &&
      service.ips.has(to.ip) &&
      service.transport.overlaps(asked),
  );
  const [first] = services;
  if (first === undefined) return found;
  const open = services
    .reduce((sum, { transport }) => sum.union(transport), TransportSet.NONE)
    .intersect(asked);
  const sure = found.sure.union(open);
  const possible = found.possible.union(open);
  const isWhole = asked.isSubsetOf(sure) || possible.equals(sure);
  return {
    ...found,
    verdict: isWhole ? 'allowed' : 'unknown',
    sure,
    possible,
    ...(isWhole && { because: [] }),
    ...(isWhole && found.verdict !== 'allowed' && told(first, found, open)),
  };
}

/** What is looked at when the service alone decides. */
function told(
  service: InnerService,
  { flow, steps }: Explanation,
  open: TransportSet,
): Pick<Explanation, 'flow' | 'steps' | 'repliesOnlyTo'> {
  return {
    flow: { ...flow, point: open.first() ?? flow.point },
    steps: [...steps.filter(({ kind }) => kind === 'endpoint'), { kind: 'service', mark: 'passes', service }],
    repliesOnlyTo: undefined,
  };
}
