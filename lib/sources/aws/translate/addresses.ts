import { sameIp, type Cidr, type Ip } from '#netset';
import type { EndpointAddress } from '#model';
import type { Place } from './place.ts';

/**
 * All addresses of an interface: private ones, each with the public address that is translated to it, IPv6 ones, and
 * the blocks delegated to it.
 */
export function addressesOf(place: Place): EndpointAddress[] {
  const addresses = [...privateAddresses(place), ...ipv6Addresses(place), ...delegatedBlocks(place)];
  // AWS drops what comes from the internet for such an interface, whatever routes and groups say.
  return place.raw('DenyAllIgwTraffic') === true ? addresses.map(withoutPublic) : addresses;
}

function withoutPublic({ first, last, isPrimary }: EndpointAddress): EndpointAddress {
  return { first, last, isPrimary };
}

function privateAddresses(place: Place): EndpointAddress[] {
  const listed = place.items('PrivateIpAddresses').flatMap((item) => {
    const ip = item.ip('PrivateIpAddress');
    if (ip === undefined) return [];
    const isPrimary = item.flag('Primary') === true;
    return [single(ip, publicOf(item) ?? (isPrimary ? publicOf(place) : undefined), isPrimary)];
  });
  // The primary address stands at the top too, in old records there alone.
  const primary = listed.some(({ isPrimary }) => isPrimary) ? undefined : place.ip('PrivateIpAddress');
  if (primary === undefined || listed.some(({ first }) => sameIp(first, primary))) return listed;
  return [single(primary, publicOf(place), true), ...listed];
}

/** The address that the internet, or a carrier's network, translates to this one. */
function publicOf(item: Place): Ip | undefined {
  if (!item.has('Association')) return undefined;
  const association = item.child('Association');
  return association.ip('PublicIp') ?? association.ip('CarrierIp');
}

function ipv6Addresses(place: Place): EndpointAddress[] {
  const ips = place.items('Ipv6Addresses').flatMap((item) => {
    const ip = item.ip('Ipv6Address');
    return ip === undefined ? [] : [{ ip, isPrimary: item.raw('IsPrimaryIpv6') === true }];
  });
  const hasPrimary = ips.some(({ isPrimary }) => isPrimary);
  return ips.map(({ ip, isPrimary }, index) =>
    single(ip, publicSelf(ip), hasPrimary ? isPrimary : index === 0),
  );
}

/** Prefix delegation: whole blocks, from which pods get their addresses. */
function delegatedBlocks(place: Place): EndpointAddress[] {
  const blocks = [
    ...place.items('Ipv4Prefixes').map((item) => item.cidr('Ipv4Prefix')),
    ...place.items('Ipv6Prefixes').map((item) => item.cidr('Ipv6Prefix')),
  ];
  return blocks.filter((block) => block !== undefined).map(addressOfBlock);
}

function addressOfBlock(block: Cidr): EndpointAddress {
  const isPrimary = false;
  if (block.family === 4) {
    return { first: { family: 4, value: block.first }, last: { family: 4, value: block.last }, isPrimary };
  }
  const first: Ip = { family: 6, value: block.first };
  const last: Ip = { family: 6, value: block.last };
  const publicIp = publicSelf(first);
  return publicIp === undefined ? { first, last, isPrimary } : { first, last, publicIp, isPrimary };
}

function single(ip: Ip, publicIp: Ip | undefined, isPrimary: boolean): EndpointAddress {
  return publicIp === undefined
    ? { first: ip, last: ip, isPrimary }
    : { first: ip, last: ip, publicIp, isPrimary };
}

/** An IPv6 address is dialled as it is, if it is one of the 2000::/3 that the internet routes. */
function publicSelf(ip: Ip): Ip | undefined {
  return ip.family === 6 && ip.value >> 125n === 1n ? ip : undefined;
}
