import type { PageExplanation, PageHop } from './data.ts';
import { h, safe } from './dom.ts';
import type { Model } from './model.ts';

const MARKS = {
  passes: ['✓', 'lets it pass'],
  blocks: ['✗', 'blocks it'],
  unknown: ['?', 'unknown'],
} as const;

/** Why a hop is possible: each thing that decides on the way, with its rules; before and after where that differs. */
export function hopView(model: Model, [from, to, flows, now, before]: PageHop): HTMLElement {
  const [after, was] = [model.explanation(now), model.explanation(before)];
  const heading = h(
    'p',
    { class: 'hop-title' },
    h('strong', {}, model.memberName(from)),
    ' → ',
    h('strong', {}, model.memberName(to)),
    ' ',
    h('span', { class: 'mono' }, model.text(flows)),
  );
  if (after === undefined && was === undefined)
    return h('div', { class: 'hop' }, heading, askView(model, from, to, model.text(flows)));
  if (was === undefined || after === undefined)
    return h('div', { class: 'hop' }, heading, explanationView(model, (after ?? was) as PageExplanation));
  return h(
    'div',
    { class: 'hop' },
    heading,
    h('h4', {}, 'Before'),
    explanationView(model, was),
    h('h4', {}, 'After'),
    explanationView(model, after),
  );
}

/** The command that explains what this file has no room for. */
export function askView(model: Model, from: number, to: number, flows: string): HTMLElement {
  const end = (member: number): string => (member < 0 ? 'internet' : model.member(member)[0]);
  return h(
    'div',
    {},
    h('p', { class: 'quiet' }, 'Not explained in this file. Ask for it:'),
    commandView([`postern explain ${end(from)} ${end(to)} ${asArgument(flows)}`]),
  );
}

function explanationView(model: Model, { verdict, flow, steps, notes }: PageExplanation): HTMLElement {
  return h(
    'div',
    {},
    h(
      'p',
      { class: 'verdict' },
      h('span', { class: `verdict-${verdict}` }, verdict),
      ' ',
      h('span', { class: 'quiet mono' }, flow),
    ),
    h(
      'ol',
      { class: 'steps' },
      ...steps.map((place) => {
        const { mark, kind, text, below } = model.step(place);
        const [sign, word] = MARKS[mark];
        return h(
          'li',
          { class: `step ${mark}` },
          h('span', { class: 'mark', role: 'img', 'aria-label': word }, sign),
          h('span', { class: 'step-kind' }, kind),
          h(
            'span',
            { class: 'step-text' },
            text,
            ...below.map((line) => h('span', { class: 'step-rule mono' }, line)),
          ),
        );
      }),
    ),
    ...notes.map((note) => h('p', { class: 'quiet' }, note)),
  );
}

/** Commands to paste, with a button that copies them. */
export function commandView(commands: readonly string[]): HTMLElement {
  const text = commands.join('\n');
  const code = h('code', {});
  // a command is copied as it is; what would act or hide in it is spelt out line by line
  for (const [i, line] of commands.entries()) code.append(i === 0 ? '' : '\n', safe(line, 4_000));
  const button = h('button', { type: 'button', class: 'copy', 'aria-label': 'Copy the command' }, 'Copy');
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(text).then(
      () => (button.textContent = 'Copied'),
      () => getSelection()?.selectAllChildren(code),
    );
  });
  return h('div', { class: 'command' }, h('pre', { tabindex: 0 }, code), button);
}

/** `tcp 22` as the command line takes it. */
function asArgument(flows: string): string {
  const text = flows.replaceAll('; ', ';');
  return /^[a-z0-9]+ [0-9,-]+$/.test(text) ? text.replace(' ', '/') : `"${text}"`;
}
