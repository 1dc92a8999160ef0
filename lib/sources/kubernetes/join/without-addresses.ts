import { sameIp, type Ip } from '#netset';
import type { EndpointAddress } from '#model';

/** What an interface keeps when pods have taken some of its addresses; a delegated block is cut around them. */
export function withoutAddresses(
  addresses: readonly EndpointAddress[],
  taken: readonly Ip[],
): readonly EndpointAddress[] {
  return taken.reduce<readonly EndpointAddress[]>(
    (left, ip) => left.flatMap((address) => around(address, ip)),
    addresses,
  );
}

function around(address: EndpointAddress, ip: Ip): readonly EndpointAddress[] {
  const { first, last } = address;
  if (ip.family !== first.family || ip.value < first.value || ip.value > last.value) return [address];
  const { publicIp: _, ...rest } = address;
  const parts: EndpointAddress[] = [];
  if (!sameIp(first, ip)) parts.push({ ...rest, last: step(ip, -1) });
  if (!sameIp(ip, last)) parts.push({ ...rest, first: step(ip, 1) });
  // of a block of IPv6, each address is dialled as it is
  return parts.map((part) => (address.publicIp?.family === 6 ? { ...part, publicIp: part.first } : part));
}

function step(ip: Ip, by: 1 | -1): Ip {
  return ip.family === 4 ? { family: 4, value: ip.value + by } : { family: 6, value: ip.value + BigInt(by) };
}
