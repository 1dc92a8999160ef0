import { describe, expect, it } from 'vitest';
import { personOf } from '../../../../../lib/sources/aws/event/index.ts';
import { read } from './record.ts';

const account = '210987654321';

function role(userName: string, session: string, more: object = {}) {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${userName}/${session}`,
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${account}:role/${userName}`, userName },
      attributes: { mfaAuthenticated: 'false' },
    },
    ...more,
  };
}

const sso = 'AWSReservedSSO_Admin_0123456789abcdef';
const linked = role('AWSServiceRoleForRDS', 'SLRManagement', {
  sessionContext: {
    sessionIssuer: {
      arn: `arn:aws:iam::${account}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`,
      userName: 'AWSServiceRoleForRDS',
    },
  },
});

describe('who made a call', () => {
  it.each([
    {
      what: 'root',
      identity: { type: 'Root', arn: `arn:aws:iam::${account}:root`, userName: 'alias' },
      actor: { kind: 'root', name: 'root', role: '', session: '' },
      person: 'root',
    },
    {
      what: 'a user',
      identity: { type: 'IAMUser', userName: 'mira' },
      actor: { kind: 'human', name: 'mira', role: '', session: '' },
      person: 'mira',
    },
    {
      what: 'a user that only its ARN names',
      identity: { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/team/mira` },
      actor: { kind: 'human', name: 'mira' },
      person: 'mira',
    },
    {
      what: 'a user with a role’s principal and no name',
      identity: { type: 'IAMUser', principalId: 'AROAEXAMPLE:someone' },
      actor: { kind: 'human', name: '', session: '' },
      person: 'somebody',
    },
    {
      what: 'a person by IAM Identity Center',
      identity: role(sso, 'mira@example.com'),
      actor: { kind: 'human', name: 'mira@example.com', role: sso, session: 'mira@example.com' },
      person: 'mira@example.com',
    },
    {
      what: 'a role',
      identity: role('Deploy', 'ci-77'),
      actor: { kind: 'role', name: 'Deploy', role: 'Deploy', session: 'ci-77' },
      person: 'ci-77',
    },
    {
      what: 'a role whose ARN has no session',
      identity: role('Deploy', 'ci-77', { arn: `arn:aws:sts::${account}:assumed-role/Deploy` }),
      actor: { kind: 'role', name: 'Deploy', session: '' },
      person: 'Deploy',
    },
    {
      what: 'a role whose ARN has not the right form',
      identity: role('Deploy', 'ci-77', { arn: `arn:aws::sts:${account}:assumed-role/Deploy/ci-77` }),
      actor: { kind: 'role', name: 'Deploy', session: '' },
      person: 'Deploy',
    },
    {
      what: 'a role without an issuer',
      identity: { type: 'AssumedRole', arn: `arn:aws:sts::${account}:assumed-role/Deploy/ci-77` },
      actor: { kind: 'role', name: 'Deploy', role: 'Deploy', session: 'ci-77' },
      person: 'ci-77',
    },
    {
      what: 'a role behind marks',
      identity: role('XXXXXXXX', 'XXXXXXXX'),
      actor: { kind: 'role', name: '', role: '', session: '' },
      person: 'somebody',
    },
    {
      what: 'an identity whose kind is masked',
      identity: { type: 'XXXXXXXX', userName: '****' },
      actor: { kind: 'unknown', name: '' },
      person: 'somebody',
    },
    {
      what: 'a service by itself',
      identity: { type: 'AWSService', invokedBy: 'ecs.amazonaws.com' },
      actor: { kind: 'service', name: 'ecs.amazonaws.com', onBehalfOf: undefined },
      person: 'ecs.amazonaws.com',
    },
    {
      what: 'a service in a user’s name',
      identity: { type: 'IAMUser', userName: 'mira', invokedBy: 'autoscaling.amazonaws.com' },
      actor: {
        kind: 'service',
        name: 'autoscaling.amazonaws.com',
        onBehalfOf: { kind: 'human', name: 'mira' },
      },
      person: 'autoscaling.amazonaws.com',
    },
    {
      what: 'a service by its linked role',
      identity: linked,
      actor: {
        kind: 'service',
        name: 'rds.amazonaws.com',
        role: 'AWSServiceRoleForRDS',
        session: 'SLRManagement',
        onBehalfOf: { kind: 'role', name: 'AWSServiceRoleForRDS' },
      },
      person: 'rds.amazonaws.com',
    },
    {
      what: 'a user by CloudFormation',
      identity: { type: 'IAMUser', userName: 'mira', invokedBy: 'cloudformation.amazonaws.com' },
      actor: {
        kind: 'human',
        name: 'mira',
        onBehalfOf: undefined,
        invokedBy: 'cloudformation.amazonaws.com',
      },
      person: 'mira',
    },
    {
      what: 'a user by AWS’s inner works',
      identity: { type: 'IAMUser', userName: 'mira', invokedBy: 'AWS Internal' },
      actor: { kind: 'human', name: 'mira', onBehalfOf: undefined, invokedBy: 'AWS Internal' },
      person: 'mira',
    },
    {
      what: 'a role of another account',
      identity: { type: 'AWSAccount', principalId: 'AROAEXAMPLE:far' },
      actor: { kind: 'role', name: '' },
      person: 'somebody',
    },
    {
      what: 'a user of another account',
      identity: { type: 'AWSAccount', principalId: 'AIDAEXAMPLE' },
      actor: { kind: 'human', name: '' },
      person: 'somebody',
    },
    {
      what: 'another account',
      identity: { type: 'AWSAccount', principalId: '111122223333' },
      actor: { kind: 'unknown', name: '' },
      person: 'somebody',
    },
    {
      what: 'a federated user',
      identity: { type: 'FederatedUser', arn: `arn:aws:sts::${account}:federated-user/mira` },
      actor: { kind: 'human', name: 'mira' },
      person: 'mira',
    },
    {
      what: 'a federated user without a name',
      identity: { type: 'FederatedUser' },
      actor: { kind: 'human', name: '' },
      person: 'somebody',
    },
    {
      what: 'a user of a directory',
      identity: { type: 'IdentityCenterUser', userName: 'mira' },
      actor: { kind: 'human', name: 'mira' },
      person: 'mira',
    },
    {
      what: 'AWS without a name',
      identity: { type: 'AWSService', invokedBy: 'AWS Internal' },
      actor: { kind: 'service', name: 'AWS Internal', onBehalfOf: undefined },
      person: 'AWS Internal',
    },
    {
      what: 'a service by the name of its linked role',
      identity: role('AWSServiceRoleForECS', 'ecs-service'),
      actor: { kind: 'service', name: 'AWSServiceRoleForECS', session: 'ecs-service' },
      person: 'AWSServiceRoleForECS',
    },
    { what: 'nobody that is told', identity: null, actor: { kind: 'unknown', name: '' }, person: 'somebody' },
  ])('is $what', ({ identity, actor, person }) => {
    const { actor: got } = read('CreateRoute', { userIdentity: identity });
    expect(got).toMatchObject(actor);
    expect(personOf(got)).toBe(person);
  });

  it.each([
    { userAgent: 'lambda.amazonaws.com' },
    { sourceIPAddress: 'lambda.amazonaws.com' },
    { sourceIPAddress: 'lambda.amazonaws.com', userAgent: 'aws-internal/3' },
  ])('is a service that %j names', (more) => {
    expect(read('CreateNetworkInterface', more).actor).toMatchObject({
      kind: 'service',
      name: 'lambda.amazonaws.com',
      onBehalfOf: { kind: 'human', name: 'mira' },
    });
  });

  it.each(['console.ec2.amazonaws.com', 'signin.amazonaws.com', 'cloudformation.amazonaws.com'])(
    'stays the person where %s passes the call on',
    (name) => {
      const { actor } = read('CreateRoute', { userAgent: name, sourceIPAddress: name });
      expect(actor).toMatchObject({ kind: 'human', name: 'mira', onBehalfOf: undefined, sourceIp: '' });
    },
  );

  it('is read from members whose letters a pipeline made small', () => {
    const userIdentity = {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${account}:assumed-role/Deploy/ci-77`,
      sessioncontext: { attributes: { mfaauthenticated: 'true' }, sessionissuer: { username: 'Deploy' } },
    };
    expect(read('CreateRoute', { userIdentity }).actor).toMatchObject({ name: 'Deploy', mfa: true });
  });
});

describe('the address and MFA', () => {
  it.each([
    ['198.51.100.23', '198.51.100.23'],
    ['2001:db8::1', '2001:db8::1'],
    ['AWS Internal', ''],
    ['08.1.250.216', ''],
    ['ec2.example.com', ''],
    ['', ''],
  ])('of %j is %j', (sourceIPAddress, sourceIp) => {
    expect(read('CreateRoute', { sourceIPAddress }).actor.sourceIp).toBe(sourceIp);
  });

  it.each([
    ['true', true],
    ['false', false],
    [true, true],
    ['maybe', undefined],
    [undefined, undefined],
  ])('of %j is %j', (mfaAuthenticated, mfa) => {
    const userIdentity = { type: 'IAMUser', sessionContext: { attributes: { mfaAuthenticated } } };
    expect(read('CreateRoute', { userIdentity }).actor.mfa).toBe(mfa);
  });
});

describe('the tool', () => {
  const terraform = 'aws-sdk-go/1.29.7 (go1.13) APN/1.0 HashiCorp/1.0 Terraform/0.12.24';
  const mozilla = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0';
  it.each([
    { more: { userAgent: 'cloudformation.amazonaws.com' }, via: 'cloudformation', tool: 'CloudFormation' },
    {
      more: { sourceIPAddress: 'cloudformation.amazonaws.com' },
      via: 'cloudformation',
      tool: 'CloudFormation',
    },
    { more: { userAgent: terraform }, via: 'terraform', tool: 'Terraform' },
    {
      more: { userAgent: terraform, sessionCredentialFromConsole: 'true' },
      via: 'terraform',
      tool: 'Terraform',
    },
    { more: { userAgent: 'console.ec2.amazonaws.com' }, via: 'console', tool: 'the console' },
    { more: { userAgent: 'signin.amazonaws.com' }, via: 'console', tool: 'the console' },
    { more: { userAgent: '[S3Console/0.4, aws-internal/3]' }, via: 'console', tool: 'the console' },
    { more: { userAgent: mozilla }, via: 'console', tool: 'the console' },
    {
      more: { userAgent: 'AWS Internal', sessionCredentialFromConsole: 'true' },
      via: 'console',
      tool: 'the console',
    },
    {
      more: { userAgent: 'AWS Internal', sessionCredentialFromConsole: true },
      via: 'console',
      tool: 'the console',
    },
    { more: { userAgent: 'AWS Internal' }, via: 'unknown', tool: 'AWS itself' },
    { more: { userAgent: 'aws-internal/3 aws-sdk-java/1.11.951' }, via: 'unknown', tool: 'AWS itself' },
    { more: { userAgent: 'aws-cli/2.22.12 md/awscrt#0.23.4' }, via: 'cli', tool: 'aws-cli/2.22.12' },
    { more: { userAgent: 'aws-sdk-go-v2/1.41.0 ua/2.1' }, via: 'sdk', tool: 'aws-sdk-go-v2/1.41.0' },
    { more: { userAgent: 'Boto3/1.34.1 Botocore/1.34' }, via: 'sdk', tool: 'Boto3/1.34.1' },
    { more: { userAgent: 'my-tool_4277e8d8' }, via: 'unknown', tool: 'my-tool_4277e8d8' },
    { more: { userAgent: null }, via: 'unknown', tool: '' },
  ])('of $more is $tool ($via)', ({ more, via, tool }) => {
    expect(read('CreateRoute', more).actor).toMatchObject({ via, tool });
  });

  it('is CloudFormation where that called in a user’s name', () => {
    const userIdentity = { type: 'IAMUser', invokedBy: 'cloudformation.amazonaws.com' };
    expect(read('CreateRoute', { userIdentity }).actor.via).toBe('cloudformation');
  });
});
