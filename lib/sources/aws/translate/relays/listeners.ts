import { TransportSet } from '#netset';
import type { Handoff, RelayListener } from '#model';
import type { Item } from '../target.ts';
import type { Place } from '../place.ts';
import { clientsOf, forwardsOf, type Forward } from './listener-actions.ts';
import type { RelayDraft } from './relay-draft.ts';
import type { TargetGroups } from './target-groups.ts';

/** What a listener's protocol is made of below. */
const CARRIERS: Readonly<Record<string, readonly ('tcp' | 'udp')[]>> = {
  HTTP: ['tcp'],
  HTTPS: ['tcp'],
  TCP: ['tcp'],
  TLS: ['tcp'],
  UDP: ['udp'],
  QUIC: ['udp'],
  TCP_UDP: ['tcp', 'udp'],
  TCP_QUIC: ['tcp', 'udp'],
};

/** Reads one listener of a load balancer, as one of each protocol that it answers. */
export function addListener(listener: Item, balancer: string, groups: TargetGroups, relay: RelayDraft): void {
  const { place } = listener;
  const protocol = place.words('Protocol').toUpperCase();
  const port = place.raw('Port');
  const carriers = CARRIERS[protocol];
  if (carriers === undefined || typeof port !== 'number' || !isPort(port)) {
    relay.doubtListeners('the port or protocol of a listener cannot be read');
    return;
  }
  const isApplication = protocol === 'HTTP' || protocol === 'HTTPS';
  const forwards = forwardsOfListener(listener, isApplication, groups.ofBalancer(balancer), relay);
  for (const transport of carriers) {
    relay.listeners.push({
      transport: TransportSet[transport](port),
      carries: isApplication ? 'requests' : 'bytes',
      handoffs: handoffsOf(forwards, transport, !isApplication, groups, relay),
      at: place.ref(listener.id),
    } satisfies RelayListener);
  }
}

type DoubtfulForward = Forward & { readonly isDoubtful?: true };

function handoffsOf(
  forwards: readonly DoubtfulForward[],
  transport: 'tcp' | 'udp',
  isNetwork: boolean,
  groups: TargetGroups,
  relay: RelayDraft,
): readonly Handoff[] {
  return forwards.flatMap(({ group, clients, isGuarded, isDoubtful }) =>
    groups.handoffs(group, transport, isNetwork, relay).map((handoff) => ({
      ...handoff,
      ...(clients === undefined ? {} : { clients }),
      ...(isGuarded === true ? { isGuarded } : {}),
      ...(isDoubtful === true ? { doubt: relay.because } : {}),
    })),
  );
}

/**
 * The listener's own actions, and for HTTP those of its rules. Rules that were not read can only lead to groups that name this load balancer:
 * if its own actions lead to all of them, there is nothing more to know.
 */
function forwardsOfListener(
  { id, place, target }: Item,
  isApplication: boolean,
  ofBalancer: ReadonlySet<string>,
  relay: RelayDraft,
): readonly DoubtfulForward[] {
  const told = forwardsOf(place.items('DefaultActions'));
  const forwards: DoubtfulForward[] = [...told.to];
  if (told.strange !== undefined) relay.doubt(`a listener's action is not understood: ${told.strange}`);
  if (!isApplication) return forwards;
  const answer = target.body('DescribeRules').child(id);
  const rules = answer.has('Rules') ? answer.list('Rules') : undefined;
  if (rules !== undefined) return [...forwards, ...forwardsOfRules(rules, relay)];
  const known = new Set(told.to.map(({ group }) => group));
  const further = [...ofBalancer].filter((group) => !known.has(group));
  if (further.length === 0) return forwards;
  relay.doubt('its listener rules were not read', 'DescribeRules');
  return [...forwards, ...further.map((group) => ({ group, isDoubtful: true as const }))];
}

function forwardsOfRules(rules: readonly Place[], relay: RelayDraft): readonly Forward[] {
  return rules.flatMap((rule) => {
    if (rule.raw('IsDefault') === true) return [];
    const { to, strange } = forwardsOf(rule.items('Actions'), clientsOf(rule));
    if (strange !== undefined) relay.doubt(`a listener rule's action is not understood: ${strange}`);
    return to;
  });
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port <= 65_535;
}
