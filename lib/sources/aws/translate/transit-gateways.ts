import { idOf } from '#model';
import type { Draft } from './draft.ts';
import type { GatewayFates } from './gateway-fates.ts';
import { nameOf } from './gateways.ts';
import { GONE } from './sites.ts';
import type { SubnetFacts } from './subnets.ts';
import { attachmentsOf, withKnownTables } from './transit-attachments.ts';
import { transitRecords } from './transit-records.ts';
import { withReturns } from './transit-returns.ts';
import { carries } from './transit-standing.ts';
import { tablesOf } from './transit-tables.ts';

/**
 * Transit gateways whose tables were read. Of one that is only shared with the accounts that were collected nobody of them sees the
 * tables: what is routed there is unknown, and so is what comes from there.
 *
 * https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */
export function addTransitGateways(draft: Draft, fates: GatewayFates, subnets: readonly SubnetFacts[]): void {
  const records = transitRecords(draft).filter(({ item }) => !GONE.test(item.place.words('State')));
  const known = new Map(
    records
      .filter(({ unread }) => unread === undefined)
      .map(({ id, attachments }) => [
        id,
        new Map(
          [...attachments]
            .filter(([, item]) => carries(item))
            .map(([each, { place }]) => [each, place.text('ResourceId')]),
        ),
      ]),
  );
  for (const record of records) {
    const { id, item, unread } = record;
    if (unread !== undefined) {
      fates.isUnknown(id, unread);
      for (const each of record.attachments.values()) {
        const vpc = each.place.text('VpcId') ?? each.place.text('ResourceId');
        if (carries(each) && vpc !== undefined && draft.homes.has(idOf<'network'>(vpc)))
          draft.openSideDoor(vpc, id, id, unread);
      }
      continue;
    }
    const read = attachmentsOf(record, { draft, subnets, known });
    const tables = tablesOf(record, read, draft);
    const attachments = withReturns(withKnownTables(read, tables, record, draft), tables, id, draft);
    draft.gateways.set(idOf<'gateway'>(id), {
      kind: 'transit',
      id: idOf<'gateway'>(id),
      name: nameOf({ id, place: item.place }),
      attachments,
      tables,
      at: item.place.ref(id),
    });
  }
}
