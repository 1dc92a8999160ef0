import { z } from 'zod';
import { labelsShape, maybe } from './object.ts';

/** A port that a container says it has. Lenient: what is misspelt in a manifest is no port, and nothing else is lost. */
const containerPortShape = z.object({
  name: maybe(z.string()).catch(undefined),
  containerPort: maybe(z.int()).catch(undefined),
  protocol: maybe(z.string()).catch(undefined),
});

const containerShape = z.object({
  name: maybe(z.string()).catch(undefined),
  image: maybe(z.string()).catch(undefined),
  ports: maybe(z.array(containerPortShape)),
  restartPolicy: maybe(z.string()).catch(undefined),
});

export const podSpecShape = z.object({
  containers: maybe(z.array(containerShape)),
  initContainers: maybe(z.array(containerShape)),
  hostNetwork: maybe(z.boolean()),
  serviceAccountName: maybe(z.string()).catch(undefined),
  nodeName: maybe(z.string()).catch(undefined),
});

const templateShape = z.object({
  metadata: maybe(z.object({ labels: maybe(labelsShape) })),
  spec: maybe(podSpecShape),
});

export const podShape = z.object({
  spec: maybe(podSpecShape),
  status: maybe(
    z.object({
      phase: maybe(z.string()).catch(undefined),
      podIPs: maybe(z.array(z.object({ ip: maybe(z.string()) }))).catch(undefined),
    }),
  ),
});

export const workloadShape = z.object({ spec: maybe(z.object({ template: maybe(templateShape) })) });

export const cronJobShape = z.object({
  spec: maybe(
    z.object({ jobTemplate: maybe(z.object({ spec: maybe(z.object({ template: maybe(templateShape) })) })) }),
  ),
});

export type PodSpec = z.infer<typeof podSpecShape>;
