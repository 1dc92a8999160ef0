import { missing, ok, unknown, type Check } from './check.ts';
import type { RegionFacts, Trail } from './facts.ts';
import { loggedWrites } from './logged-writes.ts';

/** What follows where a Region has no trail that says what changes. */
const UNHEARD = 'EventBridge hears of no change here, so only the scheduled read finds them';

/**
 * Whether changes in a Region are heard of. EventBridge gets API calls from a trail that is logging, and from no other record of CloudTrail's.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function trailCheck(
  account: string,
  { region, trails }: Pick<RegionFacts, 'region' | 'trails'>,
): Check {
  const subject = { what: 'CloudTrail', at: `${account}/${region}` };
  if (!trails.told) return unknown(subject, trails);
  const here = trails.value.filter((trail) => trail.isMultiRegion || trail.homeRegion === region);
  const judged = here.map(judge);
  const fine = judged.find(({ kind }) => kind === 'fine');
  if (fine !== undefined) return ok(subject, `${nameOf(fine.trail)} logs what is changed`);
  const open = judged.find((one) => one.kind === 'unknown');
  if (open !== undefined) return unknown(subject, open);
  const [worst] = judged;
  if (worst?.kind === 'missing') return missing(subject, `${worst.why}: ${UNHEARD}`, worst.remedy);
  return missing(
    subject,
    `no trail covers this Region: ${UNHEARD}`,
    'Make one trail for all Regions, which needs a bucket for its logs: aws cloudtrail create-trail --name management-events ' +
      '--is-multi-region-trail --s3-bucket-name BUCKET, then aws cloudtrail start-logging --name management-events. ' +
      "An organisation's trail serves every account",
  );
}

type Judged =
  | { readonly kind: 'fine'; readonly trail: Trail }
  | { readonly kind: 'missing' | 'unknown'; readonly why: string; readonly remedy: string };

function judge(trail: Trail): Judged {
  const { arn, homeRegion, isLogging, selectors } = trail;
  if (!isLogging.told) return { kind: 'unknown', why: isLogging.why, remedy: isLogging.remedy };
  if (!isLogging.value)
    return {
      kind: 'missing',
      why: `${nameOf(trail)} is turned off`,
      remedy: `aws cloudtrail start-logging --region ${homeRegion} --name ${arn}`,
    };
  if (!selectors.told) return { kind: 'unknown', why: selectors.why, remedy: selectors.remedy };
  const writes = loggedWrites(selectors.value);
  const look = `aws cloudtrail get-event-selectors --region ${homeRegion} --trail-name ${arn}`;
  switch (writes.kind) {
    case 'all':
      return { kind: 'fine', trail };
    case 'some':
      return {
        kind: 'unknown',
        why: `${nameOf(trail)} leaves out some changes, by a condition on ${writes.but}`,
        remedy: `See what is left out: ${look}`,
      };
    case 'none':
      return {
        kind: 'missing',
        why: `${nameOf(trail)} logs no management events that write`,
        remedy: `Let its selectors take in management events that write; first see what they are: ${look}`,
      };
  }
}

function nameOf({ arn, isOrganization }: Trail): string {
  return `${isOrganization ? 'the organisation trail' : 'the trail'} ${arn.split('/').at(-1) ?? arn}`;
}
