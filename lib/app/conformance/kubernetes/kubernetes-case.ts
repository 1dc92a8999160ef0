import { join } from 'node:path';
import type { Network } from '#model';
import { analyse, analyseTogether } from '#engine';
import type { ClusterInput } from '#sources/kubernetes';
import { readCluster, translated } from '../../kubernetes/load-kubernetes.ts';
import { QuestionError } from '../../question-error.ts';
import { broken, differs, HOLDS, resultOf, type CaseResult, type Check } from '../result.ts';
import { problemOf } from '../statement.ts';
import { connectionRows, type Row } from './connection-rows.ts';
import { connectionText } from './connection-text.ts';
import { differenceRows, endText } from './difference-rows.ts';
import { expectation, type Expectation } from './expectation.ts';
import { exposureRows } from './exposure-rows.ts';
import { focused } from './focus.ts';
import { outsideRanges } from './outside-ranges.ts';

/**
 * The cases know nothing of pods on the network of their node nor of whose pods carry out an Ingress, take addresses for what is outside, refuse policies that stand at one place, and
 * count pods to their controller.
 */
const TAKEN_FOR_PODS = {
  hostNetwork: 'as-pods',
  ingressControllers: 'unknown',
  clusterPeers: 'outside-only',
  onTie: 'refuse',
  owners: 'direct',
} as const;

/** What policies say: whether anything does it is not asked of a case. */
async function manifestsIn(path: string, folder: string): Promise<ClusterInput> {
  const { enforcement: _, ...input } = await readCluster(join(path, folder));
  return input;
}

/** Runs one case about manifests. Its lists are whole: what it does not name must not be there. */
export async function runKubernetesCase(path: string, expected: unknown): Promise<CaseResult> {
  const parsed = expectation.safeParse(expected);
  if (!parsed.success) return broken('expected.json', problemOf(parsed.error));
  switch (parsed.data.kind) {
    case 'connlist':
      return resultOf(connectionChecks(await networkIn(path, 'manifests'), parsed.data));
    case 'exposure':
      return resultOf(await exposureChecks(path, parsed.data));
    case 'diff':
      return resultOf(
        differenceChecks(
          await networkIn(path, 'manifests-before'),
          await networkIn(path, 'manifests-after'),
          parsed.data,
        ),
      );
    case 'invalid':
      return resultOf([await rejectionCheck(path, parsed.data)]);
  }
}

async function networkIn(path: string, folder: string): Promise<Network> {
  return translated(await manifestsIn(path, folder), TAKEN_FOR_PODS).network;
}

function connectionChecks(
  network: Network,
  { connections = [], options = {} }: Expectation,
): readonly Check[] {
  const ranges = { ingress: outsideRanges([network], 'ingress'), egress: outsideRanges([network], 'egress') };
  const rows = focused(connectionRows(analyse(network), ranges), options);
  return checkRows(
    'connection',
    connections.map(lineOf),
    rows.map((row) => rowLine(row, options.focusConn === undefined)),
  );
}

async function exposureChecks(path: string, expected: Expectation): Promise<readonly Check[]> {
  const input = await manifestsIn(path, 'manifests');
  const { exposure, options = {} } = expected;
  if (exposure === undefined) return [differs('exposure', 'to be stated', 'nothing')];
  const rows = exposureRows(translated(input, { withPotential: true, ...TAKEN_FOR_PODS }), options);
  const unprotected = exposure.unprotected?.map(({ workload, direction }) => `${workload} ${direction}`);
  return [
    ...connectionChecks(translated(input, TAKEN_FOR_PODS).network, expected),
    ...checkRows('exposure', [...exposure.ingress, ...exposure.egress].map(lineOf), rows.lines),
    ...(unprotected === undefined ? [] : checkRows('unprotected', unprotected, rows.unprotected)),
  ];
}

function differenceChecks(
  before: Network,
  after: Network,
  { differences = [] }: Expectation,
): readonly Check[] {
  const both = [before, after] as const;
  const ranges = { ingress: outsideRanges(both, 'ingress'), egress: outsideRanges(both, 'egress') };
  const [old, now] = analyseTogether(both);
  const rows = differenceRows(connectionRows(old, ranges), connectionRows(now, ranges));
  const text = (row: { src: string; dst: string; before: string; after: string }): string =>
    `${row.src} => ${row.dst} : ${row.before} -> ${row.after}`;
  return checkRows('difference', differences.map(text), rows.map(text));
}

async function rejectionCheck(
  path: string,
  { reason = 'the input is invalid' }: Expectation,
): Promise<Check> {
  try {
    await networkIn(path, 'manifests');
    return differs(reason, 'refused', 'taken');
  } catch (error) {
    if (error instanceof QuestionError) return HOLDS;
    throw error;
  }
}

function rowLine({ src, dst, transport }: Row, isWhole: boolean): string {
  return lineOf({
    src: endText(src),
    dst: endText(dst),
    ...(isWhole && { conn: connectionText(transport) }),
  });
}

function lineOf({
  src,
  dst,
  conn,
}: {
  readonly src: string;
  readonly dst: string;
  readonly conn?: string | undefined;
}): string {
  return `${src} => ${dst}${conn === undefined ? '' : ` : ${conn}`}`;
}

/** Each row that is missing or too much is a difference; that a list is as expected is one check that holds. */
function checkRows(what: string, expected: readonly string[], got: readonly string[]): readonly Check[] {
  const [wanted, found] = [new Set(expected), new Set(got)];
  const missing = [...wanted]
    .filter((line) => !found.has(line))
    .map((line) => differs(line, what, 'nothing'));
  const extra = [...found]
    .filter((line) => !wanted.has(line))
    .map((line) => differs(line, `no ${what}`, 'it is there'));
  return [HOLDS, ...missing, ...extra];
}
