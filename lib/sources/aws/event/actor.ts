/** Who made a call, as far as its record tells. */
export type Actor = {
  readonly kind: 'root' | 'human' | 'role' | 'service' | 'unknown';
  readonly name: string;
  readonly role: string;
  readonly mfa: boolean | undefined;
  /** The tool, in a word or two: `aws-cli/2.22.12`, `terraform`, `console`. */
  readonly tool: string;
  readonly sourceIp: string;
};

type Loose = Readonly<Record<string, unknown>>;

/**
 * Reads `userIdentity`, `userAgent` and `sourceIPAddress` of a CloudTrail record.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function actorOf(detail: Loose): Actor {
  const identity = objectOf(detail['userIdentity']);
  const session = objectOf(identity['sessionContext']);
  const issuer = objectOf(session['sessionIssuer']);
  const attributes = objectOf(session['attributes']);
  const agent = textOf(detail['userAgent']);
  const invokedBy = textOf(identity['invokedBy']);
  const role = textOf(issuer['userName']);
  const sessionName = textOf(identity['arn']).split('/').at(-1) ?? '';
  const mfa = textOf(attributes['mfaAuthenticated']);
  const base = {
    role,
    mfa: mfa === 'true' ? true : mfa === 'false' ? false : undefined,
    tool: toolOf(agent, invokedBy, textOf(detail['sessionCredentialFromConsole'])),
    sourceIp: textOf(detail['sourceIPAddress']),
  };
  if (invokedBy.endsWith('.amazonaws.com') && !invokedBy.startsWith('cloudformation'))
    return { ...base, kind: 'service', name: invokedBy };
  switch (textOf(identity['type'])) {
    case 'Root':
      return { ...base, kind: 'root', name: 'root' };
    case 'IAMUser':
      return { ...base, kind: 'human', name: textOf(identity['userName']) };
    case 'AssumedRole':
      return { ...base, kind: role.startsWith('AWSReservedSSO_') ? 'human' : 'role', name: sessionName };
    case 'AWSService':
      return { ...base, kind: 'service', name: invokedBy };
    default:
      return { ...base, kind: 'unknown', name: sessionName === '' ? 'somebody' : sessionName };
  }
}

function toolOf(agent: string, invokedBy: string, fromConsole: string): string {
  if ([agent, invokedBy].some((text) => text.startsWith('cloudformation'))) return 'CloudFormation';
  if (/terraform/i.test(agent)) return 'Terraform';
  if (
    fromConsole === 'true' ||
    agent.startsWith('console') ||
    agent.startsWith('Mozilla') ||
    agent.includes('signin')
  )
    return 'the console';
  return agent.split(' ')[0] ?? '';
}

function objectOf(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
