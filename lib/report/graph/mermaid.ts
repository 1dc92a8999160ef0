import { shown } from '../document/shown.ts';
import type { Graph } from './graph.ts';

/**
 * A graph as a Mermaid flowchart. Ids are numbers of ours, so nothing of the account stands outside a quoted label.
 *
 * https://mermaid.js.org/syntax/flowchart.html
 */
export function toMermaid({ nodes, edges }: Graph): string {
  const ids = new Map(nodes.map(({ id }, i) => [id, `n${String(i)}`]));
  return [
    'flowchart LR',
    ...nodes.map(
      ({ id, label, kind }) => `  ${ids.get(id) ?? ''}${SHAPE[kind](mermaidText(label))}:::${kind}`,
    ),
    ...edges.map(
      ({ from, to, label, isSure }) =>
        `  ${ids.get(from) ?? ''} ${isSure ? '-->' : '-.->'}|"${mermaidText(isSure ? label : `${label} ? unknown`)}"| ${ids.get(to) ?? ''}`,
    ),
    '  classDef internet stroke-width:3px',
    '  classDef jewel stroke-width:3px,stroke-dasharray:2',
    '  classDef thing stroke-width:1px',
    '  classDef note stroke-width:0px',
    '',
  ].join('\n');
}

const SHAPE: Readonly<Record<Graph['nodes'][number]['kind'], (label: string) => string>> = {
  internet: (label) => `(("${label}"))`,
  jewel: (label) => `[("${label}")]`,
  thing: (label) => `["${label}"]`,
  note: (label) => `>"${label}"]`,
};

/**
 * Within quotes Mermaid still reads HTML, Markdown, entity codes and the word `end`: all but plain words is written as `#` and a number.
 *
 * https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
function mermaidText(text: string): string {
  const safe = shown(text, 80).replaceAll(
    /[^\p{L}\p{N} ,.:/-]/gu,
    (character) => `#${String(character.codePointAt(0) ?? 0)};`,
  );
  return safe === '' ? '#8212;' : safe;
}
