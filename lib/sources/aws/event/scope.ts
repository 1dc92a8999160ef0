import { member, objectOf, textOf, type Loose } from './fields.ts';

/** A place that is watched as one: a Region of an account. */
export type EventTarget = { readonly account: string; readonly region: string };

const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d[a-z]?$/;

/**
 * Where a call happened; '' for what the record does not say in the right form. The account that received the record comes before
 * the one of the caller, which may be another.
 */
export function scopeOf(envelope: Loose, detail: Loose): EventTarget {
  const accounts = [
    member(detail, 'recipientAccountId'),
    member(envelope, 'account'),
    member(member(detail, 'userIdentity'), 'accountId'),
  ];
  return {
    account: accounts.map(textOf).find((text) => ACCOUNT.test(text)) ?? '',
    region:
      [member(detail, 'awsRegion'), member(envelope, 'region')]
        .map(textOf)
        .find((text) => REGION.test(text)) ?? '',
  };
}

/**
 * Services that log every call in one Region, whatever Regions it concerns: Global Accelerator and Network Manager in us-west-2,
 * CloudFront in us-east-1.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
const GLOBAL: ReadonlySet<string> = new Set([
  'globalaccelerator.amazonaws.com',
  'networkmanager.amazonaws.com',
  'cloudfront.amazonaws.com',
]);

export function isGlobalSource(source: string): boolean {
  return GLOBAL.has(source);
}

/** Members of a peering's answer that tell one side's account and Region. */
const SIDES = ['requesterVpcInfo', 'accepterVpcInfo', 'requesterTgwInfo', 'accepterTgwInfo'];

/**
 * The places that a call concerns: where it happened, and the other side of a peering, which gets no record of its own.
 *
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
export function targetsOf(scope: EventTarget, request: unknown, response: unknown): readonly EventTarget[] {
  const asked = peerOf(scope, request);
  const found = [scope, ...(asked === undefined ? [] : [asked]), ...sidesIn(response, 0)];
  const byPlace = new Map(
    found.filter(isWhole).map((target) => [`${target.account}/${target.region}`, target]),
  );
  return [...byPlace.values()];
}

function isWhole({ account, region }: EventTarget): boolean {
  return ACCOUNT.test(account) && REGION.test(region);
}

/** Without an owner or a Region the peer is in the same one. */
function peerOf(scope: EventTarget, request: unknown): EventTarget | undefined {
  const inner = Object.values(objectOf(request)).map(objectOf);
  for (const parameters of [objectOf(request), ...inner]) {
    const account = ['peerOwnerId', 'peerAccountId']
      .map((name) => textOf(member(parameters, name)))
      .find(Boolean);
    const region = textOf(member(parameters, 'peerRegion'));
    if (account !== undefined || region !== '')
      return { account: account ?? scope.account, region: region || scope.region };
  }
  return undefined;
}

/** A wrapper, the peering and its sides: three levels. */
function sidesIn(value: unknown, depth: number): EventTarget[] {
  if (depth > 3) return [];
  return Object.entries(objectOf(value)).flatMap(([key, inner]) =>
    SIDES.some((side) => side.toLowerCase() === key.toLowerCase())
      ? [{ account: String(member(inner, 'ownerId')), region: textOf(member(inner, 'region')) }]
      : sidesIn(inner, depth + 1),
  );
}
