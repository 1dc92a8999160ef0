import type { ReportFix } from '../document/report-schema.ts';
import { commandLines } from './commands.ts';
import { plainUpTo } from './plain.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

const INDENT = ' '.repeat(10);
/** Sentences of ours hold several names. */
const SENTENCE = 500;
/** Flows that are named; the rest is a number. */
const MOST_FLOWS = 3;

/** Ways to end a finding: the best in full, with what keeps the resource before any command, the others in a line each. */
export function fixLines([best, ...others]: readonly ReportFix[], style: Style): string[] {
  if (best === undefined) return [];
  const lines = (best.owners ?? []).map((owner, i) => `${i === 0 ? '  owner   ' : INDENT}${said(owner)}`);
  if (best.what !== undefined) lines.push(`  fix     ${said(best.what)}`);
  const told = wrap(lines);
  if (best.commands.length > 0)
    told.push(...commandLines(best.what === undefined ? 'fix' : '', best.commands));
  told.push(...wrap(proofLines(best)).map(style.dim));
  told.push(...wrap(others.map((other) => `  or      ${said(other.what ?? '')}${closesText(other)}`)));
  return told;
}

function proofLines(fix: ReportFix): string[] {
  if (!fix.isProven) return [`${INDENT}not tried on the model, or not enough there: look before you do it`];
  const closes = closesText(fix);
  return [
    `${INDENT}proven on the model: the finding goes, nothing opens${closes}`,
    ...(fix.reveals ?? []).map((title) => `${INDENT}then seen: ${said(title)}`),
  ];
}

/** `; also shuts …`, or that it shuts nothing else. */
function closesText({ isProven, alsoCloses }: ReportFix): string {
  if (!isProven || alsoCloses === undefined) return '';
  const { count, isWhole, needed, flows } = alsoCloses;
  if (count === 0) return isWhole ? ', nothing else is shut' : '';
  const named = flows
    .slice(0, MOST_FLOWS)
    .map(
      ({ fromName, toName, flows: what, needed: why }) =>
        `${said(fromName)} → ${said(what)} → ${said(toName)}${why === undefined ? '' : ` (${WHY[why] ?? 'needed'})`}`,
    );
  const left = count - named.length;
  const more = left > 0 || !isWhole ? ` and ${isWhole ? '' : 'at least '}${String(left)} more` : '';
  return `; also shuts ${needed > 0 ? 'what is needed: ' : ''}${named.join(', ')}${more}`;
}

const WHY: Readonly<Record<string, string>> = {
  meant: 'meant',
  asserted: 'an assertion wants it',
  'load-balancer': "a load balancer's way to its target",
};

function said(text: string): string {
  return plainUpTo(SENTENCE, text);
}
