import type { Alert } from '#findings';
import { commandGroupsOf } from './commands.ts';
import { alsoOf, detailsOf, factsOf, pathOf } from './facts.ts';
import { controlsOf, findingLinesOf, findingsTitleOf, identityOf, moreFindingsOf } from './findings-list.ts';
import { linksOf } from './links.ts';
import { visible } from './visible.ts';
import { headlineOf, noteOf, openingOf, placeOf, timeOf } from './wording.ts';
import { wrapped } from './wrap.ts';

/** Where the text of a row begins. */
const COLUMN = 10;
const MARGIN = ' '.repeat(COLUMN);

/**
 * An alert as the text of a mail, in the order in which the on-call person asks: the effect, where, the path, before and after, the rule, who,
 * what else, the undo, and how to name it. Wrapped to the width of a mail, but for commands, which are to be pasted: each is one line.
 */
export function plainTextOf(alert: Alert): string {
  const parts = [head(alert), rows(alert), findings(alert), commands(alert), foot(alert)];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function head(alert: Alert): readonly string[] {
  const note = noteOf(alert);
  return [
    ...wrapped(headlineOf(alert, 400), openingOf(alert), MARGIN),
    ...detailsOf(alert).flatMap((text) => wrapped(text, MARGIN)),
    ...(note === undefined ? [] : wrapped(note, MARGIN)),
  ];
}

function rows(alert: Alert): readonly string[] {
  const where = [placeOf(alert), timeOf(alert.place.time)].filter((text) => text !== '').join(', ');
  const path = pathOf(alert);
  const all = [
    ...(where === '' ? [] : [{ label: 'where', text: where }]),
    ...(path === '' ? [] : [{ label: 'path', text: path }]),
    ...factsOf(alert),
    ...alsoOf(alert).map((text) => ({ label: 'also', text })),
  ];
  // A label that was just said is not said again.
  return all.flatMap(({ label, text }, i) => row(label === all[i - 1]?.label ? '' : label, text));
}

function row(label: string, text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line, i) => wrapped(line, i === 0 ? `  ${label}`.padEnd(COLUMN) : `${MARGIN}  `, MARGIN));
}

function findings(alert: Alert): readonly string[] {
  const lines = findingLinesOf(alert);
  if (lines.length === 0) return [];
  const more = moreFindingsOf(alert);
  return [
    `${findingsTitleOf(alert)}:`,
    '',
    ...lines.flatMap(({ severity, text }) => wrapped(text, `  ${severity.padEnd(8)}  `)),
    ...(more === undefined ? [] : [`  ${more}`]),
  ];
}

function commands(alert: Alert): readonly string[] {
  return commandGroupsOf(alert).flatMap((group, i) => [
    ...(i === 0 ? [] : ['']),
    `${group.title}${group.commands.length === 0 && group.missing === undefined ? '' : ':'}`,
    ...group.commands.flatMap((command) => ['', command]),
    ...(group.missing === undefined ? [] : ['', group.missing]),
  ]);
}

function foot(alert: Alert): readonly string[] {
  const identity = identityOf(alert);
  const controls = controlsOf(alert);
  return [
    ...linksOf(alert).flatMap(({ text, url }) => row('look', `${text}: ${url}`)),
    ...(controls === undefined ? [] : row('control', controls)),
    ...(identity === undefined ? [] : row('finding', identity)),
    ...row('message', visible(alert.id)),
  ];
}
