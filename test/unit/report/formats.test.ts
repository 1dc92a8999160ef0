import * as prettier from 'prettier';
import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '#findings';
import { asffProblems, renderReport, toAsff, type Report, type ReportFormat } from '#report';
import { HOSTILE_NAMES } from '../../bench/world/hostile-names.ts';
import { ocsfProblems } from '../../formats/ocsf-problems.ts';
import { demoAccount, SSH_WORLD } from '../../support/demo.ts';
import { reportOf, saying } from '../../support/report.ts';

const REPORT = reportOf([demoAccount([SSH_WORLD])]);

const MORE_HOSTILE: readonly string[] = [
  'a|b\\|c',
  '`` ` ``` ````',
  '@octocat #1 GH-1 octo/repo#2',
  'https://evil.example www.evil.example a@evil.example',
  '{0} {1} {{2}}',
  'x"] --> y; click y "javascript:alert(1)"',
  'end',
  '"; } digraph x { a -> b',
  '\\N\\G\\',
  '\ud800 lone',
  '\u{e0041}tag',
  ']]>&#x0;<![CDATA[',
  'x'.repeat(5_000),
  '😀'.repeat(2_000),
  '',
];
const NAMES = [...HOSTILE_NAMES, ...MORE_HOSTILE];

/** What would act wherever it is shown: control characters, marks that turn the direction, halves of a pair. */
const ACTS =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/u;

function textOf(report: Report, format: ReportFormat): string {
  const rendered = renderReport(report, format, { failOn: 'low' });
  return 'text' in rendered ? rendered.text : JSON.stringify(rendered.json);
}

function toSarif(report: Report): unknown {
  const rendered = renderReport(report, 'sarif', { failOn: 'low' });
  return 'json' in rendered ? rendered.json : undefined;
}

/** All strings of a document. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

describe.each(NAMES.map((name) => [name.slice(0, 60), name] as const))('a name %j', (_, name) => {
  const hostile = saying(name, REPORT);

  it.each<ReportFormat>(['sarif', 'asff', 'ocsf'])('does not act in %s', (format) => {
    const rendered = renderReport(hostile, format, { failOn: 'low' });
    const texts = strings('json' in rendered ? rendered.json : '');
    expect(texts.filter((text) => ACTS.test(text))).toEqual([]);
  });

  it.each<ReportFormat>(['markdown', 'junit', 'mermaid', 'dot'])('does not act in %s', (format) => {
    expect(ACTS.exec(textOf(hostile, format))).toBeNull();
  });

  it('is refused by no limit of Security Hub, and keeps to OCSF', () => {
    expect(toAsff(hostile).flatMap(asffProblems)).toEqual([]);
    const rendered = renderReport(hostile, 'ocsf', { failOn: 'low' });
    expect('json' in rendered && (rendered.json as unknown[]).flatMap(ocsfProblems)).toEqual([]);
  });

  it('is no link and no placeholder in SARIF', () => {
    const messages = JSON.stringify(toSarif(hostile)).matchAll(/"message":\{"text":("(?:[^"\\]|\\.)*")\}/g);
    for (const [, json = '""'] of messages) {
      const text = JSON.parse(json) as string;
      expect(text).not.toMatch(/(?<!\\)\]\(/);
      expect(text.replaceAll(/\{\{|\}\}/g, '')).not.toMatch(/[{}]/);
    }
  });

  it('stays words in Markdown', async () => {
    const text = textOf(hostile, 'markdown');
    // no person is called, no issue is named, no address is linked
    const outside = text.replaceAll(/^```[^]*?^```/gm, '');
    const plain = outside.replaceAll(/&#\d+;/g, '\u200b');
    expect(plain).not.toMatch(/@(?![\u200b\s])|#\d|:\/\/|\bwww\.(?=\w)/);
    const rows = outside.split('\n').filter((line) => line.startsWith('| '));
    for (const row of rows) expect(row.replaceAll(/\\./g, '').split('|').length).toBe(7);
    // without a word there is also no node for it
    if (name.trim() === '') return;
    expect(await nodesOf(text)).toEqual(await nodesOf(textOf(saying('plain', REPORT), 'markdown')));
  });

  it('stays within its element in JUnit', () => {
    expect(elementsOf(textOf(hostile, 'junit'))).toEqual(
      elementsOf(textOf(saying('plain', REPORT), 'junit')),
    );
  });

  it('stays within its label in the graphs', () => {
    for (const line of textOf(hostile, 'mermaid').split('\n')) expect(line).toMatch(MERMAID);
    for (const line of textOf(hostile, 'dot').split('\n')) expect(line).toMatch(DOT);
  });
});

const LABEL = String.raw`"(?:[\p{L}\p{N} ,.:/-]|#\d+;)+"`;
const MERMAID = new RegExp(
  [
    String.raw`^$`,
    String.raw`^flowchart LR$`,
    String.raw`^ {2}n\d+(?:\(\(${LABEL}\)\)|\[\(${LABEL}\)\]|\[${LABEL}\]|>${LABEL}\]):::[a-z]+$`,
    String.raw`^ {2}n\d+ (?:-->|-\.->)\|${LABEL}\| n\d+$`,
    String.raw`^ {2}classDef [a-z]+ [a-z0-9:,-]+$`,
  ].join('|'),
  'u',
);
const QUOTED = String.raw`"(?:[^"\\]|\\["\\])*"`;
const DOT = new RegExp(
  [
    String.raw`^$|^digraph postern \{$|^\}$|^ {2}rankdir=LR;$|^ {2}node \[shape=box\];$`,
    String.raw`^ {2}n\d+(?: -> n\d+)? \[label=${QUOTED}(?:, [a-z]+=[a-z0-9]+)*\];$`,
  ].join('|'),
);

/** The kinds of node of a Markdown text, in order, as a parser sees it; HTML with its text, since it is all ours. */
async function nodesOf(text: string): Promise<string[]> {
  type Node = { type: string; value?: string; children?: Node[] };
  const { ast } = await (
    prettier as unknown as {
      __debug: { parse: (text: string, options: object) => Promise<{ ast: Node }> };
    }
  ).__debug.parse(text, { parser: 'markdown' });
  const kinds = (node: Node): string[] => {
    if (node.type === 'html') return [`html ${(node.value ?? '').replace(/: .*(?=<\/summary>)/s, '')}`];
    const inside = (node.children ?? []).flatMap(kinds);
    // how a text is cut into words says nothing
    return ['text', 'word', 'whitespace', 'sentence', 'break'].includes(node.type)
      ? inside
      : [node.type, ...inside];
  };
  return kinds(ast);
}

/** The elements of an XML text in order; throws if it is not well-formed. */
function elementsOf(xml: string): string[] {
  const found: string[] = [];
  const open: string[] = [];
  let rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>/, '');
  while (rest !== '') {
    const text = /^[^<&]+|^&(?:amp|lt|gt|quot|apos);/.exec(rest)?.[0];
    if (text !== undefined) {
      rest = rest.slice(text.length);
      continue;
    }
    const tag = /^<(\/?)([a-z]+)((?: [a-z]+="(?:[^"<&]|&(?:amp|lt|gt|quot|apos);)*")*)(\/?)>/.exec(rest);
    if (tag === null) throw new Error(`not XML: ${rest.slice(0, 80)}`);
    const [whole, isEnd, name = '', , isEmpty] = tag;
    if (isEnd === '/' && open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    if (isEnd === '') {
      found.push(name);
      if (isEmpty === '') open.push(name);
    }
    rest = rest.slice(whole.length);
  }
  if (open.length > 0) throw new Error(`${open.join()} stay open`);
  return found;
}

/** A report of many findings. */
function many(amount: number): Report {
  const [first] = REPORT.findings;
  return {
    ...REPORT,
    findings: Array.from({ length: amount }, (_, i) => ({ ...first!, fingerprint: `fp-${String(i)}` })),
  };
}

describe('many findings', () => {
  it('fit a comment, and what is left out is said', () => {
    const text = textOf(many(2_000), 'markdown');
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/The details of 1,\d{3} more are left out/);
    expect(text).toContain('And 1,800 less grave ones.');
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  it('are as many as GitHub takes in SARIF, and the run says how many are not there', () => {
    const [run] = (toSarif(many(25_002)) as { runs: [{ results: unknown[]; invocations: unknown }] }).runs;
    expect(run.results.length).toBe(25_000);
    expect(JSON.stringify(run.invocations)).toContain('2 less grave findings are left out.');
  });
});

type SarifRun = {
  readonly tool: {
    readonly driver: {
      readonly rules: readonly { id: string; properties: { tags: string[] } & Record<string, unknown> }[];
    };
  };
  readonly invocations: readonly { readonly toolExecutionNotifications: readonly object[] }[];
  readonly results: readonly Record<string, unknown>[];
};

function sarifRun(report: Report): SarifRun {
  return (toSarif(report) as { runs: [SarifRun] }).runs[0];
}

describe('SARIF', () => {
  it('a rule is as grave as the worst of its findings, and has few tags', () => {
    const { rules } = sarifRun(REPORT).tool.driver;
    const severity = Object.fromEntries(
      rules.map(({ id, properties }) => [id, properties['security-severity']]),
    );
    expect(severity).toMatchObject({
      'admin-port-exposed': '9.5',
      'lateral-path': '8.0',
      'default-group-in-use': '3.0',
    });
    for (const { properties } of rules) expect(properties.tags.length).toBeLessThanOrEqual(10);
  });

  it('every blind spot is a notification', () => {
    expect(sarifRun(REPORT).invocations[0]?.toolExecutionNotifications.length).toBe(REPORT.blindSpots.length);
    expect(REPORT.blindSpots.length).toBeGreaterThan(0);
  });

  it('a result is known again by its fingerprint, and a path is a code flow', () => {
    const { results } = sarifRun(REPORT);
    expect(results.map(({ partialFingerprints }) => partialFingerprints)).toEqual(
      REPORT.findings.map(({ fingerprint }) => ({
        'posternFinding/v1': fingerprint,
        primaryLocationLineHash: `${fingerprint}:1`,
      })),
    );
    const flows = results.filter(({ codeFlows }) => codeFlows !== undefined).length;
    expect(flows).toBe(REPORT.findings.filter(({ path }) => path !== undefined).length);
    expect(flows).toBeGreaterThan(0);
  });

  it('of suppressions all tell, or none', () => {
    expect(sarifRun(REPORT).results.some((result) => 'suppressions' in result)).toBe(false);
    const told = sarifRun(saying('x', REPORT)).results.map(
      ({ suppressions }) => (suppressions as unknown[]).length,
    );
    expect(told).toEqual(REPORT.findings.map((_, i) => (i === 1 ? 1 : 0)));
  });
});

describe('JUnit', () => {
  it('every check is a suite, and one that found nothing holds', () => {
    const text = textOf({ ...REPORT, findings: [] }, 'junit');
    expect([...text.matchAll(/<testsuite name="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      ...CHECK_IDS,
      'blind spots',
    ]);
    expect(text).toContain('failures="0"');
  });

  it.each([
    ['critical', 1],
    ['high', 4],
    ['low', 5],
    ['never', 0],
  ] as const)('from %s on %i fail', (failOn, failures) => {
    const rendered = renderReport(REPORT, 'junit', { failOn });
    expect('text' in rendered && rendered.text).toMatch(
      new RegExp(`<testsuites name="postern audit" tests="\\d+" failures="${String(failures)}"`),
    );
  });

  it('what is accepted is skipped', () => {
    const accepted = {
      ...REPORT,
      findings: REPORT.findings.map((one) => ({
        ...one,
        suppression: { owner: 'mara', reason: 'meant', until: '2026-04-01' },
      })),
    };
    expect(textOf(accepted, 'junit')).toContain('failures="0"');
    expect(textOf(accepted, 'junit')).toContain('accepted by mara until 2026-04-01: meant');
  });
});
