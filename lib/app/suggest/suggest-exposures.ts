import { TransportSet } from '#netset';
import type { EndpointId } from '#model';
import { exposures, openTo, type Analysis } from '#engine';
import { intentFor, NOTHING_SAID, SENSITIVE_PORTS } from '#findings';
import { remark, yamlText } from './yaml-text.ts';

/** What load balancers answer to the internet today, beside the web ports that are meant anyway. What nobody should show is left to be found. */
export function suggestExposures(analysis: Analysis): string[] {
  const { unmeant } = intentFor(NOTHING_SAID, analysis.network);
  const answers = answersOf(analysis);
  const shown = new Map<string, { readonly name: string; transport: TransportSet }>();
  for (const { endpoint, family, sure } of exposures(analysis)) {
    const answered = answers.get(endpoint.id);
    if (answered === undefined) continue;
    const open = openTo(unmeant(endpoint, sure), family, 'wide').intersect(answered);
    const known = shown.get(endpoint.workload.id) ?? {
      name: endpoint.workload.name,
      transport: TransportSet.NONE,
    };
    shown.set(endpoint.workload.id, { ...known, transport: known.transport.union(open) });
  }
  const lines = [...shown]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, { name, transport }]) => {
      const meant = transport.subtract(SENSITIVE_PORTS);
      const grave = transport.intersect(SENSITIVE_PORTS);
      return [
        ...(grave.isEmpty ? [] : [`  # not suggested: ${remark(name)} on ${grave.toString()}`]),
        ...(meant.isEmpty
          ? []
          : [
              `  # ${remark(name)}`,
              `  - what: { name: ${yamlText(id)} }`,
              `    ports: ${yamlText(meant.toString())}`,
              '    from: internet',
              '    reason: a load balancer answers there today; say what for',
            ]),
      ];
    });
  const isAny = lines.some((line) => line.startsWith('  - '));
  return [
    '# What is open to the internet because it is meant to be. Ports 80 and 443 of load balancers are, by frontDoors.',
    'frontDoors: true',
    ...(isAny ? ['exposures:'] : ['exposures: []']),
    ...lines,
  ];
}

/** On what each load balancer answers. */
function answersOf({ network }: Analysis): ReadonlyMap<EndpointId, TransportSet> {
  const answers = new Map<EndpointId, TransportSet>();
  for (const { entrances, listeners } of network.relays.values()) {
    const transport = TransportSet.unionOf(listeners.map((listener) => listener.transport));
    for (const entrance of entrances)
      answers.set(entrance, transport.union(answers.get(entrance) ?? TransportSet.NONE));
  }
  return answers;
}
