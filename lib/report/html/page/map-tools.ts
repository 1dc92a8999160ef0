import { h, svg } from './dom.ts';
import { MARKERS } from './map-draw.ts';
import type { MapSide, MapView } from './map-graph.ts';

/** Buttons of which one is pressed. */
export class Choice<T extends string> {
  readonly element: HTMLElement;
  readonly #buttons: ReadonlyMap<T, HTMLButtonElement>;

  constructor(
    label: string,
    options: readonly (readonly [T, string])[],
    chosen: T,
    choose: (value: T) => void,
  ) {
    this.#buttons = new Map(
      options.map(([value, text]) => [
        value,
        h(
          'button',
          {
            type: 'button',
            click: () => {
              this.press(value);
              choose(value);
            },
          },
          text,
        ),
      ]),
    );
    this.element = h(
      'div',
      { class: 'choice', role: 'group', 'aria-label': label },
      ...this.#buttons.values(),
    );
    this.press(chosen);
  }

  press(value: T): void {
    for (const [own, button] of this.#buttons) button.setAttribute('aria-pressed', String(own === value));
  }
}

/** What can be drawn: one path only where there is one. */
export function viewsOf(path: number | undefined): readonly (readonly [MapView, string])[] {
  return [
    ...(path === undefined ? [] : [['path', 'One path'] as const]),
    ['in', 'Ways in'],
    ['all', 'All ways'],
  ];
}

export const SIDES: readonly (readonly [MapSide, string])[] = [
  ['before', 'Before'],
  ['change', 'Change'],
  ['after', 'After'],
];

/** How it is gone about, and what its lines mean. */
export function underMap(isComparison: boolean): HTMLElement {
  return h(
    'div',
    { class: 'under-map' },
    h(
      'p',
      { class: 'quiet hint' },
      'Arrow keys go from box to box, Enter explains one, Space opens or folds it, Escape lets go of it.',
    ),
    legend(isComparison),
  );
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

/** The heads of the lines. */
export function arrows(): SVGDefsElement {
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
