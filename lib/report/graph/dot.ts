import { shown } from '../document/shown.ts';
import type { Graph } from './graph.ts';

/** A graph in the DOT language, for Graphviz. https://graphviz.org/doc/info/lang.html */
export function toDot({ nodes, edges }: Graph): string {
  const ids = new Map(nodes.map(({ id }, i) => [id, `n${String(i)}`]));
  return [
    'digraph postern {',
    '  rankdir=LR;',
    '  node [shape=box];',
    ...nodes.map(({ id, label, kind }) => `  ${ids.get(id) ?? ''} [label=${dotText(label)}${STYLE[kind]}];`),
    ...edges.map(
      ({ from, to, label, isSure }) =>
        `  ${ids.get(from) ?? ''} -> ${ids.get(to) ?? ''} [label=${dotText(isSure ? label : `${label} ? unknown`)}${isSure ? '' : ', style=dashed'}];`,
    ),
    '}',
    '',
  ].join('\n');
}

const STYLE: Readonly<Record<Graph['nodes'][number]['kind'], string>> = {
  internet: ', shape=doublecircle',
  jewel: ', shape=cylinder, penwidth=2',
  thing: '',
  note: ', shape=note',
};

/** A quoted string. A backslash is doubled, since in a label `\N` stands for the node's name; and `&` would begin an entity of HTML. */
function dotText(text: string): string {
  return `"${shown(text, 80).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;')}"`;
}
