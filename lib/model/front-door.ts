import type { TransportSet } from '#netset';
import type { BlindSpotId, EndpointId, FrontDoorId } from './id.ts';
import type { Role } from './endpoint.ts';
import type { SourceRef } from './provenance.ts';

/**
 * A service of the vendor by which people or packets from outside come into a network although neither a route nor a public address shows it
 * (AWS: an EC2 Instance Connect Endpoint, a Global Accelerator). Nobody dials its interfaces; what comes by it leaves from them.
 */
export type FrontDoor = {
  readonly id: FrontDoorId;
  /** What people see; untrusted text, to be escaped for where it is shown. */
  readonly name: string;
  readonly entrances: readonly EndpointId[];
  /** `internet`: as far as can be seen, whoever asks comes in. `invited`: only those whom somebody let in, and whom the vendor knows. */
  readonly gate: 'internet' | 'invited';
  /** Whom it lets in, in words: `whoever may ec2-instance-connect:OpenTunnel`. */
  readonly guests: string;
  /** Whose address the far end sees as the source. */
  readonly source: 'door' | 'client' | 'unknown';
  readonly leads: Leads;
  /** Only endpoints of these roles; absent where it may be any. */
  readonly roles?: readonly Role[];
  /** What can be opened by it, at most. */
  readonly opens: TransportSet;
  /** `requests`: only HTTP gets through it. `bytes`: whatever is sent. */
  readonly carries: 'requests' | 'bytes';
  /** Whether the policies at the borders of subnets are not asked about what comes by it. */
  readonly passesBorders: boolean;
  /** Why it is not sure what comes by it; absent where all of that was read. */
  readonly because?: BlindSpotId;
  readonly at: SourceRef;
};

/**
 * Whom a door leads to: those in its own subnets, those in its own networks, wherever routes lead; or some endpoints alone, past their
 * policies and under their own address.
 */
export type Leads =
  | { readonly kind: 'subnet' | 'network' | 'anywhere' }
  | { readonly kind: 'endpoints'; readonly endpoints: readonly EndpointId[] };
