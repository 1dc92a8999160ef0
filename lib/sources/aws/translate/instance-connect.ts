import { idOf } from '#model';
import type { Draft } from './draft.ts';
import type { InterfaceRecord } from './interface-records.ts';
import type { Item } from './target.ts';
import { TUNNEL_PORTS } from './service-table.ts';

const CALL = 'DescribeInstanceConnectEndpoints';
const GONE = /^(?:delete-complete|create-failed)$/i;

/** The row of the services' table. */
export const INSTANCE_CONNECT = 'instance-connect';

/**
 * EC2 Instance Connect Endpoints: whoever IAM lets tunnel opens TCP on hosts from the endpoint's interface. What the endpoint's groups let in
 * is not asked, only what they let out. Hosts see the interface's address; with PreserveClientIp they see the client's, and only those of
 * the endpoint's own network can be reached. A rule that names the endpoint's group admits in both cases.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/eice-security-groups.html
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-using-eice.html
 */
export function addInstanceConnectEndpoints(draft: Draft): void {
  for (const { id, place } of draft.whereRead(CALL).values()) {
    const entrances = interfacesOf(place).filter((each) => draft.endpoints.has(idOf<'endpoint'>(each)));
    if (GONE.test(place.words('State')) || entrances.length === 0) continue;
    const keeps = place.raw('PreserveClientIp');
    const because = typeof keeps === 'boolean' ? undefined : place.odd('PreserveClientIp', 'true or false');
    const door = idOf<'front-door'>(id);
    draft.frontDoors.set(door, {
      id: door,
      name: `EC2 Instance Connect Endpoint ${id}`,
      entrances: entrances.map((each) => idOf<'endpoint'>(each)),
      gate: 'invited',
      guests: 'whoever IAM lets ec2-instance-connect:OpenTunnel',
      source: keeps === true ? 'client' : keeps === false ? 'door' : 'unknown',
      leads: { kind: keeps === true ? 'network' : 'anywhere' },
      opens: TUNNEL_PORTS,
      carries: 'bytes',
      passesBorders: false,
      ...(because !== undefined && { because }),
      at: place.ref(id),
    });
  }
}

/** Whether an interface is of an endpoint that was read, so that nothing about it is unknown. */
export function isReadOtherwise(draft: Draft, { id }: InterfaceRecord): boolean {
  const known =
    READ.get(draft) ??
    new Set([...draft.whereRead(CALL).values()].flatMap(({ place }) => interfacesOf(place)));
  READ.set(draft, known);
  return known.has(id);
}

const READ = new WeakMap<Draft, ReadonlySet<string>>();

function interfacesOf(place: Item['place']): readonly string[] {
  const ids = place.raw('NetworkInterfaceIds');
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
}
