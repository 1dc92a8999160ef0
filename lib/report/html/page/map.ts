import type { PageFinding } from './data.ts';
import { fill, h, svg } from './dom.ts';
import { drawMap, labelOf, MARKERS, sizeOf } from './map-draw.ts';
import { edgeDetail, nodeDetail, wayDetail } from './map-detail.ts';
import {
  GROUPS_AT_A_TIME,
  mapGraph,
  type MapEdge,
  type MapGraph,
  type MapNode,
  type MapSide,
  type MapState,
  type MapView,
} from './map-graph.ts';
import { neighbourIn } from './map-keys.ts';
import { placed, type Placed } from './map-layout.ts';
import { edgeTable } from './map-table.ts';
import type { Model } from './model.ts';
import { count } from './words.ts';

/** Zones are all open from the start where there are no more groups than this. */
const FEW_GROUPS = 36;
/** From so many edges on only those of the path have their flows written at them. */
const CROWD = 26;

/** The map of who reaches whom: what is drawn, what somebody opened in it, and a panel that explains what is chosen. */
export class NetworkMap {
  readonly element: HTMLElement;
  readonly #model: Model;
  readonly #state: MapState;
  readonly #drawing: SVGSVGElement;
  readonly #frame: HTMLElement;
  readonly #panel = h('div', { class: 'detail', role: 'region', 'aria-label': 'What is chosen on the map' });
  readonly #table = h('div', { class: 'table-place' });
  readonly #told = h('p', { class: 'told', role: 'status', 'aria-live': 'polite' });
  readonly #showFinding: (finding: PageFinding) => void;
  #graph: MapGraph = { nodes: [], edges: [] };
  #placed: Placed | undefined;
  #zoom = 0;
  #chosen: string | undefined;

  constructor(model: Model, showFinding: (finding: PageFinding) => void) {
    this.#model = model;
    this.#showFinding = showFinding;
    const isSmall = model.data.groups.length <= FEW_GROUPS;
    this.#state = {
      view: 'in',
      side: model.isComparison ? 'change' : 'after',
      zones: new Map(isSmall ? model.data.zones.map((_, zone) => [zone, FEW_GROUPS] as const) : []),
      groups: new Set(),
      path: model.data.findings.find(({ path, state }) => path !== undefined && state !== 'closed')?.path,
    };
    this.#drawing = svg('svg', {
      role: 'group',
      'aria-label': 'Map of who reaches whom',
      keydown: (event) => this.#key(event as KeyboardEvent),
    });
    this.#frame = h('div', { class: 'map-frame' }, this.#drawing);
    this.element = h(
      'section',
      { id: 'map', 'aria-labelledby': 'map-title' },
      h('div', { class: 'section-head' }, h('h2', { id: 'map-title' }, 'Map'), this.#told),
      this.#tools(),
      h('div', { class: 'columns map-columns' }, this.#frame, this.#panel),
      h(
        'div',
        { class: 'under-map' },
        h(
          'p',
          { class: 'quiet hint' },
          'Arrow keys go from box to box, Enter explains one, Space opens or folds it, Escape lets go of it.',
        ),
        legend(model.isComparison),
      ),
      h('details', { class: 'as-table' }, h('summary', {}, 'The same as a table'), this.#table),
    );
    this.#redraw();
    this.#explainNothing();
  }

  /** Draws the path of a finding, or else opens the zone where it is. */
  show(finding: PageFinding): void {
    this.#state.path = finding.path;
    if (finding.state === 'closed' && this.#state.side === 'after') this.#state.side = 'change';
    const [member] = finding.members;
    this.#redraw();
    if (member !== undefined) {
      const group = this.#model.groupOf(member);
      const { zone } = this.#model.group(group);
      if (finding.path === undefined && !this.#state.zones.has(zone)) {
        this.#state.zones.set(zone, GROUPS_AT_A_TIME);
        this.#redraw();
      }
      const node = this.#graph.nodes.find(({ kind, of }) => kind === 'group' && of === group);
      if (node !== undefined) this.#choose(node);
    }
    this.element.scrollIntoView();
  }

  #tools(): HTMLElement {
    const sides: readonly (readonly [MapSide, string])[] = [
      ['before', 'Before'],
      ['change', 'Change'],
      ['after', 'After'],
    ];
    const views: readonly (readonly [MapView, string])[] = [
      ['in', 'Ways in'],
      ['all', 'All ways'],
    ];
    const zoom = (text: string, label: string, by: number): HTMLElement =>
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          'aria-label': label,
          click: () => this.#setZoom(by === 0 ? 0 : this.#zoom + by),
        },
        text,
      );
    return h(
      'div',
      { class: 'tools' },
      choice('What is drawn', views, this.#state.view, (view) => {
        this.#state.view = view;
        this.#redraw();
      }),
      this.#model.isComparison &&
        choice('Which side', sides, this.#state.side, (side) => {
          this.#state.side = side;
          this.#redraw();
        }),
      h('button', { type: 'button', class: 'button', click: () => this.#openAll() }, 'Open zones'),
      h('button', { type: 'button', class: 'button', click: () => this.#foldAll() }, 'Fold'),
      h(
        'span',
        { class: 'zoom' },
        zoom('−', 'Smaller', -1),
        zoom('Fit', 'Fit the map to its frame', 0),
        zoom('+', 'Larger', 1),
      ),
    );
  }

  #openAll(): void {
    for (const zone of this.#model.data.zones.keys())
      this.#state.zones.set(zone, Math.max(this.#state.zones.get(zone) ?? 0, GROUPS_AT_A_TIME));
    this.#redraw();
  }

  #foldAll(): void {
    this.#state.zones.clear();
    this.#state.groups.clear();
    this.#state.path = undefined;
    this.#explainNothing();
    this.#redraw();
  }

  #toggle(node: MapNode): void {
    const { zones, groups } = this.#state;
    if (node.kind === 'group') {
      if (!groups.delete(node.of)) groups.add(node.of);
    } else if (node.kind === 'zone' || node.kind === 'more') {
      zones.set(node.of, (zones.get(node.of) ?? 0) + GROUPS_AT_A_TIME);
    }
    const had = this.#drawing.contains(document.activeElement);
    this.#redraw();
    const next =
      node.kind === 'group' ? node.id : this.#graph.nodes.find(({ within }) => within === node.of)?.id;
    if (had) this.#focus(next);
  }

  #redraw(): void {
    const { groups } = this.#state;
    this.#graph = mapGraph(this.#model, this.#state);
    const { nodes, edges } = this.#graph;
    const isCrowded = edges.length > CROWD;
    const label = (edge: MapEdge): string => labelOf(edge, isCrowded);
    this.#placed = placed(this.#graph, (node) => sizeOf(this.#model, groups, node), label);
    const hidden = (zone: number): number => {
      const [first, end] = this.#model.groupsOf(zone);
      return end - first - nodes.filter(({ kind, within }) => kind === 'group' && within === zone).length;
    };
    const drawn = drawMap(
      this.#model,
      this.#placed,
      label,
      { groups, hidden },
      {
        choose: (node) => this.#choose(node),
        toggle: (node) => this.#toggle(node),
        chooseEdge: (edge) => this.#chooseEdge(edge),
      },
    );
    fill(this.#drawing, arrows(), drawn);
    this.#setZoom(this.#zoom);
    this.#mark(this.#chosen);
    this.#node(this.#chosen ?? nodes[0]?.id)?.setAttribute('tabindex', '0');
    this.#told.textContent =
      nodes.length === 0
        ? 'Nothing gets in from outside'
        : `${count(nodes.length, 'box', 'boxes')}, ${count(edges.length, 'way')}`;
    this.#frame.classList.toggle('is-empty', nodes.length === 0);
    fill(
      this.#table,
      edgeTable(this.#model, this.#graph, (edge) => this.#chooseEdge(edge)),
    );
  }

  /** 0 fits the frame; each step is a quarter. */
  #setZoom(zoom: number): void {
    this.#zoom = Math.max(-4, Math.min(8, zoom));
    const { width = 0, height = 0 } = this.#placed ?? {};
    this.#drawing.setAttribute(
      'viewBox',
      `0 -12 ${String(Math.max(width, 1))} ${String(Math.max(height + 12, 1))}`,
    );
    const scale = 1.25 ** this.#zoom;
    this.#drawing.style.width = this.#zoom === 0 ? '' : `${String(width * scale)}px`;
    this.#drawing.style.maxWidth = this.#zoom === 0 ? `${String(Math.max(width, 1) * 1.15)}px` : 'none';
    this.#drawing.style.minWidth = this.#zoom === 0 ? `${String(width * 0.62)}px` : '0';
  }

  #choose(node: MapNode): void {
    this.#chosen = node.id;
    this.#mark(node.id);
    this.#focus(node.id);
    fill(this.#panel, nodeDetail(this.#model, node, this.#state.groups.has(node.of), this.#actions()));
  }

  #chooseEdge(edge: MapEdge): void {
    this.#chosen = undefined;
    this.#mark(undefined);
    for (const element of this.#drawing.querySelectorAll<SVGGElement>('.edge'))
      element.classList.toggle(
        'chosen',
        element.dataset['from'] === edge.from && element.dataset['to'] === edge.to,
      );
    const nodes = new Map(this.#graph.nodes.map((node) => [node.id, node]));
    fill(this.#panel, edgeDetail(this.#model, edge, nodes));
    this.#panel.querySelector('h3')?.focus({ preventScroll: true });
  }

  #actions(): Parameters<typeof nodeDetail>[3] {
    return {
      toggle: (node) => {
        this.#toggle(node);
        if (node.kind === 'group') this.#choose(node);
        else this.#explainNothing();
      },
      chooseWay: (from, to) => {
        fill(this.#panel, wayDetail(this.#model, from, to));
        this.#panel.querySelector('h3')?.focus({ preventScroll: true });
      },
      showFinding: (fingerprint) => {
        const finding = this.#model.data.findings.find((one) => one.fingerprint === fingerprint);
        if (finding !== undefined) this.#showFinding(finding);
      },
    };
  }

  #explainNothing(): void {
    this.#chosen = undefined;
    this.#mark(undefined);
    const { path } = this.#state;
    const finding =
      path === undefined ? undefined : this.#model.data.findings.find((one) => one.path === path);
    fill(
      this.#panel,
      finding === undefined
        ? h('p', { class: 'quiet' }, 'Choose a box or a way to see what it is and why it can be.')
        : h(
            'div',
            {},
            h('p', { class: 'quiet' }, 'Drawn first:'),
            h(
              'p',
              {},
              h('span', { class: `sev sev-${finding.severity}` }, finding.severity),
              ' ',
              h(
                'button',
                { type: 'button', class: 'link', click: () => this.#showFinding(finding) },
                finding.title,
              ),
            ),
            h('p', { class: 'quiet' }, 'Choose a box or a way to see what it is and why it can be.'),
          ),
    );
  }

  /** What is not joined to the chosen box steps back. */
  #mark(id: string | undefined): void {
    this.#drawing.classList.toggle('has-choice', id !== undefined);
    const near = new Set([id]);
    for (const element of this.#drawing.querySelectorAll<SVGGElement>('.edge')) {
      const { from, to } = element.dataset;
      const isNear = id !== undefined && (from === id || to === id);
      element.classList.toggle('near', isNear);
      element.classList.remove('chosen');
      if (isNear) near.add(from).add(to);
    }
    for (const element of this.#drawing.querySelectorAll<SVGGElement>('.node')) {
      element.classList.toggle('near', near.has(element.dataset['node']));
      element.classList.toggle('chosen', element.dataset['node'] === id);
    }
  }

  #node(id: string | undefined): SVGGElement | undefined {
    return [...this.#drawing.querySelectorAll<SVGGElement>('.node')].find(
      (element) => element.dataset['node'] === id,
    );
  }

  #focus(id: string | undefined): void {
    const element = this.#node(id);
    if (element === undefined) return;
    for (const other of this.#drawing.querySelectorAll('.node')) other.setAttribute('tabindex', '-1');
    element.setAttribute('tabindex', '0');
    element.focus({ preventScroll: true });
  }

  #key(event: KeyboardEvent): void {
    const id = (event.target as Element).closest<SVGGElement>('.node')?.dataset['node'];
    const node = this.#graph.nodes.find((one) => one.id === id);
    if (node === undefined || this.#placed === undefined) return;
    if (event.key === 'Enter') this.#choose(node);
    else if (event.key === ' ') this.#toggle(node);
    else if (event.key === 'Escape') this.#explainNothing();
    else {
      const next = neighbourIn(this.#placed, node.id, event.key);
      if (next === undefined) return;
      this.#focus(next);
      this.#node(next)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
    event.preventDefault();
  }
}

function choice<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  chosen: T,
  choose: (value: T) => void,
): HTMLElement {
  const buttons = options.map(([value, text]) => {
    const button = h('button', { type: 'button', 'aria-pressed': String(value === chosen) }, text);
    button.addEventListener('click', () => {
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
      choose(value);
    });
    return button;
  });
  return h('div', { class: 'choice', role: 'group', 'aria-label': label }, ...buttons);
}

function legend(isComparison: boolean): HTMLElement {
  const items = [
    ['path', 'path of a finding'],
    ['door', 'from outside'],
    ['way', 'other way'],
    ...(isComparison
      ? [
          ['opened', 'new'],
          ['closed', 'closed'],
        ]
      : []),
  ];
  return h(
    'ul',
    { class: 'legend' },
    ...items.map(([key, text]) =>
      h('li', {}, h('span', { class: `key ${key ?? ''}`, 'aria-hidden': 'true' }), text),
    ),
  );
}

function arrows(): SVGDefsElement {
  return svg(
    'defs',
    {},
    ...MARKERS.map((name) =>
      svg(
        'marker',
        {
          id: `arrow-${name}`,
          class: `arrow ${name}`,
          viewBox: '0 0 8 8',
          refX: 7,
          refY: 4,
          markerWidth: 7,
          markerHeight: 7,
          orient: 'auto-start-reverse',
          markerUnits: 'userSpaceOnUse',
        },
        svg('path', { d: 'M0 0.8L7.5 4L0 7.2z' }),
      ),
    ),
  );
}
