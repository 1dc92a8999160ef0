import type { Network } from '#model';
import { breadthOf, type Connection, type Exposure, type OutsidePair, type RelayedConnection } from '#engine';

/** One line of a list of who can open what on whom. Names are untrusted. */
export type ListedRow = {
  readonly from: string;
  readonly to: string;
  readonly flows: string;
  readonly family: 4 | 6;
  /** False where a blind spot keeps it from being certain. */
  readonly isSure: boolean;
  /** The load balancers that it goes through; empty where it goes straight. */
  readonly through: string;
};

/** A list as rows, one for each pair, as spreadsheets and reviews have it. */
export function listedRows(
  network: Network,
  {
    exposures,
    connections,
    relayed,
    outside,
  }: {
    readonly exposures: readonly Exposure[];
    readonly connections: readonly Connection[];
    readonly relayed: readonly RelayedConnection[];
    readonly outside: readonly OutsidePair[];
  },
): readonly ListedRow[] {
  const name = (id: Connection['from']): string => network.endpoints.get(id)?.name ?? id;
  const rows: ListedRow[] = [];
  const add = (
    { sure, possible }: Pick<Connection, 'sure' | 'possible'>,
    row: Omit<ListedRow, 'flows' | 'isSure'>,
  ): void => {
    for (const [transport, isSure] of [
      [sure, true],
      [possible.subtract(sure), false],
    ] as const)
      if (!transport.isEmpty) rows.push({ ...row, flows: transport.toString(), isSure });
  };
  for (const { endpoint, family, sure, possible } of exposures)
    for (const [pieces, isSure] of [
      [sure, true],
      [sure.length === 0 ? possible : [], false],
    ] as const)
      for (const { ips, transport } of pieces)
        rows.push({
          from: breadthOf(ips, family) === 'whole' ? 'internet' : `internet ${ips.toString()}`,
          to: endpoint.name,
          flows: transport.toString(),
          family,
          isSure,
          through: '',
        });
  for (const one of connections)
    add(one, { from: name(one.from), to: name(one.to), family: one.family, through: '' });
  for (const one of relayed)
    add(one, {
      from: name(one.from),
      to: name(one.to),
      family: one.family,
      through: one.through.map((relay) => relay.name).join(' → '),
    });
  for (const { endpoint, direction, ips, sure, possible } of outside) {
    const far = `outside ${ips.toString()}`;
    const [from, to] = direction === 'ingress' ? [far, endpoint.name] : [endpoint.name, far];
    add({ sure, possible }, { from, to, family: ips.toString().includes(':') ? 6 : 4, through: '' });
  }
  return rows;
}
