import { TransportSet } from '#netset';
import {
  groupOf,
  namespaceOf,
  serviceShape,
  type Problem,
  type ReadObject,
  type ServicePort,
  type ServiceSpec,
} from '../resources/index.ts';
import type { PodGroups } from './pod-groups.ts';
import { parsePart } from './parse.ts';
import type { PodSet } from './pods.ts';
import { portsOf, resolvePorts } from './ports.ts';

export type Service = ReadObject & {
  readonly namespace: string;
  readonly name: string;
  readonly spec: ServiceSpec;
};

export function readServices(objects: readonly ReadObject[], problems: Problem[]): readonly Service[] {
  return objects.flatMap((read): Service[] => {
    const { object } = read;
    if (object.kind !== 'Service' || groupOf(object) !== '') return [];
    const spec = parsePart(serviceShape, read, 'spec', problems);
    return spec === undefined
      ? []
      : [{ ...read, namespace: namespaceOf(object), name: object.metadata.name ?? '', spec }];
  });
}

/** Whether a service finds its pods by their labels. One that does not has its targets written down elsewhere. */
export function hasSelector({ spec }: Service): boolean {
  return spec.type !== 'ExternalName' && Object.keys(spec.selector ?? {}).length > 0;
}

/** The pods behind a service: those of its namespace with its labels. */
export function podsBehind(service: Service, groups: PodGroups): readonly PodSet[] {
  const { namespace, spec } = service;
  if (!hasSelector(service)) return [];
  return groups.select({
    namespaces: { kind: 'one', name: namespace },
    pods: { matchLabels: spec.selector },
  });
}

/**
 * What a service's port becomes on a pod: policies see this, never the service's own port. A name is looked up on each pod; without a target
 * port it is the same number.
 *
 * https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
 */
export function targetOf({ port, targetPort, protocol = 'TCP' }: ServicePort, pod: PodSet): TransportSet {
  if (typeof targetPort === 'string' && !/^[0-9]+$/.test(targetPort))
    return resolvePorts([{ name: targetPort, protocol }], pod);
  const number = targetPort === undefined || targetPort === 0 ? port : Number(targetPort);
  return number >= 1 && number <= 65_535 ? portsOf(protocol, number) : TransportSet.NONE;
}
