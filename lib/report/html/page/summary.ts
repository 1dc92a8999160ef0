import type { PageFinding, Severity } from './data.ts';
import { h } from './dom.ts';
import { fixView } from './fix-view.ts';
import type { Model } from './model.ts';
import { pathView } from './path-view.ts';
import { assertionsText } from './said-tables.ts';
import { count, number, SEVERITIES, timeText } from './words.ts';

/** What is wrong, how bad it is, and what to do first: the first screen. */
export function summaryView(model: Model, show: (finding: PageFinding) => void): HTMLElement {
  const { data } = model;
  const open = openFindings(model);
  const [firstSeen, othersSeen] = seenTexts(model);
  return h(
    'section',
    { class: 'summary', 'aria-labelledby': 'headline' },
    h('p', { class: 'where' }, ...whereTexts(model)),
    headlineView(headline(model, open)),
    h('p', { class: 'lead' }, leadText(model, open)),
    h(
      'div',
      { class: 'facts' },
      riskView(model),
      h('div', { class: 'fact' }, h('h2', {}, 'Findings'), countsView(open)),
      h(
        'div',
        { class: 'fact' },
        h('h2', {}, 'Seen'),
        h('p', { class: 'figure' }, number(firstSeen[0]), h('small', {}, ` ${firstSeen[1]}`)),
        h('p', { class: 'quiet' }, othersSeen.join(', ')),
        h('p', { class: 'quiet' }, h('a', { href: '#blind' }, blindText(data.blindSpots.length))),
      ),
    ),
    firstView(model, open, show),
  );
}

/** A whole way is long, and still has to leave room for the rest of the first screen. */
const LONG_HEADLINE = 90;

function headlineView(text: string): HTMLElement {
  return h('h1', { id: 'headline', class: text.length > LONG_HEADLINE && 'long' }, text);
}

/** How much was read: what findings are about first, then what decides over them. */
function seenTexts({
  data: {
    counts: { interfaces, groups, networks, workloads = 0, policies = 0 },
  },
  isCluster,
}: Model): readonly [readonly [n: number, what: string], others: readonly string[]] {
  const ofClusters = [count(policies, 'policy', 'policies')];
  if (isCluster) return [[workloads, workloads === 1 ? 'workload' : 'workloads'], ofClusters];
  const ofAccounts = [count(groups, 'group'), count(networks, 'network')];
  return [
    [interfaces, interfaces === 1 ? 'interface' : 'interfaces'],
    workloads === 0 ? ofAccounts : [...ofAccounts, count(workloads, 'workload'), ...ofClusters],
  ];
}

/** What is open and nobody answers for, worst first. */
export function openFindings({ data }: Model): readonly PageFinding[] {
  return data.findings.filter(({ state, accepted }) => state !== 'closed' && accepted === undefined);
}

function whereTexts({ data }: Model): (Node | string)[] {
  const places = data.targets.map(({ account, region }) => [account, region].filter(Boolean).join(' '));
  const shown = places.slice(0, 3).join(', ');
  const rest = places.length > 3 ? ` and ${String(places.length - 3)} more` : '';
  const before =
    data.comparedWith === undefined
      ? ''
      : data.comparedWith === ''
        ? 'compared with an earlier read'
        : `compared with ${timeText(data.comparedWith)}`;
  return [
    h('span', {}, `${shown}${rest}`),
    h('span', {}, `read ${timeText(data.createdAt)}`),
    ...(before === '' ? [] : [h('span', {}, before)]),
  ];
}

function headline(model: Model, open: readonly PageFinding[]): string {
  const opened = open.filter(({ state }) => state === 'opened');
  if (model.isComparison) {
    const [worst] = opened;
    if (worst !== undefined) return worst.title;
    const closed = model.data.findings.filter(({ state }) => state === 'closed').length;
    return closed > 0 ? `Nothing new is open; ${count(closed, 'finding')} closed` : 'Nothing new is open';
  }
  const [worst] = open;
  const broken = model.data.assertions.filter(({ outcome }) => outcome === 'fails').length;
  if (worst === undefined && broken > 0)
    return `${count(broken, 'assertion')} of the configuration ${broken === 1 ? 'does' : 'do'} not hold`;
  if (worst === undefined && model.isEmpty)
    return model.data.blindSpots.length > 0
      ? 'Nothing was seen that could be open'
      : 'There is nothing here that could be open';
  if (worst === undefined)
    return model.data.blindSpots.length > 0
      ? 'Nothing that could be seen is open'
      : 'Nothing is open that should not be';
  if (worst.severity === 'critical' || worst.severity === 'high') return worst.title;
  return 'Nothing critical or high is open';
}

function leadText(model: Model, open: readonly PageFinding[]): string {
  const { findings } = model.data;
  if (model.isComparison) {
    const of = (state: PageFinding['state']): number =>
      findings.filter((finding) => finding.state === state).length;
    const [opened, closed, changed] = [of('opened'), of('closed'), of('changed')];
    const parts = [
      `${count(opened, 'finding')} opened`,
      ...(changed > 0 ? [`${String(changed)} changed`] : []),
      `${String(closed)} closed`,
    ];
    return `Since the earlier read, ${parts.join(', ')}.${saidText(model)}`;
  }
  const accepted = findings.filter((finding) => finding.accepted !== undefined).length;
  const told = SEVERITIES.flatMap((severity) => {
    const n = open.filter((finding) => finding.severity === severity).length;
    return n === 0 ? [] : [`${number(n)} ${severity}`];
  });
  const open_ =
    told.length > 0
      ? `Open: ${told.join(', ')}`
      : model.data.blindSpots.length > 0
        ? `No findings are open, and ${count(model.data.blindSpots.length, 'thing')} could not be seen: unknown is not safe`
        : 'No findings are open';
  return `${open_}${accepted > 0 ? `; ${count(accepted, 'finding')} accepted by somebody` : ''}.${saidText(model)}`;
}

/** What of the configuration does not hold any more: assertions that fail, exceptions that ended. */
function saidText({ data: { assertions, exceptions } }: Model): string {
  const isBroken = assertions.some(({ outcome }) => outcome !== 'holds');
  const ended = exceptions.filter(({ state }) => state === 'ended').length;
  const asserted = assertionsText(assertions);
  return [
    ...(isBroken ? [` ${asserted.charAt(0).toUpperCase()}${asserted.slice(1)}.`] : []),
    ...(ended > 0
      ? [
          ` ${count(ended, 'exception')} ended while what ${ended === 1 ? 'it was' : 'they were'} about is open.`,
        ]
      : []),
  ].join('');
}

/** What one finding of each kind weighs by itself: what the number can be compared with. docs/risk.md */
const REFERENCE = { medium: 5, high: 15, critical: 40 } as const;

function riskView({ data, isEmpty }: Model): HTMLElement {
  if (isEmpty && data.blindSpots.length > 0)
    return h(
      'div',
      { class: 'fact risk' },
      h('h2', {}, 'Risk'),
      h('p', { class: 'figure' }, 'unknown'),
      h('p', { class: 'quiet' }, 'nothing was seen by which it could be told'),
    );
  const { score, before } = data.risk;
  const change = before === undefined ? 0 : Math.round((score - before) * 10) / 10;
  // where a thousand things share it, no name says anything
  const named = data.risk.parts.filter(([, points]) => points >= 1).slice(0, 3);
  const subjects = named.flatMap(([fingerprint, points]) => {
    const finding = data.findings.find((one) => one.fingerprint === fingerprint);
    return finding === undefined ? [] : [`${finding.workload} ${points.toFixed(1)}`];
  });
  const bar = h('div', { class: 'risk-bar', 'aria-hidden': 'true' });
  const mark = (at: number, className: string): void => {
    const element = h('span', { class: className });
    element.style.left = `${String(at)}%`;
    bar.append(element);
  };
  const filled = h('span', { class: 'risk-fill' });
  filled.style.width = `${String(score)}%`;
  bar.append(filled);
  for (const at of Object.values(REFERENCE)) mark(at, 'risk-mark');
  if (before !== undefined) mark(before, 'risk-before');
  return h(
    'div',
    { class: 'fact risk' },
    h('h2', {}, 'Risk'),
    h(
      'p',
      { class: 'figure' },
      score.toFixed(1),
      h('small', {}, ' of 100'),
      before !== undefined &&
        h(
          'small',
          { class: 'was' },
          `, was ${before.toFixed(1)} (${change > 0 ? '+' : ''}${change.toFixed(1)})`,
        ),
    ),
    bar,
    h(
      'p',
      { class: 'quiet' },
      `by itself, one medium is ${String(REFERENCE.medium)}, one high ${String(REFERENCE.high)}, one critical ${String(REFERENCE.critical)}`,
    ),
    subjects.length > 0 && h('p', { class: 'quiet' }, `most of it: ${subjects.join(', ')}`),
  );
}

function countsView(open: readonly PageFinding[]): HTMLElement {
  const of = (severity: Severity): number => open.filter((finding) => finding.severity === severity).length;
  return h(
    'ul',
    { class: 'counts' },
    ...SEVERITIES.map((severity) =>
      h(
        'li',
        { class: of(severity) === 0 ? 'none' : `sev-${severity}` },
        h('b', {}, number(of(severity))),
        h('span', {}, severity),
      ),
    ),
  );
}

function blindText(n: number): string {
  return n === 0 ? 'no blind spots' : count(n, 'blind spot');
}

function firstView(
  model: Model,
  open: readonly PageFinding[],
  show: (finding: PageFinding) => void,
): HTMLElement | undefined {
  const order = model.isComparison ? [...open].sort((a, b) => newness(a) - newness(b)) : open;
  const [first, ...rest] = order;
  if (first === undefined) return undefined;
  const [fix] = first.fixes;
  return h(
    'div',
    { class: `first sev-${first.severity}` },
    h('h2', {}, 'First'),
    h(
      'div',
      { class: 'first-body' },
      h(
        'p',
        { class: 'first-title' },
        h('button', { type: 'button', class: 'link', click: () => show(first) }, first.title),
      ),
      first.path !== undefined && pathView(model, first.path),
      fix !== undefined && fixView(fix),
      rest.length > 0 &&
        h(
          'p',
          { class: 'quiet then' },
          'Then: ',
          ...rest
            .slice(0, 2)
            .map((finding) =>
              h('button', { type: 'button', class: 'link', click: () => show(finding) }, finding.title),
            ),
        ),
    ),
  );
}

function newness({ state }: PageFinding): number {
  return state === 'opened' ? 0 : state === 'changed' ? 1 : 2;
}
