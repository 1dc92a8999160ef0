import { closedText } from '../document/closed-text.ts';
import type { ReportFix } from '../document/report-schema.ts';
import { commandLines } from './commands.ts';
import { plainUpTo } from './plain.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

const INDENT = ' '.repeat(10);
/** Sentences of ours hold several names. */
const SENTENCE = 500;

/**
 * Ways to end a finding: the best in full, with what keeps the resource before any command, the others in a line each.
 *
 * @param unsolved why none of them is proven
 */
export function fixLines(
  [best, ...others]: readonly ReportFix[],
  unsolved: string | undefined,
  style: Style,
): string[] {
  if (best === undefined) return unsolved === undefined ? [] : wrap([`  fix     none: ${said(unsolved)}`]);
  const lines = (best.owners ?? []).map((owner, i) => `${i === 0 ? '  owner   ' : INDENT}${said(owner)}`);
  if (best.what !== undefined) lines.push(`  fix     ${said(best.what)}`);
  const told = wrap(lines);
  if (best.commands.length > 0)
    told.push(...commandLines(best.what === undefined ? 'fix' : '', best.commands));
  told.push(...wrap(proofLines(best, unsolved)).map(style.dim));
  told.push(...wrap(others.map((other) => `  or      ${said(other.what ?? '')}${closedText(other, short)}`)));
  return told;
}

function proofLines(fix: ReportFix, unsolved = 'not tried on the model'): string[] {
  if (!fix.isProven) return [`${INDENT}to begin with: ${said(unsolved)}; look before you do it`];
  const closes = closedText(fix, short);
  return [
    `${INDENT}proven on the model: the finding goes, nothing opens${closes}`,
    ...(fix.reveals ?? []).map((title) => `${INDENT}then seen: ${said(title)}`),
  ];
}

export function said(text: string): string {
  return plainUpTo(SENTENCE, text);
}

/** Names and ports within a sentence. */
function short(text: string): string {
  return plainUpTo(60, text);
}
