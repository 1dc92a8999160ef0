import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../support/serverless.ts';
import { decided, named, ofType, type Part, type PartMap, type Template } from './intrinsics.ts';
import { packaged } from './packaged.ts';

const { template } = packaged();
const body = readFileSync(join(ROOT, 'infra/stacksets/forwarder.yml'), 'utf8');
const plain = decided(template);
const stackSet = ofType(plain, 'AWS::CloudFormation::StackSet').get('Forwarders')!;
const byDefault = named(template.Parameters!['ForwardRegions']!.Default).split(',');

/**
 * The Regions that an account has without asking for them: those from before 20 March 2019.
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
const EVERYBODYS = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
];

it('puts the forwarder as it is written into every Region of the account', () => {
  expect(stackSet['TemplateBody']).toBe(body);
  expect(byDefault.toSorted()).toEqual(EVERYBODYS.toSorted());
  expect(stackSet['StackInstancesGroup']).toEqual([inRegions('ForwardRegions')]);
});

it('gives the forwarder every parameter that it asks for, and no other', () => {
  const { Parameters } = parse(body, { logLevel: 'error' }) as { Parameters: object };
  const given = (stackSet['Parameters'] as readonly PartMap[]).map(
    ({ ParameterKey, ParameterValue }) => [ParameterKey, named(ParameterValue)] as const,
  );
  expect(Object.fromEntries(given)).toEqual({
    HubAccount: 'AWS::AccountId',
    HubRegion: 'AWS::Region',
    HubBusName: 'HubBus',
    WatchEdges: 'WatchEdges',
  });
  expect(given.map(([key]) => key)).toEqual(Object.keys(Parameters));
});

it('is under the name that the execution role lets in, and of the bus that the roles are named for', () => {
  const { HubBusName } = template.Parameters!;
  expect(ofType(plain, 'AWS::Events::EventBus').get('HubBus')!['Name']).toBe(HubBusName!.Default);
  expect(HubBusName).toMatchObject({ AllowedValues: [HubBusName!.Default] });
  expect(stackSet['StackSetName']).toBe(`${named(HubBusName!.Default)}-forwarder`);
});

it('lets every Region fail by itself', () => {
  expect(stackSet['OperationPreferences']).toMatchObject({
    RegionConcurrencyType: 'PARALLEL',
    FailureTolerancePercentage: 100,
  });
});

describe('order', () => {
  const before = dependenciesOf('Forwarders', plain);

  it('has the roles before the instances, so that they outlive them', () => {
    expect([...before]).toEqual(expect.arrayContaining(['AdministrationRole', 'ExecutionRole']));
  });

  it('has all that takes what forwarders send before them', () => {
    const onHub = [...ofType(plain, 'AWS::Events::Rule')].filter(([, { EventBusName }]) => EventBusName);
    expect(onHub.length).toBeGreaterThan(4);
    expect([...before]).toEqual(
      expect.arrayContaining([
        ...onHub.map(([id]) => id),
        'HubBusOwnAccount',
        'NoticeFromHubBus',
        'NoticeLambdaFunction',
        'RefreshLambdaFunction',
      ]),
    );
  });
});

it.each(['', 'none'])('is turned off, and its roles with it, by the list %j', (ForwardRegions) => {
  const off = Object.keys(decided(template, { ForwardRegions }).Resources);
  expect(Object.keys(plain.Resources).filter((id) => !off.includes(id))).toEqual([
    'AdministrationRole',
    'ExecutionRole',
    'Forwarders',
  ]);
});

describe('Regions that are disabled by default', () => {
  const regions = { ForwardOptInRegions: 'me-south-1,eu-south-1' };
  const opted = decided(template, regions);

  it('come beside the others', () => {
    expect(ofType(opted, 'AWS::CloudFormation::StackSet').get('Forwarders')!['StackInstancesGroup']).toEqual([
      inRegions('ForwardRegions'),
      inRegions('ForwardOptInRegions'),
    ]);
  });

  it('have CloudFormation come under its names there, too', () => {
    const { Statement } = ofType(opted, 'AWS::IAM::Role').get('AdministrationRole')![
      'AssumeRolePolicyDocument'
    ] as { Statement: readonly { Principal: PartMap }[] };
    expect(Statement.map(({ Principal }) => textOf(Principal['Service'], regions))).toEqual([
      [
        'cloudformation.amazonaws.com',
        'cloudformation.me-south-1.amazonaws.com',
        'cloudformation.eu-south-1.amazonaws.com',
      ],
    ]);
  });
});

it.each([
  ['', true],
  ['us-gov-east-1,us-gov-west-1', true],
  ['cn-north-1', true],
  [EVERYBODYS.join(','), true],
  ['us-east-1, us-east-2', false],
  ['us-east-1,', false],
  ['everywhere', false],
])('takes %j as a list of Regions: %s', (text, isTaken) => {
  for (const name of ['ForwardRegions', 'ForwardOptInRegions']) {
    const { AllowedPattern } = template.Parameters![name] as { AllowedPattern: string };
    expect(new RegExp(`^(?:${AllowedPattern})$`).test(text)).toBe(isTaken);
  }
});

it('fits what CloudFormation takes from a bucket', () => {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
  expect(Buffer.byteLength(JSON.stringify(template, undefined, 2))).toBeLessThan(1_000_000);
});

function inRegions(parameter: string): Part {
  return {
    DeploymentTargets: { Accounts: [{ Ref: 'AWS::AccountId' }] },
    Regions: { 'Fn::Split': [',', { Ref: parameter }] },
  };
}

/** All that CloudFormation makes before a resource, and deletes after it. */
function dependenciesOf(id: string, { Resources }: Template): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (one: string): void => {
    for (const next of directly(Resources[one])) {
      if (!(next in Resources) || found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(id);
  return found;
}

function directly(part: Part | undefined): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(directly);
  if (part === null || typeof part !== 'object') return [];
  return Object.entries(part as PartMap).flatMap(([key, value]) => {
    if (key === 'Ref') return [value as string];
    if (key === 'DependsOn') return [value].flat() as string[];
    if (key === 'Fn::GetAtt') return [(value as readonly string[])[0]!];
    if (key === 'Fn::Sub' && typeof value === 'string')
      return [...value.matchAll(/\$\{(\w+)/g)].map(([, name]) => name!);
    return directly(value);
  });
}

/** What Join, Split and Ref come to. */
function textOf(part: Part | undefined, parameters: Readonly<Record<string, string>>): Part {
  const { 'Fn::Join': join, 'Fn::Split': split, Ref } = (typeof part === 'object' ? part : {}) as PartMap;
  if (Ref !== undefined) return parameters[Ref as string]!;
  if (split !== undefined) {
    const [by, whole] = split as readonly [string, Part];
    return (textOf(whole, parameters) as string).split(by);
  }
  if (join === undefined) return part!;
  const [by, parts] = join as readonly [string, Part];
  const list = Array.isArray(parts)
    ? (parts as readonly Part[]).map((one) => textOf(one, parameters))
    : textOf(parts, parameters);
  return (list as readonly string[]).join(by);
}
