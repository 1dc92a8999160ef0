import type { PageFinding, PageFix } from './data.ts';
import { fill, h, safe } from './dom.ts';
import { findingView } from './finding-view.ts';
import { Filters, matches } from './filters.ts';
import type { Model } from './model.ts';
import { count, number, STATE_WORDS } from './words.ts';

/** So many rows are there at a time: a browser is slow with thousands of them, and nobody reads on. */
const PAGE = 100;

/** The findings: a list that is filtered, and beside it the one that is chosen. */
export class Findings {
  readonly element: HTMLElement;
  readonly #model: Model;
  readonly #filters: Filters;
  readonly #list = h('ul', { class: 'finding-list', 'aria-label': 'Findings' });
  readonly #told = h('p', { class: 'told', role: 'status', 'aria-live': 'polite' });
  readonly #more = h('button', { type: 'button', class: 'button more' });
  readonly #detail = h('div', { class: 'detail', role: 'region', 'aria-label': 'The chosen finding' });
  readonly #showOnMap: (finding: PageFinding) => void;
  #found: readonly PageFinding[] = [];
  #limit = PAGE;
  #chosen: PageFinding | undefined;

  constructor(model: Model, showOnMap: (finding: PageFinding) => void) {
    this.#model = model;
    this.#showOnMap = showOnMap;
    this.#filters = new Filters(model, () => this.#apply());
    this.#more.addEventListener('click', () => {
      const next = this.#limit;
      this.#limit += PAGE;
      this.#showRows();
      this.#button(next)?.focus();
    });
    this.#list.addEventListener('keydown', (event) => this.#key(event));
    this.element = h(
      'section',
      {
        id: 'findings',
        'aria-labelledby': 'findings-title',
        class: model.data.findings.length === 0 && 'has-nothing',
      },
      h('div', { class: 'section-head' }, h('h2', { id: 'findings-title' }, 'Findings'), this.#told),
      this.#filters.element,
      h('div', { class: 'columns' }, h('div', { class: 'list-side' }, this.#list, this.#more), this.#detail),
    );
    this.#apply();
  }

  /** Shows one, whatever the filter says. */
  show(finding: PageFinding): void {
    if (!this.#found.includes(finding)) {
      this.#filters.clear();
      this.#apply();
    }
    this.#limit = Math.max(this.#limit, this.#found.indexOf(finding) + 1);
    this.#choose(finding);
    this.#showRows();
    this.element.scrollIntoView();
    this.#detail.querySelector('h3')?.focus({ preventScroll: true });
  }

  search(text: string): void {
    this.#filters.search(text);
    this.#apply();
    this.element.scrollIntoView();
  }

  focusSearch(): void {
    this.#filters.focus();
  }

  /** All that are found, for paper. */
  showAll(): void {
    this.#limit = Number.POSITIVE_INFINITY;
    this.#showRows();
  }

  #apply(): void {
    const { filter } = this.#filters;
    const all = this.#model.data.findings;
    this.#found = all.filter((finding) => matches(this.#model, filter, finding));
    this.#limit = PAGE;
    this.#told.textContent =
      this.#found.length === all.length
        ? count(all.length, 'finding')
        : `${number(this.#found.length)} of ${count(all.length, 'finding')}`;
    const [first] = this.#found;
    if (this.#chosen === undefined || !this.#found.includes(this.#chosen)) this.#choose(first);
    this.#showRows();
  }

  #showRows(): void {
    const shown = this.#found.slice(0, this.#limit);
    fill(this.#list, ...shown.map((finding) => this.#row(finding)));
    const left = this.#found.length - shown.length;
    this.#more.hidden = left === 0;
    this.#more.textContent = `Show ${number(Math.min(PAGE, left))} of ${number(left)} more`;
    if (this.#found.length === 0)
      fill(
        this.#list,
        h(
          'li',
          { class: 'quiet empty' },
          this.#model.data.findings.length === 0 ? 'No findings.' : 'No finding is like that.',
        ),
      );
  }

  #row(finding: PageFinding): HTMLElement {
    const { severity, title, state, accepted, check, workload, fixes } = finding;
    const isChosen = finding === this.#chosen;
    return h(
      'li',
      {},
      h(
        'button',
        {
          type: 'button',
          class: `finding sev-${severity}${state === 'closed' ? ' gone' : ''}`,
          'aria-current': isChosen ? 'true' : undefined,
          tabindex: isChosen ? 0 : -1,
          click: () => this.#choose(finding),
        },
        h('span', { class: 'sev' }, severity),
        h('span', { class: 'finding-title' }, title),
        h(
          'span',
          { class: 'quiet' },
          [state && STATE_WORDS[state], accepted && 'accepted', check, workload].filter(Boolean).join(' · '),
        ),
        ...fixes.slice(0, 1).map(printedFix),
      ),
    );
  }

  #choose(finding: PageFinding | undefined): void {
    const rows = [...this.#list.querySelectorAll('button')];
    const place = (one: PageFinding | undefined): HTMLButtonElement | undefined =>
      one === undefined ? undefined : rows[this.#found.indexOf(one)];
    place(this.#chosen)?.removeAttribute('aria-current');
    place(this.#chosen)?.setAttribute('tabindex', '-1');
    this.#chosen = finding;
    place(finding)?.setAttribute('aria-current', 'true');
    place(finding)?.setAttribute('tabindex', '0');
    fill(
      this.#detail,
      finding === undefined ? undefined : findingView(this.#model, finding, this.#showOnMap),
    );
  }

  #button(place: number): HTMLButtonElement | undefined {
    return this.#list.querySelectorAll('button')[place];
  }

  /** The list is one stop of the Tab key; in it the arrows move and choose. */
  #key(event: KeyboardEvent): void {
    const at = this.#chosen === undefined ? -1 : this.#found.indexOf(this.#chosen);
    const last = Math.min(this.#limit, this.#found.length) - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last, PageDown: at + 10, PageUp: at - 10 }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    const place = Math.max(0, Math.min(last, to));
    this.#choose(this.#found[place]);
    this.#button(place)?.focus();
  }
}

/** A fix as paper has it, where nothing is copied. */
function printedFix({ what, commands }: PageFix): HTMLElement {
  const lines = [what, ...commands].filter((line) => line !== undefined);
  const told = h('span', { class: 'print-only mono' });
  for (const line of lines) {
    const element = h('span', { class: 'print-line' });
    // a command that is cut is none
    element.append(safe(line, 4_000));
    told.append(element);
  }
  return told;
}
