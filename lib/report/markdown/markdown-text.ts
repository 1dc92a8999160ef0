import { shown } from '../document/shown.ts';

/**
 * ASCII punctuation that CommonMark, a table, mathematics, a template or HTML may take for structure in the middle of a line; and what sites
 * look for beside: persons and teams, issues, and addresses, which are made links without any marks.
 *
 * https://github.github.com/gfm/#autolinks-extension-
 */
const SPECIAL = /[\\`*_[\]{}<>|~$&]|@(?=\S)|#(?=\d)|:(?=\/\/)|(?<=www)\./gi;

/**
 * Untrusted text within a line of Markdown, for pull requests and tickets. Nothing in it formats, links, opens HTML or a cell, calls a person
 * or refers to an issue: it is escaped, or broken by a space of no width where a site looks for it after the formatting.
 *
 * https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
export function markdownText(text: string, longest = 300): string {
  return shown(text, longest).replaceAll(SPECIAL, (found) =>
    '@#:'.includes(found) ? `${found}&#8203;` : `\\${found}`,
  );
}

/** Commands to copy: a block whose fence is longer than any within. */
export function codeBlock(lines: readonly string[], language: string): string {
  const text = lines.join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
