import type { GatewayId } from '#model';
import type { Band } from './band.ts';

/** A way on which somebody in between sends the packet on under an address of its own: a NAT gateway or an appliance. */
export type Leg = {
  /** The position whose address the far end sees. */
  readonly via: number;
  readonly gateway: GatewayId | undefined;
  /** What it carries to each far end, ACLs of both subnets on the way out included. */
  readonly forward: Band;
  readonly routed: Band;
  /** What the hop's border lets in from clients, what of the far end's replies, and what gets from the hop to clients. */
  readonly fromClient: Band;
  readonly fromFar: Band;
  readonly hopOut: Band;
  /** What gets from the far end's replies past whatever stands between the hop and the client, and then past the client's border. */
  readonly back: Band;
  readonly clientIn: Band;
};
