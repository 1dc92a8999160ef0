import { describe, expect, it } from 'vitest';
import { runEventCase } from '../../../../lib/app/conformance/event-case.ts';
import { runFiles } from './tiny-account.ts';

const rule = { op: 'add', direction: 'ingress', protocol: 'tcp', from: 22, to: 22, cidr: '0.0.0.0/0' };

const event = {
  source: 'aws.ec2',
  account: '210987654321',
  region: 'eu-north-1',
  detail: {
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::210987654321:assumed-role/Deploy/ci-77',
      invokedBy: 'rds.amazonaws.com',
      sessionContext: {
        sessionIssuer: { type: 'Role', userName: 'Deploy' },
        attributes: { mfaAuthenticated: 'false' },
      },
    },
    eventSource: 'ec2.amazonaws.com',
    eventName: 'AuthorizeSecurityGroupIngress',
    awsRegion: 'eu-north-1',
    sourceIPAddress: '198.51.100.23',
    userAgent: 'aws-cli/2.22.12',
    recipientAccountId: '210987654321',
    requestParameters: {
      groupId: 'sg-0123abcd',
      vpcId: 'vpc-0123abcd',
      ipPermissions: {
        items: [
          { ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } },
        ],
      },
    },
  },
};

const actor = {
  kind: 'service',
  name: 'rds.amazonaws.com',
  role: 'Deploy',
  session: 'ci-77',
  via: 'cli',
  sourceIp: '198.51.100.23',
  mfa: false,
  onBehalfOf: { kind: 'role', name: 'Deploy' },
  invokedBy: 'rds.amazonaws.com',
};

const truth = {
  fidelity: 'written',
  eventName: 'AuthorizeSecurityGroupIngress',
  eventSource: 'ec2.amazonaws.com',
  errorCode: null,
  tier: 1,
  effective: true,
  ids: ['sg-0123abcd'],
  mentionedIds: ['vpc-0123abcd'],
  malformedIds: [],
  names: ['not checked'],
  scope: { account: '210987654321', region: 'eu-north-1' },
  actor,
  accept: {},
  change: 'not checked',
  parsedRules: [rule],
  note: null,
};

/** The facts that differ if the case says this. */
function differing(more: object, of: object = event): readonly string[] | string {
  const result = runEventCase(of, { ...truth, ...more });
  return result.kind === 'failed' ? result.differences.map(({ fact }) => fact) : result.kind;
}

describe('a CloudTrail record', () => {
  it('passes if all is read as the case says', () => {
    expect(differing({})).toBe('passed');
  });

  it.each([
    { fact: 'eventName', more: { eventName: 'X' } },
    { fact: 'eventSource', more: { eventSource: 'X' } },
    { fact: 'errorCode', more: { errorCode: 'X' } },
    { fact: 'tier', more: { tier: 2 } },
    { fact: 'effective', more: { effective: false } },
    { fact: 'scope.account', more: { scope: { account: '111122223333', region: null } } },
    { fact: 'scope.region', more: { scope: { account: null, region: 'us-east-1' } } },
    { fact: 'ids', more: { ids: ['sg-0123abcd', 'sg-99999999'] } },
    { fact: 'ids', more: { mentionedIds: [] } },
    { fact: 'actor.name', more: { actor: { ...actor, name: 'X' } } },
    { fact: 'actor.role', more: { actor: { ...actor, role: null } } },
    { fact: 'actor.session', more: { actor: { ...actor, session: null } } },
    { fact: 'actor.via', more: { actor: { ...actor, via: 'sdk' } } },
    { fact: 'actor.sourceIp', more: { actor: { ...actor, sourceIp: null } } },
    { fact: 'actor.mfa', more: { actor: { ...actor, mfa: null } } },
    { fact: 'actor.invokedBy', more: { actor: { ...actor, invokedBy: null } } },
    { fact: 'actor.kind', more: { actor: { ...actor, kind: null } } },
    { fact: 'actor.onBehalfOf', more: { actor: { ...actor, onBehalfOf: null } } },
    {
      fact: 'actor.onBehalfOf',
      more: { actor: { ...actor, onBehalfOf: { kind: 'human', name: 'Deploy' } } },
    },
    { fact: 'parsedRules', more: { parsedRules: null } },
    { fact: 'parsedRules', more: { parsedRules: [{ ...rule, to: 23 }] } },
    { fact: 'parsedRules', more: { parsedRules: [{ ...rule, ruleNumber: 1 }] } },
    { fact: 'parsedRules', more: { parsedRules: [rule, rule] } },
    { fact: 'expected.json', more: { somethingNew: true } },
    { fact: 'expected.json', more: { actor: { ...actor, somethingNew: true } } },
    { fact: 'expected.json', more: { accept: { somethingNew: ['x'] } } },
    { fact: 'expected.json', more: { ids: undefined } },
  ])('fails at $fact if the case says $more', ({ fact, more }) => {
    expect(differing(more)).toEqual([fact]);
  });

  it.each([
    {
      what: 'another name',
      more: { actor: { ...actor, name: 'Deploy' }, accept: { name: ['rds.amazonaws.com'] } },
    },
    {
      what: 'another kind, with or without whom it acted for',
      more: { actor: { ...actor, kind: 'role', onBehalfOf: null }, accept: { kind: ['service'] } },
    },
    { what: 'another tier', more: { tier: 0, accept: { tier: [0, 1] } } },
    { what: 'null for MFA', more: { actor: { ...actor, mfa: null }, accept: { mfa: [null, false] } } },
    { what: 'any account where there is none', more: { scope: { account: null, region: null } } },
    { what: 'an id that has no right form', more: { mentionedIds: [], malformedIds: ['vpc-0123abcd'] } },
    { what: 'any ids of an event in no list', more: { tier: 0, ids: ['x'], accept: { tier: [1] } } },
  ])('may be read otherwise where the case accepts it: $what', ({ more }) => {
    expect(differing(more)).toBe('passed');
  });

  it('has ports that mean nothing where the protocol is all', () => {
    const items = [{ ipProtocol: '-1', fromPort: 0, toPort: 0, ipRanges: { items: [{ cidrIp: '::/0' }] } }];
    const requestParameters = { groupId: 'sg-0123abcd', ipPermissions: { items } };
    const all = { ...event, detail: { ...event.detail, requestParameters } };
    const stated = { ...rule, protocol: '-1', from: null, to: null, cidr: '::/0' };
    expect(differing({ parsedRules: [stated] }, all)).toBe('passed');
    expect(differing({ parsedRules: [{ ...stated, protocol: '6' }] }, all)).toEqual(['parsedRules']);
  });

  it('has its rules in order, but for far ends of different kinds in one permission', () => {
    const items = [
      {
        ipProtocol: 'tcp',
        fromPort: 22,
        toPort: 22,
        groups: { items: [{ groupId: 'sg-0123abcd' }] },
        ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }, { cidrIp: '0.0.0.0/0' }] },
      },
    ];
    const requestParameters = { groupId: 'sg-0123abcd', ipPermissions: { items } };
    const mixed = { ...event, detail: { ...event.detail, requestParameters } };
    const [ten, group] = [
      { ...rule, cidr: '10.0.0.0/8' },
      { ...rule, cidr: undefined, group: 'sg-0123abcd' },
    ];
    expect(differing({ parsedRules: [ten, rule, group] }, mixed)).toBe('passed');
    expect(differing({ parsedRules: [group, ten, rule] }, mixed)).toBe('passed');
    expect(differing({ parsedRules: [rule, ten, group] }, mixed)).toEqual(['parsedRules']);
  });

  it('is told of like other cases', async () => {
    const { lines } = await runFiles({
      'good/event.json': event,
      'good/expected.json': truth,
      'bad/event.json': event,
      'bad/expected.json': { ...truth, ids: ['sg-99999999'], mentionedIds: ['sg-0123abcd', 'vpc-0123abcd'] },
      'none/event.json': { detail: {} },
      'none/expected.json': truth,
    });
    expect(lines).toEqual([
      'failed   bad',
      '  fact      ids',
      '  expected  sg-99999999',
      '  got       only sg-0123abcd vpc-0123abcd',
      'failed   none',
      '  fact      event.json',
      '  expected  something to check',
      '  got       it is not read as an event',
      '1 passed, 2 failed, 0 skipped',
    ]);
  });
});
