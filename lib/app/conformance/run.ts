import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plain } from '#report';
import { fileReason } from '#sources/shared';
import { loadSnapshots } from '../load.ts';
import { QuestionError } from '../question-error.ts';
import { readJson } from '../read-json.ts';
import { runAwsCase } from './aws-case.ts';
import { findCases, type CaseFolder } from './case-folder.ts';
import { runDemo, type NamedResult } from './demo-case.ts';
import { disagreementOn, readDisagreements } from './disagreements.ts';
import { runEventCase } from './event-case.ts';
import { guarded } from './guarded.ts';
import { runKubernetesCase } from './kubernetes/kubernetes-case.ts';
import { broken, skipped, type CaseResult } from './result.ts';

export type ConformanceOptions = {
  /** Takes one line at a time. */
  readonly print: (line: string) => void;
  /** A list of cases that are not held to be true; they are skipped with the reason. It may be missing. */
  readonly disagreements?: string;
};

export type ConformanceResult = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
};

/** Where the project keeps the list, from its root. */
const DISAGREEMENTS = 'test/conformance-disagreements.md';

/** More differences than this of one case say no more. */
const SHOWN = 5;

/**
 * Runs every case below a folder and prints what failed, what was skipped and why, and last the counts.
 *
 * @throws QuestionError if the folder cannot be read
 */
export async function runConformance(
  folder: string,
  { print, disagreements = DISAGREEMENTS }: ConformanceOptions,
): Promise<ConformanceResult> {
  const disputed = readDisagreements(await readFile(disagreements, 'utf8').catch(() => ''));
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const found of await casesOf(folder)) {
    for (const { name, result } of await resultsOf(found)) {
      const reason = disagreementOn(disputed, name);
      const final = reason === undefined ? result : skipped(`held to be wrong: ${reason}`);
      counts[final.kind] += 1;
      for (const line of linesOf(name, final)) print(line);
    }
  }
  print(
    `${String(counts.passed)} passed, ${String(counts.failed)} failed, ${String(counts.skipped)} skipped`,
  );
  return counts;
}

async function casesOf(folder: string): Promise<CaseFolder[]> {
  try {
    return await findCases(folder);
  } catch (error) {
    throw new QuestionError(`cannot read ${folder}: ${fileReason(error)}`);
  }
}

async function resultsOf({ path, name, kind }: CaseFolder): Promise<NamedResult[]> {
  switch (kind) {
    case 'demo':
      return demoResults(path, name);
    case 'aws':
      return [{ name, result: await guarded(() => awsResult(path)) }];
    case 'kubernetes':
      return [
        {
          name,
          result: await guarded(async () =>
            runKubernetesCase(path, await readJson(join(path, 'expected.json'))),
          ),
        },
      ];
    case 'terraform':
      return [{ name, result: notReadYet('Terraform') }];
    case 'azure':
      return [{ name, result: notReadYet('Azure') }];
    case 'cloudtrail':
      return [{ name, result: await guarded(() => eventResult(path)) }];
    case 'unknown':
      return [{ name, result: broken('the case', 'none of its files is a kind of input that is known') }];
  }
}

function notReadYet(source: string): CaseResult {
  return skipped(`needs ${source} reading, a later issue`);
}

async function awsResult(path: string): Promise<CaseResult> {
  const snapshots = await loadSnapshots(join(path, 'account.json'));
  return runAwsCase(snapshots, await readJson(join(path, 'expected.json')));
}

async function eventResult(path: string): Promise<CaseResult> {
  return runEventCase(await readJson(join(path, 'event.json')), await readJson(join(path, 'expected.json')));
}

/** A demo account counts once for itself and once for each event; if it cannot be read at all, once. */
async function demoResults(path: string, name: string): Promise<NamedResult[]> {
  let results: NamedResult[] = [];
  const whole = await guarded(async () => {
    results = await runDemo(path);
    return { kind: 'passed' };
  });
  if (whole.kind !== 'passed') return [{ name, result: whole }];
  return results.map((each) => ({ ...each, name: `${name}/${each.name}` }));
}

function linesOf(name: string, result: CaseResult): string[] {
  switch (result.kind) {
    case 'passed':
      return [];
    case 'skipped':
      return [`skipped  ${plain(name)}: ${whole(result.reason)}`];
    case 'failed': {
      const { differences } = result;
      const shown = differences
        .slice(0, SHOWN)
        .flatMap(({ fact, expected, got, why }) => [
          `  fact      ${whole(fact)}`,
          `  expected  ${whole(expected)}`,
          `  got       ${whole(got)}`,
          ...(why === '' ? [] : [`  because   ${whole(why)}`]),
        ]);
      const rest = differences.length - SHOWN;
      return [`failed   ${plain(name)}`, ...shown, ...(rest > 0 ? [`  and ${String(rest)} more`] : [])];
    }
  }
}

/** Untrusted text for a terminal, longer than a name may be. */
function whole(text: string): string {
  const pieces = text.slice(0, 1000).match(/.{1,100}/gsu) ?? [];
  return `${pieces.map(plain).join('')}${text.length > 1000 ? '…' : ''}`;
}
