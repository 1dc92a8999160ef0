import { NONE } from '#netset';
import type { GatewayId, Network, Site } from '#model';
import { POSSIBLE, type Plane } from '#engine';

/** The gateways of a network that an end of a fact names, by their own id or by that of a connection that ends there. */
export function gatewaysNamed(network: Network, id: string): ReadonlySet<GatewayId> {
  const leadsThere = (site: Site): boolean => site.by.includes(id);
  return new Set(
    [...network.gateways.values()].flatMap((gateway) => {
      const isMeant =
        gateway.id === id ||
        (gateway.kind === 'site' && leadsThere(gateway.site)) ||
        (gateway.kind === 'transit' &&
          [...gateway.attachments.values()].some(({ to }) => to.kind === 'site' && leadsThere(to.site)));
      return isMeant ? [gateway.id] : [];
    }),
  );
}

/** The outside positions that stand for a private site: all that are not the internet's. */
export function siteOf({ axis }: Plane): readonly number[] {
  const [start, end] = axis.outside;
  return Array.from({ length: end - start }, (_, i) => start + i).filter(
    (position) => !axis.internet.some(([first, stop]) => first <= position && position < stop),
  );
}

/** Whether packets that come in by one of the gateways may get to a place. */
export function bringsIn(plane: Plane, gateways: ReadonlySet<GatewayId>, to: number): boolean {
  return !plane.isOutside(to) && plane.wide.into(to).some(({ gateway }) => gateways.has(gateway));
}

/** Whether one of the gateways takes packets of a place out to an outside address. */
export function takesOut(plane: Plane, gateways: ReadonlySet<GatewayId>, from: number, to: number): boolean {
  const endpoint = plane.isOutside(from) ? undefined : plane.endpointAt(from);
  if (endpoint === undefined) return false;
  const { site, crossings } = plane.exitOf(plane.subnet(endpoint.subnet));
  const own = [...plane.network.gateways.values()].some(
    (gateway) => gateway.kind === 'site' && gateway.network === endpoint.network && gateways.has(gateway.id),
  );
  return (
    (own && plane.rows.at(site[POSSIBLE], to) !== NONE) ||
    crossings.some(
      (crossing) => gateways.has(crossing.gateway) && plane.rows.at(crossing.site[POSSIBLE], to) !== NONE,
    )
  );
}
