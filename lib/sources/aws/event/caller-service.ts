import { member, textOf, type Loose } from './fields.ts';

const SERVICE = /^[a-z0-9][a-z0-9.-]*\.amazonaws\.com(?:\.cn)?$/;
/** They pass on what a person asked for: who asked is still the caller. */
const PASSING_ON = /^(?:cloudformation|(?:.*\.)?(?:console|signin))\./;
/** The path of a service-linked role names its service. */
const SERVICE_LINKED = /:role\/aws-service-role\/([^/]+)\//;
const SERVICE_LINKED_NAME = 'AWSServiceRoleFor';

/**
 * The AWS service that made a call by itself, as CloudTrail names it (`rds.amazonaws.com`), or undefined.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function callerServiceOf(detail: Loose, issuer: Loose): string | undefined {
  const named = [
    member(member(detail, 'userIdentity'), 'invokedBy'),
    member(detail, 'userAgent'),
    member(detail, 'sourceIPAddress'),
  ].map(textOf);
  const service = named.find((text) => SERVICE.test(text) && !PASSING_ON.test(text));
  if (service !== undefined) return service;
  const linked = SERVICE_LINKED.exec(textOf(member(issuer, 'arn')))?.[1];
  if (linked !== undefined) return linked;
  const role = textOf(member(issuer, 'userName'));
  return role.startsWith(SERVICE_LINKED_NAME) ? role : undefined;
}
