import { formatIp, parseTransport, TransportSet } from '#netset';
import {
  breadthOf,
  doorways,
  egress,
  explain,
  explainRelayed,
  exposures,
  HostGraph,
  relayedExposures,
  type Analysis,
  type Explanation,
} from '#engine';
import { audit, latent, type Finding } from '#findings';
import { exposureLines, NO_STYLE, relayedExposureLines } from '#report';
import { endsOf, findNamed } from '../../lib/app/ends.ts';
import { analysed, type Scene } from './scene.ts';
import type { AwsSnapshot } from '#sources/aws';

type Asked = Scene | AwsSnapshot | readonly (Scene | AwsSnapshot)[];

/** `allowed`, `denied` or `unknown`, over all addresses of both ends. An end is a name, an address or `internet`. */
export function verdict(asked: Asked, from: string, to: string, flows: string): Explanation['verdict'] {
  const found = explained(asked, from, to, flows).map(({ verdict: each }) => each);
  return found.find((each) => each === 'allowed') ?? found.find((each) => each === 'unknown') ?? 'denied';
}

/** The verdict with the blind spots that it hangs on, as `unknown: account-not-collected`. */
export function doubt(asked: Asked, from: string, to: string, flows: string): string {
  const said = verdict(asked, from, to, flows);
  const codes = explained(asked, from, to, flows)
    .flatMap(({ because }) => because)
    .map((id) => id.split(':')[0] ?? '');
  return [said, [...new Set(codes)].sort().join(', ')].filter((text) => text !== '').join(': ');
}

/** What the internet reaches surely, a line for each thing, flows and width: `web: tcp 22 from the whole internet`. */
export function exposed(asked: Asked): string[] {
  return lines(analysisOf(asked), exposures, 'from');
}

/** What the internet reaches through a load balancer: `app: tcp 8080 through shop, surely`. */
export function exposedThrough(asked: Asked): string[] {
  return relayedExposures(analysisOf(asked)).flatMap(({ endpoint, through, sure, possible }) => {
    const [isSure, reach] = sure.length > 0 ? ['surely', sure] : ['perhaps', possible];
    const relays = through.map(({ name }) => name).join(' and ');
    return reach.map(
      ({ transport }) => `${endpoint.name}: ${transport.toString()} through ${relays}, ${isSure}`,
    );
  });
}

/** What is opened by front doors: `app: tcp 22 by API Gateway, perhaps`, with the load balancers on the way. */
export function byFrontDoors(asked: Asked): string[] {
  return doorways(analysisOf(asked)).flatMap(({ door, endpoint, through, sure, possible }) => {
    const [isSure, reach] = sure.length > 0 ? ['surely', sure] : ['perhaps', possible];
    const by = [door, ...through].map(({ name }) => name).join(' and ');
    const flows = TransportSet.unionOf(reach.map(({ transport }) => transport));
    return `${endpoint.name}: ${flows.toString()} by ${by}, ${isSure}`;
  });
}

/** The load balancers by which the internet gets to something, with what is known of each way: `shop allowed`. */
export function through(asked: Asked, to: string, flows: string): string[] {
  const analysis = analysisOf(asked);
  const { network } = analysis;
  const target = [...network.endpoints.values()].find(({ name }) => name === to);
  const [internet] = endsOf({ kind: 'internet' }, analysis);
  if (target === undefined || internet === undefined) throw new Error(`no such thing: ${to}`);
  return explainRelayed(analysis, internet, target, flowsOf(flows)).map(
    ({ relay, verdict: said }) => `${relay.name} ${said}`,
  );
}

/** What the command `exposure` says, and the blind spots that it would list. */
export function exposureText(asked: Asked): string[] {
  const analysis = analysisOf(asked);
  return [
    ...exposureLines(exposures(analysis), analysis.network, NO_STYLE),
    ...relayedExposureLines(relayedExposures(analysis), NO_STYLE),
    ...[...analysis.network.blindSpots.values()].map(({ what }) => what),
  ];
}

/** What may reach the internet surely. */
export function reachesOut(asked: Asked): string[] {
  return lines(analysisOf(asked), egress, 'to');
}

/** Findings, as `critical admin-port-exposed web: SSH on web is open to the whole internet`. */
export function findings(asked: Asked): string[] {
  return audit(analysisOf(asked)).map(findingLine);
}

/** What would be a finding once something is started or attached, in the same form. */
export function asleep(asked: Asked): string[] {
  return latent(analysisOf(asked)).map(findingLine);
}

function findingLine({ severity, check, title }: Finding): string {
  return `${severity} ${check}: ${title}`;
}

/** What falls from the internet on, hop by hop: `web, then db`. */
export function fallen(asked: Asked): string[] {
  return new HostGraph(analysisOf(asked))
    .surelyFallsFrom({ kind: 'internet' })
    .map(({ by }) => `${by.to.name} on ${by.transport.toString()}`);
}

function analysisOf(asked: Asked): Analysis {
  return 'map' in asked ? analysed(...asked) : analysed(asked);
}

function explained(asked: Asked, from: string, to: string, flows: string): Explanation[] {
  const analysis = analysisOf(asked);
  const ends = (name: string) => endsOf(findNamed(analysis.network, name), analysis);
  return ends(from).flatMap((source) =>
    ends(to).flatMap((target) => explain(analysis, source, target, flowsOf(flows)) ?? []),
  );
}

function lines(analysis: Analysis, ask: typeof exposures, word: 'from' | 'to'): string[] {
  const widths = { whole: 'the whole internet', wide: 'a wide part of the internet', limited: 'some of it' };
  return ask(analysis).flatMap(({ endpoint, family, sure }) =>
    sure.map(({ ips, transport }) => {
      const first = ips.first();
      const width = breadthOf(ips, family);
      const where = width === 'limited' && first !== undefined ? formatIp(first) : widths[width];
      return `${endpoint.name}: ${transport.toString()} ${word} ${where}${family === 6 ? ' (IPv6)' : ''}`;
    }),
  );
}

function flowsOf(text: string): TransportSet {
  const flows = parseTransport(text);
  if (flows === undefined) throw new Error(`not flows: ${text}`);
  return flows;
}
