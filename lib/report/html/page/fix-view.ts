import type { PageFix } from './data.ts';
import { h } from './dom.ts';
import { commandView } from './explain-view.ts';

/** A way to end a finding: whose template keeps the resource before anything else, what to do, the commands, and what is known of it. */
export function fixView({ owners, what, commands, proof }: PageFix): HTMLElement {
  return h(
    'div',
    { class: 'fix' },
    ...owners.map((owner) => h('p', {}, h('strong', {}, owner))),
    what !== undefined && h('p', {}, what),
    commands.length > 0 && commandView(commands),
    h('p', { class: 'quiet' }, proof),
  );
}
