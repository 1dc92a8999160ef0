import { member, objectOf, textOf } from './fields.ts';
import { isWhole, type EventTarget } from './scope.ts';

/** Members of a peering's answer that tell one side's account and Region. */
const SIDES = ['requesterVpcInfo', 'accepterVpcInfo', 'requesterTgwInfo', 'accepterTgwInfo'];

/**
 * The places that a call concerns: where it happened, and the other side of a peering, which gets no record of its own. That side may
 * be somebody else's account.
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

/** Without an owner or a Region the peer is in the same one. */
function peerOf(scope: EventTarget, request: unknown): EventTarget | undefined {
  const inner = Object.values(objectOf(request)).map(objectOf);
  for (const parameters of [objectOf(request), ...inner]) {
    const account = ['peerOwnerId', 'peerAccountId']
      .map((name) => accountOf(member(parameters, name)))
      .find((text) => text !== '');
    const region = textOf(member(parameters, 'peerRegion'));
    if (account !== undefined || region !== '')
      return { account: account ?? scope.account, region: region || scope.region };
  }
  return undefined;
}

/** Below a wrapper at most, and the peering: what is deeper is something else's. */
function sidesIn(value: unknown, depth: number): EventTarget[] {
  if (depth > 3) return [];
  return Object.entries(objectOf(value)).flatMap(([key, inner]) =>
    SIDES.some((side) => side.toLowerCase() === key.toLowerCase())
      ? [{ account: accountOf(member(inner, 'ownerId')), region: textOf(member(inner, 'region')) }]
      : sidesIn(inner, depth + 1),
  );
}

/** A number where the record's writer took the digits for one; its leading zeros are gone. */
function accountOf(value: unknown): string {
  return typeof value === 'number' ? String(value).padStart(12, '0') : textOf(value);
}
