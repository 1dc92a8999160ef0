import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from './account.ts';

export type Call = {
  readonly name: 'AuthorizeSecurityGroupIngress' | 'RevokeSecurityGroupIngress';
  readonly group: string;
  readonly port: number;
  readonly source: string;
  readonly rules: readonly string[];
  /** By default this account, now. */
  readonly account?: string;
  readonly time?: Date;
};

/**
 * The event that EventBridge makes of CloudTrail's record of a call that lets the internet in, or no longer does.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/automating_with_eventbridge.html
 */
export function changeEvent({
  name,
  group,
  port,
  source,
  rules,
  account = ACCOUNT,
  time = new Date(),
}: Call): object {
  const isAuthorize = name === 'AuthorizeSecurityGroupIngress';
  const range = { ipProtocol: 'tcp', fromPort: port, toPort: port };
  const permission = {
    ...range,
    groups: {},
    ipRanges: { items: [{ cidrIp: source }] },
    ipv6Ranges: {},
    prefixListIds: {},
  };
  const ruleSet = rules.map((securityGroupRuleId) => ({
    groupOwnerId: account,
    groupId: group,
    securityGroupRuleId,
    isEgress: false,
    ...range,
    cidrIpv4: source,
  }));
  return eventOf({
    name,
    service: 'ec2',
    account,
    time,
    request: { groupId: group, ipPermissions: { items: [permission] } },
    response: { _return: true, ...(isAuthorize && { securityGroupRuleSet: { items: ruleSet } }) },
  });
}

/** The same of a call that changes a trail. */
export function trailEvent(name: 'StopLogging', trail: string): object {
  const made = { account: ACCOUNT, time: new Date(), request: { name: trail }, response: null };
  return eventOf({ name, service: 'cloudtrail', ...made });
}

function eventOf({
  name,
  service,
  account,
  time,
  request,
  response,
}: {
  readonly name: string;
  readonly service: string;
  readonly account: string;
  readonly time: Date;
  readonly request: object;
  readonly response: object | null;
}): object {
  const at = time.toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${service}`,
    account,
    time: at,
    region: REGION,
    resources: [],
    detail: {
      eventVersion: '1.10',
      userIdentity: {
        type: 'AssumedRole',
        principalId: 'AROAEXAMPLEEXAMPLE002:mara',
        arn: `arn:aws:sts::${account}:assumed-role/network-admin/mara`,
        accountId: account,
        sessionContext: {
          sessionIssuer: { type: 'Role', accountId: account, userName: 'network-admin' },
          attributes: { creationDate: at, mfaAuthenticated: 'true' },
        },
      },
      eventTime: at,
      eventSource: `${service}.amazonaws.com`,
      eventName: name,
      awsRegion: REGION,
      sourceIPAddress: '198.51.100.23',
      userAgent: 'aws-cli/2.22.12',
      requestParameters: request,
      responseElements: response,
      requestID: randomUUID(),
      eventID: randomUUID(),
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
    },
  };
}
