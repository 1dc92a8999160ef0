import type { EventGroup } from './event-group.ts';

/** Tier 4: calls that can blind this monitor. */
export const TAMPERING_EVENTS: readonly EventGroup[] = [
  {
    about: 'CloudTrail',
    source: 'cloudtrail.amazonaws.com',
    tier: 4,
    names: ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'],
  },
  {
    about: 'EventBridge',
    source: 'events.amazonaws.com',
    tier: 4,
    names: [
      'DisableRule',
      'DeleteRule',
      'PutRule',
      'RemoveTargets',
      'PutTargets',
      'DeleteEventBus',
      'RemovePermission',
    ],
  },
  {
    about: 'SNS',
    source: 'sns.amazonaws.com',
    tier: 4,
    names: ['DeleteTopic', 'Unsubscribe', 'SetTopicAttributes'],
  },
  {
    // DeleteFunction and UpdateFunctionConfiguration move reach, too, and are with the services
    about: 'Lambda',
    source: 'lambda.amazonaws.com',
    tier: 4,
    names: [
      'UpdateFunctionCode20150331v2',
      'PutFunctionConcurrency20171031',
      'UpdateEventSourceMapping20150331',
      'DeleteEventSourceMapping20150331',
    ],
  },
  {
    about: 'SQS',
    source: 'sqs.amazonaws.com',
    tier: 4,
    names: ['DeleteQueue', 'PurgeQueue', 'SetQueueAttributes'],
  },
  {
    about: 'EventBridge Scheduler',
    source: 'scheduler.amazonaws.com',
    tier: 4,
    names: ['DeleteSchedule', 'UpdateSchedule'],
  },
  {
    about: 'DynamoDB',
    source: 'dynamodb.amazonaws.com',
    tier: 4,
    names: ['DeleteTable', 'UpdateTable'],
  },
  {
    about: 'S3',
    source: 's3.amazonaws.com',
    tier: 4,
    names: [
      'DeleteBucket',
      'PutBucketPolicy',
      'DeleteBucketPolicy',
      'PutBucketAcl',
      'PutBucketPublicAccessBlock',
      'DeleteBucketPublicAccessBlock',
      'PutBucketLifecycle',
      'PutBucketVersioning',
    ],
  },
];
