import type { ReportFix } from './report-schema.ts';

/** Flows that are named; the rest is a number. */
const MOST_FLOWS = 3;

const WHY: Readonly<Record<string, string>> = {
  meant: 'meant',
  'load-balancer': "a load balancer's way to its target",
};

/** `; also shuts …`, or that it shuts nothing else, and the assertions that it breaks; nothing of a fix that was not tried. `said` escapes names for where they are shown. */
export function closedText(
  { isProven, alsoCloses, breaks = [] }: Pick<ReportFix, 'isProven' | 'alsoCloses' | 'breaks'>,
  said: (text: string) => string,
): string {
  if (!isProven || alsoCloses === undefined) return '';
  const { count, isWhole, needed, flows } = alsoCloses;
  const broken = breaks.map((assertion) => `; breaks the assertion ${said(assertion)}`).join('');
  if (count === 0) return (isWhole ? '; nothing else is shut' : '') + broken;
  const named = flows
    .slice(0, MOST_FLOWS)
    .map(
      ({ fromName, toName, flows: what, needed: why }) =>
        `${said(fromName)} → ${said(what)} → ${said(toName)}${why === undefined ? '' : ` (${WHY[why] ?? 'needed'})`}`,
    );
  const left = count - named.length;
  const more =
    left > 0 || !isWhole ? ` and ${isWhole ? '' : 'at least '}${left.toLocaleString('en-US')} more` : '';
  return `; also shuts ${needed > 0 ? 'what is needed: ' : ''}${named.join(', ')}${more}${broken}`;
}
