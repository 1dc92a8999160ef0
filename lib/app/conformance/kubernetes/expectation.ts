import { z } from 'zod';

const end = z.object({ src: z.string(), dst: z.string() });
const connection = end.extend({ conn: z.string().optional() });

/** What a case about Kubernetes manifests expects. */
export const expectation = z.object({
  kind: z.enum(['connlist', 'exposure', 'diff', 'invalid']),
  policyApis: z.array(z.string()).optional(),
  options: z
    .object({
      focusWorkloads: z.array(z.string()).optional(),
      focusWorkloadPeers: z.array(z.string()).optional(),
      focusDirection: z.enum(['ingress', 'egress']).optional(),
      focusConn: z.string().optional(),
    })
    .optional(),
  connections: z.array(connection).optional(),
  exposure: z
    .object({
      egress: z.array(connection),
      ingress: z.array(connection),
      unprotected: z
        .array(z.object({ workload: z.string(), direction: z.enum(['ingress', 'egress']) }))
        .optional(),
    })
    .optional(),
  differences: z
    .array(
      end.extend({
        type: z.enum(['added', 'removed', 'changed']),
        before: z.string(),
        after: z.string(),
        workloadsAdded: z.array(z.string()).optional(),
        workloadsRemoved: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  reason: z.string().optional(),
  upstreamLeniency: z.array(z.unknown()).optional(),
});

export type Expectation = z.infer<typeof expectation>;
export type Options = NonNullable<Expectation['options']>;
