/** A deployed stack, by the names that serverless.yml and infra/ give its parts. */
export type Deployment = {
  readonly stage: string;
  readonly account: string;
  readonly region: string;
  /** The stack's name, and the hub bus's; the names of rules and queues begin with it. */
  readonly name: string;
  readonly topicArn: string;
  readonly slackSecret: string;
};

/** What may be called otherwise than by default. */
export type DeploymentNames = {
  readonly topicArn?: string | undefined;
  readonly slackSecret?: string | undefined;
};

export function deploymentOf(
  at: {
    readonly stage: string;
    readonly account: string;
    readonly region: string;
    readonly partition: string;
  },
  { topicArn, slackSecret }: DeploymentNames = {},
): Deployment {
  const { stage, account, region, partition } = at;
  const name = `postern-${stage}`;
  return {
    stage,
    account,
    region,
    name,
    topicArn: topicArn ?? `arn:${partition}:sns:${region}:${account}:${name}-alerts`,
    slackSecret: slackSecret ?? `/postern/${stage}/slack`,
  };
}
