import { idOf, type BlindSpotId } from '#model';
import { keyOfInterface, type Database } from './databases.ts';
import { isDatabaseInterface } from './described-identity.ts';
import type { Draft } from './draft.ts';
import type { InterfaceRecord } from './interface-records.ts';
import { isUsableStatus } from './service-filters.ts';
import type { Services } from './services.ts';

/**
 * A public database has a public address, but its interface does not always show it. Then any interface that may be the database's may
 * have one.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
export function markHiddenPublicAddresses(
  draft: Draft,
  interfaces: Iterable<InterfaceRecord>,
  { databases }: Services,
): void {
  const records = [...interfaces].filter(isDatabaseInterface);
  const shown = new Set(
    records
      .filter(({ addresses }) => addresses.some(({ publicIp }) => publicIp !== undefined))
      .map(keyOfInterface),
  );
  for (const database of databases.all) {
    if (!isPublic(database) || shown.has(database.key)) continue;
    const because = note(draft, database);
    for (const record of records)
      if (keyOfInterface(record) === database.key) mark(draft, record.id, because);
  }
}

function isPublic({ place }: Database): boolean {
  return place.flag('PubliclyAccessible') === true && isUsableStatus(place.text('DBInstanceStatus'));
}

function note(draft: Draft, { id, place }: Database): BlindSpotId {
  const { account, region } = place.scope;
  return draft.blindSpots.note(`not-collected:public-address:${account}/${region}/${id}`, {
    code: 'not-collected',
    effect: 'hides-ways',
    what: `database ${id} is publicly accessible, but no interface shows its public address`,
    remedy: 'Turn public access of the database off, or look up its endpoint name to see where it answers.',
    at: place.ref(id),
  });
}

/** Only IPv4 has addresses that are translated; those of IPv6 are their own. */
function mark(draft: Draft, id: string, because: BlindSpotId): void {
  const endpoint = draft.endpoints.get(idOf<'endpoint'>(id));
  if (endpoint === undefined) return;
  const addresses = endpoint.addresses.map((address) =>
    address.first.family === 4 ? { ...address, hiddenPublicIp: because } : address,
  );
  draft.endpoints.set(endpoint.id, { ...endpoint, addresses });
}
