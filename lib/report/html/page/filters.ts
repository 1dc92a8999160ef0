import type { PageFinding, Severity } from './data.ts';
import { h } from './dom.ts';
import type { Model } from './model.ts';
import { number, SEVERITIES, STATE_WORDS } from './words.ts';

/** What of the findings is to be seen; empty texts and sets mean all. */
export type Filter = {
  readonly severities: ReadonlySet<Severity>;
  readonly place: string;
  readonly check: string;
  readonly zone: string;
  readonly state: string;
  readonly words: readonly string[];
};

export function matches(model: Model, filter: Filter, finding: PageFinding): boolean {
  const { severities, place, check, zone, state, words } = filter;
  return (
    (severities.size === 0 || severities.has(finding.severity)) &&
    (place === '' || placeText(finding) === place) &&
    (check === '' || finding.check === check) &&
    (zone === '' || model.zoneOf(finding) === zone) &&
    (state === '' || stateOf(finding) === state) &&
    words.every((word) => model.searchText(finding).includes(word))
  );
}

/** The controls by which the findings are filtered; `changed` is told each time, with the filter as it is then. */
export class Filters {
  readonly element: HTMLElement;
  readonly #severities = new Set<Severity>();
  readonly #search: HTMLInputElement;
  readonly #selects: Readonly<Record<'place' | 'check' | 'zone' | 'state', HTMLSelectElement>>;

  constructor(model: Model, changed: () => void) {
    const { findings } = model.data;
    this.#search = h('input', {
      type: 'search',
      id: 'search',
      placeholder: 'Name, address, rule, port, control',
      autocomplete: 'off',
      spellcheck: 'false',
      input: changed,
    });
    const select = (values: Iterable<string>): HTMLSelectElement =>
      h(
        'select',
        { change: changed },
        h('option', { value: '' }, 'all'),
        ...[...new Set(values)]
          .filter((value) => value !== '')
          .sort()
          .map((value) => optionOf(value)),
      );
    this.#selects = {
      place: select(findings.map(placeText)),
      check: select(findings.map(({ check }) => check)),
      zone: select(findings.map((finding) => model.zoneOf(finding))),
      state: select(findings.map(stateOf)),
    };
    this.element = h(
      'form',
      {
        class: 'filters',
        role: 'search',
        'aria-label': 'Filter findings',
        submit: (event) => event.preventDefault(),
      },
      h('label', { class: 'field search' }, h('span', {}, 'Search'), this.#search),
      this.#severityField(findings, changed),
      ...this.#fields(model.isCluster),
    );
  }

  get filter(): Filter {
    const { place, check, zone, state } = this.#selects;
    return {
      severities: this.#severities,
      place: place.value,
      check: check.value,
      zone: zone.value,
      state: state.value,
      words: this.#search.value.toLowerCase().split(/\s+/).filter(Boolean),
    };
  }

  /** Looks for a text alone. */
  search(text: string): void {
    this.clear();
    this.#search.value = text;
  }

  clear(): void {
    this.#search.value = '';
    for (const select of Object.values(this.#selects)) select.value = '';
    this.#severities.clear();
    for (const box of this.element.querySelectorAll<HTMLInputElement>('input[type=checkbox]'))
      box.checked = false;
  }

  focus(): void {
    this.#search.focus();
  }

  #severityField(findings: readonly PageFinding[], changed: () => void): HTMLElement {
    return h(
      'fieldset',
      { class: 'field severities' },
      h('legend', {}, 'Severity'),
      ...SEVERITIES.flatMap((severity) => {
        const n = findings.filter((finding) => finding.severity === severity).length;
        if (n === 0) return [];
        const box = h('input', { type: 'checkbox', value: severity });
        box.addEventListener('change', () => {
          if (box.checked) this.#severities.add(severity);
          else this.#severities.delete(severity);
          changed();
        });
        return [
          h('label', { class: `pill sev-${severity}` }, box, h('span', {}, `${severity} ${number(n)}`)),
        ];
      }),
    );
  }

  /** What has one value only does not need a choice. */
  #fields(isCluster: boolean): HTMLElement[] {
    const labels = {
      place: isCluster ? 'Cluster' : 'Account, Region',
      zone: 'Zone',
      check: 'Check',
      state: 'State',
    };
    return (['place', 'zone', 'check', 'state'] as const).flatMap((key) =>
      this.#selects[key].options.length <= 2
        ? []
        : [h('label', { class: 'field' }, h('span', {}, labels[key]), this.#selects[key])],
    );
  }
}

function optionOf(value: string): HTMLOptionElement {
  const option = h('option', {}, value);
  // compared with what the data says, not with what is shown
  option.value = value;
  return option;
}

function placeText({ account, region }: PageFinding): string {
  return `${account} ${region}`.trim();
}

function stateOf({ state, accepted }: PageFinding): string {
  if (accepted !== undefined) return 'accepted';
  return state === undefined ? 'known' : STATE_WORDS[state];
}
