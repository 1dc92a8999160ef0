import { h } from './dom.ts';
import type { Model } from './model.ts';

/** A path as a strip of names with what is opened between them; with `choose`, each step is a button. */
export function pathView(model: Model, path: number, choose?: (hop: number) => void): HTMLElement {
  const { hops, isSure } = model.path(path);
  const strip = h('ol', { class: 'path', 'aria-label': isSure ? 'Path' : 'Path, not certain' });
  for (const [i, place] of hops.entries()) {
    const [from, to, flows] = model.hop(place);
    if (i === 0) strip.append(h('li', { class: 'stop' }, model.memberName(from)));
    const text = model.text(flows);
    strip.append(
      h(
        'li',
        { class: 'leg' },
        choose === undefined
          ? h('span', { class: 'leg-flows' }, text)
          : h(
              'button',
              {
                type: 'button',
                class: 'leg-flows',
                'aria-label': `Explain ${model.memberName(from)} to ${model.memberName(to)}, ${text}`,
                click: () => choose(place),
              },
              text,
            ),
      ),
      h('li', { class: 'stop' }, model.memberName(to)),
    );
  }
  return strip;
}
