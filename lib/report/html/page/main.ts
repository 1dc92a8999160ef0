import type { PageData } from './data.ts';
import { h, svg } from './dom.ts';
import { Findings } from './findings.ts';
import { NetworkMap } from './map.ts';
import { Model } from './model.ts';
import { summaryView } from './summary.ts';
import { assertionsView, exceptionsView } from './said-tables.ts';
import { blindView, controlsView, doorsView, remarksView } from './tables.ts';
import { timeText } from './words.ts';

/** The page is made of the data that stands in it. Nothing is asked of anybody. */
function start(): void {
  const page = document.getElementById('page');
  const data = document.getElementById('data');
  if (page === null || data === null) return;
  const model = new Model(JSON.parse(data.textContent) as PageData);
  const map = new NetworkMap(model, (finding) => findings.show(finding));
  const findings = new Findings(model, (finding) => map.show(finding));
  const controls = controlsView(model, (words) => findings.search(words));
  const remarks = remarksView(model);
  const [assertions, exceptions] = [assertionsView(model), exceptionsView(model)];
  page.replaceChildren(
    h('a', { class: 'skip', href: '#findings' }, 'Skip to the findings'),
    header([
      ['map', 'Map'],
      ['findings', 'Findings'],
      ['doors', 'From outside'],
      ['blind', 'Blind spots'],
      ...(assertions ? [['assertions', 'Assertions'] as const] : []),
      ...(exceptions ? [['exceptions', 'Exceptions'] as const] : []),
      ...(controls ? [['controls', 'Controls'] as const] : []),
    ]),
    h(
      'main',
      {},
      summaryView(model, (finding) => findings.show(finding)),
      map.element,
      findings.element,
      doorsView(model),
      blindView(model),
      ...(assertions ? [assertions] : []),
      ...(exceptions ? [exceptions] : []),
      ...(controls ? [controls] : []),
      ...(remarks ? [remarks] : []),
    ),
    h(
      'footer',
      {},
      h(
        'p',
        {},
        `Postern ${model.data.version}, read ${timeText(model.data.createdAt)}. This file holds names and addresses of the network: keep it as you keep those. It asks no server for anything.`,
      ),
    ),
  );
  document.title = `Postern: ${document.getElementById('headline')?.textContent ?? 'report'}`;
  addEventListener('beforeprint', () => findings.showAll());
  addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    findings.focusSearch();
  });
}

function header(links: readonly (readonly [id: string, text: string])[]): HTMLElement {
  return h(
    'header',
    {},
    h(
      'p',
      { class: 'brand' },
      svg(
        'svg',
        { viewBox: '0 0 20 20', width: 20, height: 20, 'aria-hidden': 'true', class: 'brand-sign' },
        svg('path', { d: 'M2.5 18V3.5h15V18M7 18v-6.5a3 3 0 0 1 6 0V18M2.5 18h15' }),
      ),
      'Postern',
    ),
    h(
      'nav',
      { 'aria-label': 'Parts of the report' },
      h('ul', {}, ...links.map(([id, text]) => h('li', {}, h('a', { href: `#${id}` }, text)))),
    ),
  );
}

start();
