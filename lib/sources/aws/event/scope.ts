import { member, textOf, type Loose } from './fields.ts';

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

/** Whether both halves are told, in the right form. */
export function isWhole({ account, region }: EventTarget): boolean {
  return ACCOUNT.test(account) && REGION.test(region);
}
