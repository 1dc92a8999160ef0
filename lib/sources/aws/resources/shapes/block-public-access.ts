import type { VpcBlockPublicAccessExclusion, VpcBlockPublicAccessOptions } from '@aws-sdk/client-ec2';
import type { FromShape, ShapeOf } from '../shape.ts';
import { tagShape } from './tag.ts';

export const blockPublicAccessOptionsShape = {
  AwsAccountId: 'string',
  AwsRegion: 'string',
  State: 'string',
  InternetGatewayBlockMode: 'string',
  ManagedBy: 'string',
  ExclusionsAllowed: 'string',
  Reason: 'string',
  LastUpdateTimestamp: 'time',
} as const satisfies ShapeOf<VpcBlockPublicAccessOptions>;
export type AwsBlockPublicAccessOptions = FromShape<typeof blockPublicAccessOptionsShape>;

export const blockPublicAccessExclusionShape = {
  ExclusionId: 'string',
  InternetGatewayExclusionMode: 'string',
  ResourceArn: 'string',
  State: 'string',
  Reason: 'string',
  Tags: [tagShape],
} as const satisfies ShapeOf<VpcBlockPublicAccessExclusion>;
export type AwsBlockPublicAccessExclusion = FromShape<typeof blockPublicAccessExclusionShape>;
