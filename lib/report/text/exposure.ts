import type { IpSet } from '#netset';
import type { Network } from '#model';
import { breadthOf, type Exposure, type OutsideReach, type WakingExposure } from '#engine';
import { cloudFrontOf } from './cloudfront.ts';
import { plain } from './plain.ts';
import { repliesText } from './replies.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

type Line = {
  readonly name: string;
  readonly cells: readonly string[];
  readonly count: number;
  readonly rank: number;
};

/** What the internet reaches, one line for each workload, address family and set of sources. */
export function exposureLines(exposures: readonly Exposure[], network: Network, style: Style): string[] {
  const rows = rowsOf(exposures, network, (_, isUnknown) => (isUnknown ? style.yellow('? unknown') : ''));
  return rows.length === 0 ? ['  nothing: no address of this network answers the internet'] : table(rows);
}

/** What the internet would reach, with what has to happen for that. No lines where there is nothing. */
export function wakingExposureLines(
  exposures: readonly WakingExposure[],
  network: Network,
  style: Style,
): string[] {
  return table(
    rowsOf(exposures, network, (exposure, isUnknown) => {
      const isDoubtful = isUnknown && exposure.address === 'kept';
      return stepOf(exposure) + (isDoubtful ? style.yellow('  ? unknown') : '');
    }),
  );
}

function stepOf({ endpoint, address }: WakingExposure): string {
  if (endpoint.liveness === 'detached') return 'once attached';
  if (address === 'kept') return 'once started';
  return address === 'assigned'
    ? 'once started, unless launched without a public address'
    : 'once started, if launched with a public address';
}

/** The rows of a table, widest sources first. `remarkOn` is the last cell, for a part that is certain or unknown. */
function rowsOf<E extends Exposure>(
  exposures: readonly E[],
  network: Network,
  remarkOn: (exposure: E, isUnknown: boolean) => string,
): string[][] {
  const lines = new Map<string, Line>();
  const cloudFront = cloudFrontOf(network);
  for (const exposure of exposures) {
    const { sure, possible } = exposure;
    const noteIt = (piece: OutsideReach, isUnknown: boolean): void => {
      if (piece.ips.isEmpty || piece.transport.isEmpty) return;
      const replies = piece.repliesOnlyTo === undefined ? '' : repliesText(piece.repliesOnlyTo);
      const remarks = [remarkOn(exposure, isUnknown), replies].filter((text) => text !== '');
      note(lines, exposure, piece, cloudFront, remarks.join(', '));
    };
    for (const piece of sure) noteIt(piece, false);
    for (const piece of possible) {
      let rest = piece.ips;
      for (const known of sure) {
        const transport = piece.transport.subtract(known.transport);
        noteIt({ ...piece, ips: rest.intersect(known.ips), transport }, true);
        rest = rest.subtract(known.ips);
      }
      noteIt({ ...piece, ips: rest }, true);
    }
  }
  return [...lines.values()]
    .sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1))
    .map(({ name, cells, count: n }) => [name + (n > 1 ? ` (${String(n)} interfaces)` : ''), ...cells]);
}

function note(
  lines: Map<string, Line>,
  { endpoint, family }: Exposure,
  { ips, transport }: OutsideReach,
  cloudFront: IpSet,
  remark: string,
): void {
  const { name } = endpoint.workload;
  const breadth = breadthOf(ips, family);
  const text = ips.toString();
  const isCloudFront = ips.isSubsetOf(cloudFront);
  const from = isCloudFront
    ? 'CloudFront, and through it from whoever asks'
    : breadth === 'whole'
      ? `the whole internet (IPv${String(family)})`
      : plain(text.length > 60 ? `${text.slice(0, 57)}…` : text);
  const cells = [transport.toString(), `from ${from}`, remark];
  const key = [name, ...cells].join('\n');
  const known = lines.get(key);
  lines.set(key, {
    name: plain(name),
    cells,
    count: (known?.count ?? 0) + 1,
    rank: breadth === 'whole' ? 0 : breadth === 'wide' || isCloudFront ? 1 : 2,
  });
}
