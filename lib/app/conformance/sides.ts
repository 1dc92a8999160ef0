import { cidrCovers, cidrOf, INTERNET, IpSet, parseCidr, type Cidr, type Ip } from '#netset';
import type { Endpoint } from '#model';
import type { Plane } from '#engine';
import { gatewaysNamed, siteOf } from './gateway-ends.ts';
import type { FactEnd, NamedEnd } from './statement.ts';

/** Whom one end of a fact names: things, each with the positions that stand for it. A fact speaks of every one of them. */
export type Side = readonly (readonly number[])[];

/** `problem`: the end names nothing that was read. */
export type SideOf = { readonly side: Side } | { readonly problem: string };

/**
 * The positions of an end. `far` is the other end: an address that the internet dials is a public one, while between
 * interfaces it is the interface's own.
 */
export function sideOf(plane: Plane, end: FactEnd, far: FactEnd): SideOf {
  if (end === 'internet') return { side: internetOf(plane).map((position) => [position]) };
  const cidr = end.ip === undefined ? undefined : parseCidr(end.ip);
  if (end.ip !== undefined && cidr?.family !== plane.axis.family) {
    return { problem: `${JSON.stringify(end.ip)} is no IPv${String(plane.axis.family)} address` };
  }
  if (end.securityGroup !== undefined)
    return { problem: 'only an address or an interface can be asked about here' };
  if (end.gateway !== undefined) {
    if (gatewaysNamed(plane.network, end.gateway).size === 0)
      return { problem: `no gateway that was read and is in use has to do with ${end.gateway}` };
    return { side: [cidr === undefined ? siteOf(plane) : outsideIn(plane, cidr)] };
  }
  const owners = ownersOf(plane, end);
  if (owners !== undefined) return ownedBy(plane, owners, cidr);
  if (cidr !== undefined) return { side: addressesOf(plane, cidr, end, far === 'internet') };
  if (end.subnet === undefined) return { problem: 'nothing is named' };
  const places = placesWhere(plane, (position) => placeAt(plane, position).subnet === end.subnet);
  return places.length === 0
    ? { problem: 'the subnet has no interfaces' }
    : { side: places.map((position) => [position]) };
}

/** The outside positions that are public. */
export function internetOf(plane: Plane): readonly number[] {
  return plane.axis.internet.flatMap(([start, end]) => range(start, end));
}

/** The outside positions in which addresses of the block lie. A position may reach beyond it: its addresses are alike. */
export function outsideIn(plane: Plane, cidr: Cidr): readonly number[] {
  return plane.axis
    .spansOfCidr(cidr)
    .filter(([, end]) => end > plane.axis.places.length)
    .flatMap(([start, end]) => range(Math.max(start, plane.axis.places.length), end));
}

/** The known places whose addresses all lie in the block. */
export function placesIn(plane: Plane, cidr: Cidr): readonly number[] {
  return placesWhere(plane, (position) => {
    const { first, last } = placeAt(plane, position);
    return cidr.first <= first && last <= cidr.last;
  });
}

/** Whether an end speaks of every address of an outside position. */
export function coversOutside(plane: Plane, end: FactEnd, position: number): boolean {
  if (end === 'internet')
    return plane.axis.internet.some(([start, stop]) => start <= position && position < stop);
  const cidr = end.ip === undefined || end.subnet !== undefined ? undefined : parseCidr(end.ip);
  if (cidr === undefined) return false;
  const [first, last] = plane.axis.addressesAt(position);
  return cidr.first <= first && last <= cidr.last;
}

/** @throws Error if the position is not a known place */
export function placeAt(plane: Plane, position: number): Plane['axis']['places'][number] {
  const place = plane.axis.places[position];
  if (place === undefined) throw new Error(`position ${String(position)} is no known place`);
  return place;
}

/** An address of a position, to speak of it. */
export function ipAt(plane: Plane, position: number): Ip {
  const [first] = plane.isOutside(position)
    ? plane.axis.addressesAt(position)
    : [placeAt(plane, position).first];
  return typeof first === 'bigint' ? { family: 6, value: first } : { family: 4, value: first };
}

/** The endpoints that are named by id; `undefined` where none is. */
function ownersOf(plane: Plane, end: NamedEnd): readonly Endpoint[] | undefined {
  const { eni, instance, dbInstance, domain } = end;
  const all = [...plane.network.endpoints.values()];
  if (eni !== undefined) return all.filter(({ at }) => at.id === eni);
  if (instance !== undefined) return all.filter(({ host }) => host === instance);
  const service = dbInstance ?? domain;
  return service === undefined
    ? undefined
    : all.filter(({ workload }) => workload.name === service || workload.id.endsWith(`/${service}`));
}

/** One thing: the endpoints' positions, or those of one address. A public address stands for the private one behind it. */
function ownedBy(plane: Plane, owners: readonly Endpoint[], cidr: Cidr | undefined): SideOf {
  const positions = owners
    .flatMap(({ id }) => plane.axis.positionsOf(id))
    .filter(
      (position) =>
        cidr === undefined || placeHas(plane, position, cidr) || isDialledBy(plane, position, cidr),
    );
  return positions.length === 0
    ? { problem: 'no interface that was read has this id and address' }
    : { side: [positions] };
}

/**
 * Addresses that are named without an owner: the interfaces that have them, else outside addresses. Of a block that reaches
 * into the internet the public part is meant.
 */
function addressesOf(plane: Plane, cidr: Cidr, end: NamedEnd, isFarInternet: boolean): Side {
  const outside = outsideIn(plane, cidr);
  if (isSingle(cidr)) {
    const owned = placesWhere(plane, (position) => {
      if (isFarInternet) return isDialledBy(plane, position, cidr);
      const { subnet, network } = placeAt(plane, position);
      const isThere = (end.subnet ?? subnet) === subnet && (end.vpc ?? network) === network;
      return isThere && placeHas(plane, position, cidr);
    });
    return [owned.length > 0 ? owned : outside];
  }
  const isPublic = IpSet.of(cidr).overlaps(INTERNET);
  const owned = isPublic ? [] : placesIn(plane, cidr);
  const free = isPublic ? outside.filter((position) => INTERNET.has(ipAt(plane, position))) : outside;
  return (owned.length > 0 ? owned : free).map((position) => [position]);
}

function placeHas(plane: Plane, position: number, cidr: Cidr): boolean {
  const { first, last } = placeAt(plane, position);
  return isSingle(cidr) ? first <= cidr.first && cidr.last <= last : cidr.first <= first && last <= cidr.last;
}

/** Whether the block is the public address of the place. */
function isDialledBy(plane: Plane, position: number, cidr: Cidr): boolean {
  const { first, last } = placeAt(plane, position);
  return (
    plane
      .endpointAt(position)
      ?.addresses.some(
        ({ publicIp, ...own }) =>
          publicIp !== undefined &&
          own.first.value <= first &&
          last <= own.last.value &&
          cidrCovers(cidr, cidrOf(publicIp)),
      ) === true
  );
}

function placesWhere(plane: Plane, isMeant: (position: number) => boolean): readonly number[] {
  return range(0, plane.axis.places.length).filter(
    (position) => plane.endpointAt(position) !== undefined && isMeant(position),
  );
}

function isSingle(cidr: Cidr): boolean {
  return cidr.first === cidr.last;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i);
}
