import type { ReportFix } from './report-schema.ts';

/** Flows that are named; the rest is a number. */
const MOST_FLOWS = 3;

const WHY: Readonly<Record<string, string>> = {
  meant: 'meant',
  asserted: 'an assertion wants it',
  'load-balancer': "a load balancer's way to its target",
};

/** `; also shuts …`, or that it shuts nothing else; nothing of a fix that was not tried. `said` escapes names for where they are shown. */
export function closedText(
  { isProven, alsoCloses }: Pick<ReportFix, 'isProven' | 'alsoCloses'>,
  said: (text: string) => string,
): string {
  if (!isProven || alsoCloses === undefined) return '';
  const { count, isWhole, needed, flows } = alsoCloses;
  if (count === 0) return isWhole ? '; nothing else is shut' : '';
  const named = flows
    .slice(0, MOST_FLOWS)
    .map(
      ({ fromName, toName, flows: what, needed: why }) =>
        `${said(fromName)} → ${said(what)} → ${said(toName)}${why === undefined ? '' : ` (${WHY[why] ?? 'needed'})`}`,
    );
  const left = count - named.length;
  const more =
    left > 0 || !isWhole ? ` and ${isWhole ? '' : 'at least '}${left.toLocaleString('en-US')} more` : '';
  return `; also shuts ${needed > 0 ? 'what is needed: ' : ''}${named.join(', ')}${more}`;
}
