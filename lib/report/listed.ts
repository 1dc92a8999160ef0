import { stringify } from 'csv-stringify/sync';
import type { ListedRow } from './document/listed-rows.ts';
import { shown } from './document/shown.ts';
import { toDot } from './graph/dot.ts';
import { GraphBuilder, type Graph } from './graph/graph.ts';
import { toMermaid } from './graph/mermaid.ts';
import { markdownText } from './markdown/markdown-text.ts';

const RENDER = {
  csv: toCsv,
  markdown: toTable,
  mermaid: (rows: readonly ListedRow[]) => toMermaid(graphOf(rows)),
  dot: (rows: readonly ListedRow[]) => toDot(graphOf(rows)),
} as const satisfies Readonly<Record<string, (rows: readonly ListedRow[]) => string>>;

export type ListedFormat = keyof typeof RENDER;

export const LISTED_FORMATS = Object.keys(RENDER) as readonly ListedFormat[];

/** A list of who can open what on whom, in a format of others. */
export function renderListed(rows: readonly ListedRow[], format: ListedFormat): string {
  return RENDER[format](rows);
}

/** Longest set of ports that anybody reads in a cell. */
const LONGEST = 200;

/** https://owasp.org/www-community/attacks/CSV_Injection: a cell that a spreadsheet would take for a formula begins with an apostrophe. */
function toCsv(rows: readonly ListedRow[]): string {
  return stringify(
    rows.map(({ from, to, flows, family, isSure, through }) => ({
      from: shown(from, 1_000),
      to: shown(to, 1_000),
      flows,
      family: `IPv${String(family)}`,
      certainty: isSure ? 'surely' : 'possibly',
      through: shown(through, 1_000),
    })),
    {
      header: true,
      columns: ['from', 'to', 'flows', 'family', 'certainty', 'through'],
      escape_formulas: true,
      record_delimiter: 'windows',
    },
  );
}

function toTable(rows: readonly ListedRow[]): string {
  return [
    '| From | To | Flows | Through |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ({ from, to, flows, family, isSure, through }) =>
        `| ${markdownText(from)} | ${markdownText(to)} | ${markdownText(flows, LONGEST)}${family === 6 ? ' (IPv6)' : ''}${isSure ? '' : ' (possibly)'} | ${markdownText(through)} |`,
    ),
    '',
  ].join('\n');
}

function graphOf(rows: readonly ListedRow[]): Graph {
  const builder = new GraphBuilder();
  for (const { from, to, flows, family, isSure, through } of rows) {
    const [source, target] = [from, to].map((end) => shown(end, LONGEST));
    if (source === undefined || target === undefined) continue;
    builder.node(source, source, 'thing');
    builder.node(target, target, 'thing');
    const label = `${shown(flows, 60)}${family === 6 ? ' (IPv6)' : ''}${through === '' ? '' : ` through ${shown(through, 60)}`}`;
    builder.edge(source, target, label, isSure);
  }
  return builder.graph();
}
