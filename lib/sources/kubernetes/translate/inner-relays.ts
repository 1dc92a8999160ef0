import { idOf, type Handoff, type Relay } from '#model';
import type { ClusterDraft } from './cluster-draft.ts';
import type { Published } from './entrances.ts';
import { portsOf } from './ports.ts';
import { podsBehind, targetOf } from './services.ts';

/** Services as their clients inside dial them: relays without an entrance of their own, since a client's packets go straight to the pods. */
export function innerRelays(draft: ClusterDraft, { services, pods }: Published): readonly Relay[] {
  return services.map((service) => {
    const { object, at, namespace, name, spec } = service;
    const ref = draft.at(object, at);
    return {
      id: idOf<'relay'>(`service ${namespace}/${name}`),
      name: `${namespace}/${name}`,
      entrances: [],
      listeners: (spec.ports ?? []).map((port) => ({
        transport: portsOf(port.protocol ?? 'TCP', port.port),
        carries: 'bytes',
        handoffs: podsBehind(service, pods).map((pod): Handoff => ({
          target: idOf<'endpoint'>(pod.id),
          transport: targetOf(port, pod),
          source: 'client',
        })),
        at: ref,
      })),
      isWhole: true,
      at: ref,
    };
  });
}
