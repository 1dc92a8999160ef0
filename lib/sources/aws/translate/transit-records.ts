import { idOf, type BlindSpotId } from '#model';
import type { CallKey } from '../resources/index.ts';
import type { Draft } from './draft.ts';
import type { Place } from './place.ts';
import type { Item, Target } from './target.ts';

/** What the targets tell of one transit gateway. Its owner sees all of it; whom it is shared with, their own attachments. */
export type TransitRecord = {
  readonly id: string;
  /** The gateway's own record, else the first thing that names it. */
  readonly item: Item;
  /** Empty where nothing tells. */
  readonly owner: string;
  /** Its owner's target, which alone sees its tables and all attachments. */
  readonly home: Target | undefined;
  /** Why its tables are not known. */
  readonly unread: BlindSpotId | undefined;
  readonly attachments: ReadonlyMap<string, Item>;
};

/** The transit gateways that anything which was read tells of. */
export function transitRecords(draft: Draft): readonly TransitRecord[] {
  const gateways = new Map(draft.distinct('DescribeTransitGateways'));
  const attachments = new Map<string, Map<string, Item>>();
  for (const call of ['DescribeTransitGatewayAttachments', 'DescribeTransitGatewayVpcAttachments'] as const) {
    for (const target of draft.targets) {
      if (!target.has(call)) continue;
      for (const item of target.items(call)) {
        const gateway = item.place.text('TransitGatewayId');
        const id = item.place.text('TransitGatewayAttachmentId');
        if (gateway === undefined || id === undefined) {
          noteNameless(draft, item, call);
          continue;
        }
        if (!gateways.has(gateway)) gateways.set(gateway, { ...item, id: gateway });
        let known = attachments.get(gateway);
        if (known === undefined) attachments.set(gateway, (known = new Map<string, Item>()));
        const other = known.get(id);
        // the gateway's owner tells most; a record of the VPC attachment alone does not tell which table it has
        if (
          other === undefined ||
          (call === 'DescribeTransitGatewayAttachments' && isOwner(item.place, target))
        )
          known.set(id, { ...item, id });
      }
    }
  }
  return [...gateways].map(([id, item]) =>
    recordOf(draft, id, item, attachments.get(id) ?? new Map<string, Item>()),
  );
}

/** An attachment without an id has no table that could be found: what comes in by it is unknown. */
function noteNameless(draft: Draft, { place, target }: Item, call: CallKey): void {
  const because = place.odd('TransitGatewayAttachmentId', 'the id of an attachment');
  target.distrust(call, because);
  const isNetwork = place.words('ResourceType') === '' || place.words('ResourceType') === 'vpc';
  const vpc = place.text('VpcId') ?? (isNetwork ? place.text('ResourceId') : undefined);
  if (vpc !== undefined && draft.homes.has(idOf<'network'>(vpc)))
    draft.openSideDoor(
      vpc,
      place.text('TransitGatewayId') ?? place.path,
      place.words('TransitGatewayId'),
      because,
    );
}

function isOwner(place: Place, target: Target): boolean {
  return place.raw('TransitGatewayOwnerId') === target.account;
}

function recordOf(
  draft: Draft,
  id: string,
  item: Item,
  attachments: ReadonlyMap<string, Item>,
): TransitRecord {
  const owner =
    item.place.text('OwnerId') ??
    [...attachments.values()].map(({ place }) => place.text('TransitGatewayOwnerId')).find(Boolean) ??
    '';
  const home = homeOf(draft, id, item, owner);
  const unread =
    home === undefined
      ? draft.blindSpots.note(`account-not-collected:transit-gateway:${id}`, {
          code: 'account-not-collected',
          effect: 'hides-ways',
          what: `where ${id} passes packets on is not known: it belongs to account ${owner}, which was not collected in ${item.target.region}`,
          remedy: `Collect account ${owner} in ${item.target.region} together with this one.`,
          at: item.place.ref(id),
        })
      : home.unread('DescribeTransitGatewayRouteTables');
  return { id, item, owner, home, unread, attachments };
}

/** The target that sees the gateway's tables. */
function homeOf(draft: Draft, id: string, { target }: Item, owner: string): Target | undefined {
  const showing = draft.targets.find(
    (each) =>
      each.has('DescribeTransitGatewayRouteTables') &&
      each
        .items('DescribeTransitGatewayRouteTables')
        .some(({ place }) => place.raw('TransitGatewayId') === id),
  );
  if (showing !== undefined) return showing;
  if (owner === '') return target;
  const own = draft.targetOf(owner, target.region);
  if (own !== undefined) return own;
  return draft.isCollected(owner, target.region) ? target : undefined;
}
