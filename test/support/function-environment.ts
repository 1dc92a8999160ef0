/** What a deployment tells its functions, at the least. */
export const FUNCTION_ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  TABLE_NAME: 'table',
  BUCKET_NAME: 'bucket',
  REFRESH_QUEUE_URL: 'https://sqs/refresh',
  ROUNDS_QUEUE_URL: 'https://sqs/rounds',
  SNS_QUEUE_URL: 'https://sqs/sns',
  SLACK_QUEUE_URL: 'https://sqs/slack',
  EVENTBRIDGE_QUEUE_URL: 'https://sqs/eventbridge',
  EMAIL_QUEUE_URL: 'https://sqs/email',
  SECURITYHUB_QUEUE_URL: 'https://sqs/securityhub',
  TOPIC_ARN: 'arn:aws:sns:eu-west-1:111122223333:alerts',
  BUS_NAME: 'postern-prod',
  READER_ROLE_NAME: 'postern-reader',
};
