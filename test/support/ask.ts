import { formatIp, parseTransport, type TransportSet } from '#netset';
import type { Network } from '#model';
import {
  analyse,
  explain,
  exposures,
  reachBetween,
  type Analysis,
  type End,
  type Explanation,
} from '#engine';
import { endpoint, ipOf } from './network.ts';

/** What surely passes, and what may besides, in words: `tcp 22`, `tcp 22 ? tcp 80`, `none`. */
export function inWords(sure: TransportSet, possible: TransportSet): string {
  const maybe = possible.subtract(sure);
  return maybe.isEmpty
    ? sure.toString()
    : `${sure.isEmpty ? '' : `${sure.toString()} `}? ${maybe.toString()}`;
}

/** What one endpoint can open on another. */
export function between(network: Network, from: string, to: string): string {
  const { sure, possible } = reachBetween(analyse(network), endpoint(from), endpoint(to));
  return inWords(sure, possible);
}

/** What each endpoint shows to the internet: a line for each endpoint, family and set of far addresses. */
export function shown(network: Network): string[] {
  return exposures(analyse(network)).flatMap(({ endpoint: { name }, family, sure, possible }) => [
    ...sure.map(
      ({ ips, transport }) => `${name} v${String(family)} ${transport.toString()} from ${firstOf(ips)}`,
    ),
    ...possible
      .filter(
        (piece) =>
          !sure.some(({ ips, transport }) => ips.equals(piece.ips) && transport.equals(piece.transport)),
      )
      .map(
        ({ ips, transport }) => `${name} v${String(family)} ? ${transport.toString()} from ${firstOf(ips)}`,
      ),
  ]);
}

function firstOf(ips: { first: () => Parameters<typeof formatIp>[0] | undefined }): string {
  return formatIp(ips.first()!);
}

/** An end by its name in the network, or an outside address. */
export function endOf(network: Network, text: string): End {
  return network.endpoints.has(endpoint(text))
    ? { kind: 'endpoint', id: endpoint(text) }
    : { kind: 'outside', ip: ipOf(text) };
}

export function explained(
  network: Network,
  from: string,
  to: string,
  flows: string,
  analysis: Analysis = analyse(network),
): Explanation {
  const found = explain(analysis, endOf(network, from), endOf(network, to), flowsOf(flows));
  if (found === undefined) throw new Error('no addresses of one family');
  return found;
}

export function flowsOf(text: string): TransportSet {
  const flows = parseTransport(text);
  if (flows === undefined) throw new Error(`not flows: ${text}`);
  return flows;
}
