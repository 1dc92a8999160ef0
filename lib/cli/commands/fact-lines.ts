import { plain, wrap, type FactResult, type Style } from '#app';

/** How many reasons of one fact are told. */
const REASONS = 5;

/** A fact and how it turned out, with the pair that breaks it and what keeps it from being known. */
export function factLines(
  { holds, cannotTell, fact, got, why, example }: FactResult,
  style: Style,
): string[] {
  const mark = holds ? style.green('holds') : cannotTell ? style.yellow('cannot tell') : style.red('fails');
  const { from, to, flows, expect } = fact;
  return wrap([
    `${mark}  ${plain(from)} → ${plain(to)} ${flows}: expected ${expect}, is ${got}`,
    ...(example === undefined ? [] : [`          ${plain(example)}`]),
    ...why.slice(0, REASONS).map((text) => style.dim(`          ${plain(text)}`)),
    ...(why.length > REASONS
      ? [style.dim(`          and ${String(why.length - REASONS)} more reasons`)]
      : []),
  ]);
}
