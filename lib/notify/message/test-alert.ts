import type { Alert } from '#findings';

/** A message that only shows that a channel works, and says so. Time: ISO 8601. */
export function testAlert({
  account,
  region,
  time,
}: {
  readonly account: string;
  readonly region: string;
  readonly time: string;
}): Alert {
  return {
    schema: 1,
    id: `test-${time}`,
    kind: 'test',
    severity: 'info',
    headline: 'Postern can reach you here',
    details: [],
    place: { account, region, time },
    path: [],
    rules: [],
    moreRules: 0,
    blame: [],
    blameIs: 'nobody',
    also: [],
    findings: [],
    moreFindings: 0,
    links: [],
  };
}
