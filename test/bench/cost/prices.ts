/** A price in US dollars for a number of units, US East (N. Virginia), and where it was read. */
export type Price = {
  readonly usd: number;
  readonly per: number;
  readonly unit: string;
  readonly source: string;
  /** `confirmed`: the page says so. `old`: a page of years ago does. `not confirmed`: from memory, no page at hand. */
  readonly is: 'confirmed' | 'old' | 'not confirmed';
};

const LAMBDA = 'cloudchipr.com/blog/aws-lambda-pricing (2024)';
const FREE_TIER_GIST = 'a table of AWS free-tier values, 2017-11 (gist c18899c1337f3cd5402b4f1b7782deff)';
const S3 = 'devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples';
const DYNAMO = 'airbyte.com/data-engineering-resources/dynamodb-pricing (2025-07)';
const EVENTS = 'cloudburn.io/blog/amazon-eventbridge-pricing (2026-03)';
const CLOUDWATCH = 'signoz.io/guides/cloudwatch-pricing (2026-02)';
const MEMORY = 'no page at hand';

const confirmed = (usd: number, per: number, unit: string, source: string): Price => ({
  usd,
  per,
  unit,
  source,
  is: 'confirmed',
});
const unsure = (usd: number, per: number, unit: string, source = MEMORY): Price => ({
  usd,
  per,
  unit,
  source,
  is: source === MEMORY ? 'not confirmed' : 'old',
});

/** List prices, before free tiers and taxes. */
export const PRICES = {
  lambdaTime: confirmed(0.0000133334, 1, 'GB-second, arm64', LAMBDA),
  lambdaRequests: unsure(0.2, 1e6, 'requests'),
  queueRequests: unsure(0.4, 1e6, 'SQS requests', FREE_TIER_GIST),
  topicRequests: unsure(0.5, 1e6, 'SNS publishes', FREE_TIER_GIST),
  emails: unsure(2, 100_000, 'SNS emails'),
  tableWrites: confirmed(0.625, 1e6, 'DynamoDB write request units', DYNAMO),
  tableReads: confirmed(0.125, 1e6, 'DynamoDB read request units', DYNAMO),
  bucketWrites: confirmed(0.005, 1000, 'S3 PUT requests', S3),
  bucketReads: confirmed(0.0004, 1000, 'S3 GET requests', S3),
  bucketStorage: confirmed(0.023, 1, 'GB-month in S3', S3),
  busEvents: confirmed(1, 1e6, 'custom or cross-account events', EVENTS),
  logs: confirmed(
    0.5,
    1,
    'GB of logs',
    'factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards',
  ),
  metrics: confirmed(0.3, 1, 'metric-months', CLOUDWATCH),
  alarms: unsure(0.1, 1, 'alarm-months'),
  keys: unsure(1, 1, 'KMS key-months'),
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof PRICES;
