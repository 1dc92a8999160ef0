import { CLOSED, MAYBE, OPENED, type PageWay } from './data.ts';
import { h } from './dom.ts';
import { askView, hopView } from './explain-view.ts';
import { INTERNET, NAMED, type MapEdge, type MapNode } from './map-graph.ts';
import { groupText, nodeWords } from './map-draw.ts';
import type { Model } from './model.ts';
import { count, number } from './words.ts';

/** So many lines of one kind are told in the panel. */
const MOST = 12;
/** So many hops of one edge are explained. */
const MOST_HOPS = 3;

export type DetailActions = {
  readonly toggle: (node: MapNode) => void;
  readonly chooseWay: (from: number, to: number) => void;
  readonly showFinding: (fingerprint: string) => void;
};

/** What is known of a box of the map. */
export function nodeDetail(
  model: Model,
  node: MapNode,
  isOpen: boolean,
  actions: DetailActions,
): HTMLElement {
  const [name, about] = nodeWords(model, node);
  const canOpen =
    node.kind === 'zone' || node.kind === 'more' || (node.kind === 'group' && model.memberCount(node.of) > 1);
  return h(
    'div',
    {},
    h('h3', { tabindex: -1 }, name),
    h('p', { class: 'quiet' }, node.kind === 'group' ? groupText(model, node.of) : about),
    canOpen &&
      h(
        'p',
        { class: 'act' },
        h(
          'button',
          { type: 'button', class: 'button', click: () => actions.toggle(node) },
          node.kind === 'more'
            ? 'Show more of them'
            : node.kind === 'zone'
              ? 'Open this zone'
              : isOpen
                ? 'Fold its members'
                : 'List its members in the map',
        ),
      ),
    ...(node.kind === 'group'
      ? groupRows(model, node.of, actions)
      : node.kind === 'internet' || node.kind === 'named'
        ? outsideRows(model, node)
        : []),
  );
}

function groupRows(
  model: Model,
  group: number,
  { chooseWay, showFinding }: DetailActions,
): (HTMLElement | undefined)[] {
  const [first, end] = model.membersOf(group);
  const findings = model.findingsOf(group);
  const members = Array.from({ length: Math.min(end - first, MOST) }, (_, i) => model.member(first + i));
  return [
    findings.length === 0 ? undefined : h('h4', {}, count(findings.length, 'finding')),
    findings.length === 0
      ? undefined
      : h(
          'ul',
          { class: 'plain' },
          ...findings
            .slice(0, MOST)
            .map(({ title, fingerprint, severity }) =>
              h(
                'li',
                {},
                h('span', { class: `sev sev-${severity}` }, severity),
                ' ',
                h('button', { type: 'button', class: 'link', click: () => showFinding(fingerprint) }, title),
              ),
            ),
          rest(findings.length),
        ),
    ...waysList(model, 'Reached from', into(model, group), (other) => chooseWay(other, group)),
    ...waysList(model, 'Reaches', outOf(model, group), (other) => chooseWay(group, other)),
    h('h4', {}, 'Members'),
    h(
      'ul',
      { class: 'plain' },
      ...members.map(([id, name, , , ips, publicIps]) =>
        h(
          'li',
          {},
          name === id ? '' : `${name} `,
          h('span', { class: 'mono quiet' }, id),
          ` ${[publicIps, ips].filter(Boolean).join(' · ')}`,
        ),
      ),
      rest(end - first),
    ),
  ];
}

function rest(n: number): HTMLElement | undefined {
  return n > MOST ? h('li', { class: 'quiet' }, `and ${number(n - MOST)} more`) : undefined;
}

type Flow = { readonly flows: string; readonly word: string; readonly groups: readonly number[] };

function wordOf([, , , certainty, state]: PageWay): string {
  const change = state === OPENED ? 'new' : state === CLOSED ? 'closed' : '';
  return [change, certainty === MAYBE ? 'unknown' : ''].filter(Boolean).join(', ');
}

function into(model: Model, group: number): Flow[] {
  return model.data.ways
    .filter(([to]) => to === group)
    .map((way) => ({ flows: model.text(way[1]), word: wordOf(way), groups: groupsIn(model, way) }));
}

function outOf(model: Model, group: number): Flow[] {
  const byFlows = new Map<string, { flows: string; word: string; groups: number[] }>();
  // many ways share a list of sources
  const isIn = model.data.sources.map((_, place) => holds(model, place, group));
  for (const way of model.data.ways) {
    if (isIn[way[2]] !== true) continue;
    const word = wordOf(way);
    const key = `${String(way[1])} ${word}`;
    const known = byFlows.get(key);
    if (known === undefined) byFlows.set(key, { flows: model.text(way[1]), word, groups: [way[0]] });
    else known.groups.push(way[0]);
  }
  return [...byFlows.values()];
}

function holds(model: Model, sources: number, group: number): boolean {
  const ranges = model.rangesOf(sources);
  for (let i = 0; i + 1 < ranges.length; i += 2)
    if ((ranges[i] ?? 0) <= group && group <= (ranges[i + 1] ?? -1)) return true;
  return false;
}

function groupsIn(model: Model, way: PageWay): readonly number[] {
  const ranges = model.rangesOf(way[2]);
  const groups: number[] = [];
  for (let i = 0; i + 1 < ranges.length; i += 2)
    for (let group = ranges[i] ?? 0; group <= (ranges[i + 1] ?? -1); group += 1) groups.push(group);
  return groups;
}

function waysList(
  model: Model,
  title: string,
  flows: readonly Flow[],
  choose: (other: number) => void,
): HTMLElement[] {
  if (flows.length === 0) return [h('h4', {}, title), h('p', { class: 'quiet' }, 'nobody')];
  return [
    h('h4', {}, title),
    h(
      'ul',
      { class: 'plain' },
      ...flows
        .slice(0, MOST)
        .map(({ flows: text, word, groups }) =>
          h(
            'li',
            {},
            h('span', { class: 'mono' }, text),
            word !== '' && h('span', { class: `state ${word === 'closed' ? 'closed' : 'opened'}` }, word),
            title === 'Reaches' ? ' on ' : ' ',
            ...groups
              .slice(0, 6)
              .flatMap((other, i) => [
                i === 0 ? '' : ', ',
                h(
                  'button',
                  { type: 'button', class: 'link', click: () => choose(other) },
                  model.group(other).name,
                ),
              ]),
            groups.length > 6 ? ` and ${number(groups.length - 6)} more` : '',
          ),
        ),
      rest(flows.length),
    ),
  ];
}

function outsideRows(model: Model, { kind }: MapNode): HTMLElement[] {
  const isNamed = kind === 'named';
  const doors = model.data.doors.filter(
    ({ breadth, through }) => through === undefined && (breadth === 'limited') === isNamed,
  );
  return [
    h('h4', {}, 'Reaches'),
    h(
      'ul',
      { class: 'plain' },
      ...doors
        .slice(0, MOST)
        .map(({ member, flows, from }) =>
          h(
            'li',
            {},
            h('strong', {}, model.memberName(member)),
            ' ',
            h('span', { class: 'mono' }, model.text(flows)),
            isNamed ? ` from ${model.text(from)}` : '',
          ),
        ),
      rest(doors.length),
    ),
  ];
}

/** What passes from one box to another, and why it can. */
export function edgeDetail(model: Model, edge: MapEdge, nodes: ReadonlyMap<string, MapNode>): HTMLElement {
  const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
  const name = (node: MapNode | undefined): string => (node === undefined ? '' : nodeWords(model, node)[0]);
  return h(
    'div',
    {},
    h('h3', { tabindex: -1 }, `${name(from)} → ${name(to)}`),
    h(
      'p',
      {},
      h(
        'span',
        { class: 'mono' },
        [...edge.flows]
          .slice(0, MOST)
          .map((place) => model.text(place))
          .join('; '),
      ),
      edge.flows.size > MOST ? ` and ${number(edge.flows.size - MOST)} more` : '',
      edge.state === 'same'
        ? ''
        : h('span', { class: `state ${edge.state}` }, edge.state === 'opened' ? 'new' : edge.state),
      !edge.isSure && h('span', { class: 'state' }, 'unknown'),
    ),
    ...((from?.kind === 'group' || from?.id === INTERNET || from?.id === NAMED) && to?.kind === 'group'
      ? wayRows(model, from.kind === 'group' ? from.of : -1, to.of)
      : [
          h(
            'p',
            { class: 'quiet' },
            'Open the zones on both sides to see between which groups this is, and why it can be.',
          ),
        ]),
  );
}

/** The explanations that there are of what passes between two groups; -1 is outside. */
function wayRows(model: Model, from: number, to: number): HTMLElement[] {
  const places = model.data.hops.flatMap(([source, target], place) =>
    model.groupOf(source) === from && model.groupOf(target) === to ? [place] : [],
  );
  const views = places.slice(0, MOST_HOPS).map((place) => hopView(model, model.hop(place)));
  if (views.length > 0)
    return [
      h('p', { class: 'quiet' }, from < 0 ? 'One way of it:' : 'One pair of members as an example:'),
      ...views,
    ];
  const [member] = model.membersOf(to);
  return [askView(model, from < 0 ? -1 : model.membersOf(from)[0], member, 'all')];
}

/** Flows from one group to another, as a panel of its own. */
export function wayDetail(model: Model, from: number, to: number): HTMLElement {
  const flows = model.data.ways.filter((way) => way[0] === to && holds(model, way[2], from));
  return h(
    'div',
    {},
    h('h3', { tabindex: -1 }, `${model.group(from).name} → ${model.group(to).name}`),
    h(
      'ul',
      { class: 'plain' },
      ...flows.map((way) => {
        const word = wordOf(way);
        return h(
          'li',
          {},
          h('span', { class: 'mono' }, model.text(way[1])),
          word !== '' && h('span', { class: 'state' }, word),
        );
      }),
    ),
    ...wayRows(model, from, to),
  );
}
