import type { Tag } from '@aws-sdk/client-ec2';
import type { ShapeOf } from '../shape.ts';

/** The same in EC2, RDS and ElastiCache. */
export const tagShape = { Key: 'string', Value: 'string' } as const satisfies ShapeOf<Tag>;
