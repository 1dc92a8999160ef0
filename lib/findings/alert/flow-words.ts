import type { Endpoint, EndpointId } from '#model';
import type { Diff, FlowChange } from '#engine';
import type { Change } from '../change.ts';
import { count, nameList } from '../name-list.ts';

/** `33 private paths`: pairs of hosts, not of interfaces, since people count machines. */
export function pathCount(flows: readonly FlowChange[], diff: Diff): string {
  const pairs = flows.map(({ from, to }) => JSON.stringify([hostOf(from, diff), hostOf(to, diff)]));
  return count(new Set(pairs).size, 'private path');
}

/** `12 private hosts`, of those that can open the flows. */
export function sourceCount(flows: readonly FlowChange[], diff: Diff): string {
  return count(new Set(flows.map(({ from }) => hostOf(from, diff))).size, 'private host');
}

/** `api-1..3 on tcp 22`. */
export function targetText(flows: readonly FlowChange[], diff: Diff): string {
  const names = flows.map(({ to }) => endpointOf(to, diff)?.name ?? to);
  const what = new Set(flows.map(({ transport }) => transport.toString()));
  const relays = new Set(
    flows.flatMap(({ through }) => through?.map(({ name }) => name).join(' and ') ?? []),
  );
  const by =
    relays.size === 0
      ? ''
      : ` ${flows.every(({ through }) => through) ? '' : 'also '}through ${nameList([...relays])}`;
  return `${nameList(names)} on ${what.size === 1 ? [...what].join('') : `${String(what.size)} sets of ports`}${by}`;
}

/** The endpoints at the far end of flows, each once. */
export function targetsOf(flows: readonly FlowChange[], diff: Diff): readonly Endpoint[] {
  return [...new Set(flows.map(({ to }) => to))].flatMap((id) => endpointOf(id, diff) ?? []);
}

/** Jewels that the same hosts can newly get to share a line. */
export function newVictimTexts({
  newVictims,
  victimSearch,
}: Pick<Change, 'newVictims' | 'victimSearch'>): readonly string[] {
  const jewelsOf = new Map<string, string[]>();
  for (const { jewel, hosts } of newVictims) {
    const who = nameList(hosts, 5);
    jewelsOf.set(who, [...(jewelsOf.get(who) ?? []), jewel]);
  }
  const told = [...jewelsOf].slice(0, 4).map(([who, jewels]) => `${who} can now get to ${nameList(jewels)}`);
  if (victimSearch === undefined) return told;
  const { looked, of } = victimSearch;
  return [
    ...told,
    `how far the newly opened reach was looked at for ${String(looked)} of ${count(of, 'source')} only`,
  ];
}

export function endpointOf(id: EndpointId, { before, after }: Diff): Endpoint | undefined {
  return after.network.endpoints.get(id) ?? before.network.endpoints.get(id);
}

function hostOf(id: EndpointId, diff: Diff): string {
  return endpointOf(id, diff)?.host ?? id;
}
