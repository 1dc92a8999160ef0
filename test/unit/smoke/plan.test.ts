import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeVpcsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryStores } from '#store';
import { parseConfig } from '../../../lib/app/config/parse-config.ts';
import { planOf, type Parts } from '../../smoke/plan.ts';
import { runSteps } from '../../smoke/steps.ts';

const TARGET = { account: '111122223333', region: 'eu-west-1' };
const GROUP = 'sg-0123456789abcdef0';
const START = new Date('2026-03-01T12:00:00.000Z');
const WRITES = ['a change is noticed', 'a pass sees it', 'a test message'];

let ec2: ReturnType<typeof mockClient>;
beforeEach(() => {
  now = START;
  ec2 = mockClient(EC2Client);
  ec2.on(DescribeVpcsCommand).resolves({ Vpcs: [{ VpcId: 'vpc-1' }] });
  ec2.on(CreateSecurityGroupCommand).resolves({ GroupId: GROUP });
});
afterEach(() => {
  ec2.restore();
});
let now = START;

/** The writing steps against stores in memory; `aws` does what the deployed functions would, when the group is opened and a message is queued. */
async function smoke(aws: {
  readonly opened?: (parts: Parts) => Promise<unknown>;
  readonly queued?: (item: string, parts: Parts) => Promise<unknown>;
}) {
  const clock = (): Date => now;
  const stores = memoryStores({ clock });
  const parts: Parts = {
    name: 'postern-prod',
    target: TARGET,
    stack: { status: 'CREATE_COMPLETE', outputs: new Map(), resources: [] },
    cloudformation: new CloudFormationClient({ region: 'eu-west-1' }),
    credentials: () => Promise.resolve({ accessKeyId: 'a', secretAccessKey: 'b' }),
    ec2: new EC2Client({ region: 'eu-west-1' }),
    ports: {
      ...stores,
      config: parseConfig('channels: { eventbridge: false }', 'test'),
      clock,
      own: { busName: 'postern-prod', topicArn: 't' },
      refreshQueue: { send: () => Promise.resolve() },
      channelQueue: () => ({
        send: async ({ item }) => {
          await aws.queued?.(item, parts);
        },
      }),
    },
    waitMs: 60_000,
    sleep: (ms) => Promise.resolve(void (now = new Date(now.getTime() + ms))),
    undo: [],
  };
  ec2.on(AuthorizeSecurityGroupIngressCommand).callsFake(async () => {
    await aws.opened?.(parts);
    return {};
  });
  const lines: string[] = [];
  const steps = planOf(parts).filter(({ name }) => WRITES.includes(name));
  const outcomes = await runSteps(steps, {
    mayWrite: true,
    undo: parts.undo,
    print: (line) => lines.push(line),
  });
  return { outcomes: outcomes.map(({ name, state }) => `${name}: ${state}`), said: lines.join('\n') };
}

/** As `notice` and then `refresh` leave it. */
async function noticed({ ports: { notes, state } }: Parts): Promise<void> {
  const time = new Date(now.getTime() + 20_000).toISOString();
  const change = {
    eventId: 'e',
    call: 'AuthorizeSecurityGroupIngress',
    who: 'mara',
    role: '',
    tool: '',
    sourceIp: '',
  };
  await notes.write(`${TARGET.account}/${TARGET.region}`, `change ${now.toISOString()} e`, {
    ...change,
    time: now.toISOString(),
    arrivedAt: time,
    ids: [GROUP],
  });
  const readAt = new Date(now.getTime() + 60_000).toISOString();
  await state.commit(TARGET, {
    version: 1,
    snapshot: 's',
    findings: 'f',
    engine: '0',
    readAt,
    committedAt: readAt,
    neighbours: [],
  });
}

/** As `deliver` leaves it. */
async function delivered(id: string, { ports: { state } }: Parts): Promise<void> {
  const item = await state.owedItem(id);
  for (const delivery of item?.deliveries ?? []) await state.record(id, delivery, now.toISOString());
}

const TAKEN_AWAY = ['taken away: proved', 'taken away: proved'];

describe('the steps that write', () => {
  it('prove what a working service does, and take away what they made', async () => {
    const { outcomes, said } = await smoke({ opened: noticed, queued: delivered });
    expect(outcomes).toEqual([...WRITES.map((name) => `${name}: proved`), ...TAKEN_AWAY]);
    expect(said).toMatch(
      /AuthorizeSecurityGroupIngress on sg-0123456789abcdef0 by mara was heard of 20 s after/,
    );
    expect(said).toMatch(/sns took test-/);
  });

  it('prove nothing of a service that does nothing, and take away what they made', async () => {
    const { outcomes, said } = await smoke({});
    expect(outcomes).toEqual([...WRITES.map((name) => `${name}: not proved`), ...TAKEN_AWAY]);
    expect(said).toMatch(/the table has no note of sg-0123456789abcdef0: not within 1 minutes/);
  });

  it('open a group that nothing carries, to a block that nobody has, and take the rule before the group', async () => {
    await smoke({});
    const sent = ec2.calls().map(({ args }) => args[0]);
    expect(sent.map(({ constructor }) => constructor.name)).toEqual([
      DescribeVpcsCommand.name,
      CreateSecurityGroupCommand.name,
      AuthorizeSecurityGroupIngressCommand.name,
      RevokeSecurityGroupIngressCommand.name,
      DeleteSecurityGroupCommand.name,
    ]);
    const ranges = { GroupId: GROUP, IpPermissions: [{ IpRanges: [{ CidrIp: '192.0.2.0/24' }] }] };
    expect(sent[2]?.input).toMatchObject(ranges);
    expect(sent[3]?.input).toMatchObject(ranges);
    expect(sent[4]?.input).toEqual({ GroupId: GROUP });
  });

  it('make nothing where there is no default VPC', async () => {
    ec2.on(DescribeVpcsCommand).resolves({ Vpcs: [] });
    const { outcomes } = await smoke({ queued: delivered });
    expect(outcomes).toEqual([
      'a change is noticed: not proved',
      'a pass sees it: not proved',
      'a test message: proved',
    ]);
    expect(ec2.calls()).toHaveLength(1);
  });

  it('take the group away when its rule was refused', async () => {
    const { outcomes } = await smoke({ opened: () => Promise.reject(new Error('no')), queued: delivered });
    expect(outcomes.slice(-1)).toEqual(['taken away: proved']);
    expect(ec2.commandCalls(DeleteSecurityGroupCommand)).toHaveLength(1);
    expect(ec2.commandCalls(RevokeSecurityGroupIngressCommand)).toHaveLength(0);
  });
});
