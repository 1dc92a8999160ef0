import { fill, h } from './dom.ts';
import { number } from './words.ts';

/** So many rows at a time. */
const PAGE = 50;

/** A part of the page, with what there is to say of it beside its name. */
export function section(
  id: string,
  title: string,
  told: string,
  children: readonly HTMLElement[],
): HTMLElement {
  return h(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    h(
      'div',
      { class: 'section-head' },
      h('h2', { id: `${id}-title` }, title),
      h('p', { class: 'told' }, told),
    ),
    ...children,
  );
}

/** A table whose rows are made when they are to be seen. */
export function pagedTable(
  caption: string,
  heads: readonly string[],
  rows: readonly (() => readonly (Node | string)[])[],
): HTMLElement {
  const body = h('tbody', {});
  const more = h('button', { type: 'button', class: 'button more' });
  let limit = 0;
  const grow = (): void => {
    const next = rows
      .slice(limit, limit + PAGE)
      .map((row) =>
        h(
          'tr',
          {},
          ...row().map((cell, i) =>
            i === 0
              ? h('th', { scope: 'row', class: isShort(cell) && 'short' }, cell)
              : h('td', { class: isShort(cell) && 'short' }, cell),
          ),
        ),
      );
    body.append(...next);
    limit += next.length;
    more.hidden = limit >= rows.length;
    fill(more, `Show ${number(Math.min(PAGE, rows.length - limit))} of ${number(rows.length - limit)} more`);
  };
  more.addEventListener('click', grow);
  grow();
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
      h(
        'table',
        {},
        h('caption', { class: 'visually-hidden' }, caption),
        h('thead', {}, h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)))),
        body,
      ),
    ),
    more,
  );
}

/** A port or a day is not broken in two. */
function isShort(cell: Node | string): boolean {
  return (typeof cell === 'string' ? cell : (cell.textContent ?? '')).length <= 16;
}
