import { ALL_IPS, type IpSet, type TransportSet } from '#netset';
import type { BlindSpot, BlindSpotId, Endpoint, RelayListener } from '#model';
import type { ServiceTarget } from './service-targets.ts';

/** A way in from outside, before it is put into the model. */
export type Door = {
  readonly id: string;
  readonly at: Endpoint['at'];
  readonly isPublic: boolean | BlindSpotId;
  readonly spot?: BlindSpot;
  /** Who may dial it. */
  readonly clients: IpSet;
  /** Under whose address it hands on: a pod's, a client's, or that of something outside the cluster. */
  readonly source: 'relay' | 'client' | 'outside';
  readonly listeners: readonly DoorListener[];
};

export type DoorListener = {
  readonly dialled: TransportSet;
  readonly carries: RelayListener['carries'];
  readonly targets: readonly ServiceTarget[];
};

export const ANYBODY = ALL_IPS;
