import {
  acceptCommand,
  controlText,
  type Alert,
  type AlertBlame,
  type AlertFix,
  type AlertRule,
} from '#findings';
import { commandLines } from './commands.ts';
import { severityWord } from './findings.ts';
import { hopsLine } from './paths.ts';
import { plain, plainUpTo } from './plain.ts';
import type { Style } from './style.ts';
import { WIDTH, wrap } from './wrap.ts';

const INDENT = ' '.repeat(10);
/** Sentences of ours hold several names. */
const SENTENCE = 500;
/** Columns for each of two sides of a line. */
const SIDE = 60;
const MOST_CALLS = 5;

/** An alert as the on-call person reads it: effect, path, rule, who, what else, undo. */
export function alertLines(alert: Alert, style: Style): string[] {
  const { path, before, after, rules, moreRules, also, undo, fix, restore, findings, moreFindings, links } =
    alert;
  const lines = [
    ...headLines(alert, style),
    ...alert.details.map((detail) => `${INDENT}${plainUpTo(SENTENCE, detail)}`),
  ];
  if (path.length > 0) lines.push(`  path    ${hopsLine(path, style)}`);
  if (before !== undefined && after !== undefined)
    lines.push(`  before  ${plainUpTo(SIDE, before)}      after  ${plainUpTo(SIDE, after)}`);
  for (const rule of rules) lines.push(...ruleLines(rule, alert.kind));
  if (moreRules > 0) lines.push(`${INDENT}and ${String(moreRules)} more rule${moreRules === 1 ? '' : 's'}`);
  lines.push(...blameLines(alert));
  lines.push(...also.map((text, i) => `${i === 0 ? '  also    ' : INDENT}${plainUpTo(SENTENCE, text)}`));
  const owners = [...new Set([...(undo?.owners ?? []), ...(fix?.owners ?? [])])];
  if (owners.length > 0)
    lines.push(...owners.map((text, i) => `${i === 0 ? '  owner   ' : INDENT}${plainUpTo(SENTENCE, text)}`));
  const told = wrap(lines);
  if (undo !== undefined) {
    const proof = undo.isProven
      ? 'proven on the model: nothing that this change opened is left'
      : 'not proven on the model: something stays open';
    told.push(...commandLines('undo', undo.commands), style.dim(INDENT + proof));
  }
  if (fix !== undefined) told.push(...fixLines(fix, style));
  if (restore !== undefined) told.push(...commandLines('restore', restore.commands));
  const accept = acceptCommand(alert);
  if (accept !== undefined) told.push(...commandLines('accept', [accept]));
  const isList = findings.length + moreFindings > 4;
  // of a long list the worst one's controls say too little
  const controls = isList ? '' : controlText(alert.controls ?? []);
  if (controls !== '') told.push(...wrap([INDENT + controls]).map(style.dim));
  const names = new Map(alert.transitions?.map((each) => [each.fingerprint, each.workload.name]));
  for (const { check, severity, title, fingerprint } of findings)
    told.push(
      ...(isList ? wrap([`${INDENT}${severityWord(severity, style)}  ${plain(title)}`]) : []),
      style.dim(
        `${INDENT}${check}  fingerprint ${fingerprint}${findings.length > 1 ? aboutText(names.get(fingerprint)) : ''}`,
      ),
    );
  if (moreFindings > 0) told.push(`${INDENT}and ${String(moreFindings)} more, in the report`);
  for (const { text, url } of links)
    told.push(...wrap([`  see     ${plain(text)}: ${plainUpTo(SENTENCE, url)}`]));
  return told;
}

/** Which of several it is: one rule may open a way to each of three databases. */
function aboutText(name: string | undefined): string {
  return name === undefined ? '' : `  ${plainUpTo(SIDE, name)}`;
}

function fixLines({ what, commands, proof }: AlertFix, style: Style): string[] {
  return [
    ...wrap([`  fix     ${plainUpTo(SENTENCE, what)}`]),
    ...(commands.length > 0 ? commandLines('', commands) : []),
    ...wrap([`${INDENT}${plainUpTo(SENTENCE, proof)}`]).map(style.dim),
  ];
}

/** What happened; and where and when, on a line of its own if it does not fit. */
function headLines({ kind, severity, headline, place }: Alert, style: Style): string[] {
  const word =
    kind === 'resolved'
      ? style.green('closed    ')
      : kind === 'blind-spot' || kind === 'unconfirmed'
        ? style.yellow('unknown   ')
        : kind === 'test'
          ? style.dim('test      ')
          : `${severityWord(severity, style)}  `;
  const text = plainUpTo(SENTENCE, headline);
  const where = placeText(place);
  const head = word + style.bold(text);
  if (where === '') return [head];
  const isFitting = INDENT.length + text.length + 2 + where.length <= WIDTH;
  return isFitting ? [`${head}  ${style.dim(where)}`] : [head, INDENT + style.dim(where)];
}

function placeText({ account, accountName, region, time }: Alert['place']): string {
  const clock = /T(\d\d:\d\d:\d\d)/.exec(time)?.[1];
  const parts = [accountName ?? account, region, clock === undefined ? '' : `${clock}Z`];
  return parts
    .filter((part) => part !== '')
    .map((part) => plain(part))
    .join(' · ');
}

/** Where the rule is and what it says, on two lines if they do not fit one. */
function ruleLines(
  { id, policy, policyName, text, description, change }: AlertRule,
  kind: Alert['kind'],
): string[] {
  const name = policyName === '' || policyName === policy ? '' : ` "${plain(policyName)}"`;
  const where = `  rule    ${plain(id)} in ${plain(policy)}${name}:`;
  const words = description === '' ? 'no description' : `"${plain(description)}"`;
  // that what opens is new goes without saying
  const isTold = change === 'removed' || (change === 'added' && kind === 'resolved');
  const said = `${plainUpTo(SENTENCE, text)}, ${words}${isTold ? `, was ${change}` : ''}`;
  return where.length + said.length < WIDTH ? [`${where} ${said}`] : [where, INDENT + said];
}

function blameLines({ blame, blameIs }: Alert): string[] {
  const texts = blame.slice(0, MOST_CALLS).map(whoText);
  if (blame.length > MOST_CALLS) texts.push(`and ${String(blame.length - MOST_CALLS)} more`);
  if (blameIs === 'one-of' && blame.length > 1)
    texts.unshift(`one of these ${String(blame.length)} changes, it is not known which:`);
  return texts.map((text, i) => `${i === 0 ? '  who     ' : INDENT}${text}`);
}

function whoText({ who, role, mfa, tool, sourceIp, call }: AlertBlame): string {
  const session = [
    role === '' ? '' : `role ${plain(role)}`,
    mfa === true ? 'MFA' : mfa === false ? 'no MFA' : '',
  ].filter((part) => part !== '');
  const how = session.length === 0 ? '' : ` (${session.join(', ')})`;
  const from = sourceIp === '' ? '' : ` from ${plain(sourceIp)}`;
  return `${plain(who)}${how} by ${plain(tool)}${from}, ${plain(call)}`;
}
