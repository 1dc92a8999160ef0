import { TransportSet } from '#netset';
import type { Draft } from '../draft.ts';
import type { Item } from '../target.ts';
import type { RelayAddresses } from './relay-addresses.ts';
import { RelayDraft } from './relay-draft.ts';
import type { RelayEntrances } from './relay-entrances.ts';

export const CLASSIC = 'ElasticLoadBalancing.DescribeLoadBalancers';

/**
 * Classic Load Balancers end every connection; each listener hands on to one port of every instance.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-listener-config.html
 */
export function addClassicBalancers(
  draft: Draft,
  entrances: RelayEntrances,
  addresses: RelayAddresses,
): void {
  for (const target of draft.targets) {
    if (!target.has(CLASSIC)) continue;
    for (const item of target.items(CLASSIC)) addClassic(draft, item, entrances, addresses);
  }
}

function addClassic(
  draft: Draft,
  { id: name, place, target }: Item,
  entrances: RelayEntrances,
  addresses: RelayAddresses,
): void {
  const id = `${target.account}/${target.region}/${name}`;
  const relay = new RelayDraft(id, name, place.ref(name));
  const dialled = place.items('Instances').flatMap((each) => {
    const instance = each.words('InstanceId');
    const found = addresses.ofInstance(instance, 4);
    if (found === undefined) relay.doubt(`it holds ${instance}, whose interface was not read`);
    return found ?? [];
  });
  for (const description of place.items('ListenerDescriptions')) {
    const listener = description.child('Listener');
    const [port, instancePort] = [listener.raw('LoadBalancerPort'), listener.raw('InstancePort')];
    if (!isPort(port) || !isPort(instancePort)) {
      relay.doubtListeners('the ports of a listener cannot be read');
      continue;
    }
    const isHttp = /^https?$/i.test(listener.words('Protocol'));
    relay.listeners.push({
      transport: TransportSet.tcp(port),
      carries: isHttp ? 'requests' : 'bytes',
      handoffs: dialled.map(({ target: endpoint, ip }) => ({
        target: endpoint,
        ip,
        transport: TransportSet.tcp(instancePort),
        source: 'relay',
      })),
      at: listener.ref(name),
    });
  }
  const found = entrances.of(target, name);
  if (found.length === 0)
    relay.doubtListeners('none of its interfaces was read', 'DescribeNetworkInterfaces');
  relay.finish(draft, found);
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 65_535;
}
