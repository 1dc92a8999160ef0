import * as z from 'zod';

/** Says that something is not set in words that say what to do. */
const given = (what: string) =>
  z.string({ error: `it is not set: it is ${what}, which serverless.yml gives` }).min(1);

/** An absent variable, and one that a template leaves empty, are the same. */
const optional = z
  .string()
  .optional()
  .transform((text) => (text === '' ? undefined : text));

const schema = z.object({
  POSTERN_STAGE: optional,
  AWS_REGION: given("the Region of Postern's own resources"),
  TABLE_NAME: given('the DynamoDB table'),
  BUCKET_NAME: given('the S3 bucket'),
  REFRESH_QUEUE_URL: given('the SQS queue of passes for changes'),
  ROUNDS_QUEUE_URL: given('the SQS queue of regular passes'),
  SNS_QUEUE_URL: given("the SNS channel's SQS queue"),
  SLACK_QUEUE_URL: given("the Slack channel's SQS queue"),
  EVENTBRIDGE_QUEUE_URL: given("the EventBridge channel's SQS queue"),
  EMAIL_QUEUE_URL: given("the weekly mail's SQS queue"),
  SECURITYHUB_QUEUE_URL: given("the Security Hub channel's SQS queue"),
  TOPIC_ARN: given('the SNS topic of alerts'),
  BUS_NAME: given('the event bus of alerts'),
  READER_ROLE_NAME: given('the role that is taken on in other accounts'),
  EXTERNAL_ID: optional,
  SLACK_SECRET_NAME: optional,
  SLACK_API_URL: optional,
  STALE_AFTER_HOURS: z.coerce.number().positive().default(3),
});

/** What the deployment tells its functions. */
export type Settings = {
  readonly region: string;
  /** What the deployment is called, where it says. */
  readonly stage: string | undefined;
  readonly table: string;
  readonly bucket: string;
  readonly refreshQueueUrl: string;
  readonly roundsQueueUrl: string;
  readonly channelQueueUrls: Readonly<Record<string, string>>;
  readonly topicArn: string;
  readonly busName: string;
  readonly readerRole: string;
  readonly externalId: string | undefined;
  readonly slackSecret: string | undefined;
  /** Another address than Slack's own: GovSlack's, or that of a test. */
  readonly slackApiUrl: string | undefined;
  readonly staleAfterMs: number;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error that names each variable that is missing and what it is for */
export function settingsOf(environment: Environment): Settings {
  const parsed = schema.safeParse(environment);
  if (!parsed.success)
    throw new Error(
      parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; '),
    );
  const { data } = parsed;
  return {
    region: data.AWS_REGION,
    stage: data.POSTERN_STAGE,
    table: data.TABLE_NAME,
    bucket: data.BUCKET_NAME,
    refreshQueueUrl: data.REFRESH_QUEUE_URL,
    roundsQueueUrl: data.ROUNDS_QUEUE_URL,
    channelQueueUrls: {
      sns: data.SNS_QUEUE_URL,
      slack: data.SLACK_QUEUE_URL,
      eventbridge: data.EVENTBRIDGE_QUEUE_URL,
      email: data.EMAIL_QUEUE_URL,
      securityhub: data.SECURITYHUB_QUEUE_URL,
    },
    topicArn: data.TOPIC_ARN,
    busName: data.BUS_NAME,
    readerRole: data.READER_ROLE_NAME,
    externalId: data.EXTERNAL_ID,
    slackSecret: data.SLACK_SECRET_NAME,
    slackApiUrl: data.SLACK_API_URL,
    staleAfterMs: data.STALE_AFTER_HOURS * 3_600_000,
  };
}
