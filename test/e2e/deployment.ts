import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsStores, type Stores } from '#store';
import { CREDENTIALS, emptyServer, REGION } from './account.ts';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { HeldBack } from './held-back.ts';
import { openInbox } from './inbox.ts';
import { Lambda } from './lambda.ts';
import { serverEndpoint } from './live.ts';
import { mappingsOf } from './mappings.ts';
import { FUNCTIONS, functionOf, packagedTemplate, unpackedFunctions, type FunctionName } from './packaged.ts';
import { Poller } from './poller.ts';
import { SlackWorkspace } from './slack-workspace.ts';
import { createStack, type Stack } from './stack.ts';
import { setBack } from './set-back.ts';
import { NOT_IN_SERVER } from './not-in-server.ts';
import { said, type Said } from './said.ts';

/** The whole service as it is deployed: its stack, its functions as processes, its queues polled, and people to hear of it. */
export type Deployment = {
  readonly proxy: FaultProxy;
  readonly stack: Stack;
  readonly functions: Readonly<Record<FunctionName, Lambda>>;
  readonly slack: SlackWorkspace;
  readonly sqs: SQSClient;
  /** The service's own state, to put it where a test needs it. */
  readonly stores: Stores;
  /** Polls every queue until nothing is due. Gives how many messages failed. */
  readonly settle: () => Promise<number>;
  /** Lets time go by for every queue, and for what the service knows of the targets it has read. Waits for nothing. */
  readonly pass: (seconds: number) => Promise<void>;
  /** For the queues alone: the service finds that less time has gone by. */
  readonly passInQueues: (seconds: number) => Promise<void>;
  /** What was said since the last time, and where. */
  readonly heard: () => Promise<Said>;
  /** Everything works again. */
  readonly heal: () => void;
  /** The waits of the messages that are held back, in seconds, shortest first. */
  readonly held: () => readonly number[];
  readonly close: () => Promise<void>;
};

/** More rounds than any story takes: a message that sends itself again for ever is an error. */
const MOST_ROUNDS = 50;

/** Deploys to an empty API server. `config` is the text of postern.yml; `elsewhere` says where services are that this server is not. */
export async function deploy(
  config: string,
  elsewhere: Readonly<Record<string, string>> = {},
): Promise<Deployment> {
  await emptyServer(serverEndpoint());
  const heldBack = new HeldBack();
  const proxy = await startFaultProxy(serverEndpoint(), heldBack.rewrite);
  const slack = new SlackWorkspace();
  await slack.start();
  const template = packagedTemplate();
  const stack = await createStack(proxy.endpoint, template);
  const aws = { region: REGION, endpoint: proxy.endpoint, credentials: CREDENTIALS };
  const sqs = new SQSClient(aws);
  const variables = stack.environment('deliver');
  await keepSlackSecret(new SSMClient(aws), variables['SLACK_SECRET_NAME'] ?? '', slack);

  const files = unpackedFunctions(config, template);
  const functions = Object.fromEntries(
    FUNCTIONS.map((name) => [
      name,
      new Lambda(name, files[name], {
        environment: { ...stack.environment(name), ...machine(proxy.endpoint, slack.apiUrl), ...elsewhere },
        timeoutSeconds: Number(functionOf(name, template).Properties?.['Timeout']),
      }),
    ]),
  ) as Record<FunctionName, Lambda>;
  const pollers = mappingsOf(template).map(
    ({ queue, batchSize, name }) =>
      new Poller(
        sqs,
        {
          queueUrl: stack.queueUrl(queue),
          batchSize,
          invoke: (event) => functions[name].invoke(event),
        },
        heldBack,
      ),
  );
  const heal = (): void => {
    proxy.clear();
    // refused in one go: a server error would be tried again, for seconds, in every read of every story
    for (const call of NOT_IN_SERVER)
      proxy.fault(call, { kind: 'refuse', status: 400, code: 'UnsupportedOperation' });
  };
  heal();
  const inbox = await openInbox(proxy.endpoint, {
    topicArn: variables['TOPIC_ARN'] ?? '',
    busName: variables['BUS_NAME'] ?? '',
  });
  const passInQueues = async (seconds: number): Promise<void> => {
    for (const poller of pollers) await poller.pass(seconds);
  };
  let seen = 0;
  const stores = await awsStores({
    s3: new S3Client({ ...aws, forcePathStyle: true }),
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(aws)),
    bucket: variables['BUCKET_NAME'] ?? '',
    table: variables['TABLE_NAME'] ?? '',
    clock: () => new Date(),
  });
  return {
    proxy,
    stack,
    functions,
    slack,
    sqs,
    stores,
    settle: async () => {
      let failures = 0;
      for (let rounds = 0; rounds < MOST_ROUNDS; rounds += 1) {
        let taken = 0;
        for (const poller of pollers) {
          const round = await poller.round();
          taken += round.taken;
          failures += round.failed;
        }
        if (taken === 0) return failures;
      }
      throw new Error(`the queues did not come to rest within ${String(MOST_ROUNDS)} rounds`);
    },
    heard: async () => {
      const posted = slack.posted.slice(seen);
      seen = slack.posted.length;
      return said(await inbox.look(), posted);
    },
    heal,
    passInQueues,
    pass: async (seconds) => {
      await passInQueues(seconds);
      await setBack(stores, seconds);
    },
    held: () => pollers.flatMap((poller) => poller.held).toSorted((a, b) => a - b),
    close: async () => {
      await Promise.all(Object.values(functions).map((each) => each.kill()));
      await slack.stop();
      await proxy.close();
    },
  };
}

/** What Lambda gives each process beside its own variables; and where AWS and Slack are for it. */
function machine(endpoint: string, slackApiUrl: string): Record<string, string> {
  return {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_ENDPOINT_URL: endpoint,
    SLACK_API_URL: slackApiUrl,
  };
}

/** The step that the deployment's guide leaves to people. */
async function keepSlackSecret(ssm: SSMClient, Name: string, slack: SlackWorkspace): Promise<void> {
  const Value = JSON.stringify({ botToken: slack.token, channel: slack.channel });
  await ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString' }));
}
