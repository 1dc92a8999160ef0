import type { PolicyId } from '#model';
import { breadthOf, ipsFor, type Exposure, type FlowChange } from '#engine';
import { isQuiet, opensSomething, type Blame, type Change, type Finding } from '#findings';
import { culpritText, severityWord, undoLines } from './findings.ts';
import { pathLine } from './paths.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { count, nameList } from './table.ts';
import { wrap } from './wrap.ts';

/** A change as the on-call person reads it: effect, path, rule, who, what else, undo. One line if it did nothing. */
export function changeLines(change: Change, style: Style): string[] {
  if (isQuiet(change)) return wrap([`${style.dim('quiet')}     ${byWhom(change.blame)}${nothing(change)}`]);
  const lines = wrap([...headline(change, style), ...findingDetails(change, style), ...flowDetails(change)]);
  if (change.blame !== undefined) lines.push(...wrap([`  who     ${whoLine(change.blame)}`]));
  lines.push(...wrap(victimLines(change)));
  if (change.undo !== undefined && opensSomething(change)) {
    lines.push(...undoLines(change.undo.commands));
    lines.push(
      style.dim(
        `          ${change.undo.isProven ? 'proven on the model: nothing that this change opened is left' : 'not proven on the model: something stays open'}`,
      ),
    );
  }
  for (const { fingerprint, check } of change.opened)
    lines.push(style.dim(`          ${check}  fingerprint ${fingerprint}`));
  return lines;
}

/** Jewels that the same hosts can newly get to share a line. */
function victimLines({ newVictims }: Change): string[] {
  const jewelsOf = new Map<string, string[]>();
  for (const { jewel, hosts } of newVictims) {
    const who = nameList(hosts.map(plain), 5);
    jewelsOf.set(who, [...(jewelsOf.get(who) ?? []), plain(jewel)]);
  }
  return [...jewelsOf]
    .slice(0, 4)
    .map(([who, jewels]) => `  then    ${who} can now get to ${nameList(jewels)}`);
}

function headline(change: Change, style: Style): string[] {
  const { opened, diff, blame, resolved } = change;
  const place =
    blame === undefined
      ? ''
      : style.dim(`  ${plain(blame.account)} · ${plain(blame.region)} · ${plain(blame.time.slice(11))}`);
  const worst = opened[0];
  if (worst !== undefined) {
    const onward = opened
      .filter(({ check }) => check === 'lateral-path')
      .map(({ workload, transport }) => `${plain(workload.name)} ${transport?.toString() ?? ''}`.trim());
    const lines = [`${severityWord(worst.severity, style)}  ${style.bold(plain(worst.title))}${place}`];
    if (onward.length > 0 && worst.check !== 'lateral-path')
      lines.push(`          and through it ${nameList(onward)}`);
    return lines;
  }
  if (diff.opened.length > 0) {
    const severity = change.newVictims.length > 0 ? 'high' : 'medium';
    return [
      `${severityWord(severity, style)}  ${style.bold(`${count(pairs(diff.opened, change), 'private path')} opened to ${targets(diff.opened, change)}`)}${exposureNote(change)}${place}`,
    ];
  }
  if (diff.maybeOpened.length > 0)
    return [
      `${style.yellow('unknown   ')}${count(diff.maybeOpened.length, 'private path')} may have opened to ${targets(diff.maybeOpened, change)}${place}`,
    ];
  if (resolved.length > 0)
    return [
      `${style.green('closed    ')}${resolved.map(({ title }) => plain(title)).join('; ')}: no longer${place}`,
    ];
  if (diff.closed.length > 0)
    return [
      `${style.green('closed    ')}${count(pairs(diff.closed, change), 'private path')} to ${targets(diff.closed, change)}; nothing opened${place}`,
    ];
  return [
    `${style.dim('changed   ')}what limited ranges of the internet reach changed${exposureNote(change)}${place}`,
  ];
}

function exposureNote({ diff: { exposures } }: Change): string {
  const isWide = exposures.some(
    ({ after, family }) => after?.possible.some(({ ips }) => breadthOf(ips, family) !== 'limited') === true,
  );
  return exposures.length === 0
    ? '; nothing opened to the internet'
    : isWide
      ? '; what the internet reaches changed too'
      : '';
}

/** Pairs of hosts, not of interfaces: people count machines. */
function pairs(flows: readonly FlowChange[], { diff }: Change): number {
  return new Set(flows.map(({ from, to }) => `${hostOf(from, diff)} ${hostOf(to, diff)}`)).size;
}

function hostOf(id: FlowChange['from'], { before, after }: Change['diff']): string {
  return (after.network.endpoints.get(id) ?? before.network.endpoints.get(id))?.host ?? id;
}

function targets(flows: readonly FlowChange[], { diff: { before, after } }: Change): string {
  const names = flows.map(({ to }) =>
    plain((after.network.endpoints.get(to) ?? before.network.endpoints.get(to))?.name ?? to),
  );
  const what = [...new Set(flows.map(({ transport }) => transport.toString()))];
  return `${nameList(names)} on ${what.length === 1 ? what.join('') : `${String(what.length)} sets of ports`}`;
}

function findingDetails({ opened, diff }: Change, style: Style): string[] {
  const lines: string[] = [];
  const path = opened.find((finding) => finding.path !== undefined)?.path;
  if (path !== undefined) lines.push(`  path    ${pathLine(path, style)}`);
  if (opened[0]?.check === 'admin-port-exposed' || opened[0]?.check === 'unintended-exposure')
    lines.push(...beforeAfter(opened[0], diff));
  for (const culprit of opened[0]?.culprits.slice(0, 3) ?? [])
    lines.push(`  rule    ${culpritText(culprit)}`);
  return lines;
}

/** Who got in before, and who does now. */
function beforeAfter({ endpoints, transport }: Finding, { exposures }: Change['diff']): string[] {
  const change = exposures.find(({ endpoint }) => endpoints.some(({ id }) => id === endpoint));
  if (change === undefined || transport === undefined) return [];
  const from = (exposure: Exposure | undefined): string => {
    if (exposure === undefined) return 'nobody';
    const ips = ipsFor(exposure.sure, transport);
    if (ips.isEmpty) return 'nobody';
    return breadthOf(ips, exposure.family) === 'whole'
      ? `the whole internet (IPv${String(exposure.family)})`
      : shortened(ips.toString());
  };
  return [`  before  ${from(change.before)}      after  ${from(change.after)}`];
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function flowDetails(change: Change): string[] {
  const { diff, opened } = change;
  const lines: string[] = [];
  if (opened.length > 0 && diff.opened.length > 0) {
    const sources = new Set(diff.opened.map(({ from }) => hostOf(from, diff)));
    lines.push(
      `  also    ${count(sources.size, 'private host')} can now open ${targets(diff.opened, change)}`,
    );
  }
  if (diff.opened.length > 0 && diff.closed.length > 0)
    lines.push(
      `  closed  ${count(pairs(diff.closed, change), 'private path')} to ${targets(diff.closed, change)}`,
    );
  return lines;
}

function whoLine({ who, role, mfa, tool, sourceIp, call }: Blame): string {
  const session = [
    role === '' ? '' : `role ${plain(role)}`,
    mfa === true ? 'MFA' : mfa === false ? 'no MFA' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
  return `${plain(who)}${session === '' ? '' : ` (${session})`} by ${plain(tool)} from ${plain(sourceIp)}, ${plain(call)}`;
}

function byWhom(blame: Blame | undefined): string {
  return blame === undefined ? '' : `${plain(blame.call)} by ${plain(blame.who)}: `;
}

function nothing({ blame, diff }: Change): string {
  if (blame?.isEffective === false) return 'the call was refused, nothing opened';
  const group = blame?.ids
    .map((id) => diff.after.network.policies.get(id as PolicyId))
    .find((policy) => policy !== undefined);
  if (group === undefined) return 'nothing opened, nothing closed';
  const carriers = [...diff.after.network.endpoints.values()].filter(({ policies }) =>
    policies.includes(group.id),
  );
  const who = carriers.length === 0 ? 'no interface carries it, ' : '';
  return `${plain(group.id)} "${plain(group.name)}": ${who}nothing opened, nothing closed`;
}
