import type { Command } from 'commander';
import {
  blindSpotLines,
  connectionLines,
  exposureLines,
  LISTED_FORMATS,
  listedRows,
  listingOf,
  loadAnalysis,
  outsideLines,
  relayedConnectionLines,
  renderListed,
  reportExposure,
  toConnectionJson,
  toOutsideJson,
  toRelayedConnectionJson,
  type Analysis,
  type ListedFormat,
  type Listing,
  type ListingFilter,
} from '#app';
import { parseDirection, withFormats, type FormatOptions } from '../options.ts';
import { printTo } from '../output.ts';
import type { Screen } from '../screen.ts';

type ListOptions = FormatOptions<'json' | ListedFormat> & ListingFilter;

export function addList(program: Command, screen: Screen, answer: (code: number) => void): void {
  withFormats(program.command('list'), ['json', ...LISTED_FORMATS])
    .description('everything that can talk to everything, compressed')
    .option('--from <end>', 'only from this source: an id, address, name, or internet')
    .option('--to <end>', 'only to this destination')
    .option('--port <flows>', 'only these flows, such as tcp/22')
    .option('--workload <names>', 'only what begins or ends at one of these, separated by commas')
    .option('--peer <names>', 'only what has one of these at the other end of --workload')
    .option(
      '--direction <direction>',
      'only what comes in to those of --workload (ingress), or goes out of them (egress)',
      parseDirection,
    )
    .action(async (options: ListOptions) => {
      const { analysis } = await loadAnalysis(options);
      const isClusterAlone = options.kubernetes !== undefined && options.snapshot === undefined;
      const listing = listingOf(analysis, options, isClusterAlone);
      await printTo(options.output, screen, (out) => {
        if (options.format === 'json') out.json(toJson(listing, analysis, isClusterAlone));
        else if (options.format === 'text') out.lines(linesOf(listing, analysis, out));
        else out.text(renderListed(listedRows(analysis.network, listing), options.format));
      });
      answer(0);
    });
}

function toJson(
  { exposures, connections, relayed, outside }: Listing,
  { network }: Analysis,
  isClusterAlone: boolean,
): object {
  return {
    exposures: exposures.map(reportExposure),
    connections: connections.map(toConnectionJson),
    ...(isClusterAlone && { outside: outside.map(toOutsideJson) }),
    throughLoadBalancers: relayed.map(toRelayedConnectionJson),
    blindSpots: [...network.blindSpots.values()],
  };
}

function linesOf(
  { exposures, connections, relayed, outside }: Listing,
  { network }: Analysis,
  { style }: Screen,
): string[] {
  const spots = [...network.blindSpots.values()];
  const isSilent = exposures.length + relayed.length + outside.length > 0 && connections.length === 0;
  const lines = [
    ...(exposures.length > 0
      ? ['', style.bold('from the internet'), ...exposureLines(exposures, network, style)]
      : []),
    ...(isSilent ? [] : ['', ...connectionLines(network, connections, style)]),
    ...relayedConnectionLines(network, relayed, style),
    ...outsideLines(outside, style),
    ...(spots.length === 0 ? [] : ['', ...blindSpotLines(spots, style)]),
  ];
  // every part begins with a blank line
  return lines.slice(1);
}
