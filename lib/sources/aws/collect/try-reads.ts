import pLimit from 'p-limit';
import { callOf, LIVE_CALLS, type LiveCall } from '../resources/index.ts';
import { makeClients, type ClientOptions, type Clients } from './clients.ts';
import { failureOf, isCredentialFailure } from './failure.ts';
import { withinLimits } from './limits.ts';
import { OPERATIONS, type CallInput } from './operations.ts';
import type { TriedRead } from './tried-read.ts';

/** The least that each service gives at once; EC2 is asked to give nothing. RDS refuses fewer than 20. */
const SMALLEST_PAGE = { elb: 1, elbv2: 1, rds: 20 } as const;

/** Ids of the right form that nothing has, for the calls that want the id of something. */
const NOBODYS: Readonly<Record<string, (region: string) => string>> = {
  PrefixListId: () => 'pl-00000000000000000',
  TransitGatewayRouteTableId: () => 'tgw-rtb-00000000000000000',
  LoadBalancerArn: (region) => elbArn(region, 'loadbalancer/app/postern-doctor/0000000000000000'),
  ListenerArn: (region) => elbArn(region, 'listener/app/postern-doctor/0000000000000000/0000000000000000'),
  TargetGroupArn: (region) => elbArn(region, 'targetgroup/postern-doctor/0000000000000000'),
};

/** What a service complains of once it has let the caller in; that it knows no such id is told apart by `failureOf`. */
const LET_IN = /^(?:DryRunOperation|ValidationError|Invalid\w+\.Malformed)$/;

/**
 * Tries every read that a collection makes, at a cost of one request each and no list.
 *
 * EC2 says whether a call would be permitted without making it (`DryRun`); the others are asked for their smallest page. What wants the id of
 * something is asked with an id that nothing has: a refusal then comes before the complaint about the id.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html
 */
export async function tryReads(
  options: ClientOptions & { readonly deadlineMs: number },
): Promise<readonly TriedRead[]> {
  const clients = makeClients(options);
  const limit = pLimit(options.concurrency);
  try {
    return await Promise.all(
      LIVE_CALLS.map((call) => limit(() => tryRead(call, clients, options.region, options.deadlineMs))),
    );
  } finally {
    clients.destroy();
  }
}

async function tryRead(
  call: LiveCall,
  clients: Clients,
  region: string,
  deadlineMs: number,
): Promise<TriedRead> {
  const { action } = callOf(call);
  try {
    await withinLimits({ deadlineMs, signal: undefined }, (signal) =>
      firstPage(call, clients, region, signal),
    );
    return { call, action, outcome: 'allowed' };
  } catch (error) {
    const failure = failureOf(error);
    const { code, name, text } = failure;
    if (code === 'dangling' || LET_IN.test(name)) return { call, action, outcome: 'allowed' };
    return {
      call,
      action,
      outcome: code === 'denied' && !isCredentialFailure(failure) ? 'denied' : 'not told',
      why: text,
    };
  }
}

async function firstPage(
  call: LiveCall,
  clients: Clients,
  region: string,
  signal: AbortSignal,
): Promise<void> {
  const { client, parent } = callOf(call);
  const id: CallInput = parent === undefined ? {} : { [parent.id]: NOBODYS[parent.id]?.(region) };
  const input = client === 'ec2' ? { ...id, DryRun: true } : id;
  const pageSize = client === 'ec2' || client === 'none' ? undefined : SMALLEST_PAGE[client];
  const pages = OPERATIONS[call](input, { clients: clients.of(call), pageSize, signal });
  await pages[Symbol.asyncIterator]().next();
}

function elbArn(region: string, name: string): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:elasticloadbalancing:${region}:000000000000:${name}`;
}
