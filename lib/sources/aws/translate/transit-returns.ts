import { IpSet } from '#netset';
import type { Attachment, BlindSpotId, NetworkId, TransitTable } from '#model';
import type { Draft } from './draft.ts';

/**
 * The attachments of networks, those marked that a gateway may send back what they bring it. No document of AWS says whether it
 * does.
 */
export function withReturns(
  attachments: ReadonlyMap<string, Attachment>,
  tables: ReadonlyMap<string, TransitTable>,
  gateway: string,
  draft: Draft,
): ReadonlyMap<string, Attachment> {
  return new Map(
    [...attachments].map(([id, attachment]): [string, Attachment] => {
      const { to, table } = attachment;
      const routes = table === undefined ? [] : (tables.get(table)?.routes ?? []);
      const returned = routes.filter(
        ({ target }) => target.kind === 'attachments' && target.attachments.includes(id),
      );
      if (to.kind !== 'network' || returned.length === 0) return [id, attachment];
      // what lies in the network itself gets to the gateway only where a subnet's table says so
      const own = draft.networks.get(to.network)?.cidrs ?? IpSet.NONE;
      const isForeign = returned.some(
        ({ destination }) => destination === undefined || !IpSet.of(destination).isSubsetOf(own),
      );
      if (!isForeign && !sendsOwn(draft, to.network, gateway, own)) return [id, attachment];
      return [id, { ...attachment, to: { ...to, returnsUnread: note(draft, gateway, attachment) } }];
    }),
  );
}

/** Whether some table of a network hands addresses of the network itself to the gateway. */
function sendsOwn(draft: Draft, network: NetworkId, gateway: string, own: IpSet): boolean {
  return [...draft.distinct('DescribeRouteTables').values()]
    .filter(({ place }) => place.raw('VpcId') === network)
    .flatMap(({ place }) => place.items('Routes'))
    .filter((route) => route.raw('TransitGatewayId') === gateway)
    .some((route) => {
      const cidr = route.cidr('DestinationCidrBlock') ?? route.cidr('DestinationIpv6CidrBlock');
      return cidr === undefined || IpSet.of(cidr).isSubsetOf(own);
    });
}

function note(draft: Draft, gateway: string, { id, at }: Attachment): BlindSpotId {
  return draft.blindSpots.note(`route-not-modelled:return:${id}`, {
    code: 'route-not-modelled',
    effect: 'hides-ways',
    what: `a table of ${gateway} may send packets back to ${id}, by which they came: whether they come in again is not documented`,
    remedy:
      'Give the attachment a route table that does not lead back to it, or blackhole what would go back.',
    at,
  });
}
