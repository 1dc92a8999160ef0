import { diff, type Diff, type FlowChange, type ExposureChange, type OutsideReach } from '#engine';
import { translate, type AwsSnapshot } from '#sources/aws';
import { FAMILIES, outsideQuestions } from './demo-before.ts';
import { checkDemoFact } from './demo-facts.ts';
import { blocksIn, compareLists, FlowTable, tableOf } from './demo-lists.ts';
import { checkNewPath } from './demo-paths.ts';
import { DemoReach, NO_SESSIONS, type Sessions } from './demo-reach.ts';
import {
  demoEvent,
  demoFact,
  demoRow,
  type DemoEnd,
  type DemoEvent,
  type DemoExpectation,
} from './demo-statement.ts';
import { factsOf } from './facts-of.ts';
import { broken, differs, HOLDS, resultOf, type CaseResult, type Check } from './result.ts';
import { problemOf } from './statement.ts';

/** What a change did, in the terms of a demo account. */
type Changes = { readonly opened: FlowTable; readonly closed: FlowTable; readonly unknown: readonly Check[] };

/** Checks one change: what it opened and closed, exactly, its effect, the paths it adds and what holds after it. */
export function runEvent(
  before: readonly AwsSnapshot[],
  after: readonly AwsSnapshot[],
  expectation: DemoExpectation,
  value: unknown,
): CaseResult {
  const parsed = demoEvent.safeParse(value);
  if (!parsed.success) return broken('the event', problemOf(parsed.error));
  const event = parsed.data;
  const opened = factsOf(demoRow, event.opened);
  const closed = factsOf(demoRow, event.closed);
  const facts = factsOf(demoFact, event.after?.facts ?? []);
  const delta = diff(translate(before), translate(after));
  const all = factsOf(demoRow, expectation.before.exhaustiveReachable ?? []).facts;
  const blocks = blocksIn(
    [...all, ...opened.facts, ...closed.facts],
    expectation.before.exhaustiveNote ?? '',
  );
  const changes = changesOf(delta, blocks);
  const now = new DemoReach(delta.after);
  const [openedTable, closedTable] = [tableOf(opened.facts), tableOf(closed.facts)];
  return resultOf([
    ...opened.checks,
    ...closed.checks,
    ...facts.checks,
    ...openedTable.checks,
    ...closedTable.checks,
    ...compareLists('opened', openedTable.table, changes.opened),
    ...compareLists('closed', closedTable.table, changes.closed),
    ...changes.unknown,
    ...checkEffect(event, delta),
    ...event.newPathsExamples.map((example) => checkNewPath(delta, expectation.names, example)),
    ...facts.facts.map((fact) => checkDemoFact(now, fact)),
  ]);
}

/** Between interfaces as the diff has it, those through load balancers aside, of which the expected lists know nothing; from outside by comparing the two states. */
function changesOf(
  { before, after, opened, closed, maybeOpened }: Diff,
  blocks: readonly { readonly cidr: string }[],
): Changes {
  const changes = { opened: new FlowTable(), closed: new FlowTable() };
  const isDirect = ({ through }: FlowChange): boolean => through === undefined;
  for (const { from, to, family, transport } of opened.filter(isDirect))
    changes.opened.add({ eni: from }, { eni: to }, family, transport);
  for (const { from, to, family, transport } of closed.filter(isDirect))
    changes.closed.add({ eni: from }, { eni: to }, family, transport);
  const unknown = maybeOpened
    .filter(isDirect)
    .map(({ from, to, transport }) =>
      differs(`opened: ${from} to ${to}`, 'a known answer', `unknown for ${transport.toString()}`),
    );
  const [old, now] = [new DemoReach(before), new DemoReach(after)];
  for (const to of new Set([...old.interfaces, ...now.interfaces])) {
    for (const family of FAMILIES) {
      for (const [from, end] of outsideQuestions(to, blocks, family)) {
        const [was, is] = [old, now].map((reach) => known(reach, from, end, family)) as [Sessions, Sessions];
        changes.opened.add(from, end, family, is.sure.subtract(was.sure));
        changes.closed.add(from, end, family, was.sure.subtract(is.sure));
        const doubt = is.possible.subtract(is.sure).union(was.possible.subtract(was.sure));
        if (!doubt.isEmpty)
          unknown.push(differs(`outside to ${to}`, 'a known answer', `unknown for ${doubt.toString()}`));
      }
    }
  }
  return { ...changes, unknown };
}

function known(reach: DemoReach, from: DemoEnd, to: DemoEnd, family: 4 | 6): Sessions {
  const sessions = reach.knows(to) ? reach.sessions(from, to, family) : NO_SESSIONS;
  if (typeof sessions === 'string') throw new Error(`not a question: ${sessions}`);
  return sessions;
}

function checkEffect(event: DemoEvent, delta: Diff): Check[] {
  const gains = delta.exposures.some(({ before, after }) => exceeds(after?.sure ?? [], before?.sure ?? []));
  const loses = delta.exposures.some(({ before, after }: ExposureChange) =>
    exceeds(before?.sure ?? [], after?.sure ?? []),
  );
  const effect = gains
    ? 'exposes'
    : delta.opened.length > 0
      ? 'opens-lateral'
      : delta.closed.length > 0 || loses
        ? 'closes'
        : 'none';
  const checks = [effect === event.effect ? HOLDS : differs('effect', event.effect, effect, event.why ?? '')];
  const { internetExposureChanged: expected } = event;
  const isChanged = delta.exposures.length > 0;
  if (expected !== undefined && expected !== isChanged) {
    checks.push(differs('internetExposureChanged', String(expected), String(isChanged), event.why ?? ''));
  }
  return checks;
}

/** Whether some address of one list can open something that the other list does not give it. */
function exceeds(list: readonly OutsideReach[], other: readonly OutsideReach[]): boolean {
  return list.some(({ ips, transport }) => {
    const enough = other.filter((piece) => transport.isSubsetOf(piece.transport));
    return !enough.reduce((rest, piece) => rest.subtract(piece.ips), ips).isEmpty;
  });
}
