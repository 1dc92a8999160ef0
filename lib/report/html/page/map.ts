import type { PageFinding } from './data.ts';
import { fill, h, svg } from './dom.ts';
import { drawMap, labelOf, sizeOf } from './map-draw.ts';
import {
  drawable,
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
import { placed } from './map-layout.ts';
import type { Placed } from './map-placed.ts';
import { MapPanel } from './map-panel.ts';
import { edgeTable } from './map-table.ts';
import { arrows, Choice, SIDES, underMap, viewsOf } from './map-tools.ts';
import { Zoom } from './map-zoom.ts';
import type { Model } from './model.ts';
import { count, number } from './words.ts';

/** Zones are all open from the start where there are no more groups than this. */
const FEW_GROUPS = 36;
/** From so many edges on only those of the path have their flows written at them. */
const CROWD = 26;

/** The map of who reaches whom: what is drawn, what somebody opened in it, and a panel that explains what is chosen. */
export class NetworkMap {
  readonly element: HTMLElement;
  readonly #model: Model;
  readonly #state: MapState;
  readonly #views: Choice<MapView>;
  readonly #sides: Choice<MapSide> | undefined;
  readonly #drawing: SVGSVGElement;
  readonly #zoom: Zoom;
  readonly #frame: HTMLElement;
  readonly #panel: MapPanel;
  readonly #table = h('div', { class: 'table-place' });
  readonly #details = h(
    'details',
    { class: 'as-table', toggle: () => this.#tell() },
    h('summary', {}, 'The same as a table'),
    this.#table,
  );
  readonly #nothing = h('p', { class: 'quiet' });
  readonly #told = h('p', { class: 'told', role: 'status', 'aria-live': 'polite' });
  #graph: MapGraph = { nodes: [], edges: [] };
  /** What the graph was made of. */
  #asked = '';
  #placed: Placed | undefined;
  #chosen: string | undefined;

  constructor(model: Model, showFinding: (finding: PageFinding) => void) {
    this.#model = model;
    this.#panel = new MapPanel(model, showFinding, (node) => {
      this.#toggle(node);
      if (node.kind === 'group') this.#choose(node);
      else this.#explainNothing();
    });
    const isSmall = model.data.groups.length <= FEW_GROUPS;
    const path = model.data.findings.find(
      ({ path, state }) => path !== undefined && state !== 'closed',
    )?.path;
    this.#state = {
      view: isSmall || path === undefined ? 'in' : 'path',
      side: model.isComparison ? 'change' : 'after',
      zones: new Map(isSmall ? model.data.zones.map((_, zone) => [zone, FEW_GROUPS] as const) : []),
      groups: new Set(),
      path,
    };
    this.#views = new Choice('What is drawn', viewsOf(path), this.#state.view, (view) => {
      this.#state.view = view;
      this.#redraw();
    });
    this.#sides = model.isComparison
      ? new Choice('Which side', SIDES, this.#state.side, (side) => {
          this.#state.side = side;
          this.#redraw();
        })
      : undefined;
    this.#drawing = svg('svg', {
      role: 'group',
      'aria-label': 'Map of who reaches whom',
      keydown: (event) => this.#key(event as KeyboardEvent),
    });
    this.#zoom = new Zoom(this.#drawing);
    this.#frame = h('div', { class: 'map-frame' }, this.#drawing, this.#nothing);
    this.element = h(
      'section',
      {
        id: 'map',
        'aria-labelledby': 'map-title',
        class: model.data.groups.length === 0 && 'has-nothing',
      },
      h('div', { class: 'section-head' }, h('h2', { id: 'map-title' }, 'Map'), this.#told),
      this.#tools(),
      h('div', { class: 'columns map-columns' }, this.#frame, this.#panel.element),
      underMap(model.isComparison),
      this.#details,
    );
    this.#redraw();
    this.#explainNothing();
  }

  /** Draws the path of a finding, or else opens the zone where it is. */
  show(finding: PageFinding): void {
    if (finding.path !== undefined) this.#state.path = finding.path;
    else if (this.#state.view === 'path') this.#views.press((this.#state.view = 'in'));
    if (finding.state === 'closed' && this.#state.side === 'after')
      this.#sides?.press((this.#state.side = 'change'));
    const [member] = finding.members;
    const group = member === undefined ? undefined : this.#model.groupOf(member);
    const zone = group === undefined ? undefined : this.#model.group(group).zone;
    if (finding.path === undefined && zone !== undefined && !this.#state.zones.has(zone))
      this.#state.zones.set(zone, GROUPS_AT_A_TIME);
    this.#redraw();
    const node = this.#graph.nodes.find(({ kind, of }) => kind === 'group' && of === group);
    if (node !== undefined) this.#choose(node);
    this.element.scrollIntoView();
  }

  #tools(): HTMLElement {
    return h(
      'div',
      { class: 'tools' },
      this.#views.element,
      this.#sides?.element,
      h('button', { type: 'button', class: 'button', click: () => this.#openAll() }, 'Open zones'),
      h('button', { type: 'button', class: 'button', click: () => this.#foldAll() }, 'Fold'),
      this.#zoom.element,
    );
  }

  #openAll(): void {
    for (const zone of this.#model.data.zones.keys())
      this.#state.zones.set(zone, Math.max(this.#state.zones.get(zone) ?? 0, GROUPS_AT_A_TIME));
    if (this.#state.view === 'path') this.#views.press((this.#state.view = 'in'));
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
    // to list the members of a group changes no way
    const { view, side, path, zones } = this.#state;
    const asked = JSON.stringify([view, side, path, [...zones]]);
    if (asked !== this.#asked) this.#graph = mapGraph(this.#model, this.#state);
    this.#asked = asked;
    const { nodes, edges } = this.#graph;
    const isCrowded = edges.length > CROWD;
    const label = (edge: MapEdge): string => labelOf(this.#model, edge, isCrowded);
    const drawnEdges = drawable(edges);
    this.#placed = placed({ nodes, edges: drawnEdges }, (node) => sizeOf(this.#model, groups, node), label);
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
    this.#zoom.fit(this.#placed);
    this.#mark(this.#chosen);
    this.#node(this.#chosen ?? nodes[0]?.id)?.setAttribute('tabindex', '0');
    this.#told.textContent =
      nodes.length === 0
        ? 'nothing to draw'
        : [
            count(nodes.length, 'box', 'boxes'),
            count(edges.length, 'way'),
            ...(drawnEdges.length < edges.length
              ? [`${number(drawnEdges.length)} of them drawn; a box tells all of its own`]
              : []),
          ].join(', ');
    this.#frame.classList.toggle('is-empty', nodes.length === 0);
    this.#nothing.textContent =
      this.#model.data.groups.length === 0
        ? `There are no ${this.#model.isCluster ? 'workloads' : 'interfaces'} in what was read.`
        : 'Nothing gets in from outside, as far as could be seen. All ways shows who reaches whom within.';
    this.#frame.classList.toggle('is-crowded', isCrowded);
    this.#tell();
  }

  /** The table is made when somebody wants it. */
  #tell(): void {
    if (!this.#details.open) return;
    fill(
      this.#table,
      edgeTable(this.#model, this.#graph, (edge) => this.#chooseEdge(edge)),
    );
  }

  #choose(node: MapNode): void {
    this.#chosen = node.id;
    this.#mark(node.id);
    this.#focus(node.id);
    this.#panel.showNode(node, this.#state.groups.has(node.of));
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
    this.#panel.showEdge(edge, nodes);
  }

  #explainNothing(): void {
    this.#chosen = undefined;
    this.#mark(undefined);
    this.#panel.showNothing(this.#state.path);
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
