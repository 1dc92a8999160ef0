import { parseIp, TransportSet } from '#netset';
import type { ServicePort } from '../resources/index.ts';
import type { Published } from './published.ts';
import { ALL_PODS } from './pod-groups.ts';
import type { PodSet } from './pods.ts';
import { portsOf } from './ports.ts';
import type { ServiceEndpoint } from './service-endpoints.ts';
import { hasSelector, podsBehind, targetOf, type Service } from './services.ts';

/** A pod, and what a Service opens on it. */
export type ServiceTarget = { readonly pod: PodSet; readonly transport: TransportSet };

/** The pods to which a Service hands what comes in on one of its ports: by its selector, or as somebody wrote it down. */
export function targetsOf(
  { pods, endpoints }: Published,
  service: Service,
  port: ServicePort,
): readonly ServiceTarget[] {
  const found = hasSelector(service)
    ? podsBehind(service, pods).map((pod) => ({ pod, transport: targetOf(port, pod) }))
    : (endpoints.get(`${service.namespace}/${service.name}`) ?? []).flatMap((end) => {
        const number =
          end.ports.get(port.name ?? '') ?? (end.ports.size === 1 ? [...end.ports.values()][0] : undefined);
        const transport = number === undefined ? TransportSet.NONE : portsOf(port.protocol ?? 'TCP', number);
        return pods
          .select(ALL_PODS)
          .filter((pod) => isMeant(end, pod))
          .map((pod) => ({ pod, transport }));
      });
  return found.filter(({ transport }) => !transport.isEmpty);
}

function isMeant({ pod: name, ip }: ServiceEndpoint, { pods }: PodSet): boolean {
  const address = ip === undefined ? undefined : parseIp(ip);
  return pods.some(
    (pod) =>
      pod.name === name ||
      (name === undefined &&
        address !== undefined &&
        pod.ips.some((own) => own.family === address.family && own.value === address.value)),
  );
}
