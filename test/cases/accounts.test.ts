import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTransport, TransportSet } from '#netset';
import { translate } from '#sources/aws';
import { audit, latent, loadSnapshots, remarks, type Finding } from '#app';
import { analyseWithHairpins } from '../../lib/app/hairpins.ts';

type Entry = {
  readonly check: string;
  readonly severity: string;
  readonly subject: string;
  readonly certainty?: Finding['certainty'];
  readonly ports?: readonly string[];
  readonly path?: readonly string[];
};
type Expected = {
  readonly findings: readonly Entry[];
  readonly latent: readonly Entry[];
  readonly remarks: readonly { readonly check: string; readonly subject: string }[];
  readonly notFindings: readonly { readonly subject: string; readonly check?: string }[];
};

const ACCOUNTS = [
  { name: 'startup', files: ['account'] },
  { name: 'enterprise', files: ['network', 'prod', 'cards'] },
  { name: 'data-platform', files: ['account'] },
  { name: 'saas', files: ['account'] },
] as const;

describe.each(ACCOUNTS)('the account $name, as somebody who knows it sees it', async ({ name, files }) => {
  const at = (file: string): string => new URL(`${name}/${file}`, import.meta.url).pathname;
  const expected = JSON.parse(readFileSync(at('expected.json'), 'utf8')) as Expected;
  const snapshots = await Promise.all(files.map((file) => loadSnapshots(at(`${file}.json`))));
  const analysis = analyseWithHairpins(translate(snapshots.flat()));
  const found = audit(analysis);
  const asleep = latent(analysis);

  it('has the findings that were expected before the audit was run, and no others', () => {
    const untidy = remarks(analysis).map(({ check, subject }) => `remark ${check} ${subject.name}`);
    const wanted = expected.remarks.map(({ check, subject }) => `remark ${check} ${subject}`);
    const differences = [
      ...compare(expected.findings, found),
      ...compare(expected.latent, asleep),
      ...missing(wanted, untidy).map((line) => `${line}: missing`),
      ...missing(untidy, wanted).map((line) => `${line}: not expected`),
    ];
    expect(differences.toSorted()).toEqual(knownDifferences(at('differences.md')).toSorted());
  });

  it('raises no alarm about what only looks bad', () => {
    for (const { subject, check } of expected.notFindings) {
      const about = [...found, ...asleep].filter(
        (finding) => isAbout(finding, subject) && (check === undefined || finding.check === check),
      );
      expect(about.map((finding) => finding.title)).toEqual([]);
    }
  });

  it('holds everybody who is named in what is expected', () => {
    const { endpoints, policies, gateways } = analysis.network;
    const names = new Set(
      [
        ...[...endpoints.values()].flatMap((each) => [each.name, each.workload.name]),
        ...[...policies.values(), ...gateways.values()].map((each) => each.name),
      ].map((each) => each.toLowerCase()),
    );
    const subjects = [...expected.findings, ...expected.latent, ...expected.remarks, ...expected.notFindings];
    expect(
      subjects.map(({ subject }) => subject).filter((subject) => !names.has(subject.toLowerCase())),
    ).toEqual([]);
  });
});

/** What is only on one side, or different, a line each. */
function compare(expected: readonly Entry[], found: readonly Finding[]): string[] {
  const left = new Set(found);
  const differences = expected.flatMap((entry) => {
    const line = `${entry.check} ${entry.subject}`;
    const finding = [...left].find((each) => each.check === entry.check && isAbout(each, entry.subject));
    if (finding === undefined) return [`${line}: missing`];
    left.delete(finding);
    return differencesOf(entry, finding).map((difference) => `${line}: ${difference}`);
  });
  return [
    ...differences,
    ...[...left].map(({ check, workload }) => `${check} ${workload.name}: not expected`),
  ];
}

function differencesOf(entry: Entry, finding: Finding): string[] {
  const ports = entry.ports && TransportSet.unionOf(entry.ports.map((port) => parseTransport(port)!));
  const path = ['internet', ...(finding.path?.hops.map(({ to }) => to.name) ?? [])];
  return [
    ...(finding.severity === entry.severity ? [] : [`severity is ${finding.severity}`]),
    ...(finding.certainty === (entry.certainty ?? 'surely') ? [] : [`is ${finding.certainty} so`]),
    ...(ports === undefined || finding.transport?.equals(ports) === true
      ? []
      : [`ports are ${finding.transport?.toString() ?? 'not told'}`]),
    ...(entry.path === undefined || isPath(entry.path, path) ? [] : [`path is ${path.join(' ')}`]),
  ];
}

function isPath(pattern: readonly string[], path: readonly string[]): boolean {
  const fits = (name: string, like: string): boolean =>
    like.endsWith('*') ? name.startsWith(like.slice(0, -1)) : name === like;
  return pattern.length === path.length && pattern.every((like, i) => fits(path[i]!, like));
}

function isAbout({ workload, endpoints }: Finding, subject: string): boolean {
  return workload.name === subject || (endpoints.length === 1 && endpoints[0]!.name === subject);
}

function missing(wanted: readonly string[], present: readonly string[]): string[] {
  return wanted.filter((line) => !present.includes(line));
}

/** The differences that are argued, one for each line that begins with a quoted name. */
function knownDifferences(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return [...readFileSync(file, 'utf8').matchAll(/^- `([^`]+)`/gm)].map(([, line]) => line!);
}
