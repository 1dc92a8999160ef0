import * as ec2 from '@aws-sdk/client-ec2';
import * as elb from '@aws-sdk/client-elastic-load-balancing';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as rds from '@aws-sdk/client-rds';
import * as sts from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import {
  callOf,
  collect,
  LIVE_CALLS,
  type AwsSnapshot,
  type CollectOptions,
  type LiveCall,
} from '#sources/aws';

export const ACCOUNT = '111122223333';
export const NOON = '2026-03-01T12:00:00.000Z';

export type Input = Readonly<Record<string, unknown>>;
/** Answers a request: with a body, or by throwing, or never. */
type Answer = (input: Input) => object | Promise<object>;

/** An AWS in memory. Each call answers with an empty list until it is told otherwise. */
export type FakeAws = {
  readonly on: (call: LiveCall | 'GetCallerIdentity', answer: Answer | object) => void;
  /** The inputs that a call was asked with, in order. */
  readonly asked: (call: LiveCall) => readonly Input[];
  readonly collect: (options?: Partial<CollectOptions>) => Promise<AwsSnapshot>;
  readonly restore: () => void;
};

/** The three mocks alike: their types differ by the client's commands. */
type AnyMock = { on: (command: unknown) => { callsFake: (fake: (input: Input) => unknown) => unknown } };

const SERVICES = { ec2, elb, elbv2, rds } as const;

export function fakeAws(): FakeAws {
  const answers = new Map<string, Answer>([['GetCallerIdentity', () => ({ Account: ACCOUNT })]]);
  const asked: { call: string; input: Input }[] = [];
  const mocks = {
    ec2: mockClient(ec2.EC2Client),
    elb: mockClient(elb.ElasticLoadBalancingClient),
    elbv2: mockClient(elbv2.ElasticLoadBalancingV2Client),
    rds: mockClient(rds.RDSClient),
    sts: mockClient(sts.STSClient),
  };
  const answer = (call: string, input: Input, otherwise: object): object | Promise<object> => {
    asked.push({ call, input: { ...input } });
    return answers.get(call)?.(input) ?? otherwise;
  };
  for (const call of LIVE_CALLS) {
    const { client, member, shape } = callOf(call);
    if (client === 'none') continue;
    const empty = { [member]: Array.isArray(shape[member]) ? [] : {} };
    const mock = mocks[client] as unknown as AnyMock;
    const command: unknown = Reflect.get(SERVICES[client], `${call.split('.').at(-1)!}Command`);
    mock.on(command).callsFake((input) => answer(call, input, empty));
  }
  mocks.sts
    .on(sts.GetCallerIdentityCommand)
    .callsFake((input: Input) => answer('GetCallerIdentity', input, {}));
  return {
    on: (call, said) => answers.set(call, typeof said === 'function' ? (said as Answer) : () => said),
    asked: (call) => asked.filter((one) => one.call === call).map(({ input }) => input),
    collect: (options = {}) =>
      collect({
        region: 'eu-west-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        clock: () => new Date(NOON),
        concurrency: 4,
        deadlineMs: 5_000,
        ...options,
      }),
    restore: () => {
      for (const mock of Object.values(mocks)) mock.restore();
    },
  };
}

/** An error as AWS gives it. */
export function awsError(name: string, members: object = {}): Error {
  return Object.assign(new Error(`${name} was said`), { name, ...members });
}

/** Answers with one page after another, each but the last with a token. */
export function pagesOf(
  member: string,
  pages: readonly (readonly unknown[])[],
  token = 'NextToken',
): (input: Input) => object {
  return (input) => {
    const at = Number(input[token] ?? input['Marker'] ?? 0);
    const out = token === 'Marker' && member !== 'DBInstances' ? 'NextMarker' : token;
    return { [member]: pages[at], ...(at + 1 < pages.length ? { [out]: String(at + 1) } : {}) };
  };
}
