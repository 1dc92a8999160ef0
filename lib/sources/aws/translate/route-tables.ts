import { idOf, type NetworkId, type RouteTable, type RouteTableId } from '#model';
import { Associations } from './associations.ts';
import type { Draft } from './draft.ts';
import { EdgeTables } from './edge-tables.ts';
import { isAssociated } from './networks.ts';
import { unknownRoute } from './placeholders.ts';
import type { Place } from './place.ts';
import { routesOf, type RouteReader } from './routes.ts';
import { nameTagOf, tagsOf } from './tags.ts';
import type { Item } from './target.ts';
import { openDoorOf } from './unmodelled-gateways.ts';

/** Which table a subnet has: its own, else the main one of its network. */
export type TableAssociations = {
  readonly explicit: Associations<RouteTableId>;
  readonly main: Associations<RouteTableId>;
};

/**
 * The route tables, and which subnet has which.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html
 */
export function addRouteTables(draft: Draft, reader: RouteReader): TableAssociations {
  const explicit = new Associations<RouteTableId>();
  const main = new Associations<RouteTableId>();
  const edges = new EdgeTables(draft);
  for (const item of draft.distinct('DescribeRouteTables').values()) {
    const table = tableOf(item, reader);
    draft.routeTables.set(table.id, table);
    noteVpnGateways(draft, item.place, table.network);
    const associations = item.place.list('Associations');
    if (associations === undefined) distrust(item, item.place, 'Associations');
    for (const association of associations ?? []) {
      if (!isAssociated(association.child('AssociationState').text('State'))) continue;
      const subnet = association.text('SubnetId');
      const gateway = association.text('GatewayId');
      if (subnet !== undefined) explicit.claim(subnet, table.id);
      else if (gateway !== undefined) edges.claim(gateway, table);
      else if (association.flag('Main') === true) main.claim(table.network, table.id);
      else distrust(item, association, 'SubnetId');
    }
  }
  edges.settle();
  return { explicit, main };
}

function tableOf({ id, place, target }: Item, reader: RouteReader): RouteTable {
  const network = idOf<'network'>(place.text('VpcId') ?? `unknown:network:${id}`);
  const routes = place.has('Routes') ? place.list('Routes') : undefined;
  return {
    id: idOf<'route-table'>(id),
    name: nameTagOf(tagsOf(place)) ?? id,
    network,
    routes:
      routes === undefined
        ? [unknownRoute(id, place.odd('Routes', 'a list'), reader.targets.hopsIn(network), place.ref(id))]
        : routesOf(routes, network, target, reader),
    at: place.ref(id),
  };
}

/**
 * A subnet or a gateway may be associated with this table without our seeing it: for no subnet is it certain that it has the
 * main one.
 */
function distrust({ target }: Item, place: Place, member: string): void {
  target.distrust('DescribeRouteTables', place.odd(member, 'an association'));
}

/** A network whose table takes routes from a virtual private gateway is attached to it. */
function noteVpnGateways(draft: Draft, place: Place, network: NetworkId): void {
  for (const gateway of place.items('PropagatingVgws')) {
    const id = gateway.text('GatewayId');
    if (id !== undefined && !draft.gateways.has(idOf<'gateway'>(id))) openDoorOf(draft, id, network, gateway);
  }
}
