import { z } from 'zod';
import { labelsShape, maybe } from './object.ts';

/** A Node, as far as policies name it. */
export const nodeShape = z.object({
  metadata: z.object({ labels: maybe(labelsShape) }),
  status: maybe(z.object({ addresses: maybe(z.array(z.object({ address: z.string() }))) })),
});
