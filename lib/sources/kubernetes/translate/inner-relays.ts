import { idOf, type Handoff, type Relay } from '#model';
import type { ClusterDraft } from './cluster-draft.ts';
import type { Published } from './published.ts';
import { controllerRelays } from './ingress-controllers.ts';
import { portsOf } from './ports.ts';
import { targetsOf } from './service-targets.ts';

/**
 * Services as their clients inside dial them: relays without an entrance of their own, since a client's packets go straight to the pods. And the
 * pods that carry out Ingress objects.
 */
export function innerRelays(draft: ClusterDraft, published: Published): readonly Relay[] {
  const inner = published.services.map((service): Relay => {
    const { object, at, namespace, name, spec } = service;
    const ref = draft.at(object, at);
    return {
      id: idOf<'relay'>(`service ${namespace}/${name}`),
      name: `${namespace}/${name}`,
      entrances: [],
      listeners: (spec.ports ?? []).map((port) => ({
        transport: portsOf(port.protocol ?? 'TCP', port.port),
        carries: 'bytes',
        handoffs: targetsOf(published, service, port).map(({ pod, transport }): Handoff => ({
          target: idOf<'endpoint'>(pod.id),
          transport,
          source: 'client',
        })),
        at: ref,
      })),
      isWhole: true,
      at: ref,
    };
  });
  return [...controllerRelays(draft, published), ...inner];
}
