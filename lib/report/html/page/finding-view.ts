import type { PageFinding, PageRule } from './data.ts';
import { h } from './dom.ts';
import { commandView, hopView } from './explain-view.ts';
import { fixView } from './fix-view.ts';
import type { Model } from './model.ts';
import { pathView } from './path-view.ts';
import { count, STATE_WORDS, timeText } from './words.ts';

/** All that is known of one finding, in the order in which it is asked: what, the way, the rule, the fix, who says so. */
export function findingView(
  model: Model,
  finding: PageFinding,
  showOnMap: (finding: PageFinding) => void,
): HTMLElement {
  const check = model.data.checks.find(({ id }) => id === finding.check);
  const hop = h('div', { class: 'hop-place', 'aria-live': 'polite' });
  const choose = (place: number): void => hop.replaceChildren(hopView(model, model.hop(place)));
  const { path, state, accepted, note, since } = finding;
  const [firstHop] = path === undefined ? [] : model.path(path).hops;
  if (firstHop !== undefined) choose(firstHop);
  return h(
    'div',
    { class: 'finding-view' },
    h(
      'p',
      { class: 'tags' },
      h('span', { class: `sev sev-${finding.severity}` }, finding.severity),
      state && h('span', { class: `state ${state}` }, STATE_WORDS[state]),
      !finding.isSure && h('span', { class: 'state' }, 'not certain'),
      accepted && h('span', { class: 'state' }, `accepted until ${accepted.until}`),
    ),
    h('h3', { tabindex: -1 }, finding.title),
    check && h('p', { class: 'quiet' }, check.reason),
    ...(path === undefined ? [] : [h('h4', {}, 'Path'), pathView(model, path, choose), hop]),
    finding.flows !== undefined && row('Open', h('span', { class: 'mono' }, finding.flows)),
    finding.witness !== undefined && row('Proof', h('span', { class: 'mono' }, finding.witness)),
    ...finding.rules
      .slice(0, 6)
      .map((place, i) => row(i === 0 ? 'Rule' : '', ruleView(model.data.rules[place]))),
    finding.rules.length > 6 && row('', `and ${String(finding.rules.length - 6)} more`),
    ...whereRows(model, finding),
    accepted && row('Accepted', `by ${accepted.owner} until ${accepted.until}: ${accepted.reason}`),
    note !== undefined && row('Exception', note),
    since !== undefined && row('Since', timeText(since)),
    ...becauseRows(model, finding),
    h('h4', {}, 'Fix'),
    ...(finding.fixes.length === 0
      ? [h('p', {}, finding.unsolved ?? check?.whatToDo ?? 'There is no single rule whose removal ends it.')]
      : finding.fixes.map(fixView)),
    ...acceptRows(finding),
    ...controlRows(model, finding),
    row('Fingerprint', h('span', { class: 'mono' }, fingerprintText(finding.fingerprint))),
    path !== undefined || finding.members.length > 0
      ? h(
          'p',
          {},
          h(
            'button',
            { type: 'button', class: 'button', click: () => showOnMap(finding) },
            'Show on the map',
          ),
        )
      : undefined,
  );
}

function row(label: string, value: Node | string): HTMLElement {
  return h(
    'div',
    { class: 'row' },
    h('span', { class: 'row-label' }, label),
    h('span', { class: 'row-value' }, value),
  );
}

function ruleView(rule: PageRule | undefined): HTMLElement | string {
  if (rule === undefined) return '';
  const { rule: id, policy, policyName, direction, flows, far, description } = rule;
  return h(
    'span',
    {},
    h('span', { class: 'mono' }, id),
    ' in ',
    h('span', { class: 'mono' }, policy),
    policyName === '' || policy.endsWith(policyName) ? '' : ` "${policyName}"`,
    ` ${flows} ${direction === 'ingress' ? 'from' : 'to'} ${far}`,
    description !== '' ? `, "${description}"` : policy.startsWith('sg-') ? ', no description' : '',
  );
}

function whereRows(model: Model, { members, account, region }: PageFinding): HTMLElement[] {
  const names = members.slice(0, 8).map((member) => {
    const [id, name, , , ips, publicIps, , subnet] = model.member(member);
    return `${name === id ? id : `${name} (${id})`} ${publicIps === '' ? ips : `${publicIps}, ${ips}`} in ${model.text(subnet)}`;
  });
  const rest = members.length > 8 ? [`and ${String(members.length - 8)} more`] : [];
  return [
    row(region === '' ? 'Cluster' : 'Account', `${account} ${region}`.trim()),
    ...[...names, ...rest].map((text, i) => row(i === 0 ? 'Where' : '', text)),
  ];
}

function becauseRows(model: Model, { because }: PageFinding): HTMLElement[] {
  return because.slice(0, 4).map((id, i) => {
    const spot = model.data.blindSpots.find((one) => one.id === id);
    return row(i === 0 ? 'Unsure' : '', spot === undefined ? id : `${spot.what}. ${spot.remedy}`);
  });
}

function acceptRows({ fingerprint, accepted, state }: PageFinding): HTMLElement[] {
  if (accepted !== undefined || state === 'closed') return [];
  return [
    h(
      'details',
      {},
      h('summary', {}, 'Accept it instead'),
      commandView([
        `postern accept ${fingerprintText(fingerprint)} --owner you --until YYYY-MM-DD --reason "…"`,
      ]),
    ),
  ];
}

/** What it touches, a line for each framework; `*` where no published mapping says so. */
function controlRows(model: Model, { controls }: PageFinding): HTMLElement[] {
  const own = model.data.controlSets[controls] ?? [];
  if (own.length === 0) return [];
  return [
    h(
      'details',
      { class: 'controls' },
      h('summary', {}, count(own.length, 'requirement')),
      ...model.data.frameworks.flatMap(({ id, short }) => {
        const ids = own.filter(({ framework }) => framework === id);
        return ids.length === 0
          ? []
          : [row(short, ids.map((one) => `${one.id}${one.isOurs ? '*' : ''}`).join(', '))];
      }),
      own.some(({ isOurs }) => isOurs) &&
        h('p', { class: 'quiet' }, '* by our reading; no published mapping says so'),
    ),
  ];
}

/** `7c1e-94ab`: as every message shows it. */
function fingerprintText(fingerprint: string): string {
  return fingerprint.length === 8 ? `${fingerprint.slice(0, 4)}-${fingerprint.slice(4)}` : fingerprint;
}
