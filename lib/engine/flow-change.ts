import type { Family, TransportSet } from '#netset';
import type { EndpointId, Relay } from '#model';

/** Flows between two endpoints that one network has and the other has not. */
export type FlowChange = {
  readonly from: EndpointId;
  readonly to: EndpointId;
  readonly family: Family;
  readonly transport: TransportSet;
  /** The relays on the way, the one that is dialled first; absent where the far end itself is dialled. */
  readonly through?: readonly Relay[];
};
