import { safe, svg } from './dom.ts';
import { fitting } from './fitting.ts';
import type { MapEdge, MapNode } from './map-graph.ts';
import type { Placed, Point } from './map-placed.ts';
import type { Model } from './model.ts';
import { count, number, roleWord } from './words.ts';

const WIDTH = 168;
const HEIGHT = 46;
const LINE = 17;
/** So many members are listed in a box. */
const MOST_LINES = 12;
/** From the left edge of a box to its name, and how much of its width the sign takes that opens it. */
const INSET = 12;
const OPENER = 30;
const LONGEST_LABEL = 22;

/** As the style has them. */
const NAME_FONT = '600 13.5px';
const ZONE_FONT = '600 12px';
const MEMBER_FONT = '12px';

export type MapHandlers = {
  readonly choose: (node: MapNode) => void;
  readonly toggle: (node: MapNode) => void;
  readonly chooseEdge: (edge: MapEdge) => void;
};

export function sizeOf(
  model: Model,
  openGroups: ReadonlySet<number>,
  node: MapNode,
): { width: number; height: number } {
  if (node.kind === 'internet' || node.kind === 'named')
    return node.kind === 'named' ? { width: 158, height: 40 } : { width: 104, height: 40 };
  if (node.kind === 'more') return { width: WIDTH, height: 30 };
  if (node.kind === 'zone' || !openGroups.has(node.of)) return { width: WIDTH, height: HEIGHT };
  const members = model.memberCount(node.of);
  return { width: WIDTH, height: HEIGHT + LINE * Math.min(members, MOST_LINES + 1) + 6 };
}

/** What is opened, short enough to stand at an edge. */
export function labelOf(model: Model, { rank, flows }: MapEdge, isCrowded: boolean): string {
  if (rank === 'way' || (isCrowded && rank !== 'path')) return '';
  const [place] = flows;
  const first = place === undefined ? '' : model.text(place);
  const text = flows.size > 1 ? `${first} +${String(flows.size - 1)}` : first;
  return safe(text, LONGEST_LABEL);
}

/** The name of a box, and what there is to say of it in a line. */
export function nodeWords(model: Model, { kind, of }: MapNode): readonly [name: string, about: string] {
  if (kind === 'internet') return ['internet', 'any address'];
  if (kind === 'named') return ['named addresses', 'outside'];
  if (kind === 'group') {
    const { name, role } = model.group(of);
    const n = model.memberCount(of);
    return [name, n === 1 ? roleWord(role, 1) : `${number(n)} ${roleWord(role, n)}`];
  }
  const [first, end] = model.groupsOf(of);
  const [members] = model.membersOf(first);
  const [, last] = model.membersOf(end - 1);
  if (kind === 'more') return [`more in ${model.zoneName(of)}`, ''];
  return [model.zoneName(of), count(last - members, model.isCluster ? 'workload' : 'interface')];
}

/** `4 hosts in shop with sg-… "web"`. */
export function groupText(model: Model, group: number): string {
  const { role, policies, zone } = model.group(group);
  const who = count(model.memberCount(group), roleWord(role, 1), roleWord(role, 2));
  return `${who} in ${model.zoneName(zone)} with ${policies.length === 0 ? (model.isCluster ? 'no policy' : 'no security group') : policies.join(', ')}`;
}

/** The drawing. Edges come first, so that boxes lie over them; all is reached by the keyboard through the boxes and the table below. */
export function drawMap(
  model: Model,
  { nodes, zones, edges }: Placed,
  labels: (edge: MapEdge) => string,
  open: { readonly groups: ReadonlySet<number>; readonly hidden: (zone: number) => number },
  handlers: MapHandlers,
): SVGGElement {
  const zoneBoxes = zones.map(({ box }) =>
    svg(
      'g',
      { class: 'zone-box', 'aria-hidden': 'true' },
      svg('rect', { x: box.x, y: box.y - 8, width: box.width, height: box.height + 8, rx: 10 }),
    ),
  );
  const zoneNames = zones.map(({ zone, box }) =>
    svg(
      'text',
      { x: box.x + 10, y: box.y + 8, class: 'zone-name', 'aria-hidden': 'true' },
      fitting(model.zoneName(zone), box.width - 20, ZONE_FONT),
    ),
  );
  return svg(
    'g',
    {},
    ...zoneBoxes,
    svg(
      'g',
      { 'aria-hidden': 'true' },
      ...edges
        .toSorted((a, b) => order(a.edge) - order(b.edge))
        .map(({ edge, d, label }) => edgeView(edge, d, label, labels(edge), handlers)),
    ),
    ...zoneNames,
    ...nodes.map(({ node, box }) => {
      const group = nodeView(model, node, box, open, handlers);
      group.setAttribute('transform', `translate(${String(Math.round(box.x))} ${String(Math.round(box.y))})`);
      return group;
    }),
  );
}

function order({ rank }: MapEdge): number {
  return { way: 0, door: 1, found: 2, path: 3 }[rank];
}

function edgeView(
  edge: MapEdge,
  d: string,
  label: Point | undefined,
  text: string,
  { chooseEdge }: MapHandlers,
): SVGGElement {
  return svg(
    'g',
    {
      class: `edge ${edge.rank} ${edge.state}${edge.isSure ? '' : ' unsure'}`,
      'data-from': edge.from,
      'data-to': edge.to,
      click: () => chooseEdge(edge),
    },
    svg('path', { d, class: 'edge-reach' }),
    svg('path', { d, class: 'edge-line', 'marker-end': `url(#arrow-${markerOf(edge)})` }),
    label !== undefined &&
      text !== '' &&
      svg(
        'g',
        { class: 'edge-label' },
        svg('rect', {
          x: label.x - (text.length * 6.4 + 10) / 2,
          y: label.y - 9,
          width: text.length * 6.4 + 10,
          height: 18,
          rx: 9,
        }),
        svg('text', { x: label.x, y: label.y + 4, 'text-anchor': 'middle' }, text),
      ),
  );
}

export const MARKERS = ['way', 'door', 'found', 'path', 'opened', 'closed'] as const;

function markerOf({ rank, state }: MapEdge): (typeof MARKERS)[number] {
  return state === 'opened' || state === 'closed' ? state : rank;
}

function nodeView(
  model: Model,
  node: MapNode,
  { width, height }: { readonly width: number; readonly height: number },
  open: { readonly groups: ReadonlySet<number>; readonly hidden: (zone: number) => number },
  { choose, toggle }: MapHandlers,
): SVGGElement {
  const [name, about] = nodeWords(model, node);
  const isGroup = node.kind === 'group';
  const findings = isGroup ? model.findingsOf(node.of).filter(({ state }) => state !== 'closed') : [];
  const canOpen = isGroup ? model.memberCount(node.of) > 1 : node.kind === 'zone' || node.kind === 'more';
  const isOpen = isGroup && open.groups.has(node.of);
  const [worst] = findings;
  const shownName = node.kind === 'more' ? `${number(open.hidden(node.of))} more` : name;
  const room = width - INSET - (canOpen && node.kind !== 'more' ? OPENER : INSET - 4);
  const said = fitting(shownName, room, NAME_FONT);
  const lines = isOpen ? memberTexts(model, node.of) : [];
  // what is to be seen comes first, word by word, so that who speaks to the computer is understood
  const label = [
    [said, about, ...lines].filter(Boolean).join(' '),
    said === safe(name) ? '' : safe(name),
    findings.length > 0 ? count(findings.length, 'finding') : '',
    isGroup ? `in ${safe(model.zoneName(model.group(node.of).zone))}` : '',
  ];
  const element = svg(
    'g',
    {
      class: `node ${node.kind}${worst === undefined ? '' : ` sev-${worst.severity}`}${isGroup && model.group(node.of).isJewel ? ' jewel' : ''}`,
      role: 'button',
      tabindex: -1,
      'data-node': node.id,
      'aria-label': label.filter(Boolean).join(', '),
      'aria-expanded': canOpen ? String(isOpen) : undefined,
      click: () => choose(node),
      dblclick: () => toggle(node),
    },
    svg('rect', {
      width,
      height,
      rx: node.kind === 'internet' || node.kind === 'named' ? 20 : 7,
      class: 'node-box',
    }),
    svg('text', { x: INSET, y: about === '' ? height / 2 + 4.5 : 19, class: 'node-name' }, `${said} `),
    about !== '' && svg('text', { x: INSET, y: 35, class: 'node-about' }, `${about} `),
    worst !== undefined &&
      svg('rect', { x: 0, y: 8, width: 3.5, height: HEIGHT - 16, rx: 1.5, class: 'node-flag' }),
    canOpen && node.kind !== 'more' && openerView(node, width, isOpen, toggle),
    ...lines.map((text, i) =>
      svg('text', { x: INSET, y: HEIGHT + 10 + LINE * i, class: 'node-member' }, `${text} `),
    ),
  );
  return element;
}

function openerView(
  node: MapNode,
  width: number,
  isOpen: boolean,
  toggle: (node: MapNode) => void,
): SVGGElement {
  const x = width - 19;
  return svg(
    'g',
    {
      class: 'opener',
      click: (event) => {
        event.stopPropagation();
        toggle(node);
      },
    },
    svg('rect', { x: width - 36, y: 0, width: 36, height: 38, class: 'opener-reach' }),
    svg('path', {
      d: isOpen ? `M${String(x - 5)} 19h10` : `M${String(x - 5)} 19h10M${String(x)} 14v10`,
      class: 'opener-sign',
    }),
  );
}

function memberTexts(model: Model, group: number): readonly string[] {
  const [first, end] = model.membersOf(group);
  const names = Array.from({ length: Math.min(end - first, MOST_LINES) }, (_, i) =>
    fitting(model.memberName(first + i), WIDTH - 2 * INSET, MEMBER_FONT),
  );
  const rest = end - first - names.length;
  return rest > 0 ? [...names, `and ${number(rest)} more`] : names;
}
