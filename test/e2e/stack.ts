import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CREDENTIALS, idOf, REGION } from './account.ts';
import { FUNCTIONS, functionOf, type FunctionName, type Template } from './packaged.ts';

/** What the API server makes of the packaged template, by the parts of it that hold or carry something. */
const MADE = new Set([
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
]);

/** What is left out, and why. A type that is in neither list is an error, so that a new one is thought about. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'the server runs functions in containers; here they run as processes of the test',
  'AWS::Lambda::EventSourceMapping': 'a poller of the test stands for them',
  'AWS::Lambda::EventInvokeConfig': 'it belongs to the functions',
  'AWS::Lambda::Permission': 'it belongs to the functions',
  'AWS::Events::Rule': 'their target is a function; the patterns have a test of their own',
  'AWS::Scheduler::Schedule': 'their target is a function; the test stands for the clock',
  'AWS::CloudWatch::Alarm': 'the server measures nothing that would raise one',
  'AWS::Logs::LogGroup': 'nothing is read from the logs',
  'AWS::IAM::Role': 'the server evaluates no policies; the roles have a test of their own',
  'AWS::SNS::Subscription': 'it is for mail, and only where an address is given',
  // not implemented there
  'AWS::CloudFormation::StackSet':
    'the server cannot make it by a template; deploy.e2e.ts makes it by the API',
  'AWS::S3::BucketPolicy': 'the server cannot make it',
  'AWS::SNS::TopicPolicy': 'the server cannot make it',
  'AWS::SQS::QueuePolicy': 'the server cannot make it',
  'AWS::Events::EventBusPolicy': 'the server cannot make it',
};

export type Stack = {
  /** What each function's environment holds by the template. */
  readonly environment: (name: FunctionName) => Readonly<Record<string, string>>;
  /** The address of a queue, by its logical name in the template. */
  readonly queueUrl: (logicalId: string) => string;
};

/**
 * Makes the stack by CloudFormation. The environment of the functions is put among the template's outputs, so that the references in it
 * are resolved by who made the resources.
 */
export async function createStack(endpoint: string, template: Template): Promise<Stack> {
  const config = { region: REGION, endpoint, credentials: CREDENTIALS };
  const client = new CloudFormationClient(config);
  const StackName = 'postern-prod';
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(filtered(template)) }));
  const [stack] = (await client.send(new DescribeStacksCommand({ StackName }))).Stacks ?? [];
  if (stack?.StackStatus !== 'CREATE_COMPLETE')
    throw new Error(`the stack is ${stack?.StackStatus ?? 'absent'}: ${stack?.StackStatusReason ?? ''}`);
  const made = (await client.send(new DescribeStackResourcesCommand({ StackName }))).StackResources ?? [];
  const physical = new Map(
    made.map(({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId, PhysicalResourceId]),
  );
  const outputs = new Map(
    (stack.Outputs ?? []).map(({ Description, OutputValue }) => [Description, OutputValue]),
  );

  // The server's stack names a queue by its address at AWS; asked for the queue, the server says where it is here.
  const sqs = new SQSClient(config);
  const urls = new Map<string, string>();
  for (const [id, { Type }] of Object.entries(template.Resources)) {
    if (Type !== 'AWS::SQS::Queue') continue;
    const QueueName = idOf(physical.get(id)).split('/').at(-1);
    urls.set(id, idOf((await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl));
  }
  const here = new Map([...urls].map(([id, url]) => [physical.get(id), url]));
  return {
    environment: (name) =>
      Object.fromEntries(
        Object.keys(variablesOf(name, template)).map((key) => {
          const value = outputs.get(`${name} ${key}`) ?? '';
          return [key, here.get(value) ?? value];
        }),
      ),
    queueUrl: (id) => idOf(urls.get(id)),
  };
}

function filtered(template: Template): Template {
  const Resources = Object.fromEntries(
    Object.entries(template.Resources).filter(([id, { Type }]) => {
      if (!MADE.has(Type) && LEFT_OUT[Type] === undefined)
        throw new Error(
          `${id} is of the new type ${Type}: list it in test/e2e/stack.ts as made, or as left out and why`,
        );
      return MADE.has(Type);
    }),
  );
  const variables = FUNCTIONS.flatMap((name) =>
    Object.entries(variablesOf(name, template)).map(([key, Value]) => ({
      Value,
      Description: `${name} ${key}`,
    })),
  );
  const Outputs = Object.fromEntries(variables.map((output, i) => [`Variable${String(i)}`, output]));
  return { ...template, Resources, Outputs };
}

function variablesOf(name: FunctionName, template: Template): Readonly<Record<string, unknown>> {
  const { Environment } = functionOf(name, template).Properties ?? {};
  return (Environment as { readonly Variables: Record<string, unknown> }).Variables;
}
