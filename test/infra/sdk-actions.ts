/** The prefix of a client's IAM actions, where it is not the client's own name. */
const PREFIXES: Readonly<Record<string, string>> = {
  'lib-dynamodb': 'dynamodb',
  'client-elastic-load-balancing': 'elasticloadbalancing',
  'client-elastic-load-balancing-v2': 'elasticloadbalancing',
  'client-eventbridge': 'events',
  'client-secrets-manager': 'secretsmanager',
  'client-sesv2': 'ses',
};

/** Operations whose permission has another name: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const ACTIONS: Readonly<Record<string, string>> = {
  'dynamodb:Get': 'dynamodb:GetItem',
  'dynamodb:Put': 'dynamodb:PutItem',
  'dynamodb:Update': 'dynamodb:UpdateItem',
  'dynamodb:Delete': 'dynamodb:DeleteItem',
  'dynamodb:BatchGet': 'dynamodb:BatchGetItem',
  'dynamodb:BatchWrite': 'dynamodb:BatchWriteItem',
  'dynamodb:TransactGet': 'dynamodb:GetItem',
  'dynamodb:TransactGetItems': 'dynamodb:GetItem',
  'dynamodb:TransactWrite': 'dynamodb:ConditionCheckItem',
  'dynamodb:TransactWriteItems': 'dynamodb:ConditionCheckItem',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:HeadObject': 's3:GetObject',
  's3:ListObjectsV2': 's3:ListBucket',
  'sns:PublishBatch': 'sns:Publish',
  'sqs:SendMessageBatch': 'sqs:SendMessage',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
};

/** The IAM actions behind the SDK's commands and paginators that a source file imports. */
export function sdkActions(source: string): readonly string[] {
  const imports = source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/([\w-]+)'/g);
  return [...imports].flatMap(([, names = '', client = '']) => {
    const prefix = PREFIXES[client] ?? client.replace('client-', '');
    const operations = names.replaceAll(/ as \w+/g, '').matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g);
    return [...operations].map(([, paginated, commanded]) => {
      const action = `${prefix}:${paginated ?? commanded ?? ''}`;
      return ACTIONS[action] ?? action;
    });
  });
}
