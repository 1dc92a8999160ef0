import { parseCidr, TransportSet, type Family } from '#netset';
import { describeDemoEnd } from './demo-facts.ts';
import type { DemoEnd, DemoRow } from './demo-statement.ts';
import { packetsOf } from './packets.ts';
import { differs, type Check } from './result.ts';

/** Flows by where they begin and end and by family. */
export class FlowTable {
  readonly #rows = new Map<
    string,
    { readonly from: DemoEnd; readonly to: DemoEnd; readonly family: Family; transport: TransportSet }
  >();

  add(from: DemoEnd, to: DemoEnd, family: Family, transport: TransportSet): void {
    const key = keyOf(from, to, family);
    const known = this.#rows.get(key);
    if (known === undefined) this.#rows.set(key, { from, to, family, transport });
    else known.transport = known.transport.union(transport);
  }

  at(from: DemoEnd, to: DemoEnd, family: Family): TransportSet {
    return this.#rows.get(keyOf(from, to, family))?.transport ?? TransportSet.NONE;
  }

  /** The entries of this table and of another, each key once. */
  *keysWith(other: FlowTable): Generator<readonly [DemoEnd, DemoEnd, Family]> {
    const keys = new Map([...other.#rows, ...this.#rows]);
    for (const { from, to, family } of keys.values()) yield [from, to, family];
  }
}

/** The rows of a list as a table; those that are not understood become checks that fail. */
export function tableOf(rows: readonly DemoRow[]): {
  readonly table: FlowTable;
  readonly checks: readonly Check[];
} {
  const table = new FlowTable();
  const checks: Check[] = [];
  for (const row of rows) {
    const points = packetsOf(row, row.ipVersion);
    if (points !== undefined) table.add(row.from, row.to, row.ipVersion, points);
    else checks.push(differs(row, 'a row that is understood', 'the protocol and ports'));
  }
  return { table, checks };
}

/**
 * Compares a list that is complete with what Postern finds, exactly. A block's rows are left out of a list where the
 * internet's say the same, so what the list gives to the internet is not asked of blocks.
 */
export function compareLists(name: string, listed: FlowTable, found: FlowTable): Check[] {
  const checks: Check[] = [];
  for (const [from, to, family] of listed.keysWith(found)) {
    const covered = 'cidr' in from ? listed.at({ internet: true }, to, family) : TransportSet.NONE;
    const expected = listed.at(from, to, family).subtract(covered);
    const got = found.at(from, to, family).subtract(covered);
    if (expected.equals(got)) continue;
    const fact = `${name}: ${describeDemoEnd(from)} to ${describeDemoEnd(to)}, IPv${String(family)}`;
    checks.push(differs(fact, expected.toString(), got.toString()));
  }
  return checks;
}

/** The blocks that rows or notes of a demo account name: with the interfaces and the internet, whom its lists ask about. */
export function blocksIn(rows: readonly DemoRow[], note: string): readonly { readonly cidr: string }[] {
  const written = [...note.matchAll(/[0-9a-f:.]+\/\d{1,3}/gi)]
    .map(([text]) => text)
    .filter((text) => parseCidr(text) !== undefined);
  const named = rows.flatMap(({ from }) => ('cidr' in from ? [from.cidr] : []));
  return [...new Set([...written, ...named])].map((cidr) => ({ cidr }));
}

function keyOf(from: DemoEnd, to: DemoEnd, family: Family): string {
  return `${describeDemoEnd(from)} ${describeDemoEnd(to)} ${String(family)}`;
}
