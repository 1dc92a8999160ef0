import { INTERNET, IpSet, parseCidr, parseIp, type TransportSet } from '#netset';
import { idOf, type BlindSpot, type SourceRef } from '#model';
import type { ServicePort } from '../resources/index.ts';
import type { ClusterDraft } from './cluster-draft.ts';
import { ANYBODY, type Door, type DoorListener } from './door.ts';
import type { Published } from './published.ts';
import { isInternal } from './internal.ts';
import { portsOf } from './ports.ts';
import { targetsOf } from './service-targets.ts';
import { hasSelector, type Service } from './services.ts';

/**
 * The entrances of a Service: its load balancer, the ports of every node, which a load balancer has too unless it is told not to, and addresses
 * outside that are led to the nodes.
 *
 * https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
 * https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation
 * https://kubernetes.io/docs/concepts/services-networking/service/#external-ips
 */
export function serviceDoors(draft: ClusterDraft, published: Published, service: Service): readonly Door[] {
  const { object, at, namespace, name, spec } = service;
  const id = `${namespace}/${name}[Service]`;
  const ref = draft.at(object, at);
  const [isBalanced, isNodePort] = [spec.type === 'LoadBalancer', spec.type === 'NodePort'];
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const isWide = isBalanced && ranges.length === 0 && !isInternal(object);
  const listening = (dialled: (port: ServicePort) => TransportSet): readonly DoorListener[] =>
    (spec.ports ?? []).flatMap((port) => {
      const targets = targetsOf(published, service, port);
      return targets.length === 0 ? [] : [{ dialled: dialled(port), carries: 'bytes' as const, targets }];
    });
  const door = { at: ref, clients: ANYBODY, source: 'client' as const };
  const doors: Door[] = [];
  const byPort = ({ protocol = 'TCP', port }: ServicePort): TransportSet => portsOf(protocol, port);
  if (isBalanced) {
    const clients =
      ranges.length === 0 ? ANYBODY : IpSet.from(ranges.flatMap((text) => parseCidr(text) ?? []));
    doors.push({ ...door, id, isPublic: !isInternal(object), clients, listeners: listening(byPort) });
  }
  // beside a load balancer that everybody may use, they open nothing more
  if (isNodePort || (isBalanced && !isWide && spec.allocateLoadBalancerNodePorts !== false)) {
    const spot = nodePorts(ref, `${namespace}/${name}`);
    const byNode = ({ protocol = 'TCP', nodePort }: ServicePort): TransportSet =>
      nodePort === undefined ? portsOf(protocol, 30_000, 32_767) : portsOf(protocol, nodePort);
    doors.push({
      ...door,
      id: isNodePort ? id : `${id} node ports`,
      isPublic: spot.id,
      spot,
      listeners: listening(byNode),
    });
  }
  const outside = (spec.externalIPs ?? []).flatMap((text) => parseIp(text) ?? []);
  if (outside.length > 0) {
    const spot = externalIps(ref, `${namespace}/${name}`);
    doors.push({
      ...door,
      id: `${id} external addresses`,
      isPublic: outside.some((ip) => INTERNET.has(ip)) && spot.id,
      spot,
      listeners: listening(byPort),
    });
  }
  return doors;
}

/** An entrance of a Service that leads where nobody wrote down. */
export function leadsNowhere(
  draft: ClusterDraft,
  { endpoints }: Published,
  service: Service,
): readonly BlindSpot[] {
  const { object, at, namespace, name, spec } = service;
  const isEntrance = spec.type === 'LoadBalancer' || spec.type === 'NodePort';
  if (!isEntrance || hasSelector(service) || endpoints.has(`${namespace}/${name}`)) return [];
  return [
    {
      id: idOf<'blind-spot'>(`service-without-selector ${namespace}/${name}`),
      code: 'load-balancer-targets',
      effect: 'hides-ways',
      what: `Service ${namespace}/${name} has no selector, and no EndpointSlice says where it leads`,
      remedy: 'Read the EndpointSlices too: kubectl get endpointslices -A -o yaml.',
      at: draft.at(object, at),
    },
  ];
}

/** Whether anybody outside reaches the nodes is for the network that they stand in to say. */
function nodePorts(at: SourceRef, service: string): BlindSpot {
  return {
    id: idOf<'blind-spot'>('node-ports'),
    code: 'node-ports',
    effect: 'hides-ways',
    what: `node ports (${service}): whether the internet reaches the nodes was not read`,
    remedy: 'Read the network of the nodes as well: their addresses, groups and routes.',
    at,
  };
}

function externalIps(at: SourceRef, service: string): BlindSpot {
  return {
    id: idOf<'blind-spot'>('external-addresses'),
    code: 'node-ports',
    effect: 'hides-ways',
    what: `externalIPs (${service}): whether packets to these addresses are led to the nodes was not read`,
    remedy: 'Take externalIPs away where they are not needed; else look where these addresses are routed.',
    at,
  };
}
