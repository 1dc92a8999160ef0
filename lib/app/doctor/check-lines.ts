import { commandLines, plainLines, wrap, type Style } from '#report';
import type { Check } from './check.ts';

const INDENT = ' '.repeat(10);
/** How many places of one kind are named before the rest is counted. */
const NAMED = 6;

const ORDER = ['missing', 'unknown', 'ok'] as const;

/** What is missing first, then what could not be asked, then in short what is fine. The same in several places is said once. */
export function checkLines(checks: readonly Check[], style: Style): string[] {
  const ranked = ORDER.flatMap((state) => checks.filter((check) => check.state === state));
  const groups = new Map<string, Check[]>();
  for (const check of ranked) {
    const { state, what, why } = check;
    const key = JSON.stringify([state, what, state === 'ok' ? '' : why]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [check]);
    else known.push(check);
  }
  return [...groups.values()].flatMap((group) => groupLines(group, style));
}

/** `1 missing, 2 unknown, 30 ok`. */
export function checkCount(checks: readonly Check[]): string {
  return ORDER.map(
    (state) => `${String(checks.filter((check) => check.state === state).length)} ${state}`,
  ).join(', ');
}

function groupLines(group: readonly Check[], style: Style): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { state, what, why, remedy, run } = first;
  const places = placesOf(group.map(({ at }) => at));
  if (state === 'ok') {
    const told = group.length === 1 ? `: ${safe(why)}` : '';
    return wrap([`${style.green('ok'.padEnd(8))}  ${what}  ${places}${told}`]);
  }
  const mark = state === 'missing' ? style.red('missing'.padEnd(8)) : style.yellow('unknown'.padEnd(8));
  const isSame = group.every((check) => check.run.join() === run.join());
  const others = isSame ? '' : `. For ${first.at.split('/').at(-1) ?? first.at}, and likewise for the others`;
  return [
    ...wrap([
      `${mark}  ${style.bold(what)}  ${places}`,
      INDENT + safe(why),
      ...(remedy === '' ? [] : [style.dim(INDENT + safe(remedy) + others)]),
    ]),
    ...commandLines('run', run),
  ];
}

/** Account by account with its Regions. */
function placesOf(places: readonly string[]): string {
  const named = places.slice(0, NAMED).map((place, i) => {
    const [account, region] = place.split('/');
    const [before] = places[i - 1]?.split('/') ?? [];
    return region !== undefined && before === account ? region : safe(place.replace('/', ' '));
  });
  const more = places.length - named.length;
  return `${named.join(', ')}${more === 0 ? '' : ` and ${String(more)} more`}`;
}

/** Uncut, since the end of a sentence of AWS's says what is not allowed. */
function safe(text: string): string {
  return plainLines(text.replaceAll('\n', ' '));
}
