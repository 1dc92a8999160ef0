import type { PageFinding } from './data.ts';
import { fill, h } from './dom.ts';
import { edgeDetail, nodeDetail, wayDetail, type DetailActions } from './map-detail.ts';
import type { MapEdge, MapNode } from './map-graph.ts';
import type { Model } from './model.ts';

/** What is chosen on the map, explained. */
export class MapPanel {
  readonly element = h('div', { class: 'detail', role: 'region', 'aria-label': 'What is chosen on the map' });
  readonly #model: Model;
  readonly #actions: DetailActions;
  readonly #showFinding: (finding: PageFinding) => void;

  constructor(model: Model, showFinding: (finding: PageFinding) => void, toggle: (node: MapNode) => void) {
    this.#model = model;
    this.#showFinding = showFinding;
    this.#actions = {
      toggle,
      chooseWay: (from, to) => this.#show(wayDetail(model, from, to)),
      showFinding: (fingerprint) => {
        const finding = model.data.findings.find((one) => one.fingerprint === fingerprint);
        if (finding !== undefined) showFinding(finding);
      },
    };
  }

  showNode(node: MapNode, isOpen: boolean): void {
    fill(this.element, nodeDetail(this.#model, node, isOpen, this.#actions));
  }

  showEdge(edge: MapEdge, nodes: ReadonlyMap<string, MapNode>): void {
    this.#show(edgeDetail(this.#model, edge, nodes));
  }

  /** What is drawn first, and how to go on. */
  showNothing(path: number | undefined): void {
    const finding =
      path === undefined ? undefined : this.#model.data.findings.find((one) => one.path === path);
    fill(
      this.element,
      ...(finding === undefined
        ? []
        : [
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
          ]),
      h('p', { class: 'quiet' }, 'Choose a box or a way to see what it is and why it can be.'),
    );
  }

  #show(view: HTMLElement): void {
    fill(this.element, view);
    view.querySelector('h3')?.focus({ preventScroll: true });
  }
}
