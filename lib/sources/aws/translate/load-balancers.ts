import { idOf } from '#model';
import type { CallKey } from '../resources/index.ts';
import { remedyFor } from './calls.ts';
import type { Draft } from './draft.ts';
import type { InterfaceRecord } from './interface-records.ts';
import { addClassicBalancers, CLASSIC } from './relays/classic.ts';
import { addListener } from './relays/listeners.ts';
import { RelayAddresses } from './relays/relay-addresses.ts';
import { RelayDraft } from './relays/relay-draft.ts';
import { RelayEntrances } from './relays/relay-entrances.ts';
import { TargetGroups } from './relays/target-groups.ts';
import type { Item } from './target.ts';

/**
 * Load balancers as relays: what they answer on, and whom they hand on to. One blind spot for each of which not all is known.
 *
 * Which zone hands on to which is not read: whoever gets in at one of its interfaces is taken to get to all targets that any of them can open,
 * since clients may dial any zone.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
 */
export function addLoadBalancers(draft: Draft, interfaces: readonly InterfaceRecord[]): void {
  const addresses = new RelayAddresses(draft, interfaces);
  const entrances = new RelayEntrances(draft, interfaces);
  const groups = new TargetGroups(draft, addresses, entrances);
  const listeners = new Map<string, Item[]>();
  for (const item of draft.whereRead('DescribeListeners').values()) {
    const balancer = item.place.words('LoadBalancerArn');
    listeners.set(balancer, [...(listeners.get(balancer) ?? []), item]);
  }
  for (const item of draft.whereRead('DescribeLoadBalancers').values()) {
    // packets pass a Gateway Load Balancer by routes, and do not end there
    if (item.place.words('Type') === 'gateway') continue;
    addBalancer(draft, item, listeners.get(item.id) ?? [], entrances, groups);
  }
  addClassicBalancers(draft, entrances, addresses);
  noteUnreadBalancers(draft);
}

function addBalancer(
  draft: Draft,
  { id, place, target }: Item,
  listeners: readonly Item[],
  entrances: RelayEntrances,
  groups: TargetGroups,
): void {
  const relay = new RelayDraft(id, place.words('LoadBalancerName') || id, place.ref(id));
  for (const listener of listeners) addListener(listener, id, groups, relay);
  const hasTargets = groups.ofBalancer(id).size > 0;
  const isRead = (call: CallKey): boolean => target.has(call) && target.unread(call) === undefined;
  const isMissing = target.failure('DescribeListeners', id) !== undefined || !isRead('DescribeListeners');
  if (isMissing) relay.mayAnswerMore();
  if (hasTargets && (isMissing || listeners.length === 0))
    relay.doubtListeners('its listeners were not read', 'DescribeListeners');
  if (!isRead('DescribeTargetGroups')) relay.doubt('the target groups were not read', 'DescribeTargetGroups');
  const found = entrances.of(target, id.slice(id.indexOf('loadbalancer/') + 'loadbalancer/'.length));
  if (found.length === 0 && listeners.length > 0)
    relay.doubtListeners('none of its interfaces was read', 'DescribeNetworkInterfaces');
  relay.finish(draft, found);
}

/** Where the load balancers were not read, their interfaces still tell of them; which call would have told, the name says. */
function noteUnreadBalancers(draft: Draft): void {
  const known = new Set([...draft.relays.values()].flatMap(({ entrances }) => entrances));
  for (const { id, role, name, workload, at } of draft.endpoints.values()) {
    if (role !== 'load-balancer' || known.has(id)) continue;
    const target = draft.targetOf(at.account, at.region) ?? draft.targets[0];
    const isClassic = workload.id.startsWith('load-balancer:') && workload.id.split('/').length === 3;
    const call = isClassic ? CLASSIC : 'DescribeLoadBalancers';
    if (target === undefined || target.has(call)) continue;
    const because = draft.blindSpots.note(`load-balancer-targets:${workload.id}`, {
      code: 'load-balancer-targets',
      effect: 'hides-ways',
      what: `what ${name} hands on to its targets is not followed: ${call} was not collected`,
      remedy: remedyFor(call),
      at,
    });
    const relay = idOf<'relay'>(workload.id);
    const entrances = [...(draft.relays.get(relay)?.entrances ?? []), id];
    draft.relays.set(relay, {
      id: relay,
      name,
      entrances,
      listeners: [],
      isWhole: false,
      hidesTargets: true,
      because,
      at,
    });
  }
}
