import { parseIp } from '#netset';
import { callerServiceOf } from './caller-service.ts';
import { member, objectOf, textOf, truthOf, type Loose } from './fields.ts';
import { identityOf, issuerOf, type Identity } from './identity.ts';
import { toolOf, viaOf, type Via } from './via.ts';

/** Who made a call, as far as its record tells. Untrusted texts, '' where it does not. */
export type Actor = {
  /** A session of IAM Identity Center is a human; `service` is an AWS service that acted by itself. */
  readonly kind: Identity['kind'];
  /** Of a user, an Identity Center session, a role or a service. For people, see `personOf`. */
  readonly name: string;
  readonly role: string;
  readonly session: string;
  readonly via: Via;
  /** The tool, in a word or two: `aws-cli/2.22.12`, `Terraform`, `the console`. */
  readonly tool: string;
  readonly mfa: boolean | undefined;
  /** '' unless it is an address: for calls between services the record has a name or `AWS Internal` there. */
  readonly sourceIp: string;
  /** Whose credentials a service used. */
  readonly onBehalfOf: Pick<Identity, 'kind' | 'name'> | undefined;
  /** As recorded. */
  readonly invokedBy: string;
};

/** Reads `userIdentity`, `userAgent` and `sourceIPAddress` of a CloudTrail record. */
export function actorOf(detail: Loose): Actor {
  const userIdentity = objectOf(member(detail, 'userIdentity'));
  const identity = identityOf(userIdentity);
  const service = callerServiceOf(detail, issuerOf(userIdentity));
  const attributes = member(member(userIdentity, 'sessionContext'), 'attributes');
  const address = textOf(member(detail, 'sourceIPAddress'));
  const { kind, name, role, session } = identity;
  return {
    ...(service === undefined ? { kind, name } : { kind: 'service', name: service }),
    role,
    session,
    via: viaOf(detail),
    tool: toolOf(detail),
    mfa: truthOf(member(attributes, 'mfaAuthenticated')),
    sourceIp: parseIp(address) === undefined ? '' : address,
    onBehalfOf:
      service === undefined || kind === 'service' || kind === 'unknown' ? undefined : { kind, name },
    invokedBy: textOf(member(userIdentity, 'invokedBy')),
  };
}

/** The caller as colleagues know it: with a shared role the session's name, which is mostly the person. Never ''. */
export function personOf({ kind, name, session }: Actor): string {
  return (kind === 'role' ? session || name : name) || 'somebody';
}
