import type { PageAssertion, PageException } from './data.ts';
import { h } from './dom.ts';
import type { Model } from './model.ts';
import { pagedTable, section } from './paged-table.ts';
import { count, number } from './words.ts';

const OUTCOMES = ['fails', 'unknown', 'holds'] as const;
const OUTCOME_LOOKS = { fails: 'critical', unknown: 'medium', holds: 'low' } as const;

/** What the configuration says is to hold, what does not first. */
export function assertionsView({ data }: Model): HTMLElement | undefined {
  const { assertions } = data;
  if (assertions.length === 0) return undefined;
  const sorted = [...assertions].sort((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome));
  return section('assertions', 'Assertions', assertionsText(assertions), [
    pagedTable(
      'What the configuration says is to hold',
      ['Outcome', 'From', 'To', 'What', 'Is to be', ''],
      sorted.map(({ outcome, before, from, to, flows, expect, why, example }) => () => [
        h(
          'span',
          {},
          h('span', { class: `sev sev-${OUTCOME_LOOKS[outcome]}` }, outcome),
          before === undefined || before === outcome ? '' : h('span', { class: 'quiet' }, ` was: ${before}`),
        ),
        from,
        to,
        h('span', { class: 'mono' }, flows),
        expect,
        [...(example === undefined ? [] : [`for example ${example}`]), ...why].join('. '),
      ]),
    ),
  ]);
}

/** `1 of 3 does not hold`. */
export function assertionsText(assertions: readonly PageAssertion[]): string {
  const of = (outcome: PageAssertion['outcome']): number =>
    assertions.filter((assertion) => assertion.outcome === outcome).length;
  const [fails, unknown] = [of('fails'), of('unknown')];
  const parts = [
    ...(fails > 0 ? [`${number(fails)} ${fails === 1 ? 'fails' : 'fail'}`] : []),
    ...(unknown > 0 ? [`${number(unknown)} cannot be told`] : []),
  ];
  return parts.length === 0
    ? `all ${number(assertions.length)} hold`
    : `of ${count(assertions.length, 'assertion')} ${parts.join(', ')}`;
}

/** Who answers for what, and until when: what ended while it is still open comes first. */
export function exceptionsView({ data }: Model): HTMLElement | undefined {
  const { exceptions } = data;
  if (exceptions.length === 0) return undefined;
  const of = (state: PageException['state']): number =>
    exceptions.filter((exception) => exception.state === state).length;
  const told = [
    count(exceptions.length, 'exception'),
    ...(of('ended') > 0 ? [`${number(of('ended'))} ended while it is still open`] : []),
    ...(of('ending') > 0 ? [`${number(of('ending'))} to end soon`] : []),
  ];
  return section('exceptions', 'Exceptions', told.join(', '), [
    pagedTable(
      'Who answers for what, and until when',
      ['State', 'What', 'Owner', 'Until', 'Reason'],
      exceptions.map((exception) => () => [
        h(
          'span',
          {
            class:
              exception.state === 'ended'
                ? 'sev sev-high'
                : exception.state === 'ending'
                  ? 'sev sev-medium'
                  : 'quiet',
          },
          stateText(exception),
        ),
        aboutView(exception),
        exception.owner,
        exception.until,
        exception.reason,
      ]),
    ),
  ]);
}

function stateText({ state, days }: PageException): string {
  switch (state) {
    case 'ended':
      return `ended ${count(-days, 'day')} ago`;
    case 'ending':
      return days === 0 ? 'ends today' : `ends in ${count(days, 'day')}`;
    case 'unused':
      return 'about nothing found here';
    case 'holds':
      return 'holds';
  }
}

function aboutView({ name, titles }: PageException): HTMLElement {
  const [title] = titles;
  const rest = titles.length > 1 ? ` and ${number(titles.length - 1)} more` : '';
  return h(
    'span',
    {},
    title === undefined ? '' : `${title}${rest} `,
    h('span', { class: 'mono quiet' }, name),
  );
}
