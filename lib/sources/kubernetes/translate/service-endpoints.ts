import {
  endpointsShape,
  endpointSliceShape,
  groupOf,
  namespaceOf,
  type ReadObject,
} from '../resources/index.ts';

/** Where a Service without a selector leads, as somebody wrote it down. */
export type ServiceEndpoint = {
  /** `namespace/name` of a pod, where it is said. */
  readonly pod?: string;
  readonly ip?: string;
  /** By the name of the Service's port, empty for the one without a name. */
  readonly ports: ReadonlyMap<string, number>;
};

/** https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors */
const SERVICE_LABEL = 'kubernetes.io/service-name';

/** The written ends of Services, by `namespace/name` of the Service. */
export function readServiceEndpoints(
  objects: readonly ReadObject[],
): ReadonlyMap<string, readonly ServiceEndpoint[]> {
  const found = new Map<string, ServiceEndpoint[]>();
  for (const { object } of objects) {
    const namespace = namespaceOf(object);
    const add = (service: string | undefined, ends: readonly ServiceEndpoint[]): void => {
      const key = `${namespace}/${service ?? ''}`;
      found.set(key, [...(found.get(key) ?? []), ...ends]);
    };
    if (object.kind === 'EndpointSlice' && groupOf(object) === 'discovery.k8s.io') {
      const { data } = endpointSliceShape.safeParse(object);
      const ports = portsOf(data?.ports);
      add(
        data?.metadata.labels?.[SERVICE_LABEL],
        (data?.endpoints ?? []).flatMap(({ addresses = [], targetRef }) =>
          addresses.map((ip) => endOf(namespace, ip, targetRef, ports)),
        ),
      );
    }
    if (object.kind === 'Endpoints' && groupOf(object) === '') {
      const { data } = endpointsShape.safeParse(object);
      add(
        object.metadata.name,
        (data?.subsets ?? []).flatMap(({ addresses = [], ports }) =>
          addresses.map(({ ip, targetRef }) => endOf(namespace, ip, targetRef, portsOf(ports))),
        ),
      );
    }
  }
  return found;
}

type TargetRef = {
  readonly kind?: string | undefined;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
};

function endOf(
  namespace: string,
  ip: string | undefined,
  ref: TargetRef | undefined,
  ports: ServiceEndpoint['ports'],
): ServiceEndpoint {
  const isPod = ref?.kind === 'Pod' && ref.name !== undefined;
  return {
    ports,
    ...(ip !== undefined && { ip }),
    ...(isPod && { pod: `${ref.namespace ?? namespace}/${ref.name ?? ''}` }),
  };
}

function portsOf(
  ports: readonly { readonly name?: string | undefined; readonly port?: number | undefined }[] | undefined,
): ReadonlyMap<string, number> {
  return new Map(
    (ports ?? []).flatMap(({ name = '', port }) => (port === undefined ? [] : [[name, port] as const])),
  );
}
