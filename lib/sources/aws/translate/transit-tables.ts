import { IpSet, type Cidr } from '#netset';
import type { Attachment, BlindSpotId, TransitRoute, TransitTable, TransitTarget } from '#model';
import type { Draft } from './draft.ts';
import { nameOf } from './gateways.ts';
import type { Place } from './place.ts';
import { GONE } from './sites.ts';
import type { Target } from './target.ts';
import type { TransitRecord } from './transit-records.ts';

/** Which of two routes to the same block is taken: the lower. https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html#tgw-route-evaluation-overview */
const RANK = { static: 0, propagated: 1 } as const;

type Ranked = { readonly rank: number; readonly route: TransitRoute };

/** The route tables of a gateway whose owner was read. */
export function tablesOf(
  { id: gateway, home }: TransitRecord,
  attachments: ReadonlyMap<string, Attachment>,
  draft: Draft,
): ReadonlyMap<string, TransitTable> {
  const tables = new Map<string, TransitTable>();
  if (home?.has('DescribeTransitGatewayRouteTables') !== true) return tables;
  for (const item of home.items('DescribeTransitGatewayRouteTables')) {
    const { id, place } = item;
    if (place.text('TransitGatewayId') !== gateway || GONE.test(place.words('State'))) continue;
    const found = searched(id, home, place, attachments);
    const routes = [...found, ...propagated(id, home, attachments, found, draft)]
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ route }) => route);
    tables.set(id, { id, name: nameOf(item), routes, at: place.ref(id) });
  }
  return tables;
}

/** The routes that a search gives: live, all of them; in a saved file, perhaps the static ones alone. */
function searched(
  table: string,
  home: Target,
  place: Place,
  attachments: ReadonlyMap<string, Attachment>,
): Ranked[] {
  const body = home.body('SearchTransitGatewayRoutes').at(table);
  const routes = body.isObject && body.has('Routes') ? body.list('Routes') : undefined;
  if (routes === undefined) {
    const because = body.isObject
      ? body.odd('Routes', 'a list')
      : home.notCollected('SearchTransitGatewayRoutes', table);
    return [anywhere(because, place)];
  }
  const ranked = routes.flatMap((route) => readRoute(route, attachments));
  // a search gives 1,000 routes at most, and says where there are more
  if (body.flag('AdditionalRoutesAvailable') === true)
    ranked.push(anywhere(body.odd('AdditionalRoutesAvailable', 'false: not all routes are there'), place));
  return ranked;
}

function readRoute(place: Place, attachments: ReadonlyMap<string, Attachment>): Ranked[] {
  const state = place.text('State')?.toLowerCase();
  if (state === 'deleted' || state === 'deleting') return [];
  const rank = place.words('Type').toLowerCase() === 'propagated' ? RANK.propagated : RANK.static;
  const destination = place.cidr('DestinationCidrBlock');
  const at = place.ref(place.words('DestinationCidrBlock'));
  const target = ((): TransitTarget => {
    if (destination === undefined)
      return { kind: 'unknown', because: place.odd('DestinationCidrBlock', 'a CIDR block') };
    if (state === 'blackhole') return { kind: 'blackhole' };
    if (state !== undefined && state !== 'active')
      return { kind: 'unknown', because: place.odd('State', 'active or blackhole') };
    const ids = place
      .items('TransitGatewayAttachments')
      .map((each) => each.text('TransitGatewayAttachmentId'));
    const known = ids.filter((id) => id !== undefined && attachments.has(id));
    if (known.length === 0 || known.length < ids.length) {
      const because = place.odd('TransitGatewayAttachments', 'attachments that were read and are available');
      return { kind: 'unknown', because };
    }
    return { kind: 'attachments', attachments: known.filter((id) => id !== undefined) };
  })();
  return [{ rank, route: { destination, target, at } }];
}

/** What a saved list of propagations adds to the search: the blocks of each network that announces its own. */
function propagated(
  table: string,
  home: Target,
  attachments: ReadonlyMap<string, Attachment>,
  found: readonly Ranked[],
  draft: Draft,
): Ranked[] {
  const body = home.body('GetTransitGatewayRouteTablePropagations').at(table);
  if (!body.isObject) return [];
  return body.items('TransitGatewayRouteTablePropagations').flatMap((item): Ranked[] => {
    const attachment = attachments.get(item.text('TransitGatewayAttachmentId') ?? '');
    const state = item.text('State')?.toLowerCase();
    if (attachment === undefined || (state !== undefined && state !== 'enabled')) return [];
    const target: TransitTarget = { kind: 'attachments', attachments: [attachment.id] };
    const to = (destination: Cidr | undefined): Ranked => ({
      rank: RANK.propagated,
      route: { destination, target, at: item.ref(attachment.id) },
    });
    if (attachment.to.kind === 'network') {
      const { announces } = attachment.to;
      const cidrs = draft.networks.get(attachment.to.network)?.cidrs ?? IpSet.NONE;
      return cidrs
        .toCidrs()
        .filter(({ family }) => announces.includes(family))
        .map(to);
    }
    // what a site or a network that was not read announces, only the search tells
    const isFound = found.some(
      ({ rank, route }) =>
        rank === RANK.propagated &&
        route.target.kind === 'attachments' &&
        route.target.attachments.includes(attachment.id),
    );
    return isFound ? [] : [to(undefined)];
  });
}

function anywhere(because: BlindSpotId, place: Place): Ranked {
  return {
    rank: RANK.static,
    route: { destination: undefined, target: { kind: 'unknown', because }, at: place.ref('') },
  };
}
