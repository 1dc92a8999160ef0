import { parsePort, tcpPoint, udpPoint } from '#netset';
import { idOf, type EndpointId } from '#model';
import { HostGraph, type Analysis, type Diff, type PathStart } from '#engine';
import { DemoReach } from './demo-reach.ts';
import type { DemoEnd } from './demo-statement.ts';
import { differs, HOLDS, type Check } from './result.ts';

/** Enough for the account's size: no example may be missed because of a limit. */
const MANY_PATHS = 100_000;

/** One step of an example: `web-1:22`, by interface and port. */
type Stop = { readonly id: EndpointId; readonly port: number };

/** Checks that a path, written as `["internet", "bastion:22", "web-1:22"]`, is there after a change and was not before. */
export function checkNewPath(
  delta: Diff,
  names: Readonly<Record<string, string>>,
  example: readonly string[],
): Check {
  const ids = new Map(Object.entries(names).map(([id, name]) => [name, idOf<'endpoint'>(id)]));
  const [first = '', ...rest] = example;
  const start = first === 'internet' ? undefined : ids.get(first);
  const stops = rest.map((text) => stopOf(text, ids));
  const fact = `a new path: ${example.join(' > ')}`;
  if (
    (first !== 'internet' && start === undefined) ||
    !stops.every((stop): stop is Stop => stop !== undefined)
  ) {
    return differs(fact, 'a path that is understood', 'a name or port that is not known');
  }
  if (!isPath(delta.after, start, stops))
    return differs(fact, 'among the paths after the change', 'not there');
  return isPath(delta.before, start, stops) ? differs(fact, 'added by the change', 'there before it') : HOLDS;
}

function stopOf(text: string, ids: ReadonlyMap<string, EndpointId>): Stop | undefined {
  const colon = text.lastIndexOf(':');
  const id = ids.get(text.slice(0, colon));
  const port = parsePort(text.slice(colon + 1));
  return id === undefined || port === undefined ? undefined : { id, port };
}

/** Whether the search lists a path over these hosts, and each interface on it takes the next one's port. */
function isPath(analysis: Analysis, start: EndpointId | undefined, stops: readonly Stop[]): boolean {
  const graph = new HostGraph(analysis);
  const hosts = stops.map(({ id }) => graph.hostOf(id));
  const target = hosts.at(-1);
  const origin = start === undefined ? undefined : graph.hostOf(start);
  if (target === undefined || (start !== undefined && origin === undefined)) return false;
  const from: PathStart = origin === undefined ? { kind: 'internet' } : { kind: 'host', host: origin };
  const paths = graph.pathsTo(from, target, { maxHops: stops.length, maxPaths: MANY_PATHS });
  const isListed = paths.some(
    ({ hops, isSure }) =>
      isSure && hops.length === hosts.length && hops.every(({ to }, i) => to.host === hosts[i]),
  );
  const reach = new DemoReach(analysis);
  return isListed && stops.every((stop, i) => isOpen(reach, i === 0 ? start : stops[i - 1]?.id, stop));
}

function isOpen(reach: DemoReach, from: EndpointId | undefined, { id, port }: Stop): boolean {
  const source: DemoEnd = from === undefined ? { internet: true } : { eni: from };
  return ([4, 6] as const).some((family) => {
    const sessions = reach.sessions(source, { eni: id }, family);
    return (
      typeof sessions !== 'string' &&
      [tcpPoint(port), udpPoint(port)].some((point) => sessions.sure.has(point))
    );
  });
}
