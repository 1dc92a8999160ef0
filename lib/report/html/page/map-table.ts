import { h } from './dom.ts';
import type { MapEdge, MapGraph } from './map-graph.ts';
import { nodeWords } from './map-draw.ts';
import type { Model } from './model.ts';
import { number } from './words.ts';

/** So many ways are told: more are told as the map is folded or opened. */
const MOST = 200;

/** What is drawn, as a table: each way between two boxes, with a button that explains it. */
export function edgeTable(
  model: Model,
  { nodes, edges }: MapGraph,
  choose: (edge: MapEdge) => void,
): HTMLElement {
  const names = new Map(nodes.map((node) => [node.id, nodeWords(model, node)[0]]));
  const words = (edge: MapEdge): string =>
    [
      { path: 'path of a finding', found: 'path of a finding', door: 'from outside', way: '' }[edge.rank],
      { same: '', opened: 'new', closed: 'closed', mixed: 'changed' }[edge.state],
      edge.isSure ? '' : 'unknown',
    ]
      .filter(Boolean)
      .join(', ');
  const rows = edges.slice(0, MOST).map((edge) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, names.get(edge.from) ?? ''),
      h('td', {}, names.get(edge.to) ?? ''),
      h(
        'td',
        { class: 'mono' },
        [...edge.flows]
          .slice(0, 4)
          .map((place) => model.text(place))
          .join('; '),
        edge.flows.size > 4 ? ` and ${String(edge.flows.size - 4)} more` : '',
      ),
      h('td', {}, words(edge)),
      h(
        'td',
        {},
        h(
          'button',
          {
            type: 'button',
            class: 'link',
            'aria-label': `Explain ${names.get(edge.from) ?? ''} to ${names.get(edge.to) ?? ''}`,
            click: () => choose(edge),
          },
          'Explain',
        ),
      ),
    ),
  );
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Ways on the map' },
    h(
      'table',
      {},
      h(
        'caption',
        {},
        edges.length > MOST
          ? `The first ${number(MOST)} of ${number(edges.length)} ways on the map`
          : 'The ways on the map',
      ),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...['From', 'To', 'What', '', ''].map((text, i) =>
            text === '' ? h('td', {}, i === 3 ? '' : '') : h('th', { scope: 'col' }, text),
          ),
        ),
      ),
      h('tbody', {}, ...rows),
    ),
  );
}
