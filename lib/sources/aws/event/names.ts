import { isMasked } from './fields.ts';
import { textsOf } from './walk.ts';

/** Members that name the resources of services that have no EC2 ids, by the service whose records have them. */
const KEYS: Readonly<Record<string, RegExp>> = {
  amazonmq: /^broker(?:Name|Id|Arn)$/i,
  apigateway: /^vpcLinkId$/i,
  autoscaling: /^autoScalingGroup(?:Name|ARN)$/i,
  cloudfront: /^vpcOrigin(?:Id|Arn)$/i,
  cloudtrail: /^(?:name|trailName|trailARN)$/i,
  dms: /^replicationInstance(?:Identifier|Arn)$/i,
  dynamodb: /^table(?:Name|Arn)$/i,
  ecs: /^(?:cluster|service|serviceName|clusterArn|serviceArn|taskDefinition)$/i,
  eks: /^(?:name|clusterName|nodegroupName|arn)$/i,
  elasticache: /^(?:cacheClusterId|replicationGroupId|serverlessCacheName)$/i,
  elasticfilesystem: /^(?:fileSystemId|mountTargetId)$/i,
  elasticloadbalancing: /^(?:listenerArn|ruleArn)$/i,
  elasticmapreduce: /^(?:jobFlowIds?|clusterArn)$/i,
  es: /^domainName$/i,
  events: /^(?:name|rule|ruleArn|eventBusName|eventBusArn)$/i,
  globalaccelerator: /^(?:accelerator|listener|endpointGroup)Arn$/i,
  kafka: /^cluster(?:Name|Arn)$/i,
  lambda: /^function(?:Name|Arn)$/i,
  lightsail: /^instanceName$/i,
  memorydb: /^clusterName$/i,
  'network-firewall': /^(?:firewall|firewallPolicy|ruleGroup)(?:Name|Arn)$/i,
  networkmanager: /^(?:coreNetwork|attachment)Id$/i,
  ram: /^(?:name|resourceShareArn|resourceArns)$/i,
  redshift: /^clusterIdentifier$/i,
  'redshift-serverless': /^workgroupName$/i,
  s3: /^bucketName$/i,
  sagemaker: /^(?:notebookInstance(?:Name|Arn)|domain(?:Name|Id|Arn))$/i,
  scheduler: /^name$/i,
  sns: /^(?:topicArn|subscriptionArn)$/i,
  sqs: /^queueUrl$/i,
  transfer: /^serverId$/i,
  'vpc-lattice': /^(?:.*Identifier|name|arn)$/i,
};

/** Names and ARNs of other services' resources as the record spells them, in ascending order: a hint, not exhaustive. */
export function namesOf(source: string, ...parts: readonly unknown[]): readonly string[] {
  const service = source.split('.')[0] ?? '';
  const keys = Object.hasOwn(KEYS, service) ? KEYS[service] : undefined;
  if (keys === undefined) return [];
  const texts = parts.flatMap((part) => [...textsOf(part)]);
  const named = texts.filter(({ key, text }) => keys.test(key) && text !== '' && !isMasked(text));
  return [...new Set(named.map(({ text }) => text))].sort();
}
