import type { EndpointId, Network } from '#model';
import { Plane, type PlaceClass } from './plane.ts';

/**
 * A plane of a network that differs from another's only in what some endpoints' groups let through. What all others are is taken from there:
 * no class of a place depends on groups that it does not carry.
 */
export class EditedPlane extends Plane {
  readonly basis: Plane;
  /** The endpoints whose groups differ, or let other things through. */
  readonly touched: ReadonlySet<EndpointId>;

  constructor(basis: Plane, network: Network, touched: ReadonlySet<EndpointId>) {
    super(network, basis.axis, basis.rows);
    this.basis = basis;
    this.touched = touched;
  }

  override classOf(position: number): PlaceClass {
    const endpoint = this.endpointAt(position);
    return endpoint === undefined || this.touched.has(endpoint.id)
      ? super.classOf(position)
      : this.basis.classOf(position);
  }

  /** Hops belong to subnets and routes. */
  override indexLegs(): void {
    this.basis.indexLegs();
  }

  override usersOf(via: number): readonly number[] {
    return this.basis.usersOf(via);
  }
}
