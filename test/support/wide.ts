import { parseCidr } from '#netset';
import {
  idOf,
  type AttachedTo,
  type Attachment,
  type Gateway,
  type Site,
  type TransitRoute,
  type TransitTarget,
} from '#model';
import { sourceOf, UNREAD } from './network.ts';

/** What nobody sees of a private site, in these networks. */
export const BEYOND = idOf<'blind-spot'>('beyond');

/** An attachment: to a network by its subnets, to `peer:gateway`, to a `site` (`site?`, `no site`), or `unknown`. */
export type AttachmentSpec = {
  readonly to: string;
  readonly subnets?: readonly string[];
  /** By its name, `unread`, or none. */
  readonly table?: string;
  readonly more?: Partial<Extract<AttachedTo, { kind: 'network' }>>;
};

export function siteThat(isConnected: boolean | 'unread'): Site {
  return { by: ['vpn'], isConnected: isConnected === 'unread' ? UNREAD : isConnected, beyond: BEYOND };
}

export function vpnGateway(id: string, network: string, isConnected: boolean | 'unread' = true): Gateway {
  return {
    kind: 'site',
    id: idOf(id),
    name: id,
    network: idOf(network),
    site: siteThat(isConnected),
    at: sourceOf(id),
  };
}

/** A transit gateway. Routes of its tables are `10.0.0.0/8 a`, `10.0.0.0/8 a,b`, `10.0.0.0/8 blackhole`, `unread a`, `10.0.0.0/8 unknown`. */
export function transitGateway(
  id: string,
  attachments: Readonly<Record<string, AttachmentSpec>>,
  tables: Readonly<Record<string, readonly string[]>>,
): Gateway {
  return {
    kind: 'transit',
    id: idOf(id),
    name: id,
    attachments: new Map(Object.entries(attachments).map(([name, spec]) => [name, attachmentOf(name, spec)])),
    tables: new Map(
      Object.entries(tables).map(([name, routes]) => [
        name,
        { id: name, name, routes: routes.map(routeOf), at: sourceOf(name) },
      ]),
    ),
    at: sourceOf(id),
  };
}

function attachmentOf(id: string, { to, subnets, table, more }: AttachmentSpec): Attachment {
  return {
    id,
    name: id,
    to: attachedTo(to, id, subnets ?? [], more),
    table: table === 'unread' ? undefined : table,
    ...(table === 'unread' && { tableUnread: UNREAD }),
    at: sourceOf(id),
  };
}

function attachedTo(
  to: string,
  id: string,
  subnets: readonly string[],
  more: AttachmentSpec['more'],
): AttachedTo {
  switch (to) {
    case 'site':
      return { kind: 'site', site: siteThat(true) };
    case 'site?':
      return { kind: 'site', site: siteThat('unread') };
    case 'no site':
      return { kind: 'site', site: siteThat(false) };
    case 'unknown':
      return { kind: 'unknown', text: 'elsewhere', because: UNREAD };
    default:
      return to.startsWith('peer:')
        ? { kind: 'peer', gateway: idOf(to.slice('peer:'.length)), attachment: id }
        : {
            kind: 'network',
            network: idOf(to),
            subnets: subnets.map((subnet) => idOf(subnet)),
            announces: [4, 6],
            keepsZone: true,
            sharesGroups: false,
            ...more,
          };
  }
}

function routeOf(text: string): TransitRoute {
  const [far = '', target = ''] = text.split(' ');
  return {
    destination: far === 'unread' ? undefined : parseCidr(far),
    target: targetOf(target),
    at: sourceOf(text),
  };
}

function targetOf(target: string): TransitTarget {
  if (target === 'blackhole') return { kind: 'blackhole' };
  if (target === 'unknown') return { kind: 'unknown', because: UNREAD };
  return { kind: 'attachments', attachments: target.split(',') };
}
