import {
  groupOf,
  ingressShape,
  namespaceOf,
  type IngressBackend,
  type IngressSpec,
  type Problem,
  type ReadObject,
  type ServicePort,
} from '../resources/index.ts';
import { classOf, IngressClasses, type ControllerKind } from './ingress-classes.ts';
import { parsePart } from './parse.ts';
import type { Service } from './services.ts';

export type Ingress = ReadObject & {
  readonly namespace: string;
  readonly name: string;
  readonly spec: IngressSpec;
  /** The programs that may carry it out; several where it does not say which. */
  readonly controllers: readonly ControllerKind[];
};

export function readIngresses(objects: readonly ReadObject[], problems: Problem[]): readonly Ingress[] {
  const classes = new IngressClasses(objects);
  return objects.flatMap((read): Ingress[] => {
    const { object } = read;
    if (object.kind !== 'Ingress' || groupOf(object) !== 'networking.k8s.io') return [];
    const spec = parsePart(ingressShape, read, 'spec', problems);
    if (spec === undefined) return [];
    const controllers = classes.kindsOf(classOf(spec, object.metadata));
    return [{ ...read, namespace: namespaceOf(object), name: object.metadata.name ?? '', spec, controllers }];
  });
}

/** The ports of services that an Ingress hands to: that of its default, and of every path. */
export function backendsOf(
  { namespace, spec }: Ingress,
  services: readonly Service[],
): readonly { readonly service: Service; readonly port: ServicePort }[] {
  const backends: IngressBackend[] = [
    ...(spec.defaultBackend === undefined ? [] : [spec.defaultBackend]),
    ...(spec.rules ?? []).flatMap(({ http }) => (http?.paths ?? []).map(({ backend }) => backend)),
  ];
  return backends.flatMap(({ service: named }) => {
    const service = services.find((each) => each.namespace === namespace && each.name === named?.name);
    const port = service?.spec.ports?.find(
      (each) =>
        (named?.port?.number !== undefined && each.port === named.port.number) ||
        (named?.port?.name !== undefined && each.name === named.port.name),
    );
    return service === undefined || port === undefined ? [] : [{ service, port }];
  });
}
