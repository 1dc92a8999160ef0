import { clearTextOf, member, objectOf, textOf, type Loose } from './fields.ts';

/** Whose credentials a call used. Texts are '' where the record has none or they are masked. */
export type Identity = {
  readonly kind: 'root' | 'human' | 'role' | 'service' | 'unknown';
  readonly name: string;
  readonly role: string;
  readonly session: string;
};

/** IAM Identity Center makes a role for each permission set; its sessions are people. */
const SSO_ROLE = 'AWSReservedSSO_';
const ASSUMED_ROLE = /^arn:aws[a-z-]*:sts::[^:]*:assumed-role\/([^/]+)(?:\/(.+))?$/;
const USER = /^arn:aws[a-z-]*:iam::[^:]*:user\/(?:.*\/)?([^/]+)$/;
const FEDERATED = /^arn:aws[a-z-]*:sts::[^:]*:federated-user\/(.+)$/;

/**
 * Reads `userIdentity` of a record.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function identityOf(identity: Loose): Identity {
  const arn = textOf(member(identity, 'arn'));
  const userName = clearTextOf(member(identity, 'userName'));
  const none = { role: '', session: '' };
  switch (textOf(member(identity, 'type'))) {
    case 'Root':
      return { ...none, kind: 'root', name: 'root' };
    case 'IAMUser':
      return { ...none, kind: 'human', name: userName || clearTextOf(USER.exec(arn)?.[1]) };
    case 'FederatedUser':
      return { ...none, kind: 'human', name: userName || clearTextOf(FEDERATED.exec(arn)?.[1]) };
    case 'IdentityCenterUser':
    case 'SAMLUser':
    case 'WebIdentityUser':
    case 'Directory':
      return { ...none, kind: 'human', name: userName };
    case 'AssumedRole':
    case 'Role':
      return roleOf(arn, issuerOf(identity));
    case 'AWSService':
      return { ...none, kind: 'service', name: clearTextOf(member(identity, 'invokedBy')) };
    case 'AWSAccount':
      return { ...none, kind: kindOfPrincipal(textOf(member(identity, 'principalId'))), name: userName };
    default:
      return { ...none, kind: 'unknown', name: userName };
  }
}

/**
 * Of a caller in another account little is told; its unique id begins with its kind.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
function kindOfPrincipal(id: string): Identity['kind'] {
  if (id.startsWith('AROA')) return 'role';
  return id.startsWith('AIDA') ? 'human' : 'unknown';
}

/** The role or user whose credentials were exchanged for the session's. */
export function issuerOf(identity: Loose): Loose {
  return objectOf(member(member(identity, 'sessionContext'), 'sessionIssuer'));
}

function roleOf(arn: string, issuer: Loose): Identity {
  const [, roleInArn, sessionInArn] = ASSUMED_ROLE.exec(arn) ?? [];
  const role = clearTextOf(member(issuer, 'userName')) || clearTextOf(roleInArn);
  const session = clearTextOf(sessionInArn);
  if (role.startsWith(SSO_ROLE)) return { kind: 'human', name: session, role, session };
  return { kind: 'role', name: role, role, session };
}
