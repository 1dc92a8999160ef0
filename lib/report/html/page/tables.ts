import { h } from './dom.ts';
import type { Model } from './model.ts';
import { pagedTable, section } from './paged-table.ts';
import { openFindings } from './summary.ts';
import { count, number } from './words.ts';

const DOOR_WORDS = { opened: 'new', closed: 'closed', before: 'before', after: 'after' } as const;

/** What can be reached from outside, meant or not. */
export function doorsView(model: Model): HTMLElement {
  const { doors } = model.data;
  return section(
    'doors',
    'Reached from outside',
    doors.length === 0 ? 'nothing' : count(doors.length, 'way'),
    [
      doors.length === 0
        ? h('p', { class: 'quiet' }, 'Nothing can be reached from outside, as far as could be seen.')
        : pagedTable(
            'What addresses outside can open, meant or not',
            ['What', 'Address', 'Open', 'From', 'By way of', ...(model.isComparison ? ['Change'] : [])],
            doors.map((door) => () => {
              const [, name, , , , publicIps] = model.member(door.member);
              return [
                h('strong', {}, name),
                h('span', { class: 'mono' }, publicIps),
                h('span', { class: 'mono' }, model.text(door.flows)),
                h(
                  'span',
                  {},
                  door.breadth === 'whole'
                    ? 'the internet'
                    : door.breadth === 'wide'
                      ? `much of the internet: ${short(model.text(door.from))}`
                      : short(model.text(door.from)),
                  door.family === 6 ? ' (IPv6)' : '',
                  door.isSure ? '' : ' (unknown)',
                ),
                door.through?.join(' → ') ?? '',
                ...(model.isComparison ? [door.state === undefined ? '' : DOOR_WORDS[door.state]] : []),
              ];
            }),
          ),
    ],
  );
}

export function blindView({ data }: Model): HTMLElement {
  const { blindSpots } = data;
  return section(
    'blind',
    'Blind spots',
    blindSpots.length === 0 ? 'none' : count(blindSpots.length, 'thing not seen', 'things not seen'),
    [
      blindSpots.length === 0
        ? h('p', { class: 'quiet' }, 'Everything that Postern knows how to read was read.')
        : h(
            'ul',
            { class: 'spots' },
            ...blindSpots
              .slice(0, 200)
              .map(({ what, remedy, effect }) =>
                h(
                  'li',
                  {},
                  h('p', {}, what),
                  h(
                    'p',
                    { class: 'quiet' },
                    effect === 'hides-ways'
                      ? 'May hide a way. '
                      : 'Answers stand; there may be less open than shown. ',
                    remedy,
                  ),
                ),
              ),
            blindSpots.length > 200 &&
              h('li', { class: 'quiet' }, `and ${number(blindSpots.length - 200)} more`),
          ),
    ],
  );
}

/** The requirements that what is open touches, the most touched first in each framework. */
export function controlsView(model: Model, search: (text: string) => void): HTMLElement | undefined {
  const { frameworks } = model.data;
  const counts = new Map<string, { framework: string; id: string; n: number }>();
  for (const finding of openFindings(model))
    for (const { framework, id } of model.data.controlSets[finding.controls] ?? []) {
      const key = `${framework} ${id}`;
      const known = counts.get(key) ?? { framework, id, n: 0 };
      known.n += 1;
      counts.set(key, known);
    }
  if (counts.size === 0) return undefined;
  return section('controls', 'Controls', count(counts.size, 'requirement'), [
    h(
      'div',
      { class: 'frameworks' },
      ...frameworks.map(({ id, title, version }) => {
        const own = [...counts.values()]
          .filter(({ framework }) => framework === id)
          .sort((a, b) => b.n - a.n);
        if (own.length === 0) return undefined;
        return h(
          'div',
          { class: 'framework' },
          h('h3', {}, title, h('small', { class: 'quiet' }, ` ${version}`)),
          h(
            'ul',
            { class: 'chips' },
            ...own.map((one) =>
              h(
                'li',
                {},
                h(
                  'button',
                  {
                    type: 'button',
                    class: 'chip',
                    click: () => search(model.controlText(one.framework, one.id)),
                  },
                  one.id,
                  ' ',
                  h('b', {}, number(one.n)),
                  h('span', { class: 'visually-hidden' }, one.n === 1 ? ' finding' : ' findings'),
                ),
              ),
            ),
          ),
        );
      }),
    ),
  ]);
}

export function remarksView({ data }: Model): HTMLElement | undefined {
  const { remarks } = data;
  if (remarks.length === 0) return undefined;
  return section('remarks', 'Worth tidying up', `${count(remarks.length, 'remark')}; nothing is open by it`, [
    pagedTable(
      'What is untidy',
      ['What', 'Where', 'Kind'],
      remarks.map(({ title, id, check }) => () => [title, h('span', { class: 'mono' }, id), check]),
    ),
  ]);
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
