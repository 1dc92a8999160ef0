import type { Alert, AlertKind } from './alert.ts';

/** Kinds about something that is open now, for which somebody may answer. */
const ACCEPTABLE: ReadonlySet<AlertKind> = new Set<AlertKind>([
  'opened',
  'newly-seen',
  'unconfirmed',
  'reminder',
  'exception-ended',
]);

/** Of a longer list nobody accepts the first only. */
const FEW = 4;
/** What is proposed: long enough to plan the way out, short enough to be looked at again. */
const DAYS = 30;
const DAY_MS = 86_400_000;

/** How to accept the worst finding of an alert, with an owner and a reason to fill in, and in the table of the deployment that tells of it; `undefined` where there is nothing to accept. */
export function acceptCommand({
  kind,
  findings,
  moreFindings,
  place,
  deployment,
}: Alert): string | undefined {
  const [worst] = findings;
  if (worst === undefined || !ACCEPTABLE.has(kind) || findings.length + moreFindings > FEW) return undefined;
  if (!/^[0-9a-f]{4}-[0-9a-f]{4}$/.test(worst.fingerprint)) return undefined;
  const time = Date.parse(place.time);
  if (Number.isNaN(time)) return undefined;
  const until = new Date(time + DAYS * DAY_MS).toISOString().slice(0, 10);
  if (deployment === undefined) return command(worst.fingerprint, until);
  const { stage, region } = deployment;
  if (![stage, region].every((name) => /^[\w-]+$/.test(name))) return undefined;
  return `${command(worst.fingerprint, until)} --stage ${stage} --region ${region}`;
}

function command(fingerprint: string, until: string): string {
  return `postern accept ${fingerprint} --owner you --until ${until} --reason why`;
}
