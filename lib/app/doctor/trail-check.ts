import { missing, ok, unknown, type Check, type Remedy } from './check.ts';
import type { RegionFacts, Trail } from './facts.ts';
import { loggedWrites } from './logged-writes.ts';
import type { NotTold } from './told.ts';

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
  const fine = judged.find((one) => one.kind === 'fine');
  if (fine !== undefined) return ok(subject, `${nameOf(fine.trail)} logs what is changed`);
  const open = judged.find((one) => one.kind === 'unknown');
  if (open !== undefined) return unknown(subject, open);
  const [worst] = judged;
  if (worst?.kind === 'missing') return missing(subject, `${worst.why}: ${UNHEARD}`, worst);
  return missing(subject, `no trail covers this Region: ${UNHEARD}`, {
    remedy:
      "Make one trail for all Regions; it needs a bucket for its logs. An organisation's trail serves every account",
    run: [
      'aws cloudtrail create-trail --name management-events --is-multi-region-trail --s3-bucket-name BUCKET',
      'aws cloudtrail start-logging --name management-events',
    ],
  });
}

type Judged =
  | { readonly kind: 'fine'; readonly trail: Trail }
  | (Remedy & { readonly kind: 'missing'; readonly why: string })
  | (Remedy & { readonly kind: 'unknown'; readonly why: string });

function judge(trail: Trail): Judged {
  const { arn, homeRegion, isLogging, selectors } = trail;
  if (!isLogging.told) return unread(trail, isLogging);
  if (!isLogging.value)
    return {
      kind: 'missing',
      why: `${nameOf(trail)} is turned off`,
      remedy: 'Turn it on',
      run: [`aws cloudtrail start-logging --region ${homeRegion} --name ${arn}`],
    };
  if (!selectors.told) return unread(trail, selectors);
  const writes = loggedWrites(selectors.value);
  const look = `aws cloudtrail get-event-selectors --region ${homeRegion} --trail-name ${arn}`;
  switch (writes.kind) {
    case 'all':
      return { kind: 'fine', trail };
    case 'some':
      return {
        kind: 'unknown',
        why: `${nameOf(trail)} leaves out some changes, by a condition on ${writes.but}`,
        remedy: 'See what is left out',
        run: [look],
      };
    case 'none':
      return {
        kind: 'missing',
        why: `${nameOf(trail)} logs no management events that write`,
        remedy:
          'Let its selectors take in management events that write (put-event-selectors replaces them all). What they are now',
        run: [look],
      };
  }
}

/** Of an organisation's trail its own account alone may tell all. */
function unread(trail: Trail, { why, remedy }: NotTold): Judged {
  const owner = trail.arn.split(':')[4] ?? '';
  return {
    kind: 'unknown',
    why: `${nameOf(trail)}: ${why}`,
    remedy: trail.isOrganization ? `Ask with credentials of its own account, ${owner}` : remedy,
  };
}

function nameOf({ arn, isOrganization }: Trail): string {
  return `${isOrganization ? 'the organisation trail' : 'the trail'} ${arn.split('/').at(-1) ?? arn}`;
}
