import { parseTransport, TransportSet } from '#netset';
import { describeSelector } from '#model';
import { alertOfChange } from '#findings';
import { changeLines, NO_STYLE, type Change, type Finding } from '#app';
import type { ExpectedEvent, ExpectedFinding, ExpectedFlows } from './expectation.ts';

/** Both sides of one comparison: what is only in one of them comes out as a difference, a line each. */
export function compareFindings(
  where: string,
  expected: readonly ExpectedFinding[],
  found: readonly Finding[],
): string[] {
  const left = new Set(found);
  const differences = expected.flatMap((entry) => {
    const name = `${where}: ${entry.check} ${entry.subject}`;
    const finding = found.find((candidate) => candidate.check === entry.check && isAbout(candidate, entry));
    if (finding === undefined) return [`${name}: missing`];
    left.delete(finding);
    return compareFinding(entry, finding).map((difference) => `${name}: ${difference}`);
  });
  return [
    ...differences,
    ...[...left].map(({ check, workload }) => `${where}: ${check} ${workload.name}: not expected`),
  ];
}

function isAbout({ workload, endpoints }: Finding, { subject }: ExpectedFinding): boolean {
  return workload.name === subject || endpoints.some(({ id }) => id === subject);
}

function compareFinding(entry: ExpectedFinding, finding: Finding): string[] {
  const differences: string[] = [];
  if (finding.certainty !== 'surely') differences.push('only possible');
  if (finding.severity !== entry.severity) differences.push(`severity is ${finding.severity}`);
  const ports = portsOf(entry.ports ?? []);
  if (entry.ports !== undefined && finding.transport?.equals(ports) !== true)
    differences.push(`ports are ${finding.transport?.toString() ?? 'not told'}`);
  const path = finding.path && ['internet', ...finding.path.hops.map(({ to }) => to.name)];
  if (entry.hops !== undefined && !isSamePath(entry, path ?? []))
    differences.push(`path is ${path?.join(' ') ?? 'not told'}`);
  if (entry.entry !== undefined && path?.[1] !== entry.entry)
    differences.push(`entry is ${path?.[1] ?? 'not told'}`);
  const named = idsOf(finding);
  for (const id of [...entry.culprits, ...(entry.hops ?? []).flatMap(({ rules }) => rules)])
    if (!named.has(id) && !differences.includes(`does not name ${id}`))
      differences.push(`does not name ${id}`);
  return differences;
}

function isSamePath(
  { path = [], pathMayGoThrough = [] }: ExpectedFinding,
  found: readonly string[],
): boolean {
  const generic = (name: string) => (pathMayGoThrough.includes(name) ? '*' : name);
  return path.map(generic).join() === found.map(generic).join();
}

/** Every id that a finding names as a cause: rules, their groups, and prefix lists. */
function idsOf({ culprits }: Finding): ReadonlySet<string> {
  return new Set(
    culprits.flatMap(({ policy, rule }) => [
      policy,
      rule.id,
      ...(describeSelector(rule.selector).match(/\bpl-[0-9a-f]+/g) ?? []),
    ]),
  );
}

function portsOf(texts: readonly string[]): TransportSet {
  return TransportSet.unionOf(texts.map((text) => parseTransport(text)!));
}

/** A change as it was told, against what was expected of it. */
export function compareEvent(where: string, expected: ExpectedEvent, change: Change): string[] {
  const { blame, undo, restore, diff, newVictims } = change;
  const { actor } = expected;
  const headline = changeLines(change, NO_STYLE)[0]!.split(' ')[0]!;
  const severity = headline === headline.toUpperCase() ? headline.toLowerCase() : 'none';
  const said = {
    severity,
    who: `${blame?.who ?? ''}, ${blame?.role ?? ''}, ${String(blame?.mfa)}`,
    how: `${blame?.tool ?? ''} from ${blame?.sourceIp ?? ''} at ${blame?.time ?? ''}: ${blame?.call ?? ''}`,
    undo: undo?.commands.join('; ') ?? 'none',
    proven: undo === undefined || undo.isProven,
  };
  const wanted = {
    severity: expected.message.severity,
    who: `${actor.name}, ${actor.role}, ${String(actor.mfa)}`,
    how: `${actor.tool} from ${actor.sourceAddress} at ${actor.time}: ${actor.api}`,
    undo: expected.undo ?? 'none',
    proven: true,
  };
  const differences = Object.keys(wanted).flatMap((key) => {
    const name = key as keyof typeof wanted;
    return said[name] === wanted[name] ? [] : [`${where}: ${name} is ${String(said[name])}`];
  });
  if (
    expected.restore !== undefined &&
    restore?.commands.map(inOneSpelling).includes(inOneSpelling(expected.restore)) !== true
  )
    differences.push(`${where}: no command to restore what was closed`);
  const ids = new Set([
    ...(undo?.commands.join(' ').match(/\b(?:sgr|pl)-[0-9a-f]+/g) ?? []),
    ...alertOfChange(change).rules.map(({ id }) => id),
  ]);
  const newWays = new Set(newVictims.flatMap(({ hosts }) => hosts));
  return [
    ...differences,
    ...compareFindings(`${where} opened`, expected.opened, change.opened),
    ...compareFindings(`${where} resolved`, expected.resolved, change.resolved),
    ...compareFlows(`${where} opened inside`, expected.openedInside, diff.opened, change, ids, newWays),
    ...compareFlows(`${where} closed inside`, expected.closedInside, diff.closed, change, ids, newWays),
  ];
}

/** AWS's shorthand and JSON say the same: a command with its value in JSON, members without quotes first put into them. */
function inOneSpelling(command: string): string {
  const [, start = command, value = ''] = /^(.*--ip-permissions )'(.*)'$/.exec(command) ?? [];
  if (value.startsWith('[')) return start + JSON.stringify(JSON.parse(value));
  const json = value
    .replaceAll(/([A-Za-z]+)=/g, '"$1":')
    .replaceAll(/:(?!["[{]|\d+[,}\]]|\d+$)([^,}\]]+)/g, ':"$1"');
  return start + JSON.stringify([JSON.parse(`{${json}}`)]);
}

function compareFlows(
  where: string,
  expected: readonly ExpectedFlows[],
  found: Change['diff']['opened'],
  { diff: { before, after } }: Change,
  named: ReadonlySet<string>,
  newWays: ReadonlySet<string>,
): string[] {
  const nameOf = (id: (typeof found)[number]['from']): string =>
    (after.network.endpoints.get(id) ?? before.network.endpoints.get(id))!.name;
  const told = found.map(
    ({ from, to, transport }) => `${transport.toString()}: ${nameOf(from)} → ${nameOf(to)}`,
  );
  const wanted = expected.flatMap(({ port, from, to }) =>
    from.flatMap((source) =>
      to.flatMap((target) =>
        source === target ? [] : [`${portsOf([port]).toString()}: ${source} → ${target}`],
      ),
    ),
  );
  const pairs = expected.reduce((sum, flows) => sum + flows.interfacePairs, 0);
  const hosts = expected.reduce((sum, flows) => sum + flows.hostPairs, 0);
  return [
    ...wanted.filter((flow) => !told.includes(flow)).map((flow) => `${where}: missing ${flow}`),
    ...[...new Set(told)]
      .filter((flow) => !wanted.includes(flow))
      .map((flow) => `${where}: not expected ${flow}`),
    ...(told.length === pairs ? [] : [`${where}: ${String(told.length)} pairs of interfaces`]),
    ...(new Set(told).size === hosts ? [] : [`${where}: ${String(new Set(told).size)} pairs of hosts`]),
    ...expected.flatMap(({ culprits = [], newWayToCrownJewels = [] }) => [
      ...culprits.filter((id) => !named.has(id)).map((id) => `${where}: does not name ${id}`),
      ...newWayToCrownJewels
        .filter((host) => !newWays.has(host))
        .map((host) => `${where}: no new way from ${host}`),
    ]),
  ];
}
