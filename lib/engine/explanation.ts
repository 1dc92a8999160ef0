import type { Flow, Ip, TransportSet } from '#netset';
import type {
  Attachment,
  BlindSpotId,
  Endpoint,
  EndpointId,
  FrontDoor,
  GatewayId,
  InnerService,
  PolicyId,
  Relay,
  Route,
  Subnet,
  TransitRoute,
} from '#model';
import type { RuleMatch } from './match.ts';
import type { Leg } from './plane.ts';
import type { TierRules } from './tiers.ts';

/** One end of a question: an endpoint by its id (all its addresses), or an outside address. */
export type End =
  { readonly kind: 'endpoint'; readonly id: EndpointId } | { readonly kind: 'outside'; readonly ip: Ip };

export type Mark = 'passes' | 'blocks' | 'unknown';

/** One thing on the way that decides, in the order in which the packet meets them. */
export type Step =
  | {
      readonly kind: 'endpoint';
      readonly mark: Mark;
      readonly endpoint: Endpoint;
      readonly why: EndpointState;
    }
  | {
      readonly kind: 'group';
      readonly mark: Mark;
      readonly endpoint: Endpoint;
      readonly direction: 'ingress' | 'egress';
      readonly policies: readonly PolicyId[];
      readonly rules: readonly RuleMatch[];
    }
  /** The order of policies that an endpoint carries. */
  | {
      readonly kind: 'tiers';
      readonly mark: Mark;
      readonly endpoint: Endpoint;
      readonly direction: 'ingress' | 'egress';
      /** Those that apply to the direction, in their order; none where everything is open. */
      readonly tiers: readonly TierRules[];
      /** The rules that match, as far as they were asked: the last decides, unless it passes or no rule decided. */
      readonly rules: readonly RuleMatch[];
      /** What decided where no rule did: the tier that shuts out what it does not allow; `undefined` where nothing did. */
      readonly shutBy: TierRules | undefined;
    }
  | {
      readonly kind: 'acl';
      readonly mark: Mark;
      readonly subnet: Subnet;
      readonly direction: 'ingress' | 'egress';
      readonly isReply: boolean;
      readonly rules: readonly RuleMatch[];
    }
  | {
      readonly kind: 'route';
      readonly mark: Mark;
      readonly subnet: Subnet;
      readonly isReply: boolean;
      readonly route: Route | undefined;
    }
  | {
      readonly kind: 'arrival';
      readonly mark: Mark;
      readonly endpoint: Endpoint;
      /** The gateways by which private sites, or what was not read, may come in; empty where an internet gateway brings it. */
      readonly by: readonly GatewayId[];
      /** What of the gateways' own tables steers it, or may. */
      readonly routes: readonly Route[];
      /** What closes the gateways to the subnet, or may, for people. */
      readonly closedBy: string | undefined;
    }
  /** What a transit gateway does with packets of one attachment. */
  | {
      readonly kind: 'transit';
      readonly mark: Mark;
      readonly gateway: GatewayId;
      readonly isReply: boolean;
      /** By which they come in; `undefined` if the subnet has no way to the gateway. */
      readonly attachment: Attachment | undefined;
      readonly route: TransitRoute | undefined;
    }
  /** A way in that was not looked at in full, and may lead here. */
  | {
      readonly kind: 'door';
      readonly mark: Mark;
      readonly door: FrontDoor;
      readonly transport: TransportSet;
    }
  /** A relay of whose targets not all were read, and that may hand on to here. */
  | { readonly kind: 'handed'; readonly mark: Mark; readonly relay: Relay }
  /** A load balancer that nothing filters, and that has no listener for what was asked. */
  | { readonly kind: 'listener'; readonly mark: Mark }
  | { readonly kind: 'service'; readonly mark: Mark; readonly service: InnerService }
  /** Out by the internet under a public address, and in again at another one. */
  | { readonly kind: 'hairpin'; readonly mark: Mark; readonly source: Ip; readonly dialled: Ip }
  /** A NAT gateway that sends on to an IPv4 address. */
  | { readonly kind: 'translated'; readonly mark: Mark; readonly gateway: GatewayId; readonly ip: Ip }
  | { readonly kind: 'hop'; readonly mark: Mark; readonly leg: Leg };

/** Why an endpoint takes part or not. */
export type EndpointState =
  | 'takes part'
  | 'stopped'
  | 'detached'
  | 'opens nothing'
  | 'listens to nothing'
  | 'no public address'
  | 'may have a public address'
  | 'public address';

/** The answer to "may this pass?", with everything that decided it. */
export type Explanation = {
  readonly verdict: 'allowed' | 'denied' | 'unknown';
  /** The flow that was looked at, among the addresses of both ends that get furthest; one in doubt if the verdict is unknown. */
  readonly flow: Flow;
  /** Of what was asked, what surely comes up as a session, and what may. */
  readonly sure: TransportSet;
  readonly possible: TransportSet;
  /** Of what was asked, what gets there and never gets an answer: surely, and perhaps. */
  readonly unanswered: { readonly sure: TransportSet; readonly possible: TransportSet };
  readonly steps: readonly Step[];
  readonly because: readonly BlindSpotId[];
  /** Client ports that get their replies, where not all do. */
  readonly repliesOnlyTo: TransportSet | undefined;
};
