import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { loadConfig, type DeliverMessage, type RefreshMessage } from '#app';
import { awsStores } from '#store';
import { deskOf, identityAt } from '../../lib/app/desk/desk.ts';
import { deploymentOf } from '../../lib/app/desk/deployment.ts';
import { sqsQueue } from '../../lib/app/wire/sqs-queue.ts';
import { parseArguments, USAGE, type SmokeArguments } from './arguments.ts';
import { planOf } from './plan.ts';
import { output, readStack, resourcesOf } from './stack.ts';
import { exitCodeOf, runSteps } from './steps.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`smoke: ${line}\n`);

async function main(): Promise<number> {
  const parsed = parseArguments(process.argv.slice(2), process.env);
  if (parsed.kind === 'help') {
    print(USAGE);
    return 0;
  }
  if (parsed.kind === 'wrong') {
    complain(`${parsed.why}\n\n${USAGE}`);
    return 2;
  }
  try {
    return await smoke(parsed.args);
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

async function smoke(args: SmokeArguments): Promise<number> {
  const { stage, waitMs, mayWrite } = args;
  const desk = deskOf(args);
  const { account, partition } = await identityAt(desk);
  const { name, region, topicArn } = deploymentOf({ stage, account, region: desk.region, partition });
  const { config } = await loadConfig(args.config);
  const cloudformation = new CloudFormationClient(desk);
  const stack = await readStack(cloudformation, name);
  const queues = resourcesOf(stack, 'AWS::SQS::Queue');
  const sqs = new SQSClient(desk);
  const clock = (): Date => new Date();
  const stores = await awsStores({
    s3: new S3Client(desk),
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(desk)),
    bucket: output(stack, 'BucketName'),
    table: output(stack, 'TableName'),
    clock,
  });
  const queueOf = (id: string): string => {
    const url = queues.get(id);
    if (url === undefined) throw new Error(`the stack has no queue ${id}`);
    return url;
  };
  const channels: Readonly<Record<string, string>> = {
    sns: 'SnsQueue',
    slack: 'SlackQueue',
    eventbridge: 'EventbridgeQueue',
    securityhub: 'SecurityhubQueue',
  };
  print(`${name} in ${account} ${region}${mayWrite ? '' : ', reading only'}\n`);
  const undo: (() => Promise<string>)[] = [];
  const plan = planOf({
    name,
    target: { account, region },
    stack,
    cloudformation,
    credentials: desk.credentials,
    ec2: new EC2Client(desk),
    ports: {
      ...stores,
      config,
      clock,
      own: { busName: name, topicArn },
      refreshQueue: sqsQueue<RefreshMessage>(sqs, queueOf('RefreshQueue')),
      channelQueue: (channel) => {
        const id = channels[channel];
        return id === undefined ? undefined : sqsQueue<DeliverMessage>(sqs, queueOf(id));
      },
    },
    waitMs,
    sleep: (ms) => sleep(ms),
    undo,
  });
  // whoever stops it in the middle still wants the group gone
  process.once('SIGINT', () => {
    complain('stopped; taking away what was made');
    void Promise.allSettled(
      undo
        .splice(0)
        .reverse()
        .map((step) => step().then(print)),
    ).then(() => process.exit(130));
  });
  return exitCodeOf(await runSteps(plan, { mayWrite, print, undo }));
}

process.exitCode = await main();
