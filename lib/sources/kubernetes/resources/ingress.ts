import { z } from 'zod';
import { maybe } from './object.ts';

const backendShape = z.object({
  service: maybe(
    z.object({
      name: z.string(),
      port: maybe(z.object({ name: maybe(z.string()), number: maybe(z.int()) })),
    }),
  ),
});

export const ingressShape = z.object({
  ingressClassName: maybe(z.string()),
  defaultBackend: maybe(backendShape),
  rules: maybe(
    z.array(
      z.object({
        host: maybe(z.string()),
        http: maybe(
          z.object({ paths: maybe(z.array(z.object({ path: maybe(z.string()), backend: backendShape }))) }),
        ),
      }),
    ),
  ),
  tls: maybe(z.array(z.unknown())),
});

export type IngressSpec = z.infer<typeof ingressShape>;
export type IngressBackend = z.infer<typeof backendShape>;
