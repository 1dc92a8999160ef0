import type { Command } from 'commander';
import {
  connectionLines,
  connectivity,
  exposureLines,
  exposures,
  findNamed,
  loadAnalysis,
  outsideLines,
  outsidePairs,
  parseTransport,
  QuestionError,
  relayedConnectionLines,
  relayedConnections,
  toConnectionJson,
  toOutsideJson,
  toRelayedConnectionJson,
  reportExposure,
  type Analysis,
  type Connection,
  type Exposure,
  type Named,
  type OutsidePair,
  type TransportSet,
} from '#app';
import { parseDirection, withQuestion, type CommonOptions } from '../options.ts';
import type { Screen } from '../screen.ts';

type ListOptions = CommonOptions & {
  readonly from?: string;
  readonly to?: string;
  readonly port?: string;
  readonly workload?: string;
  readonly direction?: Direction;
};

type Direction = 'ingress' | 'egress';

export function addList(program: Command, screen: Screen, answer: (code: number) => void): void {
  withQuestion(program.command('list'))
    .description('everything that can talk to everything, compressed')
    .option('--from <end>', 'only from this source: an id, address, name, or internet')
    .option('--to <end>', 'only to this destination')
    .option('--port <flows>', 'only these flows, such as tcp/22')
    .option('--workload <names>', 'only what begins or ends at one of these, separated by commas')
    .option(
      '--direction <direction>',
      'only ingress of that workload (or of --to), or egress',
      parseDirection,
    )
    .action(async (options: ListOptions) => {
      const { analysis } = await loadAnalysis(options);
      const { network } = analysis;
      const wanted = options.port === undefined ? undefined : parseTransport(options.port);
      if (options.port !== undefined && wanted === undefined)
        throw new QuestionError(`"${options.port}" is not a set of flows; write tcp/22, udp/53, icmp or all`);
      const from = options.from === undefined ? undefined : findNamed(network, options.from);
      const to = options.to === undefined ? undefined : findNamed(network, options.to);
      if (from?.kind === 'outside' || (to !== undefined && to.kind !== 'endpoints'))
        throw new QuestionError(
          'list goes from the internet or a thing here to a thing here; for other ends see: postern explain',
        );
      const isIn = (named: Named | undefined, id: Connection['from']): boolean =>
        named === undefined ||
        (named.kind === 'endpoints' && named.endpoints.some((endpoint) => endpoint.id === id));
      const focus = options.workload?.split(',').map((name) => findNamed(network, name.trim()));
      const isFocus = (id: Connection['from'], direction: Direction): boolean =>
        (options.direction ?? direction) === direction &&
        (focus === undefined || focus.some((named) => isIn(named, id)));
      const found: Connection[] = [];
      for (const connection of connectivity(analysis)) {
        if (!isIn(from, connection.from) || !isIn(to, connection.to)) continue;
        if (!isFocus(connection.from, 'egress') && !isFocus(connection.to, 'ingress')) continue;
        if (isHandedOn(network, connection.from)) continue;
        const possible = wanted === undefined ? connection.possible : connection.possible.intersect(wanted);
        if (possible.isEmpty) continue;
        found.push({
          ...connection,
          possible,
          sure: wanted === undefined ? connection.sure : connection.sure.intersect(wanted),
        });
      }
      const outside =
        from === undefined || from.kind === 'internet'
          ? exposures(analysis)
              .filter(({ endpoint }) => isIn(to, endpoint.id) && isFocus(endpoint.id, 'ingress'))
              .map((exposure) => narrowed(exposure, wanted))
              .filter(({ possible }) => possible.length > 0)
          : [];
      // a cluster's policies also say which addresses outside they admit, whether a way leads there or not
      const pairs = (direction: Direction, near: Named | undefined): readonly OutsidePair[] =>
        outsidePairs(analysis, direction).flatMap((pair) => {
          const { id, role } = pair.endpoint;
          const [sure, possible] = [pair.sure, pair.possible].map((set) =>
            wanted === undefined ? set : set.intersect(wanted),
          );
          const isAsked = role !== 'load-balancer' && isIn(near, id) && isFocus(id, direction);
          return isAsked && sure && possible?.isEmpty === false ? [{ ...pair, sure, possible }] : [];
        });
      const admitted =
        options.kubernetes === undefined || options.snapshot !== undefined
          ? []
          : [
              ...(from === undefined || from.kind === 'internet' ? pairs('ingress', to) : []),
              ...(to === undefined ? pairs('egress', from) : []),
            ];
      const relayed = relayedConnections(analysis, { into: () => true, by: (id) => isIn(from, id) }).flatMap(
        (connection) => {
          const possible = wanted === undefined ? connection.possible : connection.possible.intersect(wanted);
          if (!isIn(to, connection.to) || possible.isEmpty) return [];
          const sure = wanted === undefined ? connection.sure : connection.sure.intersect(wanted);
          return [{ ...connection, possible, sure }];
        },
      );
      if (options.format === 'json')
        screen.json({
          exposures: outside.map(reportExposure),
          connections: found.map(toConnectionJson),
          ...(options.kubernetes !== undefined &&
            options.snapshot === undefined && { outside: admitted.map(toOutsideJson) }),
          throughLoadBalancers: relayed.map(toRelayedConnectionJson),
        });
      else
        screen.lines([
          ...(outside.length > 0
            ? ['from the internet', ...exposureLines(outside, network, screen.style), '']
            : []),
          ...(outside.length + relayed.length > 0 && found.length === 0
            ? []
            : connectionLines(network, found, screen.style)),
          ...relayedConnectionLines(network, relayed, screen.style),
          ...outsideLines(admitted, screen.style),
        ]);
      answer(0);
    });
}

/** What an entrance hands on under its clients' own addresses is theirs: they are listed by what policies admit from outside. */
function isHandedOn({ endpoints, relays }: Analysis['network'], from: Connection['from']): boolean {
  if (endpoints.get(from)?.kind !== 'workload') return false;
  return [...relays.values()].some(
    ({ entrances, listeners }) =>
      entrances.includes(from) &&
      listeners.some(({ handoffs }) => handoffs.some(({ source }) => source === 'client')),
  );
}

/** Of an exposure what concerns some flows; all of it where none are named. */
function narrowed(exposure: Exposure, wanted: TransportSet | undefined): Exposure {
  if (wanted === undefined) return exposure;
  const only = (pieces: Exposure['sure']): Exposure['sure'] =>
    pieces
      .map(({ ips, transport }) => ({ ips, transport: transport.intersect(wanted) }))
      .filter(({ transport }) => !transport.isEmpty);
  return { ...exposure, sure: only(exposure.sure), possible: only(exposure.possible) };
}
