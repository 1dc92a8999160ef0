import { parseCidr } from '#netset';
import { z } from 'zod';
import { maybe } from './object.ts';
import { selectorShape } from './selector.ts';

const cidrShape = z
  .string()
  .refine((text) => text.includes('/') && parseCidr(text) !== undefined, 'is no CIDR');

/** https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ */
export const ipBlockShape = z
  .object({ cidr: cidrShape, except: maybe(z.array(cidrShape)) })
  .superRefine(({ cidr, except = [] }, context) => {
    const whole = parseCidr(cidr);
    for (const [i, text] of except.entries()) {
      const part = parseCidr(text);
      if (whole === undefined || part === undefined) continue;
      const isInside =
        whole.family === part.family &&
        whole.first <= part.first &&
        part.last <= whole.last &&
        part.prefix > whole.prefix;
      if (!isInside)
        context.addIssue({ code: 'custom', path: ['except', i], message: `${text} is no part of ${cidr}` });
    }
  });

const peerShape = z
  .object({
    podSelector: maybe(selectorShape),
    namespaceSelector: maybe(selectorShape),
    ipBlock: maybe(ipBlockShape),
  })
  .superRefine(({ podSelector, namespaceSelector, ipBlock }, context) => {
    const isPods = podSelector !== undefined || namespaceSelector !== undefined;
    if (isPods === (ipBlock === undefined)) return;
    const message = isPods
      ? 'names both an ipBlock and a selector: a peer is one or the other'
      : 'names nobody: a peer needs podSelector, namespaceSelector or ipBlock';
    context.addIssue({ code: 'custom', message });
  });

const portNumber = z.int().min(1, 'is no port').max(65_535, 'is no port');
/** An IANA service name: the form in which container ports are named. */
const portName = z
  .string()
  .regex(/^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/, 'is neither a port number nor a port name');

export const protocolShape = z.enum(['TCP', 'UDP', 'SCTP'], 'is not TCP, UDP or SCTP');
export type Protocol = z.infer<typeof protocolShape>;

const portShape = z
  .object({
    protocol: maybe(protocolShape),
    port: maybe(z.union([portNumber, portName], 'is neither a port number nor a port name')),
    endPort: maybe(portNumber),
  })
  .superRefine(({ port, endPort }, context) => {
    if (endPort === undefined) return;
    const message =
      typeof port !== 'number'
        ? 'needs a port that is a number'
        : endPort < port
          ? `is below the port ${String(port)}`
          : undefined;
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['endPort'], message });
  });

const ports = maybe(z.array(portShape));
const peers = maybe(z.array(peerShape));

export const networkPolicyShape = z.object({
  podSelector: maybe(selectorShape),
  policyTypes: maybe(z.array(z.enum(['Ingress', 'Egress'], 'is not Ingress or Egress'))),
  ingress: maybe(z.array(z.object({ ports, from: peers }))),
  egress: maybe(z.array(z.object({ ports, to: peers }))),
});

/** The `spec` of a NetworkPolicy. */
export type NetworkPolicySpec = z.infer<typeof networkPolicyShape>;
export type PolicyPeer = z.infer<typeof peerShape>;
export type PolicyPort = z.infer<typeof portShape>;
export type IpBlock = z.infer<typeof ipBlockShape>;
