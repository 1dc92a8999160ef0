import type { Maybe } from './maybe.ts';

/** One end of a flow: an address that a known interface holds, or an address that no known interface holds. */
export type End = { readonly interface: string; readonly ip: string } | { readonly outside: string };

export type IcmpKind = { readonly type: number; readonly code: number };

/**
 * One packet that opens a conversation.
 *
 * `port` is the destination port and needed for tcp (6) and udp (17); `icmp` is needed for ICMP (1) and
 * ICMPv6 (58). With `clientPort`, the session is asked for that source port alone.
 */
export type Question = {
  readonly from: End;
  readonly to: End;
  readonly protocol: number;
  readonly port?: number;
  readonly icmp?: IcmpKind;
  readonly clientPort?: number;
};

/**
 * - `routed`: routing carries the packet to its destination, whatever the filters say.
 * - `forward`: routed, and every filter on the way there admits it.
 * - `reply`: forward, and the answer to that client port comes back.
 * - `session`: forward, and some client port (1024–65535) gets its answers.
 * - `why`: what stopped the packet first, or that nothing did.
 *
 * Each is what may be, as far as AWS's answers tell; `bounds` says the same with what surely is.
 */
export type Answer = {
  readonly routed: boolean;
  readonly forward: boolean;
  readonly reply: (clientPort: number) => boolean;
  readonly session: boolean;
  readonly bounds: {
    readonly routed: Maybe;
    readonly forward: Maybe;
    readonly reply: (clientPort: number) => Maybe;
    readonly session: Maybe;
  };
  readonly why: string;
};

/**
 * Whether a client is heard by a target of a load balancer, by one of its listeners: `port` is the listener's,
 * `targetPort` the target's. The client's own port is free.
 */
export type RelayQuestion = {
  readonly from: End;
  readonly balancer: string;
  readonly protocol: number;
  readonly port: number;
  readonly to: End;
  readonly targetPort: number;
};

export type Oracle = {
  readonly ask: (question: Question) => Answer;
  readonly relayed: (question: RelayQuestion) => Maybe;
};
