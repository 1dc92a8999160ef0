import type { BlindSpot } from './blind-spot.ts';
import type { Endpoint } from './endpoint.ts';
import type { FrontDoor } from './front-door.ts';
import type {
  BlindSpotId,
  EndpointId,
  FrontDoorId,
  GatewayId,
  NetworkId,
  PolicyId,
  RelayId,
  RouteTableId,
  SubnetId,
} from './id.ts';
import type { Policy } from './policy.ts';
import type { Relay } from './relay.ts';
import type { Gateway, InnerService, PrivateNetwork, RouteTable, SideDoor, Subnet } from './topology.ts';

/** Everything that the engine reasons about: one or more targets, vendor-neutral, with where each fact came from. */
export type Network = {
  readonly endpoints: ReadonlyMap<EndpointId, Endpoint>;
  readonly policies: ReadonlyMap<PolicyId, Policy>;
  readonly networks: ReadonlyMap<NetworkId, PrivateNetwork>;
  readonly subnets: ReadonlyMap<SubnetId, Subnet>;
  readonly routeTables: ReadonlyMap<RouteTableId, RouteTable>;
  readonly gateways: ReadonlyMap<GatewayId, Gateway>;
  readonly relays: ReadonlyMap<RelayId, Relay>;
  readonly frontDoors: ReadonlyMap<FrontDoorId, FrontDoor>;
  readonly sideDoors: readonly SideDoor[];
  /** Networks whose internet gateway was not read, so that it is unknown whether the internet comes in. */
  readonly internetUnknown: ReadonlyMap<NetworkId, BlindSpotId>;
  readonly innerServices: readonly InnerService[];
  readonly blindSpots: ReadonlyMap<BlindSpotId, BlindSpot>;
};
