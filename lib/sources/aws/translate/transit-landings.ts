import { ALL_IPS, ALL_IPV4, ALL_IPV6, IpSet, TransportSet } from '#netset';
import type { AttachedTo, Attachment, BlindSpotId, Direction, Subnet, TransitGateway } from '#model';
import type { Draft } from './draft.ts';

type ToNetwork = Extract<AttachedTo, { readonly kind: 'network' }>;

/**
 * Marks the attachments that may bring packets into their network by one of several subnets, where that may decide, and those whose
 * subnets hand on to another gateway. By which they come only the gateway knows: in appliance mode it picks one for each flow,
 * and what comes from a zone in which the attachment does not stand, or from no zone, may come in by any.
 *
 * To be asked once it is known which ACL and which table each subnet has.
 *
 * https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */
export function markTransitLandings(draft: Draft): void {
  const inhabited = new Set([...draft.endpoints.values()].map(({ subnet }) => subnet));
  for (const gateway of draft.gateways.values()) {
    if (gateway.kind !== 'transit') continue;
    const attachments = [...gateway.attachments].map(([id, attachment]): [string, Attachment] => {
      const { to } = attachment;
      if (to.kind !== 'network') return [id, attachment];
      const subnets = to.subnets.flatMap((each) => draft.subnets.get(each) ?? []);
      const isTold = !(picksOne(draft, gateway, to) && decides(draft, subnets, inhabited));
      if (isTold && !handsOn(draft, gateway, id, to, subnets)) return [id, attachment];
      return [id, { ...attachment, to: { ...to, landingUnread: note(draft, gateway, attachment, to) } }];
    });
    draft.gateways.set(gateway.id, { ...gateway, attachments: new Map(attachments) });
  }
}

/** Whether it is open by which of its subnets some packets come in. */
function picksOne(draft: Draft, gateway: TransitGateway, to: ToNetwork): boolean {
  if (to.subnets.length < 2) return false;
  if (!to.keepsZone) return true;
  const zoneOf = (id: Subnet['id']): string | undefined => draft.subnets.get(id)?.zone;
  const zones = new Set(to.subnets.map(zoneOf));
  return [...gateway.attachments.values()].some(
    ({ to: other }) =>
      other !== to && (other.kind !== 'network' || other.subnets.some((id) => !zones.has(zoneOf(id)))),
  );
}

/** Whether it can matter which it is. A list does not look at what comes out of a gateway in the very subnet of its target. */
function decides(draft: Draft, subnets: readonly Subnet[], inhabited: ReadonlySet<Subnet['id']>): boolean {
  if (new Set(subnets.map(({ routeTable }) => routeTable)).size > 1) return true;
  const hasList = subnets.some((subnet) => !letsAllPass(draft, subnet));
  const isOneList = new Set(subnets.map(({ policy }) => policy)).size === 1;
  return hasList && (!isOneList || subnets.some(({ id }) => inhabited.has(id)));
}

/** Whether the first entries of a list already let everything pass, both ways, of the families that its network has. */
function letsAllPass(draft: Draft, { policy, network }: Subnet): boolean {
  const hasIpv6 = draft.networks.get(network)?.cidrs.overlaps(ALL_IPV6) !== false;
  const all = hasIpv6 ? ALL_IPS : ALL_IPV4;
  const rules = draft.policies.get(policy)?.rules ?? [];
  return (['ingress', 'egress'] satisfies Direction[]).every((direction) => {
    let passed = IpSet.NONE;
    for (const rule of rules) {
      if (rule.direction !== direction) continue;
      const isWhole =
        rule.action === 'allow' && rule.transport.equals(TransportSet.ALL) && rule.doubt === undefined;
      if (!isWhole || rule.selector.kind !== 'ips') break;
      passed = passed.union(rule.selector.ips);
    }
    return all.isSubsetOf(passed);
  });
}

/** Whether what the gateway brings for addresses elsewhere goes on by a transit gateway: through which lists is not followed. */
function handsOn(
  draft: Draft,
  gateway: TransitGateway,
  id: string,
  to: ToNetwork,
  subnets: readonly Subnet[],
): boolean {
  const own = draft.networks.get(to.network)?.cidrs ?? IpSet.NONE;
  const isForeign = [...gateway.tables.values()]
    .flatMap(({ routes }) => routes)
    .some(
      ({ destination, target }) =>
        target.kind === 'attachments' &&
        target.attachments.includes(id) &&
        (destination === undefined || !IpSet.of(destination).isSubsetOf(own)),
    );
  return isForeign && subnets.some(({ routeTable }) => leadsToTransit(draft, routeTable));
}

function leadsToTransit(draft: Draft, table: Subnet['routeTable']): boolean {
  return (draft.routeTables.get(table)?.routes ?? []).some(
    ({ target }) => target.kind === 'gateway' && draft.gateways.get(target.gateway)?.kind === 'transit',
  );
}

function note(
  draft: Draft,
  gateway: TransitGateway,
  { id, at }: Attachment,
  { network }: ToNetwork,
): BlindSpotId {
  return draft.blindSpots.note(`route-not-modelled:landing:${id}`, {
    code: 'route-not-modelled',
    effect: 'hides-ways',
    what: `by which of its subnets ${id} brings packets from ${gateway.name} into ${network}, and through what they go on to another network from there, is not told: what only some of these ways let through is left open`,
    remedy: 'Give the subnets of the attachment one network ACL and one route table.',
    at,
  });
}
