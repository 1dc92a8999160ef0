import type { Ip, TransportSet } from '#netset';
import type { BlindSpotId, Endpoint } from '#model';
import { explain, type Analysis, type End, type Path } from '#engine';

/** The blind spots that keep some flows from an internet address to an endpoint unknown. */
export function doubtsFrom(
  analysis: Analysis,
  source: Ip,
  endpoint: Endpoint,
  transport: TransportSet,
): readonly BlindSpotId[] {
  return doubtsBetween(
    analysis,
    { kind: 'outside', ip: source },
    { kind: 'endpoint', id: endpoint.id },
    transport,
  );
}

/** The blind spots that keep hops of a path unknown. */
export function doubtsOn(analysis: Analysis, path: Path, entry: Ip): readonly BlindSpotId[] {
  const doubts = path.hops.flatMap(({ from, to, transport }) => {
    const source: End =
      from === undefined ? { kind: 'outside', ip: entry } : { kind: 'endpoint', id: from.id };
    return doubtsBetween(analysis, source, { kind: 'endpoint', id: to.id }, transport);
  });
  return [...new Set(doubts)];
}

/** The blind spots that keep some flows between two ends unknown. */
export function doubtsBetween(
  analysis: Analysis,
  from: End,
  to: End,
  transport: TransportSet,
): readonly BlindSpotId[] {
  return explain(analysis, from, to, transport)?.because ?? [];
}
